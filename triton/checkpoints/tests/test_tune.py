"""Tuning the tiny pipeline: it learns, it resumes to the same bits, what it writes is served."""

import csv
import json

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import load_file

from checkpoints.install import sizes
from checkpoints.tests import tiny
from checkpoints.tune import Plan, Tuning, tune
from training.data import read

STRUCTURES = ("left-lung", "right-lung")


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """Discs where the masks have lungs, with a label."""
    folder = tmp_path_factory.mktemp("data")
    for part in ("images", "masks"):
        (folder / part).mkdir()
    random = np.random.default_rng(1)
    rows, columns = np.mgrid[: tiny.SIDE, : tiny.SIDE]
    with (folder / "index.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["image_id", "split", "prompt"])
        for i in range(12):
            left = (columns - 22) ** 2 + (rows - random.integers(12, 20)) ** 2 < 36
            right = (columns - 9) ** 2 + (rows - random.integers(12, 20)) ** 2 < 36
            image = np.where(left | right, 40, 200) + random.integers(0, 20, left.shape)
            Image.fromarray(image.astype(np.uint8)).save(folder / "images" / f"case{i}.png")
            Image.fromarray((left * 1 + right * 2).astype(np.uint8)).save(folder / "masks" / f"case{i}.png")
            writer.writerow([f"case{i}", "train", "frontal chest radiograph"])
    return folder


def held_out_loss(plan, checkpoint, data):
    tuning = Tuning(Plan(str(checkpoint), plan.data, plan.part, plan.structures), "cpu")
    cases = read(data, "train", tuning.side)
    with torch.no_grad():
        return np.mean([tuning.loss(cases, np.arange(12), torch.Generator().manual_seed(1000 + i)).item() for i in range(8)])


@pytest.mark.parametrize("part", ["unet", "controlnet"])
def test_learns(part, plain, data, tmp_path):
    plan = Plan(str(plain), str(data), part, STRUCTURES, steps=60, batch=6, rate=3e-3)
    lines = []
    folder = tune(plan, tmp_path, every=20, report=lines.append)
    first = held_out_loss(plan, plain, data)
    assert held_out_loss(plan, folder, data) < 0.97 * first
    assert len(lines) == 3 and "step 60 of 60" in lines[-1] and "images/s" in lines[-1]
    assert sizes(folder) == (4, tiny.LATENT, tiny.SIDE, 2 if part == "controlnet" else None)


def test_only_what_is_to_learn_changes(plain, data, tmp_path):
    folder = tune(Plan(str(plain), str(data), "controlnet", STRUCTURES, steps=2), tmp_path, report=lambda line: None)
    for part, file in (("unet", "diffusion_pytorch_model"), ("vae", "diffusion_pytorch_model"), ("text_encoder", "model")):
        before, after = (load_file(place / part / f"{file}.safetensors") for place in (plain, folder))
        assert all(torch.equal(before[name], after[name]) for name in before)


def test_goes_on_to_the_same_weights(plain, data, tmp_path):
    plan = Plan(str(plain), str(data), "both", STRUCTURES, steps=6, batch=2, rate=1e-3)
    whole = tune(plan, tmp_path / "whole", every=2, report=lambda line: None)

    class Interrupted(Exception):
        pass

    def interrupt(line):
        if line.startswith("step 4"):
            raise Interrupted

    with pytest.raises(Interrupted):
        tune(plan, tmp_path / "parts", every=2, report=interrupt)
    lines = []
    parts = tune(plan, tmp_path / "parts", every=2, report=lines.append)
    assert lines[0] == "goes on at step 4"
    for name in ("unet", "controlnet"):
        a, b = (load_file(folder / name / "diffusion_pytorch_model.safetensors") for folder in (whole, parts))
        assert all(torch.equal(a[key], b[key]) for key in a)
    with pytest.raises(ValueError, match="expected one of the same arguments"):
        tune(Plan(str(plain), str(data), "both", STRUCTURES, steps=7, batch=2, rate=1e-3), tmp_path / "parts")
    told = json.loads((parts / "tuning.json").read_text())
    assert told["step"] == 6 and told["images"] == 12 and told["seconds"] > 0 and told["device"] == "cpu" and told["side"] == tiny.SIDE


def test_a_state_that_is_damaged_or_of_other_data_is_named(plain, data, tmp_path):
    plan = Plan(str(plain), str(data), "unet", STRUCTURES, steps=1, batch=1)
    tune(plan, tmp_path, report=lambda line: None)
    index = data / "index.csv"
    text = index.read_text()
    index.write_text(text.replace("case3,train,frontal", "case3,train,left"))
    try:
        with pytest.raises(ValueError, match="state.pt: expected one of the same data"):
            tune(plan, tmp_path, report=lambda line: None)
    finally:
        index.write_text(text)
    (tmp_path / "state.pt").write_bytes((tmp_path / "state.pt").read_bytes()[:900])
    with pytest.raises(ValueError, match="state.pt: expected a checkpoint, found a file that is damaged"):
        tune(plan, tmp_path, report=lambda line: None)


@pytest.mark.parametrize("change, message", [
    ({"part": "vae"}, "part: expected one of unet, controlnet, both, found 'vae'"),
    ({"structures": ("tail",)}, "structures: expected different ones of"),
    ({"steps": 0}, "steps: expected 1 to 10000000, found 0"),
    ({"rate": float("nan")}, "rate: expected above 0"),
    ({"checkpoint": "nowhere"}, "nowhere: expected a Diffusers directory"),
    ({"data": "nowhere"}, "expected a dataset's index"),
])
def test_what_cannot_be_done_is_refused(change, message, plain, data, tmp_path):
    plan = {"checkpoint": str(plain), "data": str(data), "part": "unet", "structures": STRUCTURES, "steps": 1, **change}
    with pytest.raises(ValueError, match=message):
        tune(Plan(**plan), tmp_path)
