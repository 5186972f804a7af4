"""Trains the denoiser: ``python -m training.train --data DIR --vocabulary FILE --out FILE``. Run again to go on."""

import argparse
import copy
import json
import math
import os
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

from training import data as dataset
from training.diffusion import loss, pad
from training.network import Denoiser, Shape, signed
from training.structures import UNSPECIFIED
from training.vocabulary import Vocabulary


@dataclass(frozen=True)
class Plan:
    """What a training run does; with the same plan, data and machine it gives the same weights."""

    steps: int = 4000
    batch: int = 16
    rate: float = 1.2e-3
    warmup: int = 100
    average: float = 0.998
    seed: int = 1
    no_text: float = 0.12
    no_mask: float = 0.12
    no_structure: float = 0.08
    no_side: float = 0.1
    no_word: float = 0.04
    crop: float = 0.4


class Batches:
    """Random training batches: cropped, with prompts, masks and single structures left out at random."""

    def __init__(self, data, vocabulary, plan):
        self.images = torch.from_numpy(data.images)
        self.masks = torch.from_numpy(data.masks)
        self.prompts = [vocabulary.encode(prompt) for prompt in data.prompts]
        self.sides = {vocabulary.ids.get(word) for word in ("left", "right")}
        self.plan = plan

    def draw(self, step):
        """The batch of a step, a function of the seed and the step alone, so that a resumed run draws the same."""
        plan, random = self.plan, np.random.default_rng([self.plan.seed, step])
        rows = random.choice(len(self.images), plan.batch, replace=len(self.images) < plan.batch)
        image = self.images[rows].to(torch.float32)[:, None] / 127.5 - 1
        image, mask = self._crop(image, self.masks[rows].to(torch.float32), random)
        mask[torch.from_numpy(random.random(mask.shape[:2]) < plan.no_structure)] = UNSPECIFIED
        mask[torch.from_numpy(random.random(len(mask)) < plan.no_mask)] = UNSPECIFIED
        prompts = [self._words(self.prompts[row], random) for row in rows]
        return image, pad(prompts), signed(mask)

    def _words(self, ids, random):
        if random.random() < self.plan.no_text:
            return []
        if random.random() < self.plan.no_side:
            ids = [i for i in ids if i not in self.sides]
        return [-1 if random.random() < self.plan.no_word else i for i in ids]

    def _crop(self, image, mask, random):
        """Zooms into some of the images by up to 15%, off the middle; never shows what lies outside the image."""
        count = len(image)
        zoom = np.where(random.random(count) < self.plan.crop, random.uniform(0.85, 1.0, count), 1.0)
        shift = (1 - zoom)[:, None] * random.uniform(-1.0, 1.0, (count, 2))
        theta = np.zeros((count, 2, 3), np.float32)
        theta[:, 0, 0] = theta[:, 1, 1] = zoom
        theta[:, :, 2] = shift
        grid = F.affine_grid(torch.from_numpy(theta), image.shape, align_corners=False)
        image = F.grid_sample(image, grid, mode="bilinear", padding_mode="border", align_corners=False)
        return image, F.grid_sample(mask, grid, mode="nearest", padding_mode="border", align_corners=False)


def rate_factor(step, plan):
    """Linear warm-up, then a half cosine to nothing."""
    done = (step - plan.warmup) / max(1, plan.steps - plan.warmup)
    return (step + 1) / plan.warmup if step < plan.warmup else 0.5 * (1 + math.cos(math.pi * min(1.0, done)))


