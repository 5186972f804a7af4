"""What is read from graphs without the package ``onnx``, beside that package."""

import sys

import pytest

onnx = pytest.importorskip("onnx")
from onnx import helper, numpy_helper
from conftest import SERVE

REPOSITORY = SERVE.with_name("repository")
SAMPLERS = ["sampler", "phantom-128", "radiograph-128"]


@pytest.fixture
def onnx_graph(monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)  # A __pycache__ there would be taken for a model.
    monkeypatch.syspath_prepend(str(REPOSITORY))
    import onnx_graph

    return onnx_graph


@pytest.mark.parametrize("name", SAMPLERS)
def test_reads_what_onnx_reads(onnx_graph, name):
    path = REPOSITORY / name / "1" / "model.onnx"
    graph = onnx.load(path).graph
    solver = next(tensor for tensor in graph.initializer if tensor.name == "solver")
    encoder = next(node for node in graph.node if node.op_type == "LabelEncoder")
    keys = next(attribute.strings for attribute in encoder.attribute if attribute.name == "keys_strings")
    assert onnx_graph.facts(path.read_bytes()) == (solver.dims[0], {key.decode() for key in keys})


def test_a_graph_that_is_not_ours_says_nothing(onnx_graph):
    path = REPOSITORY / "embedder" / "1" / "model.onnx"
    assert onnx_graph.facts(path.read_bytes()) == (None, None)
    onnx_graph.require_graph(path, 500, None)


def test_many_steps_take_two_bytes(onnx_graph):
    import numpy as np

    graph = helper.make_graph([], "g", [], [], [numpy_helper.from_array(np.zeros((300, 7), np.float32), "solver")])
    assert onnx_graph.facts(helper.make_model(graph).SerializeToString()) == (300, None)


@pytest.mark.parametrize("data", [b"\xff\xff", b"\x0b"])
def test_what_is_no_protocol_buffer_is_an_error(onnx_graph, data):
    with pytest.raises(ValueError, match="expected an ONNX graph, found"):
        onnx_graph.facts(data)
