"""Trains the denoiser: ``python -m training.train --data PATH... --out FILE``. Run again to go on.

``--from`` starts with another checkpoint's weights: a few hundred steps then suit them to a small data set.
"""

import argparse
import copy
import hashlib
import json
import math
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch

from training import card
from training import data as dataset
from training import saved as files
from training.augment import change
from training.checkpoint import KEYS, begin, load, seen
from training.diffusion import loss, pad
from training.network import Denoiser, Shape, signed
from training.structures import UNSPECIFIED
from training.vocabulary import Vocabulary

VIEW_WORDS = ("pa", "ap", "pediatric")

RANGES = (("steps", 1, 10_000_000), ("batch", 1, 4096), ("rate", 1e-12, 1e12), ("warmup", 0, 10_000_000), ("average", 0, 0.999999),
          ("seed", 0, 2**32), *((f"no_{part}", 0, 1) for part in ("text", "mask", "structure", "side", "word", "view")), ("change", 0, 1),
          ("turn", 0, math.pi), ("zoom", 0, 0.9), ("gamma", 0, 5), ("noisier", 1, 10))
"""The least and the most that a plan's fields may be. A rate may be foolish: the loss will tell."""

PRECISIONS = ("float32", "bfloat16")
"""What the network may be computed in; its weights are of single precision in either."""


@dataclass(frozen=True)
class Plan:
    """What a training run does; with the same plan, data and machine it gives the same weights.

    rate is the peak; average the decay of the averaged weights; the ``no_`` fields are the shares of cases in which
    something is left out; turn (radians), zoom and gamma are the largest changes of an image, made in the share
    ``change`` of the cases. noisier is the power that moves times towards noise (see ``diffusion.loss``), where the coarse
    things are decided in which images differ most. shares are the data sets' in a batch, equal where there are none. precision is what
    convolutions and matrix products are computed in: bfloat16 takes two thirds of the time where the processor has matrix units for it
    (AMX), and longer where it has none.
    """

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
    no_view: float = 0.3
    change: float = 0.5
    turn: float = 0.0
    zoom: float = 0.15
    gamma: float = 0.0
    noisier: float = 1.0
    shares: tuple = ()
    precision: str = PRECISIONS[0]

    def check(self):
        """Raises ValueError naming what is out of range."""
        for name, least, most in RANGES:
            value = getattr(self, name)
            if not least <= value <= most:  # No number is outside as well.
                raise ValueError(f"{name.replace('_', '-')}: expected {least:g} to {most:g}, found {value:g}")
        if not all(1 <= share <= 100 for share in self.shares):
            raise ValueError(f"shares: expected numbers from 1 to 100, found {' '.join(map(str, self.shares))}")
        if self.precision not in PRECISIONS:
            raise ValueError(f"precision: expected {' or '.join(PRECISIONS)}, found {self.precision}")


class Batches:
    """Random training batches: changed in shape, with prompts, masks and single structures left out at random.

    Every data set has the share of a batch that the plan says, whatever its size. Raises ValueError where the plan has shares for
    another number of data sets.
    """

    def __init__(self, parts, vocabulary, plan):
        shares = plan.shares or [1] * len(parts)
        if len(shares) != len(parts):
            raise ValueError(f"shares: expected {len(parts)}, one a data set, found {len(shares)}")
        self.parts = parts
        self.turns = np.repeat(np.arange(len(parts)), shares)
        self.prompts = [[vocabulary.encode(prompt) for prompt in part.prompts] for part in parts]
        self.sides = {vocabulary.ids.get(word) for word in ("left", "right")}
        self.views = {vocabulary.ids.get(word) for word in VIEW_WORDS}
        self.plan = plan

    def draw(self, step):
        """The batch of a step, a function of the seed and the step alone, so that a resumed run draws the same."""
        plan, random = self.plan, np.random.default_rng([self.plan.seed, step])
        which = self.turns[(np.arange(plan.batch) + step) % len(self.turns)]
        rows = [int(random.integers(len(self.parts[part]))) for part in which]
        image = torch.from_numpy(np.stack([self.parts[part].images[row] for part, row in zip(which, rows)])).float()[:, None] / 255
        mask = torch.from_numpy(np.stack([self.parts[part].masks[row] for part, row in zip(which, rows)])).float()
        image, mask = change(image, mask, random, plan.change, plan.turn, plan.zoom, plan.gamma)
        mask[torch.from_numpy(random.random(mask.shape[:2]) < plan.no_structure)] = UNSPECIFIED
        mask[torch.from_numpy(random.random(len(mask)) < plan.no_mask)] = UNSPECIFIED
        prompts = [self._words(self.prompts[part][row], random) for part, row in zip(which, rows)]
        return 2 * image - 1, pad(prompts), signed(mask)

    def _words(self, ids, random):
        if random.random() < self.plan.no_text:
            return []
        if random.random() < self.plan.no_side:
            ids = [i for i in ids if i not in self.sides]
        if random.random() < self.plan.no_view:
            ids = [i for i in ids if i not in self.views]
        return [-1 if random.random() < self.plan.no_word else i for i in ids]


