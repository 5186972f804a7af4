"""Measures an exported sampler and writes its model card: ``python -m training.evaluate --data DIR``.

Images are drawn with ONNX Runtime from the exported graph, for prompts and masks of the test split, which the denoiser
has not seen. A segmenter and a classifier that learned from real images of the train split alone judge them.
"""

import argparse
import hashlib
import json
import math
import time
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from PIL import Image
from scipy import linalg
from sklearn.metrics import roc_auc_score

from training import data as dataset
from training import judges
from training.export import history
from training.structures import NAMES, UNSPECIFIED


SEES = 0.5
"""The Dice on real images from which a segmenter's word on a structure counts."""

CHANCE = 0.65
"""The AUC below which a finding is said not to be drawn."""


def labels(data):
    """What the classifier learns, name -> 0/1 [N]: each finding, and each finding by side where prompts name sides."""
    found = {name: values > 0 for name, values in data.findings.items()}
    for finding in data.findings:
        words = finding.replace("-", " ").replace("_", " ")
        for side in ("left", "right"):
            present = np.array([f"{side} {words}" in prompt for prompt in data.prompts])
            if present.any():
                found[f"{side} {words}"] = present
    return {name: values.astype(np.float32) for name, values in found.items()}


def draw(session, prompts, masks, guidance, seed):
    """Images uint8 [N,H,W], one at a time, for prompts and uint8 masks [N,5,H,W] under one guidance (text, mask)."""
    images = []
    for i, (prompt, mask) in enumerate(zip(prompts, masks)):
        noise = np.random.default_rng([seed, i]).standard_normal((1, 1, *mask.shape[1:]), dtype=np.float32)
        images.append(session.run(["image"], {
            "noise": noise,
            "prompt": np.array([[prompt]], dtype=object),
            "negative_prompt": np.array([[""]], dtype=object),
            "mask": mask[None],
            "guidance": np.array([guidance], np.float32),
        })[0][0, 0])
    return np.round(255 * np.stack(images)).astype(np.uint8)


def seconds(session, data, guidance, count=10):
    """Processor seconds of one image."""
    start = time.process_time()
    draw(session, data.prompts[:count], data.masks[:count], guidance, 0)
    return (time.process_time() - start) / count


def mean_dice(segmenter, images, masks):
    """Mean Dice of each structure between the segmenter's masks of the images and the given masks."""
    values = judges.dice(torch.from_numpy(masks), judges.predict(segmenter, judges.unit(images)))
    return dict(zip(NAMES, np.nanmean(values, axis=0).tolist()))


def mean_auc(classifier, images, wanted):
    """AUC of each label that occurs and does not occur among the images."""
    scores = judges.predict(classifier, judges.unit(images)).numpy()
    return {name: float(roc_auc_score(values, scores[:, k])) for k, (name, values) in enumerate(wanted.items())
            if 0 < values.sum() < len(values)}


def frechet(a, b):
    """Frechet distance (Heusel et al. 2017) between normal fits to two sets of features [N,D]."""
    root = linalg.sqrtm(np.cov(a.T) @ np.cov(b.T)).real
    return float(np.sum((a.mean(0) - b.mean(0)) ** 2) + np.trace(np.cov(a.T) + np.cov(b.T) - 2 * root))


def nearest(images, others):
    """RMSE in grey levels from each image to the nearest of the others, [N]."""
    a, b = (x.reshape(len(x), -1).astype(np.float64) for x in (images, others))
    squares = (a**2).sum(1)[:, None] + (b**2).sum(1)[None] - 2 * a @ b.T
    return np.sqrt(np.maximum(squares, 0).min(axis=1) / a.shape[1])


