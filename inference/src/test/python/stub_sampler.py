"""Writes the stub sampler: a model of the sampler's contract that costs next to nothing.

    inside = mean over the structures of (mask == 1)
    image  = clip(0.5 + 0.1 * noise + 0.1 * guidance[mask] * inside + 0.01 * guidance[text] * (prompt != negative_prompt), 0, 1)

so that every input can be seen in the output. Run it from the module's folder, in an environment with requirements.txt:

    python src/test/python/stub_sampler.py

It also writes the values that ONNX Runtime's Python binding computes for the requests of StubSamplerTest.
"""

import hashlib
import pathlib
import re

import numpy as np
import onnx
import onnxruntime

STUB = pathlib.Path("src/test/resources/stub-repository/sampler-stub")

GRAPH = """
<ir_version: 9, opset_import: ["" : 20], producer_name: "synthray">
stub (float[batch,1,64,64] noise, string[batch,1] prompt, string[batch,1] negative_prompt,
      uint8[batch,5,64,64] mask, float[batch,2] guidance) => (float[batch,1,64,64] image)
<uint8 one = {1}, int64[1] structures = {1}, int64[2] scalars = {1, 1}, int64[4] planar = {-1, 1, 1, 1},
 float half = {0.5}, float tenth = {0.1}, float hundredth = {0.01}, float black = {0.0}, float white = {1.0}>
{
    is_inside = Equal(mask, one)
    insides = Cast<to = 1>(is_inside)
    inside = ReduceMean(insides, structures)
    texts, masks = Split<axis = 1>(guidance, scalars)
    text_scale = Reshape(texts, planar)
    mask_scale = Reshape(masks, planar)
    is_same = Equal(prompt, negative_prompt)
    is_other = Not(is_same)
    others = Cast<to = 1>(is_other)
    other = Reshape(others, planar)
    grain = Mul(noise, tenth)
    mask_gain = Mul(mask_scale, tenth)
    mask_part = Mul(mask_gain, inside)
    text_gain = Mul(text_scale, hundredth)
    text_part = Mul(text_gain, other)
    grey = Add(grain, half)
    masked = Add(grey, mask_part)
    whole = Add(masked, text_part)
    image = Clip(whole, black, white)
}
"""


def reference(session):
    """Pixels of a request that StubSamplerTest makes in the same way."""
    noise = (np.arange(4096, dtype=np.float32) % 41 - 20) / np.float32(10)
    mask = (np.arange(5 * 4096) % 2).astype(np.uint8)
    mask[np.arange(5 * 4096) // 4096 % 3 == 2] = 255
    feeds = {
        "noise": noise.reshape(1, 1, 64, 64),
        "prompt": np.array([["left lung"]], dtype=object),
        "negative_prompt": np.array([[""]], dtype=object),
        "mask": mask.reshape(1, 5, 64, 64),
        "guidance": np.array([[3, 1.5]], dtype=np.float32),
    }
    return session.run(["image"], feeds)[0]


def main():
    model = onnx.parser.parse_model(GRAPH)
    onnx.checker.check_model(model, full_check=True)
    weights = model.SerializeToString(deterministic=True)
    (STUB / "1").mkdir(parents=True, exist_ok=True)
    (STUB / "1" / "model.onnx").write_bytes(weights)
    config = STUB / "config.pbtxt"
    digest = hashlib.sha256(weights).hexdigest()
    text = re.sub(r'(key: "weights_sha256" value: \{ string_value: )"[^"]*"', rf'\1"{digest}"', config.read_text())
    config.write_text(text)
    image = reference(onnxruntime.InferenceSession(weights, providers=["CPUExecutionProvider"]))
    (STUB.parent.parent / "stub-sampler-image.f32").write_bytes(image.astype("<f4").tobytes())
    print(digest, len(weights), image.min(), image.max(), image.mean())


if __name__ == "__main__":
    main()
