"""Writes the stub embedder: a model of the embedder's contract that costs next to nothing.

    embedding = (mean, mean of squares, mean of the first row, columns in hundreds)

for images of any size. Run it from the module's folder, in an environment with requirements.txt:

    python src/test/python/stub_embedder.py

It also writes the values that ONNX Runtime's Python binding computes for the images of EmbedderTest.
"""

import hashlib
import pathlib

import numpy as np
import onnx
import onnxruntime

STUB = pathlib.Path("src/test/resources/stub-embedder")

GRAPH = """
<ir_version: 9, opset_import: ["" : 20], producer_name: "synthray">
stub (float[batch,1,height,width] image) => (float[batch,4] embedding)
<int64[3] places = {1, 2, 3}, int64[1] zero = {0}, int64[1] one = {1}, int64[1] row = {2},
 float hundred = {100.0}>
{
    mean_flat = ReduceMean<keepdims = 0>(image, places)
    mean = Unsqueeze(mean_flat, one)
    squared = Mul(image, image)
    squares_flat = ReduceMean<keepdims = 0>(squared, places)
    squares = Unsqueeze(squares_flat, one)
    first = Slice(image, zero, one, row)
    first_flat = ReduceMean<keepdims = 0>(first, places)
    first_row = Unsqueeze(first_flat, one)
    sizes = Shape<start = 3>(image)
    size = Cast<to = 1>(sizes)
    scaled = Div(size, hundred)
    spread = Mul(mean, hundred)
    blank = Sub(spread, spread)
    side = Add(blank, scaled)
    embedding = Concat<axis = 1>(mean, squares, first_row, side)
}
"""

CONFIG = """# The embedder's contract with arithmetic in place of a network; src/test/python/stub_embedder.py says what it computes.
name: "embedder-stub"
backend: "python"
max_batch_size: 64

input [
  {{ name: "image" data_type: TYPE_FP32 dims: [ 1, -1, -1 ] }}
]
output [
  {{ name: "embedding" data_type: TYPE_FP32 dims: [ 4 ] }}
]

parameters {{ key: "weights_sha256" value: {{ string_value: "{digest}" }} }}
"""


def image(side):
    """Grey levels of an image that EmbedderTest makes in the same way."""
    return ((np.arange(side * side, dtype=np.float32) % 41) / np.float32(40)).reshape(1, 1, side, side)


def main():
    model = onnx.parser.parse_model(GRAPH)
    onnx.checker.check_model(model, full_check=True)
    weights = model.SerializeToString(deterministic=True)
    folder = STUB / "embedder-stub"
    (folder / "1").mkdir(parents=True, exist_ok=True)
    (folder / "1" / "model.onnx").write_bytes(weights)
    (folder / "config.pbtxt").write_text(CONFIG.format(digest=hashlib.sha256(weights).hexdigest()))
    session = onnxruntime.InferenceSession(weights, providers=["CPUExecutionProvider"])
    values = np.concatenate([session.run(None, {"image": image(side)})[0] for side in (16, 33)])
    (STUB.parent / "stub-embedder-values.f32").write_bytes(values.astype("<f4").tobytes())
    print(values, len(weights))


if __name__ == "__main__":
    main()
