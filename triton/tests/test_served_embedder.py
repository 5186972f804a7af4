"""Embedders on the real Triton server: the shipped one, and encoders that want their images another way."""

import hashlib
import shutil
from pathlib import Path

import numpy as np
import pytest

grpc = pytest.importorskip("tritonclient.grpc", reason="run with .synthray/triton/venv, see triton/README.md")
onnx = pytest.importorskip("onnx")
import onnxruntime
from conftest import served
from PIL import Image

HERE = Path(__file__).parent.parent
REPOSITORY = HERE / "repository"
SIDE, CHANNELS, MEAN, STD = 12, 3, 0.53, 0.26

TOKENS = """
<ir_version: 9, opset_import: ["" : 20]>
encoder (float[batch,3,12,12] pixels) => (float[batch,37,4] tokens)
<int64[3] patches = {-1, 36, 12}, int64[1] axis = {1}, int64[2] pads = {0, 4}, int64[1] last = {2}, int64[1] from = {0}, int64[1] to = {4}>
{
    patched = Reshape(pixels, patches)
    cut = Slice(patched, from, to, last)
    mean = ReduceMean<keepdims = 1>(cut, axis)
    tokens = Concat<axis = 1>(mean, cut)
}
"""


def encoder(folder, name, pooling, factor):
    """A model that takes 12 x 12 pixels of three channels, normalised, and gives tokens, as vision transformers do."""
    model = folder / name
    (model / "1").mkdir(parents=True)
    weights = onnx.parser.parse_model(TOKENS).SerializeToString()
    (model / "1" / "model.onnx").write_bytes(weights)
    shutil.copy(REPOSITORY / "embedder" / "1" / "model.py", model / "1" / "model.py")
    parameters = {"side": SIDE, "channels": CHANNELS, "mean": MEAN, "std": STD, "output": "tokens", "pooling": pooling,
                  "interpolation": "bicubic" if pooling == "first" else "bilinear", "factor": factor,
                  "weights_sha256": hashlib.sha256(weights).hexdigest()}
    text = (f'name: "{name}"\nbackend: "python"\nmax_batch_size: 8\n'
            'input [ { name: "image" data_type: TYPE_FP32 dims: [ 1, -1, -1 ] } ]\n'
            'output [ { name: "embedding" data_type: TYPE_FP32 dims: [ 4 ] } ]\n')
    text += "".join(f'parameters {{ key: "{key}" value: {{ string_value: "{value}" }} }}\n' for key, value in parameters.items())
    (model / "config.pbtxt").write_text(text)


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    repository = tmp_path_factory.mktemp("embedders") / "repository"
    repository.mkdir()
    for path in REPOSITORY.glob("*.py"):
        shutil.copy(path, repository)
    shutil.copytree(REPOSITORY / "embedder", repository / "embedder")
    encoder(repository, "first", "first", 1)
    encoder(repository, "mean", "mean", 0.5)
    with served(repository.with_name("log"), lambda triton: triton.is_server_ready(), repository) as triton:
        yield triton


def ask(client, model, images):
    tensor = grpc.InferInput("image", images.shape, "FP32")
    tensor.set_data_from_numpy(images)
    return client.infer(model, [tensor]).as_numpy("embedding")


def images(count, height, width):
    return np.random.default_rng(height).random((count, 1, height, width), dtype=np.float32)


def test_the_shipped_embedder_takes_any_size(client):
    session = onnxruntime.InferenceSession(REPOSITORY / "embedder" / "1" / "model.onnx", providers=["CPUExecutionProvider"])
    for side in (32, 100, 128):
        batch = images(3, side, side)
        found = ask(client, "embedder", batch)
        assert found.shape == (3, 32) and np.abs(found).max() < 8
        for i in range(3):
            assert np.allclose(found[i], session.run(None, {"image": batch[i : i + 1]})[0][0], atol=1e-5)


@pytest.mark.parametrize("model, filter", [("first", Image.BICUBIC), ("mean", Image.BILINEAR)])
def test_another_encoder_gets_its_images_as_it_wants_them(client, model, filter):
    """Resized as Pillow does, normalised, repeated; tokens pooled."""
    session = onnxruntime.InferenceSession(onnx.parser.parse_model(TOKENS).SerializeToString())
    for height, width in ((40, 31), (12, 12), (7, 9)):
        batch = images(2, height, width)
        found = ask(client, model, batch)
        for i in range(2):
            resized = np.asarray(Image.fromarray(batch[i, 0]).resize((SIDE, SIDE), filter))
            pixels = np.repeat(((resized - MEAN) / STD)[None, None], CHANNELS, axis=1).astype(np.float32)
            tokens = session.run(None, {"pixels": pixels})[0][0]
            expected = tokens[0] if model == "first" else 0.5 * tokens.mean(axis=0)
            assert np.allclose(found[i], expected, atol=2e-4), (height, width)


def test_what_is_no_image_is_refused(client):
    for value in (1.5, -0.1, np.nan):
        batch = images(1, 16, 16)
        batch[0, 0, 3, 3] = value
        with pytest.raises(grpc.InferenceServerException, match="image: expected"):
            ask(client, "embedder", batch)
