import csv

import numpy as np
import pytest
import torch
from PIL import Image

from training.network import Denoiser, Shape
from training.vocabulary import Vocabulary

torch.set_num_threads(1)


@pytest.fixture(scope="session")
def vocabulary():
    return Vocabulary(["frontal", "left", "right", "effusion", "nodule"])


@pytest.fixture(scope="session")
def shape(vocabulary):
    return Shape(words=len(vocabulary), size=16, widths=(8, 8, 16, 16), embedding=16, word=8)


@pytest.fixture
def denoiser(shape):
    """A network whose every weight has an effect: those that start at nought are filled with small numbers."""
    torch.manual_seed(5)
    network = Denoiser(shape).eval().requires_grad_(False)
    for parameter in network.parameters():
        if not parameter.any():
            parameter.normal_(std=0.1)
    return network


@pytest.fixture
def folder(tmp_path):
    return discs(tmp_path)


def discs(folder):
    """Twelve train images, a disc that is bright on the left for one prompt and on the right for the other."""
    random = np.random.default_rng(3)
    for name in ("images", "masks"):
        (folder / name).mkdir()
    with (folder / "index.csv").open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["image_id", "patient_id", "split", "prompt", "nodule"])
        for i in range(14):
            side = i % 2
            image = random.integers(0, 60, (16, 16), dtype=np.uint8)
            image[4:12, 2 + 8 * side : 6 + 8 * side] += 150
            mask = np.zeros((16, 16), np.uint8)
            mask[4:12, 2:6], mask[4:12, 10:14], mask[8:12, 6:10] = 1, 2, 4
            Image.fromarray(image).save(folder / "images" / f"c{i}.png")
            Image.fromarray(mask).save(folder / "masks" / f"c{i}.png")
            rows.writerow([f"c{i}", f"p{i}", "test" if i > 11 else "train", ("left", "right")[side] + " nodule", side])
    return folder
