"""Image-folder datasets: ``images/<id>.png``, ``masks/<id>.png`` with bit-set masks, and ``index.csv``."""

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from training.structures import NAMES

NOT_FINDINGS = {"image_id", "patient_id", "split", "prompt"}


class DatasetError(ValueError):
    """A dataset that cannot be used; the message names the file and line, what was expected and what was found."""


@dataclass(frozen=True)
class Dataset:
    """One split of a dataset in memory.

    images: uint8 [N, H, W]; masks: uint8 [N, 5, H, W] of 0 and 1; prompts: N strings; findings: name -> float32 [N].
    """

    images: np.ndarray
    masks: np.ndarray
    prompts: list
    findings: dict

    def __len__(self):
        return len(self.images)


def read(folder, split, size=64):
    """Reads one split, scaled to size x size pixels. A dataset without a prompt column has empty prompts."""
    folder = Path(folder)
    index = folder / "index.csv"
    if not index.is_file():
        raise DatasetError(f"{index}: expected a dataset's index, found no such file")
    with index.open(newline="", encoding="utf-8") as file:
        reader = csv.DictReader(file)
        missing = {"image_id", "split"} - set(reader.fieldnames or ())
        if missing:
            raise DatasetError(f"{index}:1: expected columns image_id and split, found none named {sorted(missing)}")
        names = [name for name in reader.fieldnames if name not in NOT_FINDINGS]
        rows = [(reader.line_num, row) for row in reader if row["split"] == split]
    if not rows:
        raise DatasetError(f"{index}: expected rows with split {split}, found none")
    images = np.stack([_grey(folder / "images" / f"{row['image_id']}.png", size, Image.BOX) for _, row in rows])
    bits = np.stack([_grey(folder / "masks" / f"{row['image_id']}.png", size, Image.NEAREST) for _, row in rows])
    masks = np.stack([(bits >> k) & 1 for k in range(len(NAMES))], axis=1)
    findings = {name: np.array([_number(index, line, name, row[name]) for line, row in rows]) for name in names}
    return Dataset(images, masks, [row.get("prompt") or "" for _, row in rows], findings)


def _grey(path, size, filter):
    try:
        with Image.open(path) as image:
            if image.mode != "L":
                raise DatasetError(f"{path}: expected 8-bit grey, found mode {image.mode}")
            return np.asarray(image if image.size == (size, size) else image.resize((size, size), filter))
    except OSError as error:
        raise DatasetError(f"{path}: expected a PNG image, found {error}") from error


def _number(index, line, name, value):
    try:
        return np.float32(value)
    except (TypeError, ValueError):
        raise DatasetError(f"{index}:{line}: column {name}: expected a number, found {value!r}") from None
