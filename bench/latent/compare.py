"""Pixels or latents: the same denoiser learns the images, or an autoencoder's latents of them, for the same processor time.

A latent has four channels at a quarter of the size. Shuffled to one channel of half the size it is what the denoiser takes for
an image, so that the network, its schedule, its conditioning and its training are those that are shipped; an evaluation costs
a quarter. The time of the autoencoder counts.
"""

import argparse
import copy
import json
import math
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from training import data as dataset
from training import fidelity, judges
from training.augment import moved
from training.diffusion import loss, sample
from training.evaluate import Features, mean_dice
from training.network import Denoiser, Shape, signed
from training.structures import NAMES
from training.train import Batches, Plan
from training.vocabulary import Vocabulary

REPOSITORY = Path(__file__).resolve().parents[2] / "triton" / "repository"
AUTOENCODER_SHARE = 0.2
"""Of the processor time of the latent side."""

SPREAD = 1 / 3
"""Standard deviation of the latents that the denoiser sees: the solver clips at 1."""


class Autoencoder(nn.Module):
    """Images [B,1,H,W] in -1..1 <-> latents [B,4,H/4,W/4]."""

    def __init__(self):
        super().__init__()
        same = lambda a, b: nn.Sequential(nn.Conv2d(a, b, 3, padding=1), nn.GroupNorm(8, b), nn.SiLU())
        half = lambda a, b: nn.Sequential(nn.Conv2d(a, b, 4, stride=2, padding=1), nn.GroupNorm(8, b), nn.SiLU())
        twice = lambda: nn.Upsample(scale_factor=2.0)
        self.encode = nn.Sequential(half(1, 32), same(32, 32), half(32, 64), same(64, 64), nn.Conv2d(64, 4, 1))
        self.decode = nn.Sequential(same(4, 64), same(64, 64), twice(), same(64, 32), twice(), same(32, 16), nn.Conv2d(16, 1, 3, padding=1))


class Pixels:
    """The image itself."""

    def __init__(self, size):
        self.size = size

    def inward(self, image, mask):
        return image, mask

    def outward(self, image):
        return image


class Latents:
    """An autoencoder's latents, scaled to what the denoiser expects."""

    def __init__(self, autoencoder, size, images):
        self.autoencoder, self.size = autoencoder, size // 2
        with torch.no_grad():
            latents = autoencoder.encode(images)
        self.mean, self.scale = latents.mean((0, 2, 3), keepdim=True), latents.std((0, 2, 3), keepdim=True) / SPREAD

    @torch.no_grad()
    def inward(self, image, mask):
        latent = (self.autoencoder.encode(image) - self.mean) / self.scale
        return F.pixel_shuffle(latent.clamp(-1, 1), 2), mask[:, :, ::2, ::2]

    @torch.no_grad()
    def outward(self, latent):
        return self.autoencoder.decode(F.pixel_unshuffle(latent, 2) * self.scale + self.mean)


def within(seconds, network, rate, error_of, average=0.998):
    """Trains for so many processor seconds; returns the averaged network and the number of steps."""
    averaged = copy.deepcopy(network).requires_grad_(False)
    optimiser = torch.optim.AdamW(network.parameters(), lr=rate, betas=(0.9, 0.98), weight_decay=0.01)
    start, step = time.process_time(), 0
    while (done := (time.process_time() - start) / seconds) < 1:
        factor = min(1.0, (step + 1) / 100) * 0.5 * (1 + math.cos(math.pi * done))
        for group in optimiser.param_groups:
            group["lr"] = rate * factor
        error = error_of(network, step)
        optimiser.zero_grad(set_to_none=True)
        error.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        decay = min(average, (1 + step) / (10 + step))
        with torch.no_grad():
            for mean, value in zip(averaged.parameters(), network.parameters()):
                mean.lerp_(value, 1 - decay)
        step += 1
    return averaged.eval(), step


def autoencoder(batches, seconds):
    def error_of(network, step):
        image, _, _ = batches.draw(step)
        latent = network.encode(image)
        # Noise keeps neighbouring latents alike, so that what the denoiser gets slightly wrong decodes to slightly wrong.
        made = network.decode(latent + 0.05 * torch.randn_like(latent))
        across = lambda x: torch.cat([x.diff(dim=-1).flatten(), x.diff(dim=-2).flatten()])
        return F.mse_loss(made, image) + F.l1_loss(made, image) + F.l1_loss(across(made), across(image)) + 1e-4 * latent.square().mean()

    return within(seconds, Autoencoder(), 2e-3, error_of)


