"""Models that are broken or die, on the real Triton server: refused by name, the others served, and back by themselves."""

import hashlib
import os
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path

import numpy as np
import pytest

grpc = pytest.importorskip("tritonclient.grpc", reason="run with .synthray/triton/venv, see triton/README.md")
from conftest import SERVE, served

REPOSITORY = Path(__file__).parents[1] / "repository"
MORE_STEPS = (r'("steps" value: \{ string_value: )"\d+"', r'\1"500"')


def copy(folder, name, model="sampler", change=None, damage=None, keeps_hash=False):
    """A shipped model under another name, with text of its configuration replaced and its weights damaged."""
    shutil.copytree(REPOSITORY / model, folder / name)
    weights, config = folder / name / "1" / "model.onnx", folder / name / "config.pbtxt"
    text = config.read_text().replace(f'name: "{model}"', f'name: "{name}"', 1)
    if change:
        text, count = re.subn(*change, text)
        assert count == 1
    if damage:
        data = damage(weights.read_bytes())
        weights.write_bytes(data)
        if not keeps_hash:
            text = re.sub("[0-9a-f]{64}", hashlib.sha256(data).hexdigest(), text)
    config.write_text(text)


def repository(folder):
    folder.mkdir()
    for path in REPOSITORY.glob("*.py"):
        shutil.copy(path, folder)
    return folder


BROKEN = {
    "bit": (dict(damage=lambda data: data[:-1] + bytes([data[-1] ^ 1]), keeps_hash=True), "expected weights of SHA-256"),
    "cut": (dict(damage=lambda data: data[: len(data) // 2]), "Protobuf parsing failed"),
    "none": (dict(damage=lambda data: b"<html>not found</html>"), "Protobuf parsing failed"),
    "steps": (dict(change=MORE_STEPS), "as the graph's solver has, found '500'"),
    "no-words": (dict(change=('(?m)^.*"vocabulary".*$', "")),
                 "parameter vocabulary: expected the words of the graph's LabelEncoder, found none"),
    "more-words": (dict(change=("frontal chest", "frontal zebra chest")),
                   "parameter vocabulary: expected the words of the graph's LabelEncoder, found a difference at 'zebra'"),
    "fewer-words": (dict(change=("frontal chest", "frontal")),
                    "parameter vocabulary: expected the words of the graph's LabelEncoder, found a difference at 'chest'"),
    "encoder": (dict(model="embedder", damage=lambda data: data[: len(data) // 2]), "Protobuf parsing failed"),
    "encoder-bit": (dict(model="embedder", damage=lambda data: data[:-1] + b"?", keeps_hash=True), "expected weights of SHA-256"),
}


def test_broken_models_are_refused_by_name_and_the_others_served(tmp_path):
    models = repository(tmp_path / "models")
    copy(models, "embedder", "embedder")
    for name, (faults, _) in BROKEN.items():
        copy(models, name, **faults)
    log = tmp_path / "log"
    with served(log, lambda triton: triton.is_server_ready(), models) as client:
        assert client.is_model_ready("embedder")
        assert embedding(client).shape == (1, 32)
        for name in BROKEN:
            assert not client.is_model_ready(name)
            with pytest.raises(grpc.InferenceServerException, match=f"'{name}' has no available versions") as refusal:
                client.infer(name, [image()])
            assert refusal.value.status() == "StatusCode.NOT_FOUND"
    said = log.read_text()
    for name, (_, reason) in BROKEN.items():
        assert re.search(f"failed to load '{name}' version 1: .*{re.escape(reason)}", said), name


def test_a_broken_model_alone_ends_the_server(tmp_path):
    models = repository(tmp_path / "models")
    copy(models, "sampler", change=MORE_STEPS)
    ended = subprocess.run([SERVE, "28999", models], capture_output=True, text=True, timeout=120)
    assert ended.returncode == 1
    assert "as the graph's solver has, found '500'" in ended.stdout + ended.stderr


def image():
    pixels = np.full((1, 1, 16, 16), 0.5, np.float32)
    tensor = grpc.InferInput("image", pixels.shape, "FP32")
    tensor.set_data_from_numpy(pixels)
    return tensor


def embedding(client):
    return client.infer("embedder", [image()], client_timeout=20).as_numpy("embedding")


def children(process):
    return [int(child) for task in Path(f"/proc/{process}/task").iterdir() for child in (task / "children").read_text().split()]


def stubs(process):
    """The processes in which models run, below one of ours."""
    below = children(process)
    found = [child for child in below if "triton_python_backend_stub" in Path(f"/proc/{child}/cmdline").read_text()]
    return found + [stub for child in below for stub in stubs(child)]


def test_a_model_whose_process_dies_is_served_again(tmp_path):
    """Triton by itself would call it ready and refuse its requests for ever."""
    models = repository(tmp_path / "models")
    copy(models, "embedder", "embedder")
    log = tmp_path / "log"
    with served(log, lambda triton: triton.is_model_ready("embedder"), models) as client:
        before = embedding(client)
        (stub,) = stubs(os.getpid())
        refusals = []

        def at_work(result, error):
            refusals.append((error.status(), error.message()) if error else ("an answer", "before the end"))

        os.kill(stub, signal.SIGSTOP)  # So that it dies with a request at hand.
        client.async_infer("embedder", [image()], at_work)
        time.sleep(0.2)
        os.kill(stub, signal.SIGKILL)
        deadline = time.monotonic() + 60
        while True:
            try:
                after = embedding(client)
                break
            except grpc.InferenceServerException as refusal:
                refusals.append((refusal.status(), refusal.message()))
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.1)
        assert len(refusals) > 1 and np.array_equal(before, after)
        # What clients have to take for passing; see StatusMapping.
        assert all(status == "StatusCode.UNAVAILABLE" or "is not healthy" in message for status, message in refusals), refusals
        assert stubs(os.getpid()) != [stub]
        (supervisor,) = children(os.getpid())
        left = [path for path in Path("/dev/shm").iterdir() if path.name.startswith(f"synthray-triton-{supervisor}-")]
        assert len(left) == 1, "that of the one that runs now"
    assert not left[0].exists()
    said = log.read_text()
    assert "the process of model embedder ended by itself" in said
    assert "the server was killed; it is started again" in said
