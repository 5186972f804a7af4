import dataclasses
import re

import pytest
import torch

from training import data
from training.train import Batches, Plan, load, train

PLAN = Plan(steps=60, batch=8, rate=3e-3, warmup=5, average=0.9)


def quiet(line):
    pass


def test_the_loss_falls(folder, vocabulary, shape, tmp_path):
    losses = []
    train(data.read(folder, "train", 16), vocabulary, shape, PLAN, tmp_path / "c.pt",
          log=lambda line: losses.append(float(re.search(r'"loss": ([\d.]+)', line)[1])), every=20)
    assert losses[-1] < 0.9 * losses[0]


def test_a_resumed_run_equals_an_uninterrupted_one(folder, vocabulary, shape, tmp_path):
    pictures = data.read(folder, "train", 16)
    plan = dataclasses.replace(PLAN, steps=20)
    whole = train(pictures, vocabulary, shape, plan, tmp_path / "whole.pt", quiet, every=2)

    class Killed(Exception):
        pass

    def kill(line):
        if '"step": 12' in line:
            raise Killed

    with pytest.raises(Killed):
        train(pictures, vocabulary, shape, plan, tmp_path / "part.pt", kill, every=2)
    assert torch.load(tmp_path / "part.pt", weights_only=True)["step"] == 10
    part = train(pictures, vocabulary, shape, plan, tmp_path / "part.pt", quiet, every=2)
    for a, b in zip(whole.parameters(), part.parameters()):
        assert torch.equal(a, b)
    network, words, saved = load(tmp_path / "part.pt")
    assert words.words == vocabulary.words and saved["step"] == 20 and saved["images"] == 12


def test_a_checkpoint_of_another_plan_is_refused(folder, vocabulary, shape, tmp_path):
    pictures = data.read(folder, "train", 16)
    train(pictures, vocabulary, shape, dataclasses.replace(PLAN, steps=2), tmp_path / "c.pt", quiet)
    with pytest.raises(ValueError, match="cannot go on: expected plan"):
        train(pictures, vocabulary, shape, dataclasses.replace(PLAN, steps=3), tmp_path / "c.pt", quiet)


def test_conditions_are_left_out_as_often_as_planned(folder, vocabulary):
    plan = Plan(batch=12, no_text=0.5, no_mask=0.5, no_structure=0.2, no_side=0.0, no_word=0.0)
    batches = Batches(data.read(folder, "train", 16), vocabulary, plan)
    texts = masks = structures = 0
    for step in range(100):
        _, ids, mask = batches.draw(step)
        texts += int((ids == -1).all(1).sum())
        gone = (mask == 0).flatten(2).all(2)
        masks += int(gone.all(1).sum())
        structures += int(gone.sum())
    assert texts / 1200 == pytest.approx(0.5, abs=0.06)
    assert masks / 1200 == pytest.approx(0.5, abs=0.06)
    assert structures / 6000 == pytest.approx(0.6, abs=0.05)


def test_sides_are_left_out_together(folder, vocabulary):
    plan = Plan(batch=12, no_text=0.0, no_side=1.0, no_word=0.0)
    _, ids, _ = Batches(data.read(folder, "train", 16), vocabulary, plan).draw(0)
    assert set(ids.flatten().tolist()) == {vocabulary.ids["nodule"]}
