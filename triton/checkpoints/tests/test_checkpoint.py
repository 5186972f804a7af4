"""Batches as a GPU gets them, coloured pictures, faults of single samples: the checkpoint itself, on the CPU and without Triton."""

import sys
import types

import numpy as np
import pytest
import torch

from checkpoints.install import REPOSITORY  # noqa: F401 (puts the repository on the path)
from checkpoints.tests import tiny
from checkpoints.tests.test_sampler import STEPS, STRUCTURES, feed

COLOURS = "ff0000,00ff80"


@pytest.fixture(scope="module")
def diffusers_sampler():
    """The module, for which Triton's own is a name only."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "triton_python_backend_utils", types.ModuleType("triton_python_backend_utils"))
        import diffusers_sampler

        yield diffusers_sampler


@pytest.fixture(scope="module")
def coloured(tmp_path_factory):
    return tiny.save(tmp_path_factory.mktemp("coloured") / "checkpoint", control_channels=3)


def texts(tensors):
    """As they are once serving has read them."""
    return {name: np.array([[text.decode() for text in row] for row in value], object) if value.dtype == object else value
            for name, value in tensors.items()}


def mixed():
    """Three samples that differ in everything: one of them has no mask, one leaves a structure open, each has guidance of its own."""
    tensors = texts(feed(3))
    tensors["mask"][1] = 255
    tensors["mask"][2, 1] = 255
    tensors["negative_prompt"][2, 0] = "left"
    tensors["guidance"] = np.array([[3, 1], [1.5, 0.5], [0, 4]], np.float32)
    return tensors


def test_a_batch_is_its_samples(diffusers_sampler, masked):
    checkpoint = diffusers_sampler.Checkpoint(masked, STEPS, STRUCTURES, "", "cpu")
    tensors = mixed()
    together = checkpoint.sample(**tensors)
    assert together.shape == (3, 1, tiny.SIDE, tiny.SIDE)
    for i in range(3):
        alone = checkpoint.sample(**{name: value[i : i + 1] for name, value in tensors.items()})
        np.testing.assert_allclose(together[i : i + 1], alone, atol=2e-5)
        other = checkpoint.sample(**{name: value[[i]] if name != "guidance" else value[[(i + 1) % 3]] for name, value in tensors.items()})
        assert np.abs(alone - other).max() > 1e-3


def test_colours_are_painted_in_the_structures_order(diffusers_sampler, coloured):
    checkpoint = diffusers_sampler.Checkpoint(coloured, STEPS, STRUCTURES, COLOURS, "cpu")
    mask = np.zeros((1, 2, tiny.SIDE, tiny.SIDE), np.uint8)
    mask[0, 0, 4:12, 4:12] = 1
    mask[0, 1, 8:16, 8:16] = 1
    picture, specified = checkpoint._conditioning(torch.from_numpy(mask))
    found = (picture[0].permute(1, 2, 0) * 255).round().int()
    assert specified.tolist() == [True]
    assert found[5, 5].tolist() == [255, 0, 0] and found[14, 14].tolist() == [0, 255, 128]
    assert found[10, 10].tolist() == [0, 255, 128] and found[20, 20].tolist() == [0, 0, 0]


def test_a_coloured_picture_has_a_say(diffusers_sampler, coloured):
    checkpoint = diffusers_sampler.Checkpoint(coloured, STEPS, STRUCTURES, COLOURS, "cpu")
    tensors = texts(feed(1))
    drawn = checkpoint.sample(**tensors)
    other = {**tensors, "mask": tensors["mask"][:, ::-1].copy()}
    assert np.abs(drawn - checkpoint.sample(**other)).max() > 1e-3


def test_a_coloured_picture_cannot_leave_a_structure_open(diffusers_sampler, coloured, masked):
    checkpoint = diffusers_sampler.Checkpoint(coloured, STEPS, STRUCTURES, COLOURS, "cpu")
    masks = np.zeros((3, 2, tiny.SIDE, tiny.SIDE), np.uint8)
    masks[1] = 255
    checkpoint.require_mask(masks)
    masks[2, 1] = 255
    with pytest.raises(ValueError, match="mask: expected all structures specified or none, .* found 'right-lung' left open"):
        checkpoint.require_mask(masks)
    diffusers_sampler.Checkpoint(masked, STEPS, STRUCTURES, "", "cpu").require_mask(masks)


@pytest.mark.parametrize("colours", ["ff0000", "ff0000,00ff", "ff0000,red", "ff0000,00ff80,0000ff"])
def test_other_colours_are_refused(diffusers_sampler, coloured, colours):
    with pytest.raises(ValueError, match="parameter colours: expected RRGGBB for each of 2 structures, found"):
        diffusers_sampler.Checkpoint(coloured, STEPS, STRUCTURES, colours, "cpu")


def test_a_sample_that_is_not_finite_leaves_the_others_as_they_are(diffusers_sampler, masked):
    checkpoint = diffusers_sampler.Checkpoint(masked, STEPS, STRUCTURES, "", "cpu")
    latents = torch.randn(3, 4, tiny.LATENT, tiny.LATENT, generator=torch.Generator().manual_seed(1))
    good = checkpoint._decode(latents)
    latents[1] = torch.inf
    found = checkpoint._decode(latents)
    assert np.isnan(found[1]).any()
    np.testing.assert_allclose(found[[0, 2]], good[[0, 2]], atol=1e-6)
