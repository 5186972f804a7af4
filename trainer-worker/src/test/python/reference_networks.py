"""Forward pass, loss and one SGD step of every downstream network in PyTorch, and its losses and optimisers by themselves.

Writes src/test/resources/io/synthray/trainer/engine/reference-networks.json. Run it in the module's directory with what
requirements.txt names: python src/test/python/reference_networks.py
"""

import json
import pathlib
from collections import OrderedDict

import numpy
import torch
import torch.nn.functional as functional
from torch import nn

FOLDER = pathlib.Path("src/test/resources/io/synthray/trainer/engine")
BATCH, OUTPUTS = 4, 3
SAMPLES = 3


def pattern(count, stream):
    """Numbers of -1..1 that two languages make alike, without the regularity of a sine (murmur3's finaliser of a counter)."""
    x = numpy.arange(count, dtype=numpy.uint32) * numpy.uint32(2654435761) + numpy.uint32(stream * 40503 + 1)
    x ^= x >> numpy.uint32(16)
    x *= numpy.uint32(0x85EBCA6B)
    x ^= x >> numpy.uint32(13)
    x *= numpy.uint32(0xC2B2AE35)
    x ^= x >> numpy.uint32(16)
    return torch.from_numpy((x >> numpy.uint32(8)).astype(numpy.float32) / numpy.float32(2**23) - numpy.float32(1))


