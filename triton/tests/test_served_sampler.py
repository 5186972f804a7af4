"""The real Triton server with this repository: same contract, same bytes as ONNX Runtime alone.

Skipped where triton/serve has not made its environment yet; run with that environment's Python, see README.md.
"""

import hashlib
import re
from pathlib import Path

import numpy as np
import pytest

grpc = pytest.importorskip("tritonclient.grpc", reason="run with .synthray/triton/venv, see triton/README.md")
import onnxruntime
from conftest import served

HERE = Path(__file__).parent.parent
SAMPLER = HERE / "repository" / "sampler"


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    with served(tmp_path_factory.mktemp("triton") / "log", lambda triton: triton.is_model_ready("sampler")) as triton:
        yield triton


def dims(name):
    """Of an input, as the configuration that is served states them."""
    found = re.search(rf'name: "{name}" data_type: \w+ dims: \[([^\]]*)\]', (SAMPLER / "config.pbtxt").read_text())
    return [int(size) for size in found[1].split(",")]


def feed(count, seed=0):
    random = np.random.default_rng(seed)
    mask = np.zeros((count, *dims("mask")), np.uint8)
    side = mask.shape[-1]
    mask[:, 0, side // 4 : 3 * side // 4, 9 * side // 16 : 7 * side // 8] = 1
    mask[:, 1, side // 4 : 3 * side // 4, side // 8 : 7 * side // 16] = 1
    mask[0, 2:] = 255
    texts = np.array([b"frontal chest radiograph no finding", b"Left pneumothorax.", b""])[:, None].astype(object)
    return {
        "noise": random.standard_normal((count, *dims("noise")), dtype=np.float32),
        "prompt": texts[np.arange(count) % 3],
        "negative_prompt": texts[(np.arange(count) + 1) % 3],
        "mask": mask,
        "guidance": np.tile(np.array([[2.0, 1.0]], np.float32), (count, 1)),
    }


def inputs(tensors):
    types = {"noise": "FP32", "prompt": "BYTES", "negative_prompt": "BYTES", "mask": "UINT8", "guidance": "FP32"}
    sent = []
    for name, value in tensors.items():
        sent.append(grpc.InferInput(name, value.shape, types[name]))
        sent[-1].set_data_from_numpy(value)
    return sent


def ask(client, tensors):
    return client.infer("sampler", inputs(tensors), outputs=[grpc.InferRequestedOutput("image")]).as_numpy("image")


def test_answers_what_onnx_runtime_computes(client):
    tensors = feed(5)
    images = ask(client, tensors)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(SAMPLER / "1" / "model.onnx", options, providers=["CPUExecutionProvider"])
    for i in range(5):
        one = {name: value[i : i + 1] for name, value in tensors.items()}
        for name in ("prompt", "negative_prompt"):
            one[name] = np.array([[one[name][0, 0].decode()]], dtype=object)
        assert np.array_equal(session.run(None, one)[0][0], images[i])


def test_a_sample_does_not_depend_on_its_batch(client):
    together = ask(client, feed(3))
    alone = ask(client, {name: value[1:2] for name, value in feed(3).items()})
    assert np.array_equal(together[1:2], alone)


def test_bad_input_is_refused_by_name(client):
    tensors = feed(1)
    tensors["guidance"][0, 0] = np.nan
    with pytest.raises(grpc.InferenceServerException, match="guidance: expected finite numbers"):
        ask(client, tensors)
    tensors = feed(1)
    tensors["prompt"] = np.array([[b"\xff"]], dtype=object)
    with pytest.raises(grpc.InferenceServerException, match="prompt: expected UTF-8"):
        ask(client, tensors)
    tensors["prompt"] = np.array([[b"left zebra"]], dtype=object)
    with pytest.raises(grpc.InferenceServerException, match="prompt: expected words that the model knows, found 'zebra'"):
        ask(client, tensors)


def test_half_a_plane_cannot_be_left_open(client):
    tensors = feed(2)
    tensors["mask"][1, 3, 5, 5] = 255
    with pytest.raises(grpc.InferenceServerException, match="mask: expected 255 throughout a plane or nowhere in it, found both in plane 3"):
        ask(client, tensors)


def test_the_configuration_and_every_answer_name_the_weights(client):
    parameters = client.get_model_config("sampler", as_json=True)["config"]["parameters"]
    digest = hashlib.sha256((SAMPLER / "1" / "model.onnx").read_bytes()).hexdigest()
    answer = client.infer("sampler", inputs(feed(2)))
    assert answer.as_numpy("weights_sha256").tolist() == [[digest.encode()]] * 2
    assert client.infer("sampler", inputs(feed(2)), outputs=[grpc.InferRequestedOutput("image")]).as_numpy("weights_sha256") is None
    assert parameters["weights_sha256"]["string_value"] == digest
    assert len(re.split(",", parameters["structures"]["string_value"])) == dims("mask")[0]
