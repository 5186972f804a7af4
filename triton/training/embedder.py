"""Trains the encoder whose features fidelity and privacy are measured in: ``python -m training.embedder --data PATH... --out FILE``.

It learns from train splits only: what is in the image (findings, by side where prompts name one) and, from the same few
numbers, a small copy of the image itself, so that anatomy and exposure count too. Then it is measured on the splits ``test`` and gets
its model card.
"""

import argparse
import hashlib
import json
import os
import time
from pathlib import Path

import numpy as np
import onnx
import torch
from torch import nn
from torch.nn import functional as F

from training import data as dataset
from training import embedder_card
from training.evaluate import EMBEDDER, Features
from training.export import set_parameter

SIDE, COPY, FEATURES = 64, 16, 32


class Embedder(nn.Module):
    """Image [B,1,H,W] in 0..1, of any size -> features [B,32] of about unit variance over the training images."""

    def __init__(self, features=FEATURES):
        super().__init__()

        def layer(inputs, outputs, stride):
            return [nn.Conv2d(inputs, outputs, 3, stride, 1), nn.GroupNorm(8, outputs), nn.SiLU()]

        self.body = nn.Sequential(*layer(1, 16, 2), *layer(16, 32, 2), *layer(32, 48, 1), *layer(48, 64, 2), *layer(64, 64, 1))
        self.flat = nn.Linear(64 * (SIDE // 8) ** 2, features)
        self.norm = nn.BatchNorm1d(features, affine=False, momentum=0.01)

    def forward(self, image):
        # Bilinear with antialiasing is area-like when it shrinks, and what ONNX calls Resize with antialias.
        image = F.interpolate(image, (SIDE, SIDE), mode="bilinear", antialias=True, align_corners=False)
        return self.norm(self.flat(self.body(2 * image - 1).flatten(1)))


class Heads(nn.Module):
    """What the features must tell in training, and nothing afterwards."""

    def __init__(self, labels, features=FEATURES):
        super().__init__()
        self.labels = nn.Linear(features, labels)
        self.copy = nn.Sequential(nn.Linear(features, 256), nn.SiLU(), nn.Linear(256, COPY * COPY))

    def forward(self, features):
        return self.labels(features), self.copy(features)


def targets(parts):
    """Names of labels over all data sets, and per data set [N, L] of 0, 1 and NaN where it does not speak of a label."""
    found = [dataset.labels(part) for part in parts]
    names = sorted({name for part in found for name in part})
    tables = [np.stack([part.get(name, np.full(len(data), np.nan, np.float32)) for name in names], axis=1)
              for part, data in zip(found, parts)]
    return names, tables


def train(parts, steps, seed, batch=64, rate=2e-3, log=print):
    """Trains on data sets of which each has the same share of a batch; returns the encoder, ready for use."""
    torch.manual_seed(seed)
    random = np.random.default_rng(seed)
    names, tables = targets(parts)
    encoder, heads = Embedder(), Heads(len(names))
    optimiser = torch.optim.AdamW([*encoder.parameters(), *heads.parameters()], lr=rate, weight_decay=1e-2)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, rate, total_steps=steps)
    encoder.train()
    for step in range(steps):
        which = np.arange(batch) % len(parts)
        rows = [int(random.integers(len(parts[part]))) for part in which]
        image = torch.from_numpy(np.stack([parts[part].images[row] for part, row in zip(which, rows)])).float()[:, None] / 255
        known = torch.from_numpy(np.stack([tables[part][row] for part, row in zip(which, rows)]))
        gain, offset = torch.from_numpy(random.uniform(-0.1, 0.1, (2, batch, 1, 1, 1)).astype(np.float32))
        features = encoder((image * (1 + gain) + offset).clamp(0, 1))
        told, copy = heads(features + 0.05 * torch.randn(features.shape))
        speaks = ~torch.isnan(known)
        labelled = F.binary_cross_entropy_with_logits(told[speaks], known[speaks])
        small = F.interpolate(image, (COPY, COPY), mode="area").flatten(1)
        error = labelled + 20 * F.mse_loss(copy, 2 * small - 1)
        optimiser.zero_grad()
        error.backward()
        optimiser.step()
        schedule.step()
        if (step + 1) % 100 == 0:
            log(json.dumps({"step": step + 1, "of": steps, "labels": round(labelled.item(), 4),
                            "copy": round(F.mse_loss(copy, 2 * small - 1).item(), 4)}))
    return encoder.eval().requires_grad_(False)


def export(encoder, path, history):
    """Writes the encoder as ONNX with inputs and outputs of any batch and image size."""
    program = torch.onnx.export(encoder, (torch.rand(2, 1, 128, 96),), input_names=["image"], output_names=["embedding"],
                                dynamic_shapes=({0: "batch", 2: "height", 3: "width"},), opset_version=20, dynamo=True,
                                verbose=False)
    model = program.model_proto
    for node in model.graph.node:
        node.ClearField("metadata_props")
        node.ClearField("doc_string")
    model.ir_version, model.producer_name = 9, "synthray"
    onnx.helper.set_model_props(model, {"training": json.dumps(history, sort_keys=True)})
    onnx.checker.check_model(model, full_check=True)
    data = model.SerializeToString(deterministic=True)
    temporary = Path(f"{path}.tmp")
    temporary.write_bytes(data)
    os.replace(temporary, path)
    return hashlib.sha256(data).hexdigest()


def make(options, folder):
    """Trains, and writes weights and configuration into the model's folder."""
    parts = [dataset.read(path, "train", SIDE, options.view) for path in options.data]
    begun = time.monotonic()
    encoder = train(parts, options.steps, options.seed, log=lambda line: print(line, flush=True))
    (folder / "1").mkdir(parents=True, exist_ok=True)
    history = {"steps": options.steps, "seed": options.seed, "images": [len(part) for part in parts],
               "data": [f"{Path(path).name} ({len(part)})" for path, part in zip(options.data, parts)],
               "seconds": time.monotonic() - begun, "threads": torch.get_num_threads()}
    sha256 = export(encoder, folder / "1" / "model.onnx", history)
    config = folder / "config.pbtxt"
    config.write_text(set_parameter(config.read_text(encoding="utf-8"), "weights_sha256", sha256), encoding="utf-8")


def tell(options, folder):
    """Measures the model on each data set and writes its card; returns the card's path."""
    path = folder / "1" / "model.onnx"
    features, parts = Features(path), {}
    for source in options.data:
        parts[Path(source).stem] = embedder_card.measure(features, *embedder_card.read(source, SIDE, options.view))
    card = folder / "MODEL_CARD.md"
    card.write_text(embedder_card.card(path, parts), encoding="utf-8")
    return card


def main():
    parser = argparse.ArgumentParser(prog="models embedder", description=__doc__)
    parser.add_argument("--data", required=True, nargs="+",
                        help="image folders or MedMNIST files; their train splits are used, test splits for the card")
    parser.add_argument("--repository", default=Path(EMBEDDER).parents[2], type=Path,
                        help="Triton model repository, whose model embedder is replaced")
    parser.add_argument("--view", help="words before the findings where a folder has no prompts")
    parser.add_argument("--steps", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--card", action="store_true", help="train nothing: measure the model that is there and write its card")
    options = parser.parse_args()
    torch.set_num_threads(1)
    folder = options.repository / "embedder"
    try:
        if options.steps < 2 or options.seed < 0:
            raise ValueError(f"--steps, --seed: expected at least 2 and 0, found {options.steps} and {options.seed}")
        if not options.card:
            make(options, folder)
        print(json.dumps({"card": str(tell(options, folder))}))
    except (OSError, ValueError) as error:
        parser.exit(2, f"embedder: {error}\n")


if __name__ == "__main__":
    main()