def rate_factor(step, plan):
    """Linear warm-up, then a half cosine to nothing."""
    done = (step - plan.warmup) / max(1, plan.steps - plan.warmup)
    return (step + 1) / plan.warmup if step < plan.warmup else 0.5 * (1 + math.cos(math.pi * min(1.0, done)))


def train(parts, vocabulary, shape, plan, out, start=None, source=None, log=print, every=100):
    """Trains to the end of the plan, from the checkpoint ``out`` if there is one; returns the averaged network.

    parts: data sets; start: weights to begin with (see ``begin``), None for random ones; source: what to tell of both.
    Raises ValueError where the plan is out of range or the checkpoint is damaged or of another training.
    """
    plan.check()
    shape.check()
    # What has to be the same in a run that goes on, and what is told of it besides.
    fixed = {"shape": list_free(asdict(shape)), "plan": asdict(plan), "words": list(vocabulary.words),
             "images": sum(len(part) for part in parts), "data": [part.digest() for part in parts], "start": files.digest(start)}
    told = {"source": source, "seen": seen(parts), "threads": torch.get_num_threads()}
    torch.manual_seed(plan.seed)
    network = Denoiser(shape)
    if start is not None:
        network.load_state_dict(start)
    network = network.to(memory_format=torch.channels_last)
    averaged = copy.deepcopy(network).requires_grad_(False)
    optimiser = torch.optim.AdamW(network.parameters(), lr=plan.rate, betas=(0.9, 0.98), weight_decay=0.01)
    batches = Batches(parts, vocabulary, plan)
    first, seconds = resume(out, fixed, network, averaged, optimiser) if Path(out).exists() else (0, 0.0)
    begun, losses = time.monotonic() - seconds, []
    for step in range(first, plan.steps):
        image, ids, mask = batches.draw(step)
        generator = torch.Generator().manual_seed(plan.seed * 1_000_003 + step)
        for group in optimiser.param_groups:
            group["lr"] = plan.rate * rate_factor(step, plan)
        with torch.autocast("cpu", torch.bfloat16, enabled=plan.precision == "bfloat16"):
            error = loss(network, image, ids, mask, generator, plan.noisier)
        if not math.isfinite(error.item()):
            raise ValueError(f"step {step + 1}: expected a finite loss, found {error.item()}; a lower --rate may help")
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
            seconds = time.monotonic() - begun
            log(json.dumps({"step": done, "of": plan.steps, "loss": round(float(np.mean(losses)), 5),
                            "seconds": round(seconds), "left": round(seconds / done * (plan.steps - done))}))
            losses = []
        if done % (5 * every) == 0 or done == plan.steps:
            files.write(out, {"network": network.state_dict(), "averaged": averaged.state_dict(), "optimiser": optimiser.state_dict(),
                              "step": done, "seconds": seconds, **fixed, **told})
    return averaged.eval()


