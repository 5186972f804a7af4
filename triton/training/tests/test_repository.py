"""The samplers that the repository ships."""

import hashlib
import re
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest

from training.checkpoint import load
from training.weights import history

REPOSITORY = Path(__file__).parents[2] / "repository"
SAMPLERS = ["sampler", "phantom-128", "radiograph-128"]


def config(name):
    return (REPOSITORY / name / "config.pbtxt").read_text(encoding="utf-8")


def parameter(name, key):
    return re.search(rf'key: "{key}"\s+value: {{ string_value: "([^"]*)"', config(name))[1]


@pytest.mark.parametrize("name", [*SAMPLERS, "embedder"])
def test_the_configuration_names_the_weights(name):
    assert parameter(name, "weights_sha256") == hashlib.sha256((REPOSITORY / name / "1" / "model.onnx").read_bytes()).hexdigest()


@pytest.mark.parametrize("name", SAMPLERS)
def test_the_graph_tells_how_it_was_trained(name):
    told = history(onnx.load(REPOSITORY / name / "1" / "model.onnx"))
    assert told["source"]["data"]
    assert told["step"] == told["plan"]["steps"] > 0 and told["images"] > 0


@pytest.mark.parametrize("name", SAMPLERS)
def test_the_card_is_of_these_weights(name):
    assert parameter(name, "weights_sha256") in (REPOSITORY / name / "MODEL_CARD.md").read_text(encoding="utf-8")


def test_the_weights_are_small():
    assert sum(path.stat().st_size for path in REPOSITORY.glob("*/*/model.onnx")) < 25e6


@pytest.mark.parametrize("name", SAMPLERS)
def test_words_and_structures_are_those_of_the_graph(name):
    told = history(onnx.load(REPOSITORY / name / "1" / "model.onnx"))
    assert parameter(name, "vocabulary").split() == told["words"]
    assert parameter(name, "structures").split(",") == list(told["shape"]["structures"])


def test_the_radiographs_model_takes_only_what_radiographs_have_shown_it():
    assert set(parameter("radiograph-128", "vocabulary").split()) == set(
        "frontal chest radiograph no finding pa ap pediatric nodule pneumonia".split())
    assert parameter("radiograph-128", "structures") == "left-lung,right-lung,heart,left-clavicle,right-clavicle"


@pytest.mark.parametrize("name", ["sampler", "phantom-128"])
def test_the_model_knows_the_words_of_the_phantom(name):
    words = (Path(__file__).parents[3] / "imaging/src/main/resources/io/synthray/imaging/phantom/prompt-vocabulary.txt")
    expected = words.read_text().split()
    assert parameter(name, "vocabulary").split()[: len(expected)] == expected


def test_training_can_start_from_the_served_weights():
    network, vocabulary, _ = load(REPOSITORY / "phantom-128" / "1" / "model.onnx")
    assert " ".join(vocabulary.words) == parameter("phantom-128", "vocabulary") and network.shape.size == 128


@pytest.mark.parametrize("name", SAMPLERS)
def test_lungs_are_dark_where_the_mask_has_them(name):
    session = onnxruntime.InferenceSession(REPOSITORY / name / "1" / "model.onnx", providers=["CPUExecutionProvider"])
    structures, size = re.search(r'"mask" data_type: TYPE_UINT8 dims: \[ (\d+), (\d+),', config(name)).groups()
    size, unit = int(size), int(size) // 64
    mask = np.full((1, int(structures), size, size), 255, np.uint8)
    mask[0, :2] = 0
    mask[0, 0, 16 * unit : 48 * unit, 36 * unit : 54 * unit] = 1
    mask[0, 1, 16 * unit : 48 * unit, 10 * unit : 28 * unit] = 1
    image = session.run(None, {
        "noise": np.random.default_rng(0).standard_normal((1, 1, size, size), dtype=np.float32),
        "prompt": np.array([["frontal chest radiograph no finding"]], dtype=object),
        "negative_prompt": np.array([[""]], dtype=object),
        "mask": mask,
        "guidance": np.array([[1, 1]], np.float32),
    })[0][0, 0]
    lungs = mask[0, 0] + mask[0, 1] == 1
    between = np.zeros((size, size), bool)
    between[24 * unit : 48 * unit, 29 * unit : 35 * unit] = True
    assert image[lungs].mean() < image[between].mean() - 0.1
