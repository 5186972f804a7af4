"""A simplified graph computes what it did, with fewer passes; checked by ONNX Runtime."""

import numpy as np
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

from training.simplify import simplify

X = np.random.default_rng(0).standard_normal((3, 4, 5, 5), dtype=np.float32)


def graph(*links):
    """x [N,4,5,5] -> y through (operator, constant of a channel or of all)."""
    nodes, constants, name = [], [], "x"
    for i, (operator, values) in enumerate(links):
        constants.append(numpy_helper.from_array(np.asarray(values, np.float32), f"c{i}"))
        nodes.append(helper.make_node(operator, [name, f"c{i}"], [f"h{i}"]))
        name = f"h{i}"
    nodes.append(helper.make_node("Relu", [name], ["y"]))
    value = lambda name: helper.make_tensor_value_info(name, TensorProto.FLOAT, ["n", 4, 5, 5])
    return helper.make_graph(nodes, "g", [value("x")], [value("y")], constants)


def run(made):
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)
    return onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"]).run(None, {"x": X})[0]


def column(*values):
    return np.array(values, np.float32).reshape(-1, 1, 1)


def operators(made):
    return [node.op_type for node in made.node if node.op_type != "Constant"]


def check(made, expected):
    before = run(made)
    simplified = simplify(made)
    assert operators(simplified) == expected
    np.testing.assert_allclose(run(simplified), before, rtol=1e-6, atol=1e-6)


def test_a_product_and_a_sum_become_one_pass():
    check(graph(("Mul", column(1, 2, -3, 0.5)), ("Add", column(0, 1, 2, 3))), ["BatchNormalization", "Relu"])


def test_what_does_nothing_is_left_out_with_its_constants():
    made = graph(("Mul", column(1, 1, 1, 1)), ("Add", column(0, 0, 0, 0)), ("Mul", column(1, 2, 3, 4)))
    check(made, ["Mul", "Relu"])
    assert [tensor.name for tensor in made.initializer] == ["c2"]


def test_what_is_used_twice_or_is_no_channel_stays():
    made = graph(("Mul", column(1, 2, 3, 4)), ("Add", column(1, 1, 1, 1)))
    made.node.append(helper.make_node("Neg", ["h0"], ["again"]))
    made.output.append(helper.make_tensor_value_info("again", TensorProto.FLOAT, ["n", 4, 5, 5]))
    check(made, ["Mul", "Add", "Relu", "Neg"])
    check(graph(("Mul", X[:1]), ("Add", X[:1])), ["Mul", "Add", "Relu"])
