import hashlib
import logging
import math
import warnings

import numpy as np
import onnx
import onnxruntime
import pytest
import torch

from training.diffusion import sample
from training.checkpoint import narrowed
from training.export import sampler, set_parameter, shared, taught, write
from training.network import signed
from training.structures import NAMES, NOTHING
from training.weights import TEMPERATURE, describe, halve, held, recall, sizes, temperature

STEPS = 5


@pytest.fixture
def model(denoiser, vocabulary):
    logging.getLogger("torch.onnx").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return sampler(denoiser, vocabulary, STEPS)


@pytest.fixture
def session(model):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])


PROMPTS = ["Frontal LEFT effusion, nodule.", "", "left huge nodule", "frontal", "right nodule right nodule right"]
NEGATIVES = ["", "", "nodule", "LEFT", "right"]
GUIDANCE = np.array([[1, 1], [2, 1], [3, 1.5], [0, 0], [1, 3]], np.float32)


def feed():
    random = np.random.default_rng(1)
    mask = random.integers(0, 2, (5, 8, 16, 16)).astype(np.uint8)
    mask[1], mask[2, 3] = 255, 255
    column = lambda texts: np.array(texts, dtype=object)[:, None]
    return {"noise": random.standard_normal((5, 1, 16, 16), dtype=np.float32), "prompt": column(PROMPTS),
            "negative_prompt": column(NEGATIVES), "mask": mask, "guidance": GUIDANCE}


def drawn(denoiser, vocabulary, tensors, degree=1.0):
    """What the sampler in PyTorch draws from these noise and masks for the prompts above."""
    return sample(denoiser, torch.from_numpy(tensors["noise"]), [vocabulary.encode(p) for p in PROMPTS],
                  [vocabulary.encode(p) for p in NEGATIVES], signed(torch.from_numpy(tensors["mask"])),
                  torch.from_numpy(GUIDANCE), STEPS, degree).numpy()


def test_the_graph_equals_the_sampler_in_pytorch(session, denoiser, vocabulary):
    tensors = feed()
    expected = drawn(denoiser, vocabulary, tensors)
    assert np.abs(session.run(None, tensors)[0] - expected).max() < 1e-4


def test_a_halved_graph_equals_the_sampler_of_rounded_weights(model, denoiser, vocabulary, tmp_path):
    saved = {"plan": {}, "step": 1, "images": 1, "seconds": 1, "source": {}, "shape": {}, "words": []}
    halved = halve(describe(model, saved, denoiser)).SerializeToString()
    kinds = {tensor.data_type for tensor in held(onnx.load_from_string(halved)).values() if math.prod(tensor.dims) >= 1000}
    assert kinds == {onnx.TensorProto.FLOAT16}
    (tmp_path / "model.onnx").write_bytes(halved)
    rounded, _ = recall(tmp_path / "model.onnx")
    for name, weight in denoiser.state_dict().items():
        assert (rounded[name] - weight).abs().max() <= 5e-4 * weight.abs().max(), name
    denoiser.load_state_dict(rounded)
    tensors = feed()
    expected = drawn(denoiser, vocabulary, tensors)
    found = onnxruntime.InferenceSession(halved, providers=["CPUExecutionProvider"]).run(None, tensors)[0]
    assert np.abs(found - expected).max() < 1e-4


@pytest.mark.parametrize("degree", [0.8, 1.0])
def test_a_temperature_is_the_deviation_of_the_noise_that_the_graph_begins_with(degree, denoiser, vocabulary):
    model, tensors = sampler(denoiser, vocabulary, STEPS, degree), feed()
    assert temperature(model) == pytest.approx(degree)
    draw = lambda noise, degree: drawn(denoiser, vocabulary, {**tensors, "noise": noise}, degree)
    found = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"]).run(None, tensors)[0]
    scaled = np.float32(degree) * tensors["noise"]
    assert np.abs(found - draw(tensors["noise"], degree)).max() < 1e-4
    assert np.array_equal(draw(tensors["noise"], degree), draw(scaled, 1.0))
    assert (np.abs(found - draw(tensors["noise"], 1.0)).max() > 1e-3) == (degree != 1)