def resume(out, fixed, network, averaged, optimiser):
    """Puts a checkpoint's state into networks and optimiser; returns its steps and seconds.

    Raises ValueError, naming the file, where it is damaged or something of ``fixed`` is not as it says.
    """
    saved = files.read(out, KEYS)
    for key, value in fixed.items():
        if saved[key] != value:
            raise ValueError(f"{out}: cannot go on: expected {key} {value}, found {saved[key]}; give another --out")
    files.fill(out, network.load_state_dict, saved["network"])
    files.fill(out, averaged.load_state_dict, saved["averaged"])
    files.fill(out, optimiser.load_state_dict, saved["optimiser"])
    return saved["step"], saved["seconds"]


def list_free(fields):
    """Fields of a shape or plan with the same types before and after saving."""
    return {key: tuple(value) if isinstance(value, (list, tuple)) else value for key, value in fields.items()}


def arguments():
    defaults = Plan()
    parser = argparse.ArgumentParser(prog="models train", description=__doc__)
    parser.add_argument("--data", required=True, nargs="+", help="image folders or MedMNIST files; their train splits are used")
    parser.add_argument("--out", required=True, help="checkpoint; an existing one is continued")
    parser.add_argument("--from", dest="start", help="checkpoint, or model.onnx of the repository, whose weights and words to start with")
    parser.add_argument("--vocabulary", help="text file, one word a line; without it, the words of the prompts")
    parser.add_argument("--cases", help="text file of image ids, one a line: the only ones used")
    parser.add_argument("--view", help='words before the findings where a folder has no prompts, "frontal chest radiograph"')
    parser.add_argument("--size", type=int, default=128, help="pixels a side, a multiple of 16; that of --from where given")
    for name, value in asdict(defaults).items():
        many = {"type": int, "nargs": "+"} if isinstance(value, tuple) else {"type": type(value)}
        parser.add_argument(f"--{name.replace('_', '-')}", default=value, **many)
    parser.add_argument("--threads", type=int, default=1)
    return parser


def run(options):
    """Reads what the options name, trains, and writes the checkpoint's card beside it; returns the card's path.

    Raises OSError or ValueError where something cannot be used.
    """
    if options.start and options.vocabulary:
        raise ValueError("--vocabulary: expected none beside --from, whose words are kept and joined by the prompts', found one")
    if options.threads < 1:
        raise ValueError(f"--threads: expected 1 or more, found {options.threads}")
    torch.set_num_threads(options.threads)
    plan = Plan(**list_free({name: getattr(options, name) for name in asdict(Plan())}))
    plan.check()
    Shape(words=0, size=options.size).check()
    loaded = load(options.start) if options.start else None
    size = loaded[0].shape.size if loaded else options.size
    cases = set(Path(options.cases).read_text(encoding="utf-8").split()) if options.cases else None
    parts = [dataset.read(path, "train", size, options.view, cases) for path in options.data]
    prompts = [prompt for part in parts for prompt in part.prompts]
    if loaded:
        start, shape, vocabulary = begin(loaded, prompts)
    else:
        vocabulary = Vocabulary.read(options.vocabulary) if options.vocabulary else Vocabulary([]).extended(prompts)
        start, shape = None, Shape(words=len(vocabulary), size=size)
    for path, part in zip(options.data, parts):
        dataset.require_words(path, part, vocabulary)
    source = {"data": [f"{Path(path).name} ({len(part)})" for path, part in zip(options.data, parts)],
              "from": hashlib.sha256(Path(options.start).read_bytes()).hexdigest() if options.start else None}
    train(parts, vocabulary, shape, plan, options.out, start, source, log=lambda line: print(line, flush=True))
    return card.beside(options.out, files.read(options.out, KEYS))


def main():
    parser = arguments()
    try:
        path = run(parser.parse_args())
    except (OSError, ValueError) as error:
        parser.exit(2, f"train: {error}\n")
    print(json.dumps({"card": str(path)}))


if __name__ == "__main__":
    main()
