import dataclasses
import re

import numpy as np
import pytest
import torch

from training import data
from training.train import Batches, Plan, begin, load, train
from training.vocabulary import Vocabulary

PLAN = Plan(steps=60, batch=8, rate=3e-3, warmup=5, average=0.9)


def quiet(line):
    pass


def test_the_loss_falls(folder, vocabulary, shape, tmp_path):
    losses = []
    train([data.read(folder, "train", 16)], vocabulary, shape, PLAN, tmp_path / "c.pt",
          log=lambda line: losses.append(float(re.search(r'"loss": ([\d.]+)', line)[1])), every=20)
    assert losses[-1] < 0.9 * losses[0]


def test_a_resumed_run_equals_an_uninterrupted_one(folder, vocabulary, shape, tmp_path):
    pictures = [data.read(folder, "train", 16)]
    plan = dataclasses.replace(PLAN, steps=20)
    whole = train(pictures, vocabulary, shape, plan, tmp_path / "whole.pt", log=quiet, every=2)

    class Killed(Exception):
        pass

    def kill(line):
        if '"step": 12' in line:
            raise Killed

    with pytest.raises(Killed):
        train(pictures, vocabulary, shape, plan, tmp_path / "part.pt", log=kill, every=2)
    assert torch.load(tmp_path / "part.pt", weights_only=True)["step"] == 10
    part = train(pictures, vocabulary, shape, plan, tmp_path / "part.pt", log=quiet, every=2)
    for a, b in zip(whole.parameters(), part.parameters()):
        assert torch.equal(a, b)
    network, words, saved = load(tmp_path / "part.pt")
    assert words.words == vocabulary.words and saved["step"] == 20 and saved["images"] == 12


def test_a_checkpoint_of_another_plan_is_refused(folder, vocabulary, shape, tmp_path):
    pictures = [data.read(folder, "train", 16)]
    train(pictures, vocabulary, shape, dataclasses.replace(PLAN, steps=2), tmp_path / "c.pt", log=quiet)
    with pytest.raises(ValueError, match="cannot go on: expected plan"):
        train(pictures, vocabulary, shape, dataclasses.replace(PLAN, steps=3), tmp_path / "c.pt", log=quiet)


def test_conditions_are_left_out_as_often_as_planned(folder, vocabulary):
    plan = Plan(batch=12, no_text=0.5, no_mask=0.5, no_structure=0.2, no_side=0.0, no_word=0.0)
    batches = Batches([data.read(folder, "train", 16)], vocabulary, plan)
    texts = masks = structures = 0
    for step in range(100):
        _, ids, mask = batches.draw(step)
        texts += int((ids == -1).all(1).sum())
        gone = (mask == 0).flatten(2).all(2)
        masks += int(gone.all(1).sum())
        structures += int(gone.sum())
    assert texts / 1200 == pytest.approx(0.5, abs=0.06)
    assert masks / 1200 == pytest.approx(0.5, abs=0.06)
    assert structures / 9600 == pytest.approx((5 * 0.6 + 3) / 8, abs=0.05)


def test_sides_are_left_out_together(folder, vocabulary):
    plan = Plan(batch=12, no_text=0.0, no_side=1.0, no_word=0.0)
    _, ids, _ = Batches([data.read(folder, "train", 16)], vocabulary, plan).draw(0)
    assert set(ids.flatten().tolist()) == {vocabulary.ids["nodule"]}


def test_views_are_left_out_together(folder):
    pictures = data.read(folder, "train", 16)
    pictures = dataclasses.replace(pictures, prompts=["frontal pa nodule"] * len(pictures))
    words = Vocabulary([]).extended(pictures.prompts)
    _, ids, _ = Batches([pictures], words, Plan(batch=12, no_text=0.0, no_view=1.0, no_word=0.0)).draw(0)
    assert set(ids.flatten().tolist()) == {words.ids["frontal"], words.ids["nodule"]}


def test_data_sets_share_a_batch_evenly_whatever_their_size(folder, vocabulary):
    pictures = data.read(folder, "train", 16)
    one = pictures.at([0])
    black = dataclasses.replace(one, images=np.zeros_like(one.images))
    image, _, _ = Batches([pictures, black], vocabulary, Plan(batch=8)).draw(0)
    assert int((image == -1).flatten(1).all(1).sum()) == 4


def test_a_turned_image_keeps_its_mask(folder, vocabulary):
    pictures = data.read(folder, "train", 16)
    bright = dataclasses.replace(pictures, images=(255 * pictures.masks[:, 0]).astype(np.uint8))
    plan = Plan(batch=32, change=1.0, turn=0.3, no_mask=0.0, no_structure=0.0)
    image, _, mask = Batches([bright], vocabulary, plan).draw(0)
    inside, outside = image[:, 0][mask[:, 0] > 0], image[:, 0][mask[:, 0] < 0]
    assert inside.mean() > 0.6 and outside.mean() < -0.8


def test_other_weights_can_be_the_start_and_words_be_added(folder, vocabulary, shape, tmp_path):
    pictures = [data.read(folder, "train", 16)]
    first = train(pictures, vocabulary, shape, dataclasses.replace(PLAN, steps=2), tmp_path / "first.pt", log=quiet)
    weights, wider, words = begin(load(tmp_path / "first.pt"), ["frontal, PA view"])
    assert words.words == (*vocabulary.words, "pa", "view") and wider.words == 7
    plan = dataclasses.replace(PLAN, steps=1, rate=0.0)
    second = train(pictures, words, wider, plan, tmp_path / "second.pt", weights, log=quiet)
    ids = torch.tensor([[words.ids["left"], words.ids["nodule"]]])
    assert torch.equal(first.prompt(ids)[0], second.prompt(ids)[0])
    # Another length is another order of summation.
    torch.testing.assert_close(second.prompt(ids)[0], second.prompt(torch.tensor([[1, 4, words.ids["pa"]]]))[0], rtol=1e-6, atol=1e-7)


def test_a_loss_that_is_no_number_stops_the_run(folder, vocabulary, shape, tmp_path):
    with pytest.raises(ValueError, match="expected a finite loss, found nan; a lower --rate"):
        train([data.read(folder, "train", 16)], vocabulary, shape, dataclasses.replace(PLAN, rate=1e12, warmup=1),
              tmp_path / "c.pt", log=quiet)