def denoiser(space, batches, words, seconds, seed):
    def error_of(network, step):
        image, ids, mask = batches.draw(step)
        image, mask = space.inward(image, mask)
        return loss(network, image, ids, mask, torch.Generator().manual_seed(seed * 1_000_003 + step))

    return within(seconds, Denoiser(Shape(words=words, size=space.size)), 1.2e-3, error_of)


def draw(space, network, vocabulary, held_out, masks, steps, seed, batch=10):
    """uint8 images of the held-out cases' prompts and masks at guidance (1, 1), and the processor seconds of one."""
    made, start = [], time.process_time()
    for at in range(0, len(held_out), batch):
        count = min(batch, len(held_out) - at)
        noise = torch.randn(count, 1, space.size, space.size, generator=torch.Generator().manual_seed(seed + at))
        mask = signed(torch.from_numpy(np.ascontiguousarray(masks[at : at + count])))
        ids = [vocabulary.encode(prompt) for prompt in held_out.prompts[at : at + count]]
        unit = sample(network, noise, ids, [[]] * count, mask if space.size == masks.shape[-1] else mask[:, :, ::2, ::2],
                      torch.ones(count, 2), steps)
        made.append((space.outward(2 * unit - 1)[:, 0] + 1) / 2)
    seconds = (time.process_time() - start) / len(held_out)
    return np.round(255 * torch.cat(made).clamp(0, 1).numpy()).astype(np.uint8), seconds


def main():
    parser = argparse.ArgumentParser(prog="bench latent", description=__doc__)
    parser.add_argument("--data", required=True, help="image folder with a test split")
    parser.add_argument("--seconds", type=float, default=2400, help="processor seconds of training of each side")
    parser.add_argument("--cases", type=int, default=300, help="held-out cases to draw")
    parser.add_argument("--steps", type=int, default=20, help="of the solver")
    parser.add_argument("--size", type=int, default=128)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    train, held_out = (dataset.read(options.data, split, options.size) for split in ("train", "test"))
    held_out = held_out.at(np.arange(min(options.cases, len(held_out))))
    vocabulary = Vocabulary([]).extended(train.prompts)
    batches = Batches([train], vocabulary, Plan(seed=options.seed))
    structures = [k for k in range(len(NAMES)) if (train.masks[:, k] == 1).any()]
    segmenter = judges.fit_segmenter(train, structures, 600, options.seed)
    features = Features(str(REPOSITORY / "embedder" / "1" / "model.onnx"))
    real, masks = features.of(held_out.images), moved(held_out.masks, np.random.default_rng(options.seed))

    def report(name, images, masks, **more):
        compared = fidelity.compare(real, features.of(images))
        told = {key: round(compared[key].value, 4) for key in ("kid", "precision", "recall", "density", "coverage")}
        dice = {key: round(value, 3) for key, value in mean_dice(segmenter, structures, images, masks).items()}
        print(json.dumps({"images": name, **told, "dice": dice, **more}), flush=True)

    report("real train", train.images[: len(held_out)], train.masks[: len(held_out)])
    report("real held out", held_out.images, held_out.masks)
    torch.manual_seed(options.seed)
    pixels = Pixels(options.size)
    network, steps = denoiser(pixels, batches, len(vocabulary), options.seconds, options.seed)
    images, seconds = draw(pixels, network, vocabulary, held_out, masks, options.steps, options.seed)
    report("pixels", images, masks, training_steps=steps, seconds=round(seconds, 3))
    torch.manual_seed(options.seed)
    coder, steps_before = autoencoder(batches, AUTOENCODER_SHARE * options.seconds)
    latents = Latents(coder, options.size, 2 * judges.unit(train.images[:256]) - 1)
    unit = torch.cat([latents.outward(latents.inward(2 * judges.unit(held_out.images[i : i + 32]) - 1, signed(
        torch.from_numpy(held_out.masks[i : i + 32])))[0]) for i in range(0, len(held_out), 32)])
    report("held out, decoded", np.round(127.5 * (unit[:, 0].numpy().clip(-1, 1) + 1)).astype(np.uint8), held_out.masks)
    network, steps = denoiser(latents, batches, len(vocabulary), (1 - AUTOENCODER_SHARE) * options.seconds, options.seed)
    images, seconds = draw(latents, network, vocabulary, held_out, masks, options.steps, options.seed)
    report("latents", images, masks, training_steps=[steps_before, steps], seconds=round(seconds, 3))


if __name__ == "__main__":
    main()
