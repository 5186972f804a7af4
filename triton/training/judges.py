"""The networks that judge generated images: a segmenter and a classifier, trained on real images of the train split."""

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from training.augment import change
from training.structures import INSIDE, UNSPECIFIED


def layers(inputs, outputs):
    return nn.Sequential(nn.Conv2d(inputs, outputs, 3, padding=1), nn.GroupNorm(8, outputs), nn.ReLU(),
                         nn.Conv2d(outputs, outputs, 3, padding=1), nn.GroupNorm(8, outputs), nn.ReLU())


class Segmenter(nn.Module):
    """A U-Net of four levels: image [B,1,H,W] in 0..1 -> logits [B,K,H,W]."""

    def __init__(self, structures, widths=(16, 32, 48, 64)):
        super().__init__()
        self.down = nn.ModuleList(layers(a, b) for a, b in zip((1, *widths), widths))
        self.up = nn.ModuleList(layers(a + b, b) for a, b in zip(widths[:0:-1], widths[-2::-1]))
        self.last = nn.Conv2d(widths[0], structures, 1)

    def forward(self, x):
        kept = []
        for i, block in enumerate(self.down):
            x = block(F.max_pool2d(x, 2) if i else x)
            kept.append(x)
        x = kept.pop()
        for block in self.up:
            x = block(torch.cat([F.interpolate(x, scale_factor=2.0), kept.pop()], dim=1))
        return self.last(x)


class Classifier(nn.Module):
    """A small CNN: image [B,1,H,W] in 0..1, of any size -> logits [B,L]."""

    def __init__(self, labels, side=64):
        super().__init__()
        self.side = side
        self.body = nn.Sequential(layers(1, 16), nn.MaxPool2d(2), layers(16, 32), nn.MaxPool2d(2), layers(32, 64),
                                  nn.MaxPool2d(2), layers(64, 64), nn.MaxPool2d(2), nn.Flatten(), nn.Dropout(0.3),
                                  nn.Linear(64 * (side // 16) ** 2, 64), nn.ReLU())
        self.last = nn.Linear(64, labels)

    def forward(self, x):
        return self.last(self.body(F.interpolate(x, (self.side, self.side), mode="area")))


def unit(images):
    """uint8 images [N,H,W] as float [N,1,H,W] in 0..1."""
    return torch.from_numpy(np.array(images)).to(torch.float32)[:, None] / 255


def fit_segmenter(data, structures, steps, seed, batch=16, rate=2e-3):
    """Trains on the given structures (channels of the masks); places that nobody looked at do not count."""
    return _fit(lambda: Segmenter(len(structures)), data, data.masks[:, structures], steps, seed, batch, rate)


def fit_classifier(data, labels, steps, seed, batch=32, rate=2e-3):
    """Trains on labels, name -> 0/1 [N]."""
    table = np.stack(list(labels.values()), axis=1)
    return _fit(lambda: Classifier(len(labels)), data, table, steps, seed, batch, rate)


def _fit(make, data, targets, steps, seed, batch, rate):
    """Binary cross-entropy, for masks with one minus soft Dice; images are turned, zoomed, made brighter and darker."""
    torch.manual_seed(seed)
    random = np.random.default_rng(seed)
    network = make()
    optimiser = torch.optim.AdamW(network.parameters(), lr=rate, weight_decay=1e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, rate, total_steps=steps)
    network.train()
    for _ in range(steps):
        rows = random.choice(len(data), batch, replace=len(data) < batch)
        image = unit(data.images[rows])
        target = torch.from_numpy(np.array(targets[rows])).float()
        dense = target if target.dim() == 4 else torch.zeros_like(image)
        image, dense = change(image, dense, random, 0.8, 0.15, 0.15, 0.4)
        logits = network(image)
        if target.dim() == 4:
            known = (dense != UNSPECIFIED).float()
            inside = (dense == INSIDE).float()
            error = (F.binary_cross_entropy_with_logits(logits, inside, reduction="none") * known).mean()
            chance = torch.sigmoid(logits) * known
            error = error + 1 - ((2 * (chance * inside).sum((0, 2, 3)) + 1) / ((chance + inside).sum((0, 2, 3)) + 1)).mean()
        else:
            error = F.binary_cross_entropy_with_logits(logits, target)
        optimiser.zero_grad()
        error.backward()
        optimiser.step()
        schedule.step()
    return network.eval().requires_grad_(False)


@torch.no_grad()
def predict(network, images, batch=64):
    """Logits for uint8 images [N,H,W]."""
    return torch.cat([network(unit(images[i : i + batch])) for i in range(0, len(images), batch)]).numpy()


def dice(masks, logits):
    """Dice per case and structure [N,K] of masks 0/1/255 and logits; NaN where neither has a pixel or nobody looked."""
    drawn, wanted = logits.reshape(*logits.shape[:2], -1) > 0, masks.reshape(*masks.shape[:2], -1) == INSIDE
    both, total = (drawn & wanted).sum(-1), drawn.sum(-1) + wanted.sum(-1)
    looked = (masks != UNSPECIFIED).reshape(*masks.shape[:2], -1).any(-1)
    return np.where(looked & (total > 0), 2 * both / np.maximum(total, 1), np.nan)