def conv(inputs, outputs, size, stride=1, bias=False):
    return nn.Conv2d(inputs, outputs, size, stride, size // 2, bias=bias)


def block(inputs, outputs):
    """Its tensors have the trainer's names, so that either side can begin with the other's weights."""
    return nn.Sequential(OrderedDict(
        conv1=conv(inputs, outputs, 3), bn1=nn.BatchNorm2d(outputs), relu1=nn.ReLU(),
        conv2=conv(outputs, outputs, 3), bn2=nn.BatchNorm2d(outputs), relu2=nn.ReLU()))


class UNet(nn.Module):
    def __init__(self, width, depth):
        super().__init__()
        widths = [width << level for level in range(depth)]
        self.down = nn.ModuleList(block(i, o) for i, o in zip([4] + widths, widths))
        self.up = nn.ModuleList(block(3 * w, w) for w in reversed(widths[:-1]))
        self.logits = conv(width, 4 * OUTPUTS, 1, bias=True)

    def forward(self, x):
        at = self.down[0](functional.pixel_unshuffle(x, 2))
        levels = []
        for level in self.down[1:]:
            levels.append(at)
            at = level(functional.max_pool2d(at, 2))
        for level in self.up:
            at = level(torch.cat([levels.pop(), functional.interpolate(at, scale_factor=2, mode="nearest")], 1))
        return functional.pixel_shuffle(self.logits(at), 2)


class SmallCnn(nn.Module):
    def __init__(self, width, depth):
        super().__init__()
        widths = [width << level for level in range(depth)]
        self.down = nn.ModuleList(block(i, o) for i, o in zip([4] + widths, widths))
        self.logits = conv(widths[-1], OUTPUTS, 1, bias=True)

    def forward(self, x):
        at = self.down[0](functional.pixel_unshuffle(x, 2))
        for level in self.down[1:]:
            at = level(functional.max_pool2d(at, 2))
        return self.logits(at.mean((2, 3), keepdim=True)).flatten(1)


class Stem(nn.Module):
    def __init__(self, side, channels):
        super().__init__()
        size = 7 if side > 64 else 3
        self.conv, self.norm = conv(1, channels, size, 2 if side > 64 else 1), nn.BatchNorm2d(channels)
        self.pooled = side > 128

    def forward(self, x):
        x = self.norm(self.conv(x)).relu()
        return functional.max_pool2d(x, 3, 2, 1) if self.pooled else x


class Residual(nn.Module):
    def __init__(self, channels, sizes, strides):
        super().__init__()
        parts = []
        for i, (size, stride) in enumerate(zip(sizes, strides)):
            parts += [conv(channels[i], channels[i + 1], size, stride), nn.BatchNorm2d(channels[i + 1]), nn.ReLU()]
        self.inside = nn.Sequential(*parts[:-1])
        stride = max(strides)
        self.shortcut = nn.Sequential()
        if stride > 1 or channels[0] != channels[-1]:
            self.shortcut = nn.Sequential(conv(channels[0], channels[-1], 1, stride), nn.BatchNorm2d(channels[-1]))

    def forward(self, x):
        return (self.inside(x) + self.shortcut(x)).relu()


class ResNet(nn.Module):
    def __init__(self, width, side, stages, bottlenecks):
        super().__init__()
        layers, channels = [Stem(side, width)], width
        for stage, blocks in enumerate(stages):
            inside = width << stage
            for number in range(blocks):
                stride = 2 if stage > 0 and number == 0 else 1
                if bottlenecks:
                    layers.append(Residual([channels, inside, inside, 4 * inside], [1, 3, 1], [1, stride, 1]))
                    channels = 4 * inside
                else:
                    layers.append(Residual([channels, inside, inside], [3, 3], [stride, 1]))
                    channels = inside
        self.layers = nn.Sequential(*layers)
        self.head = nn.Linear(channels, OUTPUTS)

    def forward(self, x):
        return self.head(self.layers(x).mean((2, 3)))


class Dense(nn.Module):
    def __init__(self, inputs, growth):
        super().__init__()
        self.inside = nn.Sequential(
            nn.BatchNorm2d(inputs), nn.ReLU(), conv(inputs, 4 * growth, 1),
            nn.BatchNorm2d(4 * growth), nn.ReLU(), conv(4 * growth, growth, 3))

    def forward(self, x):
        return torch.cat([x, self.inside(x)], 1)


class DenseNet(nn.Module):
    def __init__(self, width, side):
        super().__init__()
        layers, channels, growth = [Stem(side, width)], width, width // 2
        for number, count in enumerate([6, 12, 24, 16]):
            for _ in range(count):
                layers.append(Dense(channels, growth))
                channels += growth
            if number < 3:
                layers += [nn.BatchNorm2d(channels), nn.ReLU(), conv(channels, channels // 2, 1), nn.AvgPool2d(2)]
                channels //= 2
        self.layers = nn.Sequential(*layers, nn.BatchNorm2d(channels), nn.ReLU())
        self.head = nn.Linear(channels, OUTPUTS)

    def forward(self, x):
        return self.head(self.layers(x).mean((2, 3)))


def set_weights(network):
    with torch.no_grad():
        for stream, weight in enumerate(network.parameters()):
            if weight.dim() == 1:
                weight.copy_(0.5 + 0.3 * pattern(weight.numel(), stream))
            else:
                bound = (6 / weight[0].numel()) ** 0.5
                weight.copy_(bound * pattern(weight.numel(), stream).reshape(weight.shape))


def dice_loss(logits, targets, weights=None, structures=None):
    weights = torch.ones(len(logits)) if weights is None else weights
    weights = weights.reshape(-1, 1, 1, 1)
    probabilities = logits.sigmoid()
    common = 2 * (weights * probabilities * targets).sum((0, 2, 3)) + 1
    total = (weights * probabilities).sum((0, 2, 3)) + (weights * targets).sum((0, 2, 3)) + 1
    structures = torch.ones(logits.shape[1]) if structures is None else structures
    return 1 - (structures * common / total).sum() / structures.sum()


def network_reference(network, side, segments):
    set_weights(network)
    images = pattern(BATCH * side * side, 1000).reshape(BATCH, 1, side, side)
    shape = (BATCH, OUTPUTS, side, side) if segments else (BATCH, OUTPUTS)
    targets = (pattern(numpy.prod(shape), 2000) > 0.2).float().reshape(shape)
    network.train()
    optimiser = torch.optim.SGD(network.parameters(), lr=0.5)
    logits = network(images)
    loss = functional.binary_cross_entropy_with_logits(logits, targets)
    if segments:
        loss = loss + dice_loss(logits, targets)
    loss.backward()
    optimiser.step()
    after = []
    for weight in network.parameters():
        flat = weight.detach().flatten()
        after.append([flat[i * (len(flat) - 1) // (SAMPLES - 1)].item() for i in range(SAMPLES)])
    stride = 97 if segments else 1
    return {"logits": logits.flatten()[::stride].tolist(), "loss": loss.item(), "after": after}


def gradient(loss, logits):
    loss.backward()
    return {"loss": loss.item(), "gradient": logits.grad.flatten().tolist()}


def losses_reference():
    rows, targets_count = 4, 3
    truth = (pattern(rows * targets_count, 2) > 0).float().reshape(rows, targets_count)
    unknown = truth.clone()
    unknown[1, 2] = unknown[3, 0] = float("nan")
    examples = torch.tensor([1.0, 0.5, 0.25, 2.0])
    weights = torch.tensor([1.0, 3.0, 0.5])
    one_hot = functional.one_hot(torch.tensor([0, 2, 1, 2]), targets_count).float()

    def logits():
        return (3 * pattern(rows * targets_count, 1)).reshape(rows, targets_count).requires_grad_()

    def masked(values, by_example):
        known = torch.isfinite(unknown).float() * by_example.reshape(-1, 1)
        return (values * known).sum() / known.sum()

    out = {}
    x = logits()
    each = functional.binary_cross_entropy_with_logits(x, unknown.nan_to_num(), reduction="none")
    out["bce-masked"] = gradient(masked(each, torch.ones(rows)), x)
    x = logits()
    each = functional.binary_cross_entropy_with_logits(x, unknown.nan_to_num(), reduction="none", pos_weight=weights)
    out["bce-weighted"] = gradient(masked(each, examples), x)
    x = logits()
    out["cross-entropy"] = gradient(functional.cross_entropy(x, one_hot.argmax(1), weight=weights), x)
    x = logits()
    p = x.sigmoid()
    right = torch.where(truth == 1, p, 1 - p)
    each = (1 - right) ** 2 * functional.binary_cross_entropy_with_logits(x, truth, reduction="none")
    out["focal"] = gradient(each.mean(), x)
    x = (3 * pattern(2 * 3 * 16, 3)).reshape(2, 3, 4, 4).requires_grad_()
    y = (pattern(2 * 3 * 16, 4) > 0).float().reshape(2, 3, 4, 4)
    out["dice"] = gradient(dice_loss(x, y, torch.tensor([1.0, 0.5]), weights), x)
    return out


def optimiser_reference(make):
    """A quadratic's minimum, from the same start; weights after five steps of changing rate."""
    weight = pattern(20, 7).requires_grad_()
    optimiser = make([weight])
    for step in range(5):
        optimiser.param_groups[0]["lr"] = 0.1 / (step + 1)
        optimiser.zero_grad()
        (weight * weight * (1 + pattern(20, 8))).sum().backward()
        optimiser.step()
    return weight.tolist()


def main():
    torch.set_num_threads(1)
    reference = {
        "torch": torch.__version__.split("+")[0],
        "networks": {
            "unet": network_reference(UNet(8, 3), 32, True),
            "small-cnn": network_reference(SmallCnn(8, 3), 32, False),
            "resnet-18": network_reference(ResNet(8, 32, [2, 2, 2, 2], False), 32, False),
            "resnet-50": network_reference(ResNet(4, 160, [3, 4, 6, 3], True), 160, False),
            "densenet-121": network_reference(DenseNet(8, 96), 96, False),
        },
        "losses": losses_reference(),
        "optimisers": {
            "adamw": optimiser_reference(lambda w: torch.optim.AdamW(w, weight_decay=0.1)),
            "sgd": optimiser_reference(lambda w: torch.optim.SGD(w, lr=0.1, momentum=0.9, weight_decay=0.1)),
        },
    }
    text = json.dumps(reference, separators=(",", ":"))
    (FOLDER / "reference-networks.json").write_text(text.replace('},"', '},\n"') + "\n")


if __name__ == "__main__":
    main()
