"""The model that the repository ships."""

import hashlib
import re
from pathlib import Path

import numpy as np
import onnx
import onnxruntime

from training.weights import history

SAMPLER = Path(__file__).parents[2] / "repository" / "sampler"


def parameter(key):
    text = (SAMPLER / "config.pbtxt").read_text(encoding="utf-8")
    return re.search(rf'key: "{key}"\s+value: {{ string_value: "([^"]*)"', text)[1]


def test_the_configuration_names_the_weights():
    assert parameter("weights_sha256") == hashlib.sha256((SAMPLER / "1" / "model.onnx").read_bytes()).hexdigest()


def test_the_graph_tells_how_it_was_trained():
    told = history(onnx.load(SAMPLER / "1" / "model.onnx"))
    assert told["step"] == told["plan"]["steps"] > 0 and told["images"] > 0


def test_the_card_is_of_these_weights():
    assert parameter("weights_sha256") in (SAMPLER / "MODEL_CARD.md").read_text(encoding="utf-8")


def test_the_weights_are_small():
    assert sum(f.stat().st_size for f in SAMPLER.parent.rglob("*") if f.is_file()) < 25e6


def test_the_model_knows_the_words_of_the_phantom():
    words = (Path(__file__).parents[3] / "imaging/src/main/resources/io/synthray/imaging/phantom/prompt-vocabulary.txt")
    assert parameter("vocabulary").split() == words.read_text().split()


def test_lungs_are_dark_where_the_mask_has_them():
    session = onnxruntime.InferenceSession(SAMPLER / "1" / "model.onnx", providers=["CPUExecutionProvider"])
    mask = np.zeros((1, 8, 128, 128), np.uint8)
    mask[0, 0, 32:96, 72:108] = 1
    mask[0, 1, 32:96, 20:56] = 1
    mask[0, 2:] = 255
    image = session.run(None, {
        "noise": np.random.default_rng(0).standard_normal((1, 1, 128, 128), dtype=np.float32),
        "prompt": np.array([["frontal chest radiograph no finding"]], dtype=object),
        "negative_prompt": np.array([[""]], dtype=object),
        "mask": mask,
        "guidance": np.array([[1, 1]], np.float32),
    })[0][0, 0]
    lungs = mask[0, 0] + mask[0, 1] == 1
    between = np.zeros((128, 128), bool)
    between[48:96, 58:70] = True
    assert image[lungs].mean() < image[between].mean() - 0.1
