"""Writes reference/metrics.json: values of the metrics' tests by scikit-learn and MONAI.

    v/bin/pip install -r requirements.txt -r requirements-metrics.txt && v/bin/python reference_metrics.py ../resources/reference
"""

import json
import platform
import sys
from pathlib import Path

import monai
import numpy as np
import sklearn
import sklearn.metrics as metrics
import torch
from monai.metrics import compute_average_surface_distance, compute_dice, compute_hausdorff_distance, compute_iou
from sklearn.calibration import calibration_curve


def scores():
    rng = np.random.default_rng(1)
    cases = []
    for n, share, digits in [(10, 0.5, 3), (200, 0.1, 2), (500, 0.4, 8), (60, 0.5, 1), (40, 0.05, 3)]:
        truth = rng.random(n) < share
        truth[0], truth[1] = True, False
        value = np.clip(0.5 * truth + 0.5 * rng.random(n) + 0.15 * rng.standard_normal(n), 0, 1).round(digits)
        threshold = 0.5
        called = value >= threshold
        bins = 10
        edges = np.linspace(0, 1, bins + 1)
        weights = np.bincount(np.searchsorted(edges[1:-1], value), minlength=bins)
        share_positive, mean_predicted = calibration_curve(truth, value, n_bins=bins)
        cases.append(
            {
                "scores": value.tolist(),
                "truth": truth.tolist(),
                "threshold": threshold,
                "f1": metrics.f1_score(truth, called, zero_division=0),
                "sensitivity": metrics.recall_score(truth, called),
                "specificity": metrics.recall_score(truth, called, pos_label=False),
                "precision": metrics.precision_score(truth, called, zero_division=0),
                "auroc": metrics.roc_auc_score(truth, value),
                "auprc": metrics.average_precision_score(truth, value),
                "bins": bins,
                "calibration": float(np.sum(weights[weights > 0] * np.abs(share_positive - mean_predicted)) / n),
                "largestF1": max(metrics.f1_score(truth, value >= t, zero_division=0) for t in np.unique(value)),
            }
        )
    return cases


def classes():
    rng = np.random.default_rng(2)
    truth = rng.random((80, 5)) < [0.5, 0.2, 0.05, 0.7, 0.3]
    value = np.clip(0.3 * truth + 0.6 * rng.random((80, 5)), 0, 1)
    called = value >= 0.5
    return {
        "truth": truth.T.tolist(),
        "scores": value.T.tolist(),
        "perClass": metrics.f1_score(truth, called, average=None, zero_division=0).tolist(),
        "macro": metrics.f1_score(truth, called, average="macro", zero_division=0),
        "micro": metrics.f1_score(truth, called, average="micro", zero_division=0),
    }


def masks():
    rng = np.random.default_rng(3)
    cases = []
    yy, xx = np.mgrid[0:24, 0:31]
    for spacing in [(1.0, 1.0), (0.7, 1.9)]:
        for _ in range(4):
            cy, cx, r = rng.uniform(8, 16), rng.uniform(8, 22), rng.uniform(3, 9)
            truth = (yy - cy) ** 2 + (xx - cx) ** 2 < r * r
            predicted = (yy - cy - rng.normal(0, 1.5)) ** 2 / 1.3 + (xx - cx - rng.normal(0, 1.5)) ** 2 < r * r
            predicted = predicted ^ (rng.random(predicted.shape) < 0.01)
            a, b = (torch.from_numpy(m[None, None].astype(np.float32)) for m in (predicted, truth))
            hausdorff = compute_hausdorff_distance(a, b, include_background=True, percentile=95, spacing=spacing)
            surface = compute_average_surface_distance(a, b, include_background=True, symmetric=True, spacing=spacing)
            cases.append(
                {
                    "width": 31,
                    "pixelHeight": spacing[0],
                    "pixelWidth": spacing[1],
                    "predicted": "".join("01"[int(v)] for v in predicted.ravel()),
                    "truth": "".join("01"[int(v)] for v in truth.ravel()),
                    "dice": float(compute_dice(a, b)),
                    "iou": float(compute_iou(a, b)),
                    "hausdorff95": float(hausdorff),
                    "mean": float(surface),
                }
            )
    return cases


def main(folder):
    source = {
        "made by": "statistics/src/test/python/reference_metrics.py",
        "python": platform.python_version(),
        "numpy": np.__version__,
        "scikit-learn": sklearn.__version__,
        "monai": monai.__version__,
        "torch": torch.__version__,
    }
    content = {"source": source, "scores": scores(), "classes": classes(), "masks": masks()}
    (Path(folder) / "metrics.json").write_text(json.dumps(content, indent=1) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
