"""Networks of a user as TorchScript files, and what PyTorch says of a pattern with their own weights.

Writes src/test/resources/io/synthray/trainer/engine/script-*.pt and reference-scripts.json. Run it in the module's directory with what requirements.txt
names: python src/test/python/reference_scripts.py
"""

import json

import torch
from reference_networks import FOLDER, pattern
from torch import nn

SIDE, BATCH = 16, 2


class Segmenter(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(1, 4, 3, padding=1)
        self.normalisation = nn.BatchNorm2d(4)
        self.dropout = nn.Dropout(0.2)
        self.last = nn.Conv2d(4, 2, 1)

    def forward(self, x):
        return self.last(self.dropout(torch.relu(self.normalisation(self.first(x)))))


class Classifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(1, 4, 3, stride=2)
        self.last = nn.Linear(4, 2)

    def forward(self, x):
        return self.last(torch.relu(self.first(x)).mean([2, 3]))


class Fixed(nn.Module):
    def forward(self, x):
        return x.mean([2, 3]).expand(-1, 2)


class Pair(nn.Module):
    def __init__(self):
        super().__init__()
        self.last = nn.Linear(1, 2)

    def forward(self, x):
        y = self.last(x.mean([2, 3]))
        return y, y


def main():
    torch.manual_seed(3)
    images = pattern(BATCH * SIDE * SIDE, 9).reshape(BATCH, 1, SIDE, SIDE)
    reference = {"torch": torch.__version__.split("+")[0]}
    for name, network in {"segmenter": Segmenter(), "classifier": Classifier(), "fixed": Fixed(), "pair": Pair()}.items():
        torch.jit.script(network).save(str(FOLDER / f"script-{name}.pt"))
        if name in ("segmenter", "classifier"):
            network.eval()
            with torch.no_grad():
                probabilities = network(images).sigmoid().flatten()
            reference[name] = [float(p) for p in probabilities]
    (FOLDER / "reference-scripts.json").write_text(json.dumps(reference, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
