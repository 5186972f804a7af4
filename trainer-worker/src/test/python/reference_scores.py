"""F1 and Dice by scikit-learn, as the reference for ours, and what it and SciPy say where a class or a mask is empty.

Writes src/test/resources/io/synthray/trainer/metric/reference-scores.json. Run it in the module's directory with
scikit-learn and SciPy installed (made with 1.9.1 and 1.17.1): python src/test/python/reference_scores.py
"""

import json
import math
import pathlib
import warnings

import numpy
from scipy.ndimage import binary_erosion
from scipy.spatial import KDTree
from sklearn.metrics import (
    average_precision_score,
    f1_score,
    jaccard_score,
    precision_score,
    recall_score,
    roc_auc_score,
)

FOLDER = pathlib.Path("src/test/resources/io/synthray/trainer/metric")
CASES, CLASSES, PIXELS = 12, 4, 25


def probability(i):
    return 0.5 + 0.5 * math.sin(1.3 * i)


def truth(i):
    return 1 if math.sin(0.9 * i + 0.4) > 0.2 else 0


def null(value):
    """What is no number is null in JSON."""
    return float(value) if math.isfinite(value) else None


def one_class():
    """Test sets of which all cases or none have the class. Undefined ratios are NaN (zero_division), AUROC is NaN with a warning; average precision
    without a positive case is 0 with a warning, which is no figure either."""
    cases = []
    for truth, values in [([0, 0, 0], [0.2, 0.7, 0.4]), ([0, 0, 0], [0.2, 0.1, 0.4]), ([1, 1, 1], [0.2, 0.7, 0.4])]:
        called = numpy.array(values) >= 0.5
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            auroc = roc_auc_score(truth, values)
            auprc = average_precision_score(truth, values)
        cases.append(
            {
                "truth": truth,
                "scores": values,
                "f1": f1_score(truth, called, zero_division=0),
                "auroc": null(auroc),
                "auprc": null(auprc),
                "sensitivity": null(recall_score(truth, called, zero_division=math.nan)),
                "specificity": null(recall_score(truth, called, pos_label=0, zero_division=math.nan)),
                "precision": null(precision_score(truth, called, zero_division=math.nan)),
                "warnings": [str(warning.message) for warning in said],
            }
        )
    return cases


def outline(mask):
    """Pixels of a mask with a neighbour outside it; the border counts as outside."""
    return numpy.argwhere(mask & ~binary_erosion(mask))


def nearest(points, others):
    """Distances from points to the nearest of others: infinite where there are no others."""
    return KDTree(others.reshape(-1, 2)).query(points)[0] if len(points) else numpy.empty(0)


def mask_edges():
    """Predicted and true masks, empty ones among them: overlap by scikit-learn, two empty masks agreeing, and distances of outlines by SciPy; null
    where an outline is empty, since SciPy then knows no distance or an infinite one."""
    side = 6
    empty = numpy.zeros((side, side), bool)
    dot = empty.copy()
    dot[2, 3] = True
    corner = empty.copy()
    corner[:4, :3] = True
    blob = empty.copy()
    blob[1:5, 1:6] = True
    cases = []
    for predicted, truth in [(empty, empty), (dot, empty), (empty, dot), (dot, dot), (corner, dot), (corner, blob)]:
        there, back = (nearest(outline(a), outline(b)) for a, b in [(predicted, truth), (truth, predicted)])
        defined = len(there) > 0 and len(back) > 0
        cases.append(
            {
                "predicted": "".join("01"[int(v)] for v in predicted.ravel()),
                "truth": "".join("01"[int(v)] for v in truth.ravel()),
                "dice": f1_score(truth.ravel(), predicted.ravel(), zero_division=1),
                "iou": jaccard_score(truth.ravel(), predicted.ravel(), zero_division=1),
                "hd95": float(max(numpy.percentile(d, 95) for d in (there, back))) if defined else None,
                "surface-distance": float(numpy.mean(numpy.concatenate([there, back]))) if defined else None,
            }
        )
    return cases


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
        "f1Micro": f1_score(labels, predicted, average="micro", zero_division=0),
        "dice": dice,
        "diceMeans": numpy.mean(dice, 0).tolist(),
        "diceMean": float(numpy.mean(dice)),
        "oneClass": one_class(),
        "masks": mask_edges(),
    }
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "reference-scores.json").write_text(json.dumps(reference, indent=1) + "\n")


if __name__ == "__main__":
    main()
