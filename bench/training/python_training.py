"""A full training in PyTorch as a researcher would write it, with the trainer's network, loss, optimiser and schedule, but its own random numbers.

Reads what Examples.java has written; `train` gives the metrics on the test images by name.
"""

import math
import pathlib
import sys

import numpy
import torch
import torch.nn.functional as functional

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "trainer-worker/src/test/python"))
import reference_networks as networks


def read(folder, name, side, outputs, segments):
    images = torch.from_numpy(numpy.fromfile(folder / f"{name}-images.f32", "<f4")).reshape(-1, 1, side, side)
    shape = (-1, outputs, side, side) if segments else (-1, outputs)
    targets = torch.from_numpy(numpy.fromfile(folder / f"{name}-targets.f32", "<f4")).reshape(shape)
    mean = images.mean((1, 2, 3), keepdim=True)
    deviation = images.std((1, 2, 3), keepdim=True, correction=0)
    return (images - mean) / deviation.clamp_min(1e-3), targets


def initialise(module):
    if isinstance(module, torch.nn.Conv2d):
        torch.nn.init.kaiming_uniform_(module.weight, nonlinearity="relu")
        if module.bias is not None:
            torch.nn.init.zeros_(module.bias)


def order(count, size):
    """Batches of shuffled epochs that follow one another without a gap."""
    left = torch.empty(0, dtype=torch.long)
    while True:
        while len(left) < size:
            left = torch.cat([left, torch.randperm(count)])
        yield left[:size]
        left = left[size:]


def auroc(scores, truth):
    """Share of pairs of a positive and a negative that are in order, ties counting half."""
    positive, negative = scores[truth == 1], scores[truth == 0]
    differences = positive[:, None] - negative[None, :]
    return float(((differences > 0).double() + 0.5 * (differences == 0).double()).mean())


def metrics(probabilities, truth, segments):
    called = (probabilities >= 0.5).double()
    if not segments:
        return {
            "accuracy": float((called == truth).double().mean()),
            "auroc": sum(auroc(probabilities[:, k], truth[:, k]) for k in range(truth.shape[1])) / truth.shape[1],
        }
    both = (called * truth).sum((2, 3))
    return {"dice": float((2 * both / (called.sum((2, 3)) + truth.sum((2, 3)))).mean())}


def initial(model, outputs, seed):
    """The network with random weights; what is drawn afterwards depends on the seed, too."""
    # The reference networks are written for a fixed number of outputs.
    networks.OUTPUTS = outputs
    torch.manual_seed(seed)
    build = networks.UNet if model["network"] == "unet" else networks.SmallCnn
    network = build(model["width"], model["depth"]).to(memory_format=torch.channels_last)
    return network.apply(initialise)


def train(model, side, outputs, network, folder):
    segments = model["network"] == "unet"
    images, targets = read(folder, "train", side, outputs, segments)
    optimiser = torch.optim.AdamW(network.parameters(), lr=1, weight_decay=model["weight-decay"], fused=True)
    steps = model["steps"]
    warm_up = max(1, int(steps * 0.05))
    # As the trainer weighs them: a positive counts as much more as there are fewer of them, pixels being the cases of a structure.
    share = targets.mean((0, 2, 3), keepdim=True)[0] if segments else targets.mean(0)
    weights = (1 - share) / share if model.get("balanced") else None
    batches = order(len(images), model["batch-size"])
    average = [weight.detach().clone() for weight in network.parameters()]
    network.train()
    for step in range(steps):
        share = (step + 1) / warm_up if step < warm_up else 0.5 * (1 + math.cos(math.pi * (step - warm_up) / (steps - warm_up)))
        optimiser.param_groups[0]["lr"] = model["learning-rate"] * share
        chosen = next(batches)
        optimiser.zero_grad()
        logits = network(images[chosen])
        loss = functional.binary_cross_entropy_with_logits(logits, targets[chosen], pos_weight=weights)
        if segments:
            loss = loss + networks.dice_loss(logits, targets[chosen])
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        decay = min(model.get("averaging", 0), (1 + step) / (10 + step))
        torch._foreach_lerp_(average, [weight.detach() for weight in network.parameters()], 1 - decay)
    with torch.no_grad():
        for weight, mean in zip(network.parameters(), average):
            weight.copy_(mean)
    images, targets = read(folder, "test", side, outputs, segments)
    network.eval()
    with torch.no_grad():
        probabilities = torch.cat([network(part).sigmoid() for part in images.split(64)]).double()
    return metrics(probabilities, targets.double(), segments)
