"""Files of weights in PyTorch's format: written whole, and refused in words where they are damaged."""

import hashlib
import os
from pathlib import Path

import torch


def write(path, content):
    """Writes next to the place and moves it there, so that a kill leaves the old file."""
    temporary = Path(f"{path}.tmp")
    torch.save(content, temporary)
    os.replace(temporary, path)


def read(path, keys):
    """The dict that ``write`` wrote, its tensors on the CPU.

    Raises OSError where there is no file and ValueError, naming the path, where it holds anything but a dict with these keys.
    """
    with open(path, "rb") as file:
        try:
            content = torch.load(file, map_location="cpu", weights_only=True)
        except Exception as error:  # Pickle, zip and PyTorch have no exception in common.
            raise ValueError(f"{path}: expected a checkpoint, found a file that is damaged or none ({type(error).__name__})") from error
    missing = sorted(set(keys) - set(content)) if isinstance(content, dict) else sorted(keys)
    if missing:
        raise ValueError(f"{path}: expected a checkpoint with {', '.join(sorted(keys))}, found one without {', '.join(missing)}")
    return content


def fill(path, load, weights):
    """Calls ``load`` with the weights; raises ValueError, naming the path, where they are another network's."""
    try:
        load(weights)
    except (RuntimeError, ValueError, KeyError, TypeError, AttributeError) as error:
        reason = " ".join(str(error).split())[:200]
        raise ValueError(f"{path}: expected weights of this network, found others: {reason}") from error


def digest(tensors):
    """SHA-256 of a state dict's names and numbers, hexadecimal; None of None."""
    if tensors is None:
        return None
    sha256 = hashlib.sha256()
    for name, tensor in sorted(tensors.items()):
        sha256.update(f"{name} {tuple(tensor.shape)} {tensor.dtype}\n".encode("utf-8"))
        sha256.update(tensor.detach().contiguous().numpy().tobytes())
    return sha256.hexdigest()
