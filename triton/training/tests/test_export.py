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
from training.export import sampler, set_parameter, write
from training.network import signed
from training.weights import held, describe, halve, recall

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


def test_the_graph_equals_the_sampler_in_pytorch(session, denoiser, vocabulary):
    tensors = feed()
    expected = sample(denoiser, torch.from_numpy(tensors["noise"]), [vocabulary.encode(p) for p in PROMPTS],
                      [vocabulary.encode(p) for p in NEGATIVES], signed(torch.from_numpy(tensors["mask"])),
                      torch.from_numpy(GUIDANCE), STEPS)
    assert np.abs(session.run(None, tensors)[0] - expected.numpy()).max() < 1e-4


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
    expected = sample(denoiser, torch.from_numpy(tensors["noise"]), [vocabulary.encode(p) for p in PROMPTS],
                      [vocabulary.encode(p) for p in NEGATIVES], signed(torch.from_numpy(tensors["mask"])),
                      torch.from_numpy(GUIDANCE), STEPS)
    found = onnxruntime.InferenceSession(halved, providers=["CPUExecutionProvider"]).run(None, tensors)[0]
    assert np.abs(found - expected.numpy()).max() < 1e-4


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
                      + "dims: [ 1, 64, 64 ] dims: [ 5, 64, 64 ] dims: [ 2 ]")
    path = write(model, tmp_path / "sampler", STEPS, vocabulary)
    text = config.read_text()
    assert f'key: "weights_sha256" value: {{ string_value: "{hashlib.sha256(path.read_bytes()).hexdigest()}"' in text
    assert 'key: "steps" value: { string_value: "5"' in text and 'key: "other" value: { string_value: "old"' in text
    assert text.endswith("dims: [ 1, 16, 16 ] dims: [ 8, 16, 16 ] dims: [ 2 ]")


def test_versions_have_hashes_steps_and_words_of_their_own(model, vocabulary, tmp_path):
    (tmp_path / "mine" / "1").mkdir(parents=True)
    config = tmp_path / "mine" / "config.pbtxt"
    config.write_text("".join(f'parameters {{ key: "{key}" value: {{ string_value: "old" }} }}\n'
                              for key in ("steps", "weights_sha256", "vocabulary", "structures")))
    write(model, tmp_path / "mine", STEPS, vocabulary, 10)
    path = write(model, tmp_path / "mine", 9, vocabulary, 10)
    text = config.read_text()
    assert path == tmp_path / "mine" / "10" / "model.onnx"
    assert f'key: "weights_sha256.10" value: {{ string_value: "{hashlib.sha256(path.read_bytes()).hexdigest()}"' in text
    assert text.count('key: "steps.10" value: { string_value: "9"') == 1 and 'key: "steps" value: { string_value: "old"' in text
    assert f'key: "vocabulary.10" value: {{ string_value: "{" ".join(vocabulary.words)}"' in text


def test_a_configuration_without_the_parameter_is_refused():
    with pytest.raises(ValueError, match="expected one parameter steps, found 0"):
        set_parameter("", "steps", "5")
