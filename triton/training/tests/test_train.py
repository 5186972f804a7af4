import dataclasses
import re

import numpy as np
import pytest
import torch

from training import data
from training.checkpoint import begin, load, narrowed, seen
from training.network import Shape
from training.structures import NAMES
from training.train import Batches, Plan, train
from training.vocabulary import Vocabulary

PLAN = Plan(steps=60, batch=8, rate=3e-3, warmup=5, average=0.9)


def quiet(line):
    pass


def test_the_loss_falls(folder, vocabulary, shape, tmp_path):
    losses = []
    train([data.read(folder, "train", 16)], vocabulary, shape, PLAN, tmp_path / "c.pt",
          log=lambda line: losses.append(float(re.search(r'"loss": ([\d.]+)', line)[1])), every=20)
    assert losses[-1] < 0.9 * losses[0]


def test_bfloat16_learns_the_same_and_keeps_weights_of_single_precision(folder, vocabulary, shape, tmp_path):
    losses = {}
    for precision in ("float32", "bfloat16"):
        network = train([data.read(folder, "train", 16)], vocabulary, shape, dataclasses.replace(PLAN, precision=precision),
                        tmp_path / f"{precision}.pt", every=20,
                        log=lambda line: losses.setdefault(precision, []).append(float(re.search(r'"loss": ([\d.]+)', line)[1])))
        assert {value.dtype for value in network.parameters()} == {torch.float32}
    assert losses["bfloat16"] == pytest.approx(losses["float32"], rel=0.02) and losses["bfloat16"] != losses["float32"]


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


def test_a_checkpoint_of_other_data_or_another_start_is_refused(folder, vocabulary, shape, tmp_path):
    pictures = data.read(folder, "train", 16)
    plan = dataclasses.replace(PLAN, steps=2)
    out = tmp_path / "c.pt"
    train([pictures], vocabulary, shape, plan, out, log=quiet)
    weights, _, _ = begin(load(out), [])
    other = dataclasses.replace(pictures, images=pictures.images[::-1])
    with pytest.raises(ValueError, match="cannot go on: expected data"):
        train([other], vocabulary, shape, plan, out, log=quiet)
    with pytest.raises(ValueError, match="cannot go on: expected start .*found None; give another --out"):
        train([pictures], vocabulary, shape, plan, out, weights, log=quiet)


@pytest.mark.parametrize("content", [b"", b"no checkpoint", b"PK\x03\x04 cut short"])
def test_a_damaged_checkpoint_is_named(content, folder, vocabulary, shape, tmp_path):
    path = tmp_path / "c.pt"
    path.write_bytes(content)
    for use in (lambda: load(path), lambda: train([data.read(folder, "train", 16)], vocabulary, shape, PLAN, path, log=quiet)):
        with pytest.raises(ValueError, match="c.pt: expected a checkpoint, found a file that is damaged"):
            use()


def test_a_checkpoint_that_lacks_something_or_is_of_another_network_is_named(folder, vocabulary, shape, tmp_path):
    path, pictures = tmp_path / "c.pt", [data.read(folder, "train", 16)]
    plan = dataclasses.replace(PLAN, steps=1)
    train(pictures, vocabulary, shape, plan, path, log=quiet)
    whole = torch.load(path, weights_only=True)
    torch.save({key: value for key, value in whole.items() if key != "averaged"}, path)
    with pytest.raises(ValueError, match="c.pt: expected a checkpoint with averaged.*found one without averaged"):
        load(path)
    torch.save({**whole, "averaged": {**whole["averaged"], "first.weight": torch.zeros(1)}}, path)
    with pytest.raises(ValueError, match="c.pt: expected weights of this network, found others: .*first.weight"):
        load(path)
    torch.save({**whole, "optimiser": {}}, path)
    with pytest.raises(ValueError, match="c.pt: expected weights of this network"):
        train(pictures, vocabulary, shape, plan, path, log=quiet)
    torch.save({**whole, "shape": {"width": 3}}, path)
    with pytest.raises(ValueError, match="c.pt: expected the sizes of a network"):
        load(path)