def test_a_graph_without_a_temperature_has_that_of_one(model):
    without = onnx.ModelProto()
    without.CopyFrom(model)
    kept = [tensor for tensor in model.graph.initializer if tensor.name != TEMPERATURE]
    del without.graph.initializer[:]
    without.graph.initializer.extend(kept)
    assert len(kept) == len(model.graph.initializer) - 1
    assert temperature(without) == 1 and sizes(without) == sizes(model)


def test_samples_of_a_batch_are_independent_and_repeatable(session):
    tensors = feed()
    together = session.run(None, tensors)[0]
    for i in range(5):
        one = {name: value[i : i + 1] for name, value in tensors.items()}
        alone = session.run(None, one)[0]
        assert np.abs(alone[0] - together[i]).max() < 1e-4
        assert np.array_equal(alone, session.run(None, one)[0])


def test_unknown_words_are_ignored(session):
    tensors = {name: value[:1] for name, value in feed().items()}
    empty = session.run(None, tensors | {"prompt": np.array([[""]], dtype=object)})[0]
    unknown = session.run(None, tensors | {"prompt": np.array([["gibberish \u00e9"]], dtype=object)})[0]
    known = session.run(None, tensors)[0]
    assert np.abs(empty - unknown).max() < 1e-6 < np.abs(empty - known).max()


def test_the_contract(session):
    assert {i.name: (i.type, i.shape[1:]) for i in session.get_inputs()} == {
        "noise": ("tensor(float)", [1, 16, 16]),
        "prompt": ("tensor(string)", [1]),
        "negative_prompt": ("tensor(string)", [1]),
        "mask": ("tensor(uint8)", [8, 16, 16]),
        "guidance": ("tensor(float)", [2]),
    }
    assert [(o.name, o.type, o.shape[1:]) for o in session.get_outputs()] == [("image", "tensor(float)", [1, 16, 16])]


def test_write_keeps_hash_and_weights_together(model, vocabulary, tmp_path):
    (tmp_path / "sampler" / "1").mkdir(parents=True)
    config = tmp_path / "sampler" / "config.pbtxt"
    config.write_text("".join(f'parameters {{ key: "{key}" value: {{ string_value: "old" }} }}\n'
                              for key in ("steps", "weights_sha256", "vocabulary", "structures", "other"))
                      + "TYPE_FP32 dims: [ 1, 64, 64 ] TYPE_UINT8 dims: [ 1, 64, 64 ] TYPE_FP32 dims: [ 2 ]")
    path = write(model, tmp_path / "sampler", STEPS, vocabulary, NAMES)
    text = config.read_text()
    assert f'key: "weights_sha256" value: {{ string_value: "{hashlib.sha256(path.read_bytes()).hexdigest()}"' in text
    assert 'key: "steps" value: { string_value: "5"' in text and 'key: "other" value: { string_value: "old"' in text
    assert text.endswith("TYPE_FP32 dims: [ 1, 16, 16 ] TYPE_UINT8 dims: [ 8, 16, 16 ] TYPE_FP32 dims: [ 2 ]")


def test_versions_have_hashes_steps_and_words_of_their_own(model, vocabulary, tmp_path):
    (tmp_path / "mine" / "1").mkdir(parents=True)
    config = tmp_path / "mine" / "config.pbtxt"
    config.write_text("".join(f'parameters {{ key: "{key}" value: {{ string_value: "old" }} }}\n'
                              for key in ("steps", "weights_sha256", "vocabulary", "structures")))
    write(model, tmp_path / "mine", STEPS, vocabulary, NAMES, 10)
    path = write(model, tmp_path / "mine", 9, vocabulary, NAMES, 10)
    text = config.read_text()
    assert path == tmp_path / "mine" / "10" / "model.onnx"
    assert f'key: "weights_sha256.10" value: {{ string_value: "{hashlib.sha256(path.read_bytes()).hexdigest()}"' in text
    assert text.count('key: "steps.10" value: { string_value: "9"') == 1 and 'key: "steps" value: { string_value: "old"' in text
    assert f'key: "vocabulary.10" value: {{ string_value: "{" ".join(vocabulary.words)}"' in text