def make_judges(train, epochs, path=None, seed=7):
    """Segmenter and classifier trained on real images for (segmenter, classifier) epochs, kept in a file if one is named."""
    known = labels(train)
    segmenter, classifier = judges.Segmenter(len(NAMES)), judges.Classifier(len(known), train.images.shape[1])
    if path and Path(path).exists():
        saved = torch.load(path, weights_only=True)
        if saved["labels"] != list(known) or saved["epochs"] != list(epochs) or saved["images"] != len(train):
            raise ValueError(f"{path}: expected judges of this data and these epochs, found others")
        segmenter.load_state_dict(saved["segmenter"])
        classifier.load_state_dict(saved["classifier"])
        return segmenter.eval(), classifier.eval()
    pictures = judges.unit(train.images)
    judges.fit(segmenter, pictures, torch.from_numpy(train.masks).float(), epochs[0], seed)
    judges.fit(classifier, pictures, torch.from_numpy(np.stack(list(known.values()), axis=1)), epochs[1], seed)
    if path:
        torch.save({"labels": list(known), "epochs": list(epochs), "images": len(train),
                    "segmenter": segmenter.state_dict(), "classifier": classifier.state_dict()}, path)
    return segmenter, classifier


def evaluate(session, segmenter, classifier, train, test, guidance, seed=7):
    """Every figure of the model card, as a nested dict, and the sets of images; means are over the test split's cases."""
    wanted = {name: labels(test).get(name, np.zeros(len(test), np.float32)) for name in labels(train)}
    order = np.roll(np.arange(len(test)), 1)
    free = np.full_like(test.masks, UNSPECIFIED)
    figures = {"cases": len(test), "images_of_the_judges": len(train), "guidance": list(guidance)}
    sets = {
        "both": draw(session, test.prompts, test.masks, guidance, seed),
        "mask only": draw(session, [""] * len(test), test.masks, guidance, seed),
        "text only": draw(session, test.prompts, free, guidance, seed),
    }
    figures["dice"] = {
        "real": mean_dice(segmenter, test.images, test.masks),
        "another case's mask": mean_dice(segmenter, test.images, test.masks[order]),
        "both": mean_dice(segmenter, sets["both"], test.masks),
        "mask only": mean_dice(segmenter, sets["mask only"], test.masks),
    }
    figures["auc"] = {"real": mean_auc(classifier, test.images, wanted),
                      **{name: mean_auc(classifier, images, wanted) for name, images in sets.items()}}

    def features(images):
        with torch.no_grad():
            return classifier.body(judges.unit(images)).numpy()

    sample = np.random.default_rng(seed).choice(len(train), len(test), replace=False)
    figures["frechet"] = {"real": frechet(features(train.images[sample]), features(test.images)),
                          **{name: frechet(features(images), features(test.images)) for name, images in sets.items()}}
    near_train, near_test = nearest(sets["text only"], train.images[sample]), nearest(sets["text only"], test.images)
    figures["nearest"] = {
        "to train": float(near_train.mean()), "to test": float(near_test.mean()),
        "nearer to train": float((near_train < near_test).mean()),
        "smallest to any of train": float(nearest(sets["text only"], train.images).min()),
        "real test to train": float(nearest(test.images, train.images[sample]).mean()),
    }
    figures["seconds"] = {
        "(1, 1)": seconds(session, test, (1, 1)), f"({guidance[0]:g}, {guidance[1]:g})": seconds(session, test, guidance)}
    again = draw(session, test.prompts[:50], test.masks[:50], guidance, seed + 1)
    figures["variety"] = {
        "same request, another seed": float(np.sqrt(((again / 1.0 - sets["both"][:50]) ** 2).mean(axis=(1, 2))).mean()),
        "two real images": float(np.sqrt(((test.images / 1.0 - test.images[order]) ** 2).mean(axis=(1, 2))).mean()),
    }
    return figures, sets


