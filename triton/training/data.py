"""Datasets to train on: image folders (``images/<id>.png``, ``masks/<id>.png``, ``index.csv``) and MedMNIST's files."""

import csv
import hashlib
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from training.structures import NAMES, UNSPECIFIED, USUAL

NOT_FINDINGS = {"image_id", "patient_id", "split", "prompt"}

MEDMNIST = {"pneumoniamnist": ("frontal ap pediatric chest radiograph", ("no finding", "pneumonia"))}
"""What the labels of a MedMNIST file mean (Yang et al. 2023): view, and the words of each label."""


class DatasetError(ValueError):
    """A dataset that cannot be used; the message names the file and line, what was expected and what was found."""


@dataclass(frozen=True)
class Dataset:
    """One split of a dataset in memory.

    images: uint8 [N, H, W]; masks: uint8 [N, K, H, W] of 0, 1 and 255 where nobody looked for the structure; prompts: N strings;
    findings: name -> float32 [N]; cases: N names for messages.
    """

    images: np.ndarray
    masks: np.ndarray
    prompts: list
    findings: dict
    cases: list

    def __len__(self):
        return len(self.images)

    def at(self, rows):
        """The given rows only."""
        some = np.arange(len(self))[rows]
        return Dataset(self.images[rows], self.masks[rows], [self.prompts[i] for i in some],
                       {name: values[rows] for name, values in self.findings.items()}, [self.cases[i] for i in some])

    def digest(self):
        """SHA-256 of images, masks and prompts in their order, hexadecimal."""
        sha256 = hashlib.sha256(str(self.masks.shape).encode("utf-8"))
        for image, mask, prompt in zip(self.images, self.masks, self.prompts):  # One by one: masks may be a view of one number.
            for part in (image.tobytes(), mask.tobytes(), prompt.encode("utf-8")):
                sha256.update(part)
        return sha256.hexdigest()


def read(path, split, size, view=None, cases=None):
    """Reads one split, scaled to size x size pixels; of a folder only the images with an id among ``cases``, if given.

    A dataset without a prompt column has prompts of its findings, after ``view`` ("frontal chest radiograph" unless given).
    """
    path = Path(path)
    if path.suffix != ".npz":
        return _folder(path, split, size, view, cases)
    if cases is not None:
        raise DatasetError(f"{path}: expected an image folder, whose images have the ids of --cases, found a MedMNIST file")
    return _medmnist(path, split, size)


def _folder(folder, split, size, view, cases):
    index = folder / "index.csv"
    if not index.is_file():
        raise DatasetError(f"{index}: expected a dataset's index, found no such file")
    with index.open(newline="", encoding="utf-8") as file:
        reader = csv.DictReader(file)
        missing = {"image_id", "split"} - set(reader.fieldnames or ())
        if missing:
            raise DatasetError(f"{index}:1: expected columns image_id and split, found none named {sorted(missing)}")
        names = [name for name in reader.fieldnames if name not in NOT_FINDINGS and not name.startswith("meta_")]
        rows = [(reader.line_num, row) for row in reader if row["split"] == split]
    if cases is not None:
        lost = sorted(set(cases) - {row["image_id"] for _, row in rows})
        if lost:
            raise DatasetError(f"{index}: expected image {lost[0]} in split {split}, found no such row")
        rows = [(line, row) for line, row in rows if row["image_id"] in cases]
    if not rows:
        raise DatasetError(f"{index}: expected rows with split {split}, found none")
    images = np.stack([_grey(folder / "images" / f"{row['image_id']}.png", size, Image.BOX) for _, row in rows])
    findings = {name: np.array([_number(index, line, name, row[name]) for line, row in rows]) for name in names}
    prompts = [row.get("prompt") or prompt([name for name in names if findings[name][i] > 0], view)
               for i, (_, row) in enumerate(rows)]
    return Dataset(images, _masks(folder, rows, size), prompts, findings, [row["image_id"] for _, row in rows])


def prompt(findings, view=None):
    """The prompt of an image with these findings, as the rest of the system builds it."""
    words = " ".join(name.replace("-", " ").replace("_", " ") for name in findings)
    return f"{view or 'frontal chest radiograph'} {words or 'no finding'}"


def require_words(path, part, vocabulary):
    """Raises ValueError, naming data set and case, where a prompt has a word that is not in the vocabulary."""
    for case, prompt in zip(part.cases, part.prompts):
        try:
            vocabulary.require(prompt)
        except ValueError as error:
            raise ValueError(f"{path}: case {case}: {error}") from None


def labels(data):
    """Labels of one data set, name -> 0/1 [N]: each finding, and each finding by side where prompts name sides."""
    found = {name: values > 0 for name, values in data.findings.items()}
    for finding in data.findings:
        words = finding.replace("-", " ").replace("_", " ")
        for side in ("left", "right"):
            present = np.array([f"{side} {words}" in prompt for prompt in data.prompts])
            if present.any():
                found[f"{side} {words}"] = present
    return {name: values.astype(np.float32) for name, values in found.items()}


def _masks(folder, rows, size):
    masks = np.full((len(rows), len(NAMES), size, size), UNSPECIFIED, np.uint8)
    if not (folder / "masks").is_dir():
        return masks
    listed = folder / "structures.txt"
    names = listed.read_text(encoding="utf-8").split() if listed.is_file() else USUAL
    unknown = sorted(set(names) - set(NAMES))
    if unknown or len(names) > 8:
        raise DatasetError(f"{listed}: expected at most 8 structures of {', '.join(NAMES)}, found {', '.join(names)}")
    bits = np.stack([_grey(folder / "masks" / f"{row['image_id']}.png", size, Image.NEAREST) for _, row in rows])
    for bit, name in enumerate(names):
        masks[:, NAMES.index(name)] = (bits >> bit) & 1
    return masks


def _medmnist(path, split, size):
    known = next((entry for name, entry in MEDMNIST.items() if path.name.startswith(name)), None)
    if known is None:
        raise DatasetError(f"{path}: expected a MedMNIST file of {', '.join(MEDMNIST)}, found another name")
    try:
        with np.load(path, allow_pickle=False) as file:
            small, labels = file[f"{split}_images"], file[f"{split}_labels"].ravel()
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise DatasetError(f"{path}: expected {split}_images and {split}_labels, found {error}") from error
    view, words = known
    filter = Image.BICUBIC if small.shape[1] < size else Image.BOX
    images = np.stack([np.asarray(Image.fromarray(image).resize((size, size), filter)) for image in small])
    masks = np.broadcast_to(np.uint8(UNSPECIFIED), (len(images), len(NAMES), size, size))
    findings = {name: (labels == k).astype(np.float32) for k, name in enumerate(words) if k > 0}
    cases = [f"{split} image {i}" for i in range(len(images))]
    return Dataset(images, masks, [f"{view} {words[label]}" for label in labels], findings, cases)


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
