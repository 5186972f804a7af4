import hashlib
import shutil
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from training import data
from training.diffusion import sample
from training.evaluate import Sampler
from training.export import sampler
from training.fidelity import Estimate
from training.network import signed
from training.steps import drawn_from, features_of, set_steps, smallest, with_steps
from training.weights import held


def test_the_number_of_steps_can_be_changed(folder, denoiser, vocabulary):
    discs = data.read(folder, "train", 16)
    model = with_steps(sampler(denoiser, vocabulary, 3), 7)
    images = Sampler(model.SerializeToString()).draw(discs.prompts[2:5], discs.masks[2:5], (1, 1), 5, first=2, batch=3)
    noise = np.stack([np.random.default_rng([5, i]).standard_normal((1, 16, 16), dtype=np.float32) for i in (2, 3, 4)])
    expected = sample(denoiser, torch.from_numpy(noise), [vocabulary.encode(p) for p in discs.prompts[2:5]], [[]] * 3,
                      signed(torch.from_numpy(discs.masks[2:5])), torch.ones(3, 2), 7)
    assert np.abs(images - 255 * expected[:, 0].numpy()).max() <= 0.51


def test_every_shipped_model_can_have_another_number_of_steps():
    for name in ("sampler", "phantom-128", "radiograph-128"):
        model = with_steps(onnx.load(Path(__file__).parents[2] / "repository" / name / "1/model.onnx"), 3)
        shipped = Sampler(model.SerializeToString())
        masks = np.full((1, 8, shipped.size, shipped.size), 255, np.uint8)
        assert shipped.draw(["frontal chest radiograph"], masks, (1, 1), 5).std() > 10, name


def test_a_served_model_gets_other_steps_and_the_hash_that_goes_with_them(tmp_path):
    model = tmp_path / "sampler"
    shutil.copytree(Path(__file__).parents[2] / "repository" / "sampler", model)
    set_steps(model, 5)
    data, text = (model / "1/model.onnx").read_bytes(), (model / "config.pbtxt").read_text()
    table = next(tensor for tensor in onnx.load_from_string(data).graph.initializer if tensor.name == "solver")
    assert table.dims[0] == 5
    assert 'key: "steps" value: { string_value: "5" }' in text and hashlib.sha256(data).hexdigest() in text


def test_the_smallest_number_has_only_good_ones_after_it():
    at = lambda value: Estimate(value, 0.1)
    assert smallest({4: at(2.0), 6: at(1.1), 8: at(3.0), 10: at(1.1), 100: at(1.0)}) == 10
    assert smallest({4: at(2.0), 100: at(1.0)}) == 100


def test_what_is_kept_is_of_the_same_weights_steps_guidance_and_seed(folder, denoiser, vocabulary, tmp_path):
    class Brightness:
        def of(self, images):
            return images.mean(axis=(1, 2))[:, None]

    discs, model = data.read(folder, "train", 16), sampler(denoiser, vocabulary, 3)
    embedder = folder / "index.csv"  # Any file.
    origin = drawn_from(discs, embedder, (1, 1), 5)
    assert origin == drawn_from(discs, embedder, (1.0, 1.0), 5)
    others = [drawn_from(discs, embedder, (2, 1), 5), drawn_from(discs, embedder, (1, 1), 6),
              drawn_from(discs.at([0]), embedder, (1, 1), 5)]
    assert len({origin, *others}) == 4
    draw = lambda steps, origin: features_of(model, steps, discs, Brightness(), (1, 1), 5, tmp_path, origin, 1)
    first = draw(3, origin)
    assert first.shape == (12, 1) and np.array_equal(first, draw(3, origin))
    assert len(list(tmp_path.glob("steps-3-*.npy"))) == 1
    draw(4, origin)
    draw(3, others[0])
    bias = held(model)["whole.bias"]
    bias.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(bias) + np.float32(0.1), bias.name))
    assert not np.array_equal(first, draw(3, origin))
    assert len(list(tmp_path.glob("steps-3-*.npy"))) == 3 and len(list(tmp_path.glob("steps-4-*.npy"))) == 1
