"""What an embedder's features are good for, measured on held-out images, and its model card."""

import hashlib
import json
import math

import numpy as np
import onnx
import torch
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from torch.nn import functional as F

from training import data as dataset
from training import fidelity, judges
from training.augment import change
from training.evaluate import Features, require_enough

SMALL = 16
"""Pixels a side of the small copy whose grey values are the features' rival."""

TURN, ZOOM, GAMMA = 0.05, 0.05, 0.1
"""The changes that leave an image the same patient's: radians, a fraction, the logarithm of the exponent of brightness."""


def small(images):
    """Grey values [N, 256] of small copies of uint8 images [N,H,W]."""
    return F.interpolate(judges.unit(images), (SMALL, SMALL), mode="area").flatten(1).numpy()


def altered(images, seed):
    """The images as another exposure might show them: turned, zoomed, brighter or darker by a little."""
    image = judges.unit(images)
    mask = torch.zeros_like(image)
    changed, _ = change(image, mask, np.random.default_rng(seed), 1.0, TURN, ZOOM, GAMMA)
    return np.round(255 * changed[:, 0].clamp(0, 1).numpy()).astype(np.uint8)


def probe(train, wanted_train, held_out, wanted):
    """AUC on held-out features [N,D] of a logistic regression learned on train features."""
    regression = make_pipeline(StandardScaler(), LogisticRegression(max_iter=2000))
    regression.fit(train, wanted_train)
    return float(roc_auc_score(wanted, regression.decision_function(held_out)))


def auc_error(auc, positive, negative):
    """Standard error of an AUC of so many images of either kind (Hanley and McNeil 1982)."""
    q1, q2 = auc / (2 - auc), 2 * auc**2 / (1 + auc)
    return math.sqrt((auc * (1 - auc) + (positive - 1) * (q1 - auc**2) + (negative - 1) * (q2 - auc**2)) / (positive * negative))


def measure(features, train, held_out, seed=7):
    """Figures of one data set: separation of its labels, train against held-out images, and recognition of altered images."""
    of_train, of_held_out = features.of(train.images), features.of(held_out.images)
    small_train, small_held_out = small(train.images), small(held_out.images)
    known, wanted = dataset.labels(train), dataset.labels(held_out)
    probes = {}
    for name, values in known.items():
        there = wanted.get(name)
        if there is not None and 0 < there.sum() < len(held_out) and 0 < values.sum() < len(train):
            counts = int(there.sum()), int((1 - there).sum())
            probes[name] = [(auc, auc_error(auc, *counts)) for auc in (probe(of_train, values, of_held_out, there),
                                                                       probe(small_train, values, small_held_out, there))]
    random = np.random.default_rng(seed)
    some = random.choice(len(train), min(len(train), len(held_out)), replace=False)
    again = fidelity.distances(features.of(altered(held_out.images, seed)), of_held_out)
    recognised = fidelity.share((again.argmin(1) == np.arange(len(held_out))).astype(float))
    copies = fidelity.privacy(of_train, of_held_out, features.of(altered(train.images[some], seed)))
    return {"train": len(train), "held out": len(held_out), "probes": probes, "alike": fidelity.compare(of_held_out, of_train[some]),
            "recognised": recognised, "copies": copies}


def read(path, size, view=None, most=1000):
    """Train split and at most so many images of the split test of a data set; raises ValueError where they are too few."""
    train, held_out = (dataset.read(path, split, size, view) for split in ("train", "test"))
    require_enough(path, {"train": train, "test": held_out})
    return train, held_out.at(np.arange(min(most, len(held_out))))


def section(name, figures):
    """One data set's part of the card."""
    alike, copies = figures["alike"], figures["copies"]
    low, high = alike["kid"].interval
    rows = "\n".join(f"| {label} | {auc:.3f} ± {error:.3f} | {rival:.3f} ± {other:.3f} |"
                     for label, ((auc, error), (rival, other)) in figures["probes"].items())
    return f"""### {name}: {figures['train']} train images, {figures['held out']} held-out

| label | AUC, features | AUC, grey values |
|---|---|---|
{rows}

- Train images against held-out ones, as many of each: KID {alike['kid'].value:.4f} ({low:.4f} to {high:.4f}), precision
  {alike['precision'].value:.3f} ± {alike['precision'].error:.3f}, coverage {alike['coverage'].value:.3f} ± {alike['coverage'].error:.3f}.
- Of altered held-out images, {figures['recognised'].value:.1%} ± {figures['recognised'].error:.1%} are nearest to the image they were made of, among
  {figures['held out']}.
- Of altered train images, {copies['near copies'].value:.1%} ± {copies['near copies'].error:.1%} count as near-copies (5% of held-out images do).
"""


def card(path, parts):
    """The model card, Markdown; path: the exported embedder; parts: name of a data set -> its figures."""
    model = onnx.load(path)
    told = json.loads(next((entry.value for entry in model.metadata_props if entry.key == "training"), "{}"))
    numbers = sum(math.prod(tensor.dims) for tensor in model.graph.initializer)
    names = told.get("data") or [f"{count} images" for count in told.get("images", [])]
    threads = told.get("threads", 0)
    time = f", {told['seconds'] / 60:.0f} minutes on {threads} CPU thread{'s' if threads > 1 else ''}" if threads else ""
    sections = "\n".join(section(name, figures) for name, figures in parts.items())
    return f"""# embedder, version {path.parent.name}

Makes 32 features of a radiograph of any size, in which fidelity and privacy of synthetic radiographs are measured. For research on
training sets; not for any clinical use.

- **Data**: {', '.join(names)}: train splits only, each with the same share of a batch.
- **Network**: five convolutions on the image at 64 x 64 pixels, one linear layer, {numbers:,} parameters; features have about unit variance
  over the training images.
- **Training**: {told.get('steps')} steps of 64 images, seed {told.get('seed')}{time}. Two heads, not kept, have to tell the findings, by side where prompts name
  one, and a copy of the image of 16 x 16 pixels from the features alone: so anatomy and exposure count in them as well as disease.
- **File**: `{path.parent.name}/model.onnx`, {path.stat().st_size / 1e6:.1f} MB, SHA-256 `{hashlib.sha256(path.read_bytes()).hexdigest()}`.

## Figures

From `models embedder --card`. Labels: AUC on held-out images (± one standard error) of a logistic regression on the features, and of one on the
{SMALL * SMALL} grey values of a small copy, both learned from train images. Altered images are turned by up to {math.degrees(TURN):.0f} degrees, zoomed by up to {ZOOM:.0%} and
made brighter or darker (exponent up to {math.exp(GAMMA):.2f}).

{sections}
## Weak points

- What is smaller than a pixel of 64 x 64, such as a small nodule or a fracture line, is not in the features: a sampler may draw it badly at no cost in
  fidelity.
- It has learned from the data sets above; of others, and of other views than frontal ones, its distances say less.
- A copy that is altered more than here may pass for another patient: few near-copies are no proof that nothing was memorised.
"""
