"""What models share with Triton, with a Triton that is a few lines: cases that the real one cannot be brought to here."""

import json
import re
import sys
import types

import numpy as np
import pytest

from conftest import SERVE

onnxruntime = pytest.importorskip("onnxruntime")


class Tensor:
    def __init__(self, name, values):
        self.name, self.values = name, values

    def as_numpy(self):
        return self.values


class TritonError(Exception):
    INVALID_ARG, INTERNAL, UNAVAILABLE = "invalid", "internal", "unavailable"

    def __init__(self, message, code):
        super().__init__(message)
        self.message, self.code = message, code


class Response:
    def __init__(self, tensors=(), error=None):
        self.tensors, self.error = {tensor.name: tensor.values for tensor in tensors}, error


@pytest.fixture
def serving(monkeypatch):
    triton = types.ModuleType("triton_python_backend_utils")
    triton.Tensor, triton.TritonError, triton.InferenceResponse = Tensor, TritonError, Response
    triton.get_input_tensor_by_name = lambda request, name: Tensor(name, request[name])
    monkeypatch.setitem(sys.modules, "triton_python_backend_utils", triton)
    monkeypatch.syspath_prepend(str(SERVE.with_name("repository")))
    monkeypatch.delitem(sys.modules, "serving", raising=False)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    import serving

    return serving


def execute(serving, run, *samples):
    requests = [{"x": np.array(values, np.float32)} for values in samples]
    return serving.execute(requests, ("x",), lambda feed: feed, lambda feed: run(feed["x"]), "y", "abc")


def test_answers_name_the_weights_sample_by_sample(serving):
    first, second = execute(serving, lambda x: 2 * x, [[1], [2]], [[3]])
    assert first.tensors["y"].tolist() == [[2], [4]] and first.tensors["weights_sha256"].tolist() == [[b"abc"]] * 2
    assert second.tensors["y"].tolist() == [[6]] and second.tensors["weights_sha256"].tolist() == [[b"abc"]]


def test_a_sample_that_is_not_finite_fails_alone(serving):
    for fault, word in ((np.nan, "nan"), (np.inf, "inf")):
        good, bad, other = execute(serving, lambda x: np.where(x == 2, np.float32(fault), x), [[1]], [[2]], [[3]])
        assert good.tensors["y"].tolist() == [[1]] and other.tensors["y"].tolist() == [[3]]
        assert (bad.error.message, bad.error.code) == (f"y: expected finite numbers, found {word}", "internal")


@pytest.mark.parametrize("error", [
    MemoryError(), RuntimeError("CUDA out of memory. Tried to allocate 20.00 MiB"),
    RuntimeError("BFCArena::AllocateRawInternal Failed to allocate memory for requested buffer of size 1")])
def test_who_finds_no_memory_is_told_to_come_again(serving, error):
    def run(x):
        raise error

    for answer in execute(serving, run, [[1]], [[2]]):
        assert answer.error.code == "unavailable" and answer.error.message.startswith("out of memory: ")


def test_another_fault_is_none_that_passes(serving):
    def run(x):
        raise RuntimeError("shapes do not fit")

    with pytest.raises(RuntimeError, match="shapes do not fit"):
        execute(serving, run, [[1]])


def on(kind):
    return {"model_instance_kind": kind, "model_instance_device_id": "0"}


def test_a_gpu_that_onnx_runtime_cannot_use_is_a_fault(serving, monkeypatch):
    model = str(SERVE.with_name("repository") / "embedder" / "1" / "model.onnx")
    monkeypatch.delenv("SYNTHRAY_ONNX", raising=False)
    monkeypatch.setattr(onnxruntime, "get_available_providers", lambda: ["AzureExecutionProvider", "CPUExecutionProvider"])
    with pytest.raises(ValueError, match="expected an ONNX Runtime with CUDA for an instance on a GPU, found one with Azure"):
        serving.session(on("GPU"), model, 1)
    assert serving.session(on("CPU"), model, 1)[1] is False
    monkeypatch.setenv("SYNTHRAY_ONNX", "cpu")
    assert serving.session(on("GPU"), model, 1)[1] is False


def test_a_gpu_that_onnx_runtime_leaves_aside_is_a_fault(serving, monkeypatch):
    model = str(SERVE.with_name("repository") / "embedder" / "1" / "model.onnx")
    monkeypatch.delenv("SYNTHRAY_ONNX", raising=False)
    monkeypatch.setattr(onnxruntime, "get_available_providers", lambda: ["CUDAExecutionProvider", "CPUExecutionProvider"])
    monkeypatch.setattr(onnxruntime, "InferenceSession",
                        lambda *_, **__: types.SimpleNamespace(get_providers=lambda: ["CPUExecutionProvider"]))
    with pytest.raises(ValueError, match="expected ONNX Runtime on the GPU, found"):
        serving.session(on("GPU"), model, 1)


@pytest.mark.parametrize("on_gpu, branches", [(True, [[[2, 1.5]]]), (False, [])])
def test_a_sampler_on_a_gpu_warms_all_branches_up(serving, monkeypatch, on_gpu, branches):
    """config.pbtxt's warm-up is of guidance 0, which is one branch."""
    runs = []

    def run(outputs, feed):
        runs.append(feed["guidance"].tolist())
        assert feed["noise"].shape == (1, 1, 64, 64) and (feed["mask"] == 255).all() and feed["mask"].shape == (1, 5, 64, 64)
        return [np.zeros((1, 1, 64, 64), np.float32)]

    monkeypatch.setattr(serving, "session", lambda *_: (types.SimpleNamespace(run=run), on_gpu))
    monkeypatch.delitem(sys.modules, "onnx_sampler", raising=False)
    import onnx_sampler

    folder = SERVE.with_name("repository") / "sampler"
    text = (folder / "config.pbtxt").read_text()
    parameters = {key: {"string_value": value} for key, value in re.findall(r'key: "([^"]+)" value: \{ string_value: "([^"]*)"', text)}
    dims = {"noise": [1, 64, 64], "prompt": [1], "negative_prompt": [1], "mask": [5, 64, 64], "guidance": [2]}
    config = {"parameters": parameters, "input": [{"name": name, "dims": sizes} for name, sizes in dims.items()], "output": []}
    model = onnx_sampler.TritonPythonModel()
    model.load({"model_config": json.dumps(config), "model_version": "1", "model_repository": str(folder)})
    assert runs == branches
    assert model.weights == parameters["weights_sha256"]["string_value"]
