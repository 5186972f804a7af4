from dataclasses import asdict
from pathlib import Path

import onnx
import pytest
import torch

from training.checkpoint import begin, load
from training.export import sampler
from training.structures import NAMES
from training.weights import describe, history, recall, sizes


@pytest.fixture
def saved(shape, vocabulary):
    return {"plan": {"steps": 9, "rate": 1e-3}, "step": 9, "images": 12, "seconds": 4.5, "source": None, "network": {},
            "shape": asdict(shape), "words": list(vocabulary.words)}


def test_the_served_file_gives_its_weights_back(denoiser, vocabulary, saved, tmp_path):
    path = tmp_path / "model.onnx"
    onnx.save(describe(sampler(denoiser, vocabulary, 3), saved, denoiser), path)
    network, words, told = load(path)
    assert words.words == vocabulary.words and told["step"] == 9
    for name, value in denoiser.state_dict().items():
        assert torch.equal(value, network.state_dict()[name]), name
    weights, wider, _ = begin(load(path), ["a new word"])
    assert wider.words == 8 and weights["prompt.words.weight"].shape[0] == 9


def test_the_graph_tells_how_it_was_trained(denoiser, vocabulary, saved):
    model = sampler(denoiser, vocabulary, 3)
    with pytest.raises(ValueError, match="expected a property training"):
        history(model)
    told = history(describe(model, saved, denoiser))
    assert told["plan"] == saved["plan"] and told["images"] == 12
    assert sizes(model)[1] == 3 and sizes(model)[0] > 1000


def test_a_damaged_file_is_named(tmp_path):
    (tmp_path / "model.onnx").write_bytes(b"no model")
    with pytest.raises(ValueError, match="model.onnx: expected an ONNX model"):
        recall(tmp_path / "model.onnx")


def test_another_graph_is_named(tmp_path):
    embedder = Path(__file__).parents[2] / "repository" / "embedder" / "1" / "model.onnx"
    with pytest.raises(ValueError, match="embedder.*model.onnx: expected a sampler's graph, found one with inputs image"):
        recall(embedder)


def test_a_graph_that_told_less_is_asked_itself():
    told = history(onnx.load(Path(__file__).parents[2] / "repository" / "sampler" / "1" / "model.onnx"))
    assert told["words"][:3] == ["frontal", "chest", "radiograph"] and len(told["words"]) == 17
    assert told["shape"]["structures"] == NAMES[:5]
