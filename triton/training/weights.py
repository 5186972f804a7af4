"""An exported sampler tells how it was trained, and gives its weights back, so that others can start from the file that is served."""

import json
import math

import numpy as np
import onnx
import torch
from onnx import helper, numpy_helper

from training.structures import NAMES

TEMPERATURE = "temperature"
"""The number by which a graph multiplies noise; those of before have none."""

TRAINING, REST = "training", "rest"
"""Properties of the graph: its history as JSON; the weights that it holds in another form only, name -> numbers."""

LARGE = 1000
"""Numbers from which on a tensor is worth storing in half precision."""

TOLD = ("plan", "step", "images", "seconds", "source", "shape", "words")
ALSO = ("threads", "data", "kept")
"""What a graph tells of its training, always and where it is known."""


def describe(model, saved, network):
    """Writes into the graph what a checkpoint says of itself, and weights that folding has taken away."""
    told = {key: saved[key] for key in (*TOLD, *(key for key in ALSO if key in saved))}
    present = held(model)
    rest = {name: value.tolist() for name, value in network.state_dict().items() if name not in present}
    helper.set_model_props(model, {TRAINING: json.dumps(told, sort_keys=True),
                                   REST: json.dumps(rest, sort_keys=True)})
    return model


def source(told):
    """What a training is told to have learned from and begun with; of one that was not told, how many images there were."""
    return told.get("source") or {"data": [f"{told['images']} images"], "from": None}


def history(model):
    """What ``describe`` wrote of the training. What graphs from before said nothing of is taken from the graph itself."""
    saved = json.loads(_property(model, TRAINING))
    saved["source"] = source(saved)
    planes = next(tensor for tensor in model.graph.input if tensor.name == "mask").type.tensor_type.shape.dim[1].dim_value
    saved.setdefault("shape", {}).setdefault("structures", NAMES[:planes])
    saved.setdefault("words", _words(model))
    return saved


def _words(model):
    """The words of a graph's tokenizer, which knows each with every mark that may follow it as well."""
    tokenizer = next(node for node in model.graph.node if node.op_type == "LabelEncoder")
    spellings, ids = (helper.get_node_attr_value(tokenizer, key) for key in ("keys_strings", "values_int64s"))
    words = {}
    for spelling, number in zip(spellings, ids):
        text = spelling.decode("utf-8") if isinstance(spelling, bytes) else spelling
        words[number] = min(words.get(number, text), text, key=len)
    return [words[number] for number in sorted(words)]


def sizes(model):
    """Numbers of a sampler: (parameters, steps of the solver)."""
    dims = {tensor.name: tensor.dims for graph in _graphs(model) for tensor in graph.initializer}
    steps = dims.pop("solver")[0]
    dims.pop(TEMPERATURE, None)
    return sum(math.prod(shape) for shape in dims.values()), steps


def solver_table(model):
    """The tensor of the solver's times and factors."""
    return next(tensor for tensor in model.graph.initializer if tensor.name == "solver")


def temperature(model):
    """The deviation of the noise that the graph's images begin with."""
    found = [tensor for tensor in model.graph.initializer if tensor.name == TEMPERATURE]
    return float(numpy_helper.to_array(found[0])) if found else 1.0


def has_mask_encoder(model):
    """Whether masks are encoded apart from the denoiser; in the first samplers they were channels beside the image."""
    return any(tensor.name.startswith("Mask/") for tensor in model.graph.initializer)


def halve(model):
    """Stores large weights in half precision and casts them where they are used; half the file.

    ONNX Runtime does the casts once, when it loads the graph, and computes in single precision as before.
    """
    for graph in reversed(_graphs(model)):  # The loop's body first: the outer graph's nodes are copied.
        casts = []
        for tensor in graph.initializer:
            if tensor.data_type == onnx.TensorProto.FLOAT and math.prod(tensor.dims) >= LARGE:
                tensor.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(tensor).astype(np.float16), tensor.name))
                casts.append(helper.make_node("Cast", [tensor.name], [f"{tensor.name}/single"], to=onnx.TensorProto.FLOAT))
        single = {node.input[0]: node.output[0] for node in casts}
        for node in graph.node:
            node.input[:] = [single.get(name, name) for name in node.input]
        nodes = casts + list(graph.node)
        del graph.node[:]
        graph.node.extend(nodes)
    onnx.checker.check_model(model, full_check=True)
    return model


def read_model(path):
    """An exported sampler. Raises OSError where there is no file and ValueError, naming the path, where it is none."""
    try:
        model = onnx.load(path)
    except OSError:
        raise
    except Exception as error:  # The parser of protobuf has errors of its own, which say as little.
        raise ValueError(f"{path}: expected an ONNX model, found {type(error).__name__}") from error
    names = {tensor.name for tensor in model.graph.input}
    if not any(node.op_type == "Loop" for node in model.graph.node) or not {"mask", "noise", "prompt"} <= names:
        raise ValueError(f"{path}: expected a sampler's graph, found one with inputs {', '.join(sorted(names)) or 'of no name'}")
    return model


def recall(path):
    """Weights of an exported sampler, name -> tensor, and its history."""
    model = read_model(path)
    found = {name: torch.from_numpy(numpy_helper.to_array(tensor).astype(np.float32)) for name, tensor in held(model).items()}
    rest = {name: torch.tensor(value) for name, value in json.loads(_property(model, REST)).items()}
    return found | rest, history(model)


def _graphs(model):
    body = next(node for node in model.graph.node if node.op_type == "Loop").attribute[0].g
    return model.graph, body


def held(model):
    """Initialisers that are weights as the network has them, by the network's names."""
    parts = {"Prompt": "prompt.", "Mask": "mask."}
    found = {}
    for graph in _graphs(model):
        for tensor in graph.initializer:
            part, _, name = tensor.name.partition("/")
            if name.rsplit(".", 1)[-1] in ("weight", "bias"):
                found[parts.get(part, "") + name] = tensor
    return found


def _property(model, key):
    found = next((entry.value for entry in model.metadata_props if entry.key == key), None)
    if found is None:
        raise ValueError(f"model.onnx: expected a property {key} that tells how it was trained, found none")
    return found
