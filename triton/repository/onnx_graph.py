"""What a sampler's ONNX graph itself says of its steps and its words, to be held against config.pbtxt.

ONNX Runtime tells neither, and the package ``onnx`` is none that serving needs otherwise; so this reads the file's protocol
buffers (https://protobuf.dev/programming-guides/encoding), of which it wants four messages.
"""

from contract import PUNCTUATION

GRAPH = 7
NODES, INITIALIZERS = 1, 5
NODE_OPERATOR, NODE_ATTRIBUTES = 4, 5
ATTRIBUTE_NAME, ATTRIBUTE_STRINGS = 1, 9
TENSOR_DIMS, TENSOR_NAME = 1, 8
"""Numbers of fields in onnx.proto: of ModelProto, GraphProto, NodeProto, AttributeProto and TensorProto."""

VARINT, FIXED64, DELIMITED, FIXED32 = 0, 1, 2, 5


def require_graph(path, steps, words):
    """Holds the parameters ``steps`` and ``vocabulary`` against the graph. One that is not ours may have neither, and any steps.

    Of a word that it does not know our graph draws nothing, without a word; so that it is not served without a vocabulary.
    """
    with open(path, "rb") as file:
        rows, spellings = facts(file.read())
    if rows is not None and rows != steps:
        raise ValueError(f"config.pbtxt: parameter steps: expected {rows} as the graph's solver has, found '{steps}'")
    if spellings is None:
        return
    if words is None:
        raise ValueError("config.pbtxt: parameter vocabulary: expected the words of the graph's LabelEncoder, found none")
    different = spellings ^ {word + mark for word in words for mark in ("", *PUNCTUATION)}
    if different:
        raise ValueError("config.pbtxt: parameter vocabulary: expected the words of the graph's LabelEncoder, found a difference at "
                         f"'{min(different)}'")


def facts(model):
    """Of a model's bytes: rows of the tensor ``solver`` and keys of the LabelEncoder for texts, each None where there is none."""
    rows = spellings = None
    for graph in _messages(memoryview(model), GRAPH):
        for number, value in _fields(graph):
            if number == INITIALIZERS and _text(value, TENSOR_NAME) == "solver":
                rows = _first_dim(value)
            elif number == NODES and _text(value, NODE_OPERATOR) == "LabelEncoder":
                for attribute in _messages(value, NODE_ATTRIBUTES):
                    if _text(attribute, ATTRIBUTE_NAME) == "keys_strings":
                        spellings = {str(key, "utf-8") for key in _messages(attribute, ATTRIBUTE_STRINGS)}
    return rows, spellings


def _first_dim(tensor):
    """Dims come one by one, or packed into one field."""
    for number, value in _fields(tensor):
        if number == TENSOR_DIMS:
            return value if isinstance(value, int) else _varint(value, 0)[0]
    return None


def _messages(message, wanted):
    return (value for number, value in _fields(message) if number == wanted)


def _text(message, wanted):
    return next((str(value, "utf-8") for value in _messages(message, wanted)), "")


def _fields(message):
    """Numbers and values: whole numbers, or the bytes of what has a length. Numbers of fixed size are passed over."""
    place = 0
    while place < len(message):
        tag, place = _varint(message, place)
        kind = tag & 7
        if kind == VARINT:
            value, place = _varint(message, place)
            yield tag >> 3, value
        elif kind == DELIMITED:
            length, place = _varint(message, place)
            yield tag >> 3, message[place : place + length]
            place += length
        elif kind in (FIXED32, FIXED64):
            place += 4 if kind == FIXED32 else 8
        else:
            raise ValueError(f"expected an ONNX graph, found a field of kind {kind}")


def _varint(message, place):
    value = shift = 0
    while True:
        if place >= len(message):
            raise ValueError("expected an ONNX graph, found one that ends within a number")
        byte = message[place]
        value |= (byte & 127) << shift
        place += 1
        if byte < 128:
            return value, place
        shift += 7
