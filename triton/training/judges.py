"""The networks that judge generated images: a segmenter and a classifier, trained on real images of the train split."""

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F


def layers(inputs, outputs):
    return nn.Sequential(nn.Conv2d(inputs, outputs, 3, padding=1), nn.GroupNorm(8, outputs), nn.ReLU(),
                         nn.Conv2d(outputs, outputs, 3, padding=1), nn.GroupNorm(8, outputs), nn.ReLU())


class Segmenter(nn.Module):
    """A three-level U-Net: image [B,1,H,W] -> logits [B,5,H,W]."""

    def __init__(self, structures):
        super().__init__()
        self.down = nn.ModuleList([layers(1, 16), layers(16, 32), layers(32, 64)])
        self.up = nn.ModuleList([layers(96, 32), layers(48, 16)])
        self.last = nn.Conv2d(16, structures, 1)

    def forward(self, x):
        a = self.down[0](x)
        b = self.down[1](F.max_pool2d(a, 2))
        c = self.down[2](F.max_pool2d(b, 2))
        b = self.up[0](torch.cat([F.interpolate(c, scale_factor=2.0), b], dim=1))
        return self.last(self.up[1](torch.cat([F.interpolate(b, scale_factor=2.0), a], dim=1)))


class Classifier(nn.Module):
    """A small CNN: image [B,1,H,W] -> logits [B,K]; its features say how alike two sets of images are."""

    def __init__(self, labels, size=64):
        super().__init__()
        side = size // 16
        self.body = nn.Sequential(layers(1, 16), nn.MaxPool2d(2), layers(16, 32), nn.MaxPool2d(2), layers(32, 64),
                                  nn.MaxPool2d(2), layers(64, 64), nn.MaxPool2d(2), nn.Flatten(), nn.Dropout(0.3),
                                  nn.Linear(64 * side * side, 64), nn.ReLU())
        self.last = nn.Linear(64, labels)

    def forward(self, x):
        return self.last(self.body(x))


def unit(images):
    """uint8 images [N,H,W] as float [N,1,H,W] in 0..1."""
    return torch.from_numpy(np.asarray(images)).to(torch.float32)[:, None] / 255


def fit(network, images, targets, epochs, seed, batch=32, rate=2e-3, weight=None):
    """Trains with binary cross-entropy, small shifts of the image's brightness and contrast, and a one-cycle rate."""
    torch.manual_seed(seed)
    optimiser = torch.optim.AdamW(network.parameters(), lr=rate, weight_decay=1e-3)
    steps = epochs * -(-len(images) // batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, rate, total_steps=steps)
    network.train()
    for _ in range(epochs):
        for rows in torch.randperm(len(images)).split(batch):
            x = images[rows]
            gain, offset = (torch.rand(2, len(rows), 1, 1, 1) - 0.5) * 0.2
            logits = network(x * (1 + gain) + offset)
            error = F.binary_cross_entropy_with_logits(logits, targets[rows], pos_weight=weight)
            optimiser.zero_grad()
            error.backward()
            optimiser.step()
            schedule.step()
    return network.eval()


@torch.no_grad()
def predict(network, images, batch=64):
    return torch.cat([network(part) for part in images.split(batch)])


def dice(masks, logits):
    """Dice per case and structure [N,5]; NaN where neither side has a pixel."""
    drawn, wanted = (logits > 0).flatten(2).numpy(), masks.flatten(2).numpy() > 0
    both, total = (drawn & wanted).sum(-1), drawn.sum(-1) + wanted.sum(-1)
    return np.where(total > 0, 2 * both / np.maximum(total, 1), np.nan)
