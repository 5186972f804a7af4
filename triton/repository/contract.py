"""What the models of this repository have in common: the sampler's contract, checks of what comes in, and of weights.

Nothing here needs Triton: model.py brings the tensors. Faults are ValueErrors that name the tensor or parameter, what was
expected and what was found.
"""

import hashlib
import os
import re

import numpy as np

SAMPLER_INPUTS = ("noise", "prompt", "negative_prompt", "mask", "guidance")
TEXTS = ("prompt", "negative_prompt")

MOST_GUIDANCE = 50
"""The largest guidance scale; what study files allow as well."""

MOST_STEPS = 1000
WEIGHTS = "weights_sha256"
"""The parameter with the hash of the weights, and the output that has it with every answer."""

UNSPECIFIED = 255
"""Throughout a plane of a mask: the structure is left open."""

PUNCTUATION = (".", ",", ";", ":")
"""A word may carry one of these at its end without being another word."""

WORDS = re.compile("[^ ]+")
"""The graph's StringSplit knows no other blank."""

CAPITALS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")


class Parameters:
    """The parameters of config.pbtxt. ``NAME.VERSION``, where it is given, stands before ``NAME``."""

    def __init__(self, config, version):
        self.values = {key: value["string_value"] for key, value in config.get("parameters", {}).items()}
        self.version = version

    def text(self, name, default=None):
        value = self.values.get(f"{name}.{self.version}", self.values.get(name, default))
        if value is None:
            raise ValueError(f"config.pbtxt: parameter {name}: expected one, found none")
        return value

    def integer(self, name, lowest, highest, default=None):
        text = self.text(name, None if default is None else str(default))
        if not (text.isascii() and text.isdigit() and lowest <= int(text) <= highest):
            raise ValueError(f"config.pbtxt: parameter {name}: expected a whole number from {lowest} to {highest}, found '{text}'")
        return int(text)

    def choice(self, name, choices, default):
        text = self.text(name, default)
        if text not in choices:
            raise ValueError(f"config.pbtxt: parameter {name}: expected one of {', '.join(choices)}, found '{text}'")
        return text

    def numbers(self, name, count, default):
        text = self.text(name, default)
        try:
            values = [float(part) for part in text.split(",")]
        except ValueError:
            values = []
        if len(values) not in (1, count) or not np.isfinite(values).all():
            raise ValueError(f"config.pbtxt: parameter {name}: expected 1 or {count} finite numbers with commas, found '{text}'")
        return np.array(values * (count if len(values) == 1 else 1), np.float32)

    def names(self, name):
        names = [part.strip() for part in self.text(name).split(",")]
        if "" in names or len(set(names)) != len(names):
            raise ValueError(f"config.pbtxt: parameter {name}: expected different names with commas, found '{self.text(name)}'")
        return names

    def words(self, name):
        """The words of a vocabulary, or None where any text will do."""
        return frozenset(self.text(name).split()) if name in self.values or f"{name}.{self.version}" in self.values else None


def file_sha256(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        for block in iter(lambda: file.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()


def folder_sha256(folder):
    """SHA-256 over the lines 'HASH  PATH' of all files, paths relative with '/', sorted: what ``sha256sum`` prints for them."""
    lines = []
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in files:
            if not name.startswith("."):
                path = os.path.join(place, name)
                lines.append((os.path.relpath(path, folder).replace(os.sep, "/"), file_sha256(path)))
    text = "".join(f"{digest}  {name}\n" for name, digest in sorted(lines))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def require_weights(path, expected):
    """The hash of the weights. Clients take the configuration's word for what drew their images, so it has to be true."""
    if not os.path.exists(path):
        raise ValueError(f"{path}: expected the model's weights, found nothing there")
    found = folder_sha256(path) if os.path.isdir(path) else file_sha256(path)
    if found != expected:
        raise ValueError(f"{path}: expected weights of SHA-256 {expected}, found {found}")
    return found


def require_samples(feed, words=None):
    """Checks the values of a sampler's inputs, whose types and shapes the server has checked; texts are decoded.

    ``words`` is the vocabulary of prompts; without one any text will do.
    """
    counts = {name: len(value) for name, value in feed.items()}
    if len(set(counts.values())) != 1:
        raise ValueError(f"expected as many of each tensor, found {counts}")
    for name in TEXTS:
        feed[name] = _texts(name, feed[name])
        if words is not None:
            for text in feed[name].ravel():
                require_words(name, text, words)
    require_finite("noise", feed["noise"])
    require_masks(feed["mask"])
    guidance = feed["guidance"]
    require_finite("guidance", guidance)
    out = guidance[(guidance < 0) | (guidance > MOST_GUIDANCE)]
    if out.size:
        raise ValueError(f"guidance: expected 0 to {MOST_GUIDANCE}, found {out.flat[0]}")
    return feed


def require_masks(mask):
    """Masks UINT8 [B,K,H,W]: each plane of 0 and 1, or of 255 throughout; half a structure cannot be left open."""
    out = mask[(mask > 1) & (mask < UNSPECIFIED)]
    if out.size:
        raise ValueError(f"mask: expected 0, 1 or 255, found {out.flat[0]}")
    left_open = (mask == UNSPECIFIED).reshape(*mask.shape[:2], -1)
    mixed = left_open.any(axis=2) & ~left_open.all(axis=2)
    if mixed.any():
        raise ValueError(f"mask: expected 255 throughout a plane or nowhere in it, found both in plane {np.argwhere(mixed)[0, 1]}")


def require_finite(name, values):
    fault = strange(name, values)
    if fault:
        raise ValueError(fault)


def strange(name, values):
    """What is wrong with numbers that are not all finite, in words; empty if they are."""
    finite = np.isfinite(values)
    return "" if finite.all() else f"{name}: expected finite numbers, found {values[~finite].flat[0]}"


def require_words(name, text, words):
    """Case does not matter, nor does one punctuation mark at a word's end; these are the graph's own rules."""
    for word in WORDS.findall(text.translate(CAPITALS)):
        if word not in words and not (word[-1] in PUNCTUATION and word[:-1] in words):
            raise ValueError(f"{name}: expected words that the model knows, found '{word}'")


def _texts(name, values):
    try:
        texts = [text.decode("utf-8") for text in values.ravel()]
    except UnicodeDecodeError as error:
        raise ValueError(f"{name}: expected UTF-8 text, found {error}") from None
    return np.array(texts, dtype=object).reshape(values.shape)
