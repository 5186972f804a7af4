"""F1 and Dice by scikit-learn, as the reference for ours.

Writes src/test/resources/io/synthray/trainer/metric/reference-scores.json. Run it in the module's directory with
scikit-learn installed (made with 1.9.1): python src/test/python/reference_scores.py
"""

import json
import math
import pathlib

import numpy
from sklearn.metrics import f1_score

FOLDER = pathlib.Path("src/test/resources/io/synthray/trainer/metric")
CASES, CLASSES, PIXELS = 12, 4, 25


def probability(i):
    return 0.5 + 0.5 * math.sin(1.3 * i)


def truth(i):
    return 1 if math.sin(0.9 * i + 0.4) > 0.2 else 0


def main():
    probabilities = numpy.array([probability(i) for i in range(CASES * CLASSES)]).reshape(CASES, CLASSES)
    labels = numpy.array([truth(i) for i in range(CASES * CLASSES)]).reshape(CASES, CLASSES)
    # A class without a case and without a prediction: F1 counts as 0.
    probabilities[:, 3] = 0.2
    labels[:, 3] = 0
    predicted = probabilities >= 0.5
    masks = numpy.array([truth(i) for i in range(CASES * 2 * PIXELS)]).reshape(CASES, 2, PIXELS)
    values = numpy.array([probability(i) for i in range(CASES * 2 * PIXELS)]).reshape(CASES, 2, PIXELS)
    # The Dice coefficient of two sets is the F1 score of one seen as a prediction of the other.
    dice = [[f1_score(masks[c, s], values[c, s] >= 0.5) for s in range(2)] for c in range(CASES)]
    reference = {
        "f1": f1_score(labels, predicted, average=None, zero_division=0).tolist(),
        "f1Macro": f1_score(labels, predicted, average="macro", zero_division=0),
        "dice": dice,
        "diceMeans": numpy.mean(dice, 0).tolist(),
        "diceMean": float(numpy.mean(dice)),
    }
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "reference-scores.json").write_text(json.dumps(reference, indent=1) + "\n")


if __name__ == "__main__":
    main()
