"""Makes an exported graph cheaper without changing what it computes.

PyTorch writes a group normalisation as an instance normalisation of the groups, then a product with a weight and a sum with a bias for each channel; also where
both do nothing. Each is a pass over all features.
"""

import numpy as np
from onnx import helper, numpy_helper


def simplify(graph):
    """Leaves out products with one and sums with zero, and makes one pass of a product and a sum with constants of [C,1,1]."""
    _drop_neutral(graph)
    _join(graph)
    used = {name for node in graph.node for name in node.input}
    kept = [tensor for tensor in graph.initializer if tensor.name in used]
    del graph.initializer[:]
    graph.initializer.extend(kept)
    return graph


def _drop_neutral(graph):
    constants = _of_channels(graph)
    instead, kept = {}, []
    for node in graph.node:
        node.input[:] = [instead.get(name, name) for name in node.input]
        by = constants.get(node.input[1]) if node.op_type in ("Mul", "Add") else None
        if by is not None and (by == (1 if node.op_type == "Mul" else 0)).all():
            instead[node.output[0]] = node.input[0]
        else:
            kept.append(node)
    _replace(graph, kept)


def _join(graph):
    """x * a + b with constants a and b of [C,1,1] as a batch normalisation, which is one pass, of mean 0 and variance 1."""
    constants = _of_channels(graph)
    users = {}
    for node in graph.node:
        for name in node.input:
            users.setdefault(name, []).append(node)
    kept, joined = [], set()
    for node in graph.node:
        if node.output[0] in joined:
            continue
        [following, *others] = users.get(node.output[0], [None])
        if not (node.op_type == "Mul" and node.input[1] in constants and not others and following is not None and following.op_type == "Add"
                and following.input[0] == node.output[0] and following.input[1] in constants):
            kept.append(node)
            continue
        out = following.output[0]
        a, b = (constants[name].reshape(-1) for name in (node.input[1], following.input[1]))
        values = {"scale": a, "bias": b, "mean": np.zeros_like(a), "variance": np.ones_like(a)}
        names = [f"{out}/{name}" for name in values]
        kept += [helper.make_node("Constant", [], [name], name=name, value=numpy_helper.from_array(value))
                 for name, value in zip(names, values.values())]
        kept.append(helper.make_node("BatchNormalization", [node.input[0], *names], [out], name=f"{out}/join", epsilon=0.0))
        joined.add(out)
    _replace(graph, kept)


def _of_channels(graph):
    """Constants [C,1,1] by name."""
    arrays = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer if list(tensor.dims[1:]) == [1, 1]}
    return {name: array for name, array in arrays.items() if array.ndim == 3}


def _replace(graph, nodes):
    nodes = list(nodes)
    del graph.node[:]
    graph.node.extend(nodes)