def train(data, vocabulary, shape, plan, out, log=print, every=100):
    """Trains to the end of the plan, from the checkpoint ``out`` if there is one; returns the averaged network."""
    torch.manual_seed(plan.seed)
    network = Denoiser(shape)
    averaged = copy.deepcopy(network).requires_grad_(False)
    optimiser = torch.optim.AdamW(network.parameters(), lr=plan.rate, betas=(0.9, 0.98), weight_decay=0.01)
    batches = Batches(data, vocabulary, plan)
    first, seconds = 0, 0.0
    if Path(out).exists():
        saved = torch.load(out, weights_only=True)
        expected = {"shape": list_free(asdict(shape)), "plan": asdict(plan), "words": list(vocabulary.words)}
        for key, value in expected.items():
            if saved[key] != value:
                raise ValueError(f"{out}: cannot go on: expected {key} {value}, found {saved[key]}")
        network.load_state_dict(saved["network"])
        averaged.load_state_dict(saved["averaged"])
        optimiser.load_state_dict(saved["optimiser"])
        first, seconds = saved["step"], saved["seconds"]
    start, losses = time.monotonic() - seconds, []
    for step in range(first, plan.steps):
        image, ids, mask = batches.draw(step)
        generator = torch.Generator().manual_seed(plan.seed * 1_000_003 + step)
        for group in optimiser.param_groups:
            group["lr"] = plan.rate * rate_factor(step, plan)
        # In single precision: without matrix units for it, a CPU takes half as long again for bfloat16.
        error = loss(network, image, ids, mask, generator)
        optimiser.zero_grad(set_to_none=True)
        error.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        decay = min(plan.average, (1 + step) / (10 + step))
        with torch.no_grad():
            for mean, value in zip(averaged.parameters(), network.parameters()):
                mean.lerp_(value, 1 - decay)
        losses.append(error.item())
        done = step + 1
        if done % every == 0 or done == plan.steps:
            seconds = time.monotonic() - start
            log(json.dumps({"step": done, "of": plan.steps, "loss": round(float(np.mean(losses)), 5),
                            "seconds": round(seconds), "left": round(seconds / done * (plan.steps - done))}))
            losses = []
        if done % (5 * every) == 0 or done == plan.steps:
            save(out, network, averaged, optimiser, done, seconds, shape, plan, vocabulary, len(data))
    return averaged.eval()


def save(out, network, averaged, optimiser, step, seconds, shape, plan, vocabulary, count):
    """Writes the checkpoint next to its place and moves it there, so that a kill leaves the old one."""
    temporary = Path(f"{out}.tmp")
    torch.save({"network": network.state_dict(), "averaged": averaged.state_dict(), "optimiser": optimiser.state_dict(),
                "step": step, "seconds": seconds, "shape": list_free(asdict(shape)), "plan": asdict(plan),
                "words": list(vocabulary.words), "images": count}, temporary)
    os.replace(temporary, out)


def load(path):
    """The averaged network of a checkpoint, its vocabulary, and the checkpoint's other entries."""
    saved = torch.load(path, weights_only=True)
    network = Denoiser(Shape(**saved["shape"]))
    network.load_state_dict(saved["averaged"])
    return network.eval().requires_grad_(False), Vocabulary(saved["words"]), saved


def list_free(shape):
    """A shape's fields with the same types before and after saving."""
    return {key: tuple(value) if isinstance(value, (list, tuple)) else value for key, value in shape.items()}


def main():
    defaults = Plan()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True, help="image-folder dataset; its train split is used")
    parser.add_argument("--vocabulary", required=True, help="text file, one word a line")
    parser.add_argument("--out", required=True, help="checkpoint; an existing one is continued")
    parser.add_argument("--steps", type=int, default=defaults.steps)
    parser.add_argument("--batch", type=int, default=defaults.batch)
    parser.add_argument("--rate", type=float, default=defaults.rate)
    parser.add_argument("--seed", type=int, default=defaults.seed)
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    plan = Plan(steps=arguments.steps, batch=arguments.batch, rate=arguments.rate, seed=arguments.seed)
    try:
        vocabulary = Vocabulary.read(arguments.vocabulary)
        data = dataset.read(arguments.data, "train")
        train(data, vocabulary, Shape(words=len(vocabulary)), plan, arguments.out,
              log=lambda line: print(line, flush=True))
    except (OSError, ValueError) as error:
        parser.exit(2, f"train: {error}\n")


if __name__ == "__main__":
    main()