def test_a_configuration_without_the_parameter_is_refused():
    with pytest.raises(ValueError, match="expected one parameter steps, found 0"):
        set_parameter("", "steps", "5")


def test_what_was_not_shown_is_left_out_and_the_rest_draws_the_same(denoiser, vocabulary):
    """A structure that is left out is an open one; a word that is left out is one that nobody says."""
    few, words = narrowed(denoiser, vocabulary, ["right", "frontal"], ["heart", "right-lung"])
    assert words.words == ("frontal", "right") and few.shape.structures == ("right-lung", "heart") and few.shape.words == 2
    planes = [NAMES.index(name) for name in few.shape.structures]
    tensors = feed()
    tensors["mask"][:, [k for k in range(8) if k not in planes]] = 255
    prompts = ["Frontal, right.", "", "right", "frontal", "right frontal right"]
    expected = sample(denoiser, torch.from_numpy(tensors["noise"]), [vocabulary.encode(p) for p in prompts], [[]] * 5,
                      signed(torch.from_numpy(tensors["mask"])), torch.from_numpy(GUIDANCE), STEPS)
    session = onnxruntime.InferenceSession(sampler(few, words, STEPS).SerializeToString(), providers=["CPUExecutionProvider"])
    assert session.get_inputs()[3].shape[1:] == [2, 16, 16]
    found = session.run(None, {**tensors, "mask": tensors["mask"][:, planes], "prompt": np.array(prompts, object)[:, None],
                               "negative_prompt": np.array([""] * 5, object)[:, None]})[0]
    assert np.abs(found - expected.numpy()).max() < 1e-4
    with pytest.raises(ValueError, match="structures: expected some of left-lung.*found liver"):
        narrowed(denoiser, vocabulary, ["right"], ["liver"])


def test_a_network_that_saw_no_masks_has_a_plane_that_does_nothing(denoiser, vocabulary):
    blind, _ = narrowed(denoiser, vocabulary, vocabulary.words, [])
    assert blind.shape.structures == (NOTHING,)
    masks = torch.tensor([-1.0, 0.0, 1.0])[:, None, None, None].expand(3, 1, 16, 16)
    fine, coarse = blind.mask(masks)
    assert torch.equal(fine[0], fine[2]) and torch.equal(coarse[1], coarse[2])


def test_an_export_takes_what_the_data_showed_and_what_is_to_be_kept(denoiser, vocabulary):
    told = {"seen": {"words": ["frontal", "nodule"], "structures": ["heart"]}}
    assert taught(told, denoiser, vocabulary) == (["frontal", "nodule"], ["heart"])
    assert taught(told, denoiser, vocabulary, ["left", "left-lung"]) == (["frontal", "left", "nodule"], ["left-lung", "heart"])
    assert taught({}, denoiser, vocabulary) == (list(vocabulary.words), list(NAMES))
    with pytest.raises(ValueError, match="--keep: expected words or structures that the network has, found edema"):
        taught(told, denoiser, vocabulary, ["edema"])


def test_versions_of_a_model_have_the_same_mask(tmp_path):
    config = tmp_path / "config.pbtxt"
    config.write_text('parameters { key: "structures" value: { string_value: "left-lung,heart" } } TYPE_UINT8 dims: [ 2, 16, 16 ]')
    assert shared(tmp_path, 3, ["heart"], 16) == ["heart"]
    (tmp_path / "1").mkdir()
    (tmp_path / "1" / "model.onnx").touch()
    assert shared(tmp_path, 1, ["heart"], 16) == ["heart"]
    assert shared(tmp_path, 3, ["left-lung", "right-lung", "heart"], 16) == ["left-lung", "heart"]
    with pytest.raises(ValueError, match="expected masks of left-lung, heart.*found none of left-lung"):
        shared(tmp_path, 3, ["heart"], 16)
    with pytest.raises(ValueError, match="expected 16 pixels a side as its other versions have, found 32"):
        shared(tmp_path, 3, ["left-lung", "heart"], 32)