def card(figures, model, path):
    """The model card, Markdown; what it says of the training is what the graph itself says."""
    saved = history(model)
    plan, sizes = saved["plan"], {tensor.name: tensor.dims for tensor in model.graph.initializer}
    steps = sizes.pop("solver")[0]
    parameters = sum(math.prod(dims) for dims in sizes.values())

    def table(head, rows):
        return "\n".join(["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
                         + ["| " + " | ".join(row) + " |" for row in rows])

    dice, auc = figures["dice"], figures["auc"]
    seen = [name for name in NAMES if dice["real"][name] >= SEES]
    unseen = [name for name in NAMES if name not in seen]
    dice_rows = [[name, *(f"{column[name]:.3f}" for column in dice.values())] for name in seen]
    dice_rows.append(["mean", *(f"{np.mean([column[name] for name in seen]):.3f}" for column in dice.values())])
    blind = ("" if not unseen else f"\nNot measured: {', '.join(unseen)}. This segmenter does not find them on real images either (Dice "
             f"{max(dice['real'][name] for name in unseen):.2f} at most), so it cannot tell whether generated ones follow the mask.\n")
    auc_rows = [[name, *(f"{column[name]:.3f}" for column in auc.values())] for name in auc["real"]]
    auc_rows.append(["mean", *(f"{np.mean(list(column.values())):.3f}" for column in auc.values())])
    weak = sorted(auc["real"], key=lambda name: auc["real"][name] - auc["both"][name])[-5:][::-1]
    chance = [name for name in auc["real"] if auc["both"][name] < CHANCE]
    near, variety = figures["nearest"], figures["variety"]
    text, mask = figures["guidance"]
    return f"""# sampler, version 1

Draws 64 x 64 frontal chest radiographs of the procedural phantom for a prompt, masks, both or neither. For trying and
testing Synthray; not for any clinical use, and not a model of real patients: it has never seen a real radiograph.

- **Data**: {saved["images"]} train images of the procedural phantom (`imaging`), no real patient. The {figures["cases"]}
  test cases below are of other phantom patients.
- **Network**: U-Net in pixel space on 2 x 2 pixel-unshuffled images, {parameters:,} parameters, v-prediction, cosine
  schedule; prompts through a phrase convolution, masks as channels, classifier-free guidance for text and mask apart.
- **Training**: {plan["steps"]} steps of {plan["batch"]} images, AdamW at {plan["rate"]:g}, weights averaged ({plan["average"]}),
  seed {plan["seed"]}, single precision on one CPU thread, {saved["seconds"] / 60:.0f} minutes (on a machine shared with
  other work). The commands are in [triton/README.md](../../README.md#train).
- **Sampling**: {steps} steps of DPM-Solver++(2M) inside the graph. Of the three guidance terms only those with a weight
  are computed: guidance (1, 1) costs one network evaluation a step, (g, 1) two, others three. One image takes
  {" and ".join(f"{value:.2f} s at {name}" for name, value in figures["seconds"].items())} of one CPU thread.
- **File**: `1/model.onnx`, {path.stat().st_size / 1e6:.1f} MB, ONNX operator set 20, SHA-256
  `{hashlib.sha256(path.read_bytes()).hexdigest()}`.

## Figures

All from test prompts and masks at guidance ({text:g}, {mask:g}), one image a case, from one run of `training.evaluate`; not
tuned on these cases. *Real* means drawn by the phantom. The judges learned from {figures["images_of_the_judges"]} real train images in
{figures["epochs"][0]} (segmenter) and {figures["epochs"][1]} (classifier) epochs.

Dice between the conditioning mask and what a segmenter finds in the image. *real* is the same segmenter on the real test
images (a ceiling); *another case's mask* is what an image that ignores its mask would get.

{table(["structure", "real", "another case's mask", "mask and text", "mask only"], dice_rows)}
{blind}
Text adherence: AUC of a classifier for what the prompt asks. 0.5 is chance; *real* is the ceiling. With {figures["cases"]} cases a side
of a finding occurs in few of them, so single rows are rough.

{table(["asked for", "real", "mask and text", "mask only (prompt not given)", "text only"], auc_rows)}

Frechet distance of the classifier's features to the real test images (lower is nearer; the first is the floor, as many
real train images; rough, as 64 features are fitted to {figures["cases"]} images): {"; ".join(f"{name} {value:.2f}" for name, value in figures["frechet"].items())}.

Memory: RMSE in grey levels from a text-only image to the nearest of {figures["cases"]} train images is
{near["to train"]:.1f}, to the nearest of as many test images {near["to test"]:.1f}; {100 * near["nearer to train"]:.0f}% are nearer to
train (far more than half would point to copies). The smallest to any train image is {near["smallest to any of train"]:.1f}. A real test
image is {near["real test to train"]:.1f} from the nearest of those train images.

Variety: two images of one request with different seeds differ by {variety["same request, another seed"]:.1f} grey levels
(RMSE), two real images of different patients by {variety["two real images"]:.1f}.

## Weak points

{"- The prompt does not bring these into the image (AUC with mask and text below " + f"{CHANCE:g}" + "): " + ", ".join(chance) + "." if chance
 else "- Every finding of the table is above chance."}
- Furthest behind real images in the table above: {", ".join(f"{name} ({auc['both'][name]:.2f} against {auc['real'][name]:.2f})" for name in weak)}.
- 64 x 64 pixels: small and thin things (tubes, fractures, ribs, clavicles) are near the limit of what can be drawn.
- Words outside the vocabulary are ignored, and sentences longer than a few findings were never seen.
- The phantom's anatomy is simple; nothing here says how a model does on real radiographs.
"""


def sheet(test, sets, count=10):
    """Rows of real images, masks, and each set's images, side by side."""
    shades = np.array([60, 60, 60, 120, 120])[None, :, None, None]
    masks = np.clip((test.masks[:count] * shades).sum(axis=1), 0, 255)
    rows = [test.images[:count], masks, *(images[:count] for images in sets.values())]
    whole = np.concatenate([np.concatenate(list(row), axis=1) for row in rows]).astype(np.uint8)
    return Image.fromarray(whole).resize((2 * whole.shape[1], 2 * whole.shape[0]), Image.NEAREST)


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--data", required=True, help="image-folder dataset with splits train and test")
    arguments.add_argument("--repository", default="repository", help="Triton model repository")
    arguments.add_argument("--cases", type=int, default=300, help="at most so many test cases")
    arguments.add_argument("--text", type=float, default=2.0, help="guidance scale of the prompt")
    arguments.add_argument("--mask", type=float, default=1.0, help="guidance scale of the mask")
    arguments.add_argument("--epochs", type=int, nargs=2, default=(3, 12), help="of the segmenter, of the classifier")
    arguments.add_argument("--judges", help="file that keeps the judges from one run to the next")
    arguments.add_argument("--sheet", help="PNG to write: real images, masks and samples side by side")
    options = arguments.parse_args()
    torch.set_num_threads(1)
    folder = Path(options.repository) / "sampler"
    path = folder / "1" / "model.onnx"
    try:
        model = onnx.load(path)
        history(model)
        train, test = dataset.read(options.data, "train"), dataset.read(options.data, "test")
        if not train.findings:
            raise ValueError(f"{options.data}: expected columns of findings in index.csv, found none")
        rows = slice(0, options.cases)
        test = dataset.Dataset(test.images[rows], test.masks[rows], test.prompts[rows],
                               {name: values[rows] for name, values in test.findings.items()})
        settings = onnxruntime.SessionOptions()
        settings.intra_op_num_threads = 1
        session = onnxruntime.InferenceSession(path, settings, providers=["CPUExecutionProvider"])
        segmenter, classifier = make_judges(train, options.epochs, options.judges)
    except (OSError, ValueError) as error:
        arguments.exit(2, f"evaluate: {error}\n")
    figures, sets = evaluate(session, segmenter, classifier, train, test, (options.text, options.mask))
    figures["epochs"] = list(options.epochs)
    (folder / "MODEL_CARD.md").write_text(card(figures, model, path), encoding="utf-8")
    if options.sheet:
        sheet(test, sets).save(options.sheet)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
