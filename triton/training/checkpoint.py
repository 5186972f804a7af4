"""What is left of a training: how its file is read, narrowed to what its data showed, and begun from again."""

from dataclasses import replace
from pathlib import Path

import torch

from training import saved as files
from training import weights
from training.network import Denoiser, Shape
from training.structures import NAMES, NOTHING
from training.vocabulary import Vocabulary

KEYS = ("network", "averaged", "optimiser", "step", "seconds", "threads", "shape", "plan", "words", "seen", "images", "data", "start",
        "source")
"""Of a checkpoint that ``train`` writes."""

PLACE = 4
"""Input channels of the mask encoder that a structure has: pixels are unshuffled by two."""

MASKS, WORDS = "mask.first.weight", "prompt.words.weight"
"""The weights whose size depends on the structures and on the words."""


def load(path):
    """The averaged network of a checkpoint or of an exported model, its vocabulary, and what else it says of itself.

    Raises OSError where there is no file and ValueError, naming it, where it is damaged or something else.
    """
    if Path(path).suffix == ".onnx":
        averaged, told = weights.recall(path)
    else:
        told = files.read(path, KEYS)
        averaged = told["averaged"]
    try:
        network, vocabulary = Denoiser(Shape(**told["shape"])), Vocabulary(told["words"])
    except (TypeError, ValueError, KeyError) as error:
        raise ValueError(f"{path}: expected the sizes of a network and its words, found {error}") from error
    files.fill(path, network.load_state_dict, averaged)
    return network.eval().requires_grad_(False), vocabulary, told


def seen(parts):
    """What data sets show: {"words": those of the prompts, sorted, "structures": those that are in an image, in their order}.

    A structure that nobody looked for, or that no image has, is not seen.
    """
    prompts = [prompt for part in parts for prompt in part.prompts]
    shown = [name for k, name in enumerate(NAMES) if any((part.masks[:, k] == 1).any() for part in parts)]
    return {"words": sorted(Vocabulary([]).extended(prompts).words), "structures": shown}


def begin(loaded, prompts):
    """Weights of what ``load`` gave, its shape and vocabulary with room for every structure and for the prompts' new words.

    A new word begins as none and a new structure as one without effect: their weights are zero.
    """
    network, vocabulary, _ = loaded
    wider = vocabulary.extended(prompts)
    state = dict(network.state_dict())
    state[WORDS] = _words(state[WORDS], vocabulary, wider)
    state[MASKS] = _planes(state[MASKS], network.shape.structures, NAMES)
    return state, replace(network.shape, words=len(wider), structures=NAMES), wider


def narrowed(network, vocabulary, words, structures):
    """The network and its vocabulary with these words and structures only, in the order that they had.

    It draws the same as before where the others are not named: a word outside the vocabulary and an open structure count as
    nothing. Raises ValueError for a word or structure that the network does not have.
    """
    for kind, wanted, had in (("words", words, vocabulary.words), ("structures", structures, network.shape.structures)):
        lacking = sorted(set(wanted) - set(had))
        if lacking:
            raise ValueError(f"{kind}: expected some of {', '.join(had)}, found {', '.join(lacking)}")
    fewer = Vocabulary([word for word in vocabulary.words if word in words])
    # The contract wants a mask; one whose only plane is of nothing steers nothing.
    planes = tuple(name for name in network.shape.structures if name in structures) or (NOTHING,)
    state = dict(network.state_dict())
    state[WORDS] = _words(state[WORDS], vocabulary, fewer)
    state[MASKS] = _planes(state[MASKS], network.shape.structures, planes)
    smaller = Denoiser(replace(network.shape, words=len(fewer), structures=planes))
    smaller.load_state_dict(state)
    return smaller.eval().requires_grad_(False), fewer


def _words(table, before, after):
    """The embeddings [1 + words, E] of another vocabulary; zero for words that were not there."""
    nothing = table.new_zeros(table.shape[1])
    rows = [table[0], *(table[1 + before.ids[word]] if word in before.ids else nothing for word in after.words)]
    return torch.stack(rows)


def _planes(weight, before, after):
    """The mask encoder's first weights [O, 4 K, 3, 3] for other structures; zero for those that were not there."""
    nothing = weight.new_zeros(weight.shape[0], PLACE, *weight.shape[2:])
    at = {name: weight[:, PLACE * k : PLACE * (k + 1)] for k, name in enumerate(before)}
    return torch.cat([at.get(name, nothing) for name in after], dim=1)
