"""Makes training steps in PyTorch when a line with their number comes, and answers with the seconds that they took.

Arguments: network, side, width, depth, batch size, threads. The networks are those of the trainer's reference values. Written with care for speed: tensors lie
with their channels last where that is faster, gradients are dropped and not cleared, AdamW is the fused one.
"""

import pathlib
import sys
import time

import torch
import torch.nn.functional as functional

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "trainer-worker/src/test/python"))
import reference_networks as networks


def build(name, side, width, depth):
    if name == "unet":
        return networks.UNet(width, depth)
    if name == "small-cnn":
        return networks.SmallCnn(width, depth)
    return networks.ResNet(width, side, [2, 2, 2, 2], False)


def main():
    name = sys.argv[1]
    side, width, depth, size, threads = map(int, sys.argv[2:7])
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    network = build(name, side, width, depth).to(memory_format=torch.channels_last)
    images = torch.randn(size, 1, side, side)
    segments = name == "unet"
    targets = torch.randint(0, 2, (size, 3, side, side) if segments else (size, 3)).float()
    optimiser = torch.optim.AdamW(network.parameters(), lr=1e-3, weight_decay=1e-4, fused=True)
    for line in sys.stdin:
        began = time.perf_counter()
        for _ in range(int(line)):
            optimiser.zero_grad()
            logits = network(images)
            loss = functional.binary_cross_entropy_with_logits(logits, targets)
            if segments:
                loss = loss + networks.dice_loss(logits, targets)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            loss.item()
        print(time.perf_counter() - began, flush=True)


if __name__ == "__main__":
    main()