@pytest.mark.parametrize("change, message", [
    ({"steps": 0}, "steps: expected 1 to 1e.07, found 0"),
    ({"batch": 0}, "batch: expected 1 to 4096, found 0"),
    ({"rate": float("nan")}, "rate: expected 1e-12"),
    ({"average": 1.0}, "average: expected 0 to 0.999999, found 1"),
    ({"seed": -1}, "seed: expected 0"),
    ({"no_text": 1.5}, "no-text: expected 0 to 1, found 1.5"),
    ({"zoom": 1.0}, "zoom: expected 0 to 0.9"),
    ({"noisier": 0.5}, "noisier: expected 1 to 10, found 0.5"),
    ({"shares": (1, 0)}, "shares: expected numbers from 1 to 100, found 1 0"),
    ({"shares": (1, 3)}, "shares: expected 1, one a data set, found 2"),
    ({"precision": "half"}, "precision: expected float32 or bfloat16, found half"),
])
def test_a_plan_out_of_range_is_refused(change, message, folder, vocabulary, shape, tmp_path):
    with pytest.raises(ValueError, match=message):
        train([data.read(folder, "train", 16)], vocabulary, shape, dataclasses.replace(PLAN, **change), tmp_path / "c.pt", log=quiet)
    assert not (tmp_path / "c.pt").exists()


@pytest.mark.parametrize("size", [0, 50, 2048])
def test_a_size_that_cannot_be_halved_four_times_is_refused(size):
    with pytest.raises(ValueError, match=f"size: expected a multiple of 16 from 16 to 1024, found {size}"):
        Shape(words=1, size=size).check()


def test_words_outside_the_vocabulary_are_named_with_their_case(folder):
    pictures = data.read(folder, "train", 16)
    data.require_words(folder, pictures, Vocabulary(["left", "right", "nodule"]))
    with pytest.raises(ValueError, match="case c1: prompt 'right nodule': expected words of the vocabulary, found 'right'"):
        data.require_words(folder, pictures, Vocabulary(["left", "nodule"]))


def test_what_the_data_shows_is_kept(folder, vocabulary, shape, tmp_path):
    pictures = [data.read(folder, "train", 16)]
    shown = {"words": ["left", "nodule", "right"], "structures": ["left-lung", "right-lung", "heart"]}
    assert seen(pictures) == shown  # Clavicles are in no mask, and for the other structures nobody looked.
    train(pictures, vocabulary, shape, dataclasses.replace(PLAN, steps=1), tmp_path / "c.pt", log=quiet)
    assert load(tmp_path / "c.pt")[2]["seen"] == shown


def test_training_can_begin_from_fewer_structures_and_words(denoiser, vocabulary):
    few, words = narrowed(denoiser, vocabulary, ["nodule"], ["heart"])
    weights, shape, wider = begin((few, words, {}), ["left nodule"])
    assert tuple(shape.structures) == NAMES and wider.words == ("nodule", "left") and shape.words == 2
    first, heart = weights["mask.first.weight"], 4 * NAMES.index("heart")
    assert torch.equal(first[:, heart : heart + 4], denoiser.state_dict()["mask.first.weight"][:, heart : heart + 4])
    assert not first[:, :heart].any() and not first[:, heart + 4 :].any()
    assert torch.equal(weights["prompt.words.weight"][1], denoiser.state_dict()["prompt.words.weight"][1 + vocabulary.ids["nodule"]])


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


def test_data_sets_have_the_shares_that_the_plan_says_at_every_noise(folder, vocabulary):
    pictures = data.read(folder, "train", 16)
    one = pictures.at([0])
    black = dataclasses.replace(one, images=np.zeros_like(one.images))
    batches = Batches([pictures, black], vocabulary, Plan(batch=8, shares=(1, 3)))
    blacks = torch.stack([(batches.draw(step)[0] == -1).flatten(1).all(1) for step in range(4)])
    assert blacks.sum(1).tolist() == [6] * 4
    assert blacks.sum(0).tolist() == [3] * 8  # A place in the batch is a stratum of noise.


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
    plan = dataclasses.replace(PLAN, steps=1, rate=1e-12)
    second = train(pictures, words, wider, plan, tmp_path / "second.pt", weights, log=quiet)
    ids = torch.tensor([[words.ids["left"], words.ids["nodule"]]])
    torch.testing.assert_close(first.prompt(ids)[0], second.prompt(ids)[0], rtol=1e-6, atol=1e-7)
    # Another length is another order of summation.
    torch.testing.assert_close(second.prompt(ids)[0], second.prompt(torch.tensor([[1, 4, words.ids["pa"]]]))[0], rtol=1e-6, atol=1e-7)


def test_a_loss_that_is_no_number_stops_the_run(folder, vocabulary, shape, tmp_path):
    with pytest.raises(ValueError, match="expected a finite loss, found nan; a lower --rate"):
        train([data.read(folder, "train", 16)], vocabulary, shape, dataclasses.replace(PLAN, rate=1e12, warmup=1),
              tmp_path / "c.pt", log=quiet)
