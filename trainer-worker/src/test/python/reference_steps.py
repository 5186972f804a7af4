"""Three training steps of small networks in PyTorch, as the reference for ours over libtorch.

Writes src/test/resources/io/synthray/trainer/engine/reference-steps.json. Run it in the module's directory with what
requirements.txt names: python src/test/python/reference_steps.py

That is PyTorch of the engine's own libtorch version.
"""

import json
import math
import pathlib

import torch
import torch.nn.functional as functional
from torch import nn

SIDE, WIDTH, DEPTH, OUTPUTS, BATCH = 16, 4, 2, 2, 3
RATES = [0.01, 0.02, 0.005]
WEIGHT_DECAY = 0.1
FOLDER = pathlib.Path("src/test/resources/io/synthray/trainer/engine")


class Normalisation(nn.Module):
    """Batch normalisation whose momentum falls from 1 to a tenth over ten steps."""

    def __init__(self, channels):
        super().__init__()
        self.norm = nn.BatchNorm2d(channels)
        self.norm.running_var.zero_()
        self.steps = 0

    def forward(self, x):
        if self.training:
            self.steps += 1
            self.norm.momentum = max(0.1, 1 / self.steps)
        return self.norm(x)


def block(inputs, outputs):
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, 3, padding=1, bias=False), Normalisation(outputs), nn.ReLU(),
        nn.Conv2d(outputs, outputs, 3, padding=1, bias=False), Normalisation(outputs), nn.ReLU())


class UNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = block(4, WIDTH)
        self.second = block(WIDTH, 2 * WIDTH)
        self.up = block(3 * WIDTH, WIDTH)
        self.logits = nn.Conv2d(WIDTH, 4 * OUTPUTS, 1)

    def forward(self, x):
        first = self.first(functional.pixel_unshuffle(x, 2))
        second = self.second(functional.max_pool2d(first, 2))
        enlarged = functional.interpolate(second, scale_factor=2, mode="nearest")
        return functional.pixel_shuffle(self.logits(self.up(torch.cat([first, enlarged], 1))), 2)


class SmallCnn(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = block(4, WIDTH)
        self.second = block(WIDTH, 2 * WIDTH)
        self.logits = nn.Conv2d(2 * WIDTH, OUTPUTS, 1)

    def forward(self, x):
        second = self.second(functional.max_pool2d(self.first(functional.pixel_unshuffle(x, 2)), 2))
        return self.logits(second.mean((2, 3), keepdim=True)).flatten(1)


def pattern(count, tensor):
    """Weights that two languages can make alike."""
    return torch.tensor([0.3 * math.sin(0.7 * i + tensor) for i in range(count)], dtype=torch.float32)


def set_weights(network):
    with torch.no_grad():
        for t, weight in enumerate(network.parameters()):
            middle = 0.5 if weight.dim() == 1 else 0.0
            weight.copy_(pattern(weight.numel(), t).reshape(weight.shape) + middle)


def dice_loss(probabilities, targets):
    common = 2 * (probabilities * targets).sum((0, 2, 3)) + 1
    total = probabilities.sum((0, 2, 3)) + targets.sum((0, 2, 3)) + 1
    return 1 - (common / total).mean()


def run(network, segmentation):
    set_weights(network)
    images = torch.tensor([math.sin(0.37 * i) for i in range(BATCH * SIDE * SIDE)], dtype=torch.float32)
    images = images.reshape(BATCH, 1, SIDE, SIDE)
    count = BATCH * OUTPUTS * (SIDE * SIDE if segmentation else 1)
    targets = torch.tensor([1.0 if math.sin(0.11 * i) > 0.3 else 0.0 for i in range(count)])
    targets = targets.reshape((BATCH, OUTPUTS, SIDE, SIDE) if segmentation else (BATCH, OUTPUTS))
    optimiser = torch.optim.AdamW(network.parameters(), weight_decay=WEIGHT_DECAY)
    losses = []
    network.train()
    for rate in RATES:
        logits = network(images)
        loss = functional.binary_cross_entropy_with_logits(logits, targets)
        if segmentation:
            loss = loss + dice_loss(logits.sigmoid(), targets)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.param_groups[0]["lr"] = rate
        optimiser.step()
        losses.append(loss.item())
    network.eval()
    with torch.no_grad():
        probabilities = network(images).sigmoid().flatten().tolist()
    return {"losses": losses, "probabilities": [round(p, 7) for p in probabilities[:: 29 if segmentation else 1]]}


def main():
    reference = {"unet": run(UNet(), True), "small-cnn": run(SmallCnn(), False)}
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "reference-steps.json").write_text(json.dumps(reference, indent=1) + "\n")


if __name__ == "__main__":
    main()
