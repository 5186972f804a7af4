"""Measures an exported sampler and writes its model card: ``python -m training.evaluate --model DIR --data PATH...``.

Images are drawn with ONNX Runtime from the exported graph, for prompts and for moved masks of held-out cases, which the
denoiser has not seen. A segmenter and a classifier that learned from real images of the train split alone judge them, and
an embedder's features say how like the held-out images they are, and how near to train images.
"""

import argparse
import hashlib
import math
import time
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from PIL import Image
from sklearn.metrics import roc_auc_score

from training import data as dataset
from training import fidelity, judges
from training.augment import moved
from training.structures import NAMES, UNSPECIFIED
from training.weights import history, sizes

SEES = 0.5
"""The Dice on real images from which a segmenter's word on a structure counts."""

CHANCE = 0.65
"""The AUC below which a finding is said not to be drawn."""

EMBEDDER = str(Path(__file__).parents[1] / "repository/embedder/1/model.onnx")
"""The embedder that is shipped, wherever the program is called from."""


class Sampler:
    """An exported graph, its file or bytes; on one CPU thread, as it is served, unless there are to be more."""

    def __init__(self, model, threads=1):
        settings = onnxruntime.SessionOptions()
        settings.intra_op_num_threads = threads
        self.session = onnxruntime.InferenceSession(model, settings, providers=["CPUExecutionProvider"])
        mask = next(tensor for tensor in self.session.get_inputs() if tensor.name == "mask")
        self.structures, self.size = mask.shape[1], mask.shape[-1]

    def draw(self, prompts, masks, guidance, seed, first=0, batch=1):
        """Images uint8 [N,H,W] for N prompts and uint8 masks [N,K,H,W] under one guidance (text, mask).

        Noise depends on the seed and the number of the case alone, which is ``first`` for the first of them. A model of fewer structures
        than there are names has the first of them.
        """
        column = lambda texts: np.array(texts, dtype=object)[:, None]
        images = []
        for at in range(0, len(prompts), batch):
            some = prompts[at : at + batch]
            noise = [np.random.default_rng([seed, first + at + i]).standard_normal((1, self.size, self.size), dtype=np.float32)
                     for i in range(len(some))]
            images.append(self.session.run(["image"], {
                "noise": np.stack(noise),
                "prompt": column(some),
                "negative_prompt": column([""] * len(some)),
                "mask": np.ascontiguousarray(masks[at : at + batch, : self.structures]),
                "guidance": np.full((len(some), 2), guidance, np.float32),
            })[0][:, 0])
        return np.round(255 * np.concatenate(images)).astype(np.uint8)

    def seconds(self, data, guidance, count=5):
        """Processor seconds of one image."""
        self.draw(data.prompts[:1], data.masks[:1], guidance, 0)
        start = time.process_time()
        self.draw(data.prompts[:count], data.masks[:count], guidance, 0)
        return (time.process_time() - start) / count


class Features:
    """An embedder as ONNX: image [B,1,H,W] in 0..1 -> embedding [B,D]."""

    def __init__(self, path):
        self.session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])

    def of(self, images, batch=64):
        """Features [N,D] of uint8 images [N,H,W], as float64."""
        return np.concatenate([
            self.session.run(None, {"image": images[i : i + batch, None].astype(np.float32) / 255})[0]
            for i in range(0, len(images), batch)]).astype(np.float64)


def mean_dice(segmenter, structures, images, masks):
    """Mean Dice by structure, of those that occur, between the segmenter's masks of the images and the given masks."""
    values = judges.dice(masks[:, structures], judges.predict(segmenter, images))
    return {NAMES[k]: float(np.nanmean(column)) for k, column in zip(structures, values.T) if not np.isnan(column).all()}


def adherence(classifier, names, images, wanted):
    """AUC and agreement at 0.5 of each label that occurs and does not occur among the wanted, name -> (AUC, agreement)."""
    scores = judges.predict(classifier, images)
    return {name: (float(roc_auc_score(wanted[name], scores[:, k])), float(((scores[:, k] > 0) == (wanted[name] > 0)).mean()))
            for k, name in enumerate(names) if 0 < wanted[name].sum() < len(images)}


def evaluate(sampler, features, train, held_out, guidance, steps, seed=7):
    """Figures of one data set as a dict, and the sets of images drawn; ``steps`` of the segmenter, of the classifier."""
    random = np.random.default_rng(seed)
    structures = [k for k in range(len(NAMES)) if (train.masks[:, k] == 1).any()]
    free = np.full((len(held_out), len(NAMES), sampler.size, sampler.size), UNSPECIFIED, np.uint8)
    figures, sets = {"train": len(train), "held out": len(held_out)}, {}
    known = dataset.labels(train)
    wanted = {name: dataset.labels(held_out).get(name, np.zeros(len(held_out), np.float32)) for name in known}
    if structures:
        masks = moved(held_out.masks, random)
        sets["text and masks"] = sampler.draw(held_out.prompts, masks, guidance, seed)
        sets["masks only"] = sampler.draw([""] * len(held_out), masks, guidance, seed)
        segmenter = judges.fit_segmenter(train, structures, steps[0], seed)
        figures["dice"] = {
            "real": mean_dice(segmenter, structures, held_out.images, held_out.masks),
            "another case's mask": mean_dice(segmenter, structures, held_out.images, np.roll(held_out.masks, 1, axis=0)),
            **{name: mean_dice(segmenter, structures, images, masks) for name, images in sets.items()}}
    sets["text only"] = sampler.draw(held_out.prompts, free, guidance, seed)
    if known:
        classifier = judges.fit_classifier(train, known, steps[1], seed)
        figures["adherence"] = {"real": adherence(classifier, list(known), held_out.images, wanted),
                                **{name: adherence(classifier, list(known), images, wanted) for name, images in sets.items()}}
    sample = random.choice(len(train), min(len(train), len(held_out)), replace=False)
    of_train, of_held_out = features.of(train.images), features.of(held_out.images)
    figures["fidelity"] = {"train images": fidelity.compare(of_held_out, of_train[sample])}
    figures["privacy"] = {}
    for name, images in sets.items():
        of_made = features.of(images)
        figures["fidelity"][name] = fidelity.compare(of_held_out, of_made)
        figures["privacy"][name] = fidelity.privacy(of_train, of_held_out, of_made)
    figures["seconds"] = {name: sampler.seconds(held_out, name) for name in ((1, 1), tuple(guidance))}
    return figures, sets


def table(head, rows):
    return "\n".join(["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
                     + ["| " + " | ".join(row) + " |" for row in rows])


def section(name, figures):
    """One data set's part of the card."""
    text = [f"### {name}: {figures['train']} train images, {figures['held out']} held-out\n"]
    if "dice" in figures:
        dice = figures["dice"]
        seen = [structure for structure, value in dice["real"].items() if value >= SEES]
        blind = [structure for structure in dice["real"] if structure not in seen]
        rows = [[structure, *(f"{column.get(structure, math.nan):.3f}" for column in dice.values())] for structure in seen]
        text.append("Dice between the conditioning mask (a held-out case's, rotated, scaled, moved and sheared) and what a segmenter "
                    "finds in the image.\n*real* is the same segmenter on real held-out images, a ceiling; *another case's mask* is "
                    "what ignoring the mask would get.\n")
        text.append(table(["structure", *dice], rows) + "\n")
        if blind:
            text.append(f"Not measured: {', '.join(blind)}, which this segmenter does not find on real images either.\n")
    if "adherence" in figures:
        columns = figures["adherence"]
        rows = [[label, *(f"{columns[name][label][0]:.3f} ({columns[name][label][1]:.1%})" for name in columns)]
                for label in columns["real"]]
        text.append("Labels: AUC of a classifier for what the prompt asks (share of images on which it agrees at 0.5). 0.5 is "
                    "chance.\n")
        text.append(table(["asked for", *columns], rows) + "\n")
    rows = [[made, f"{f['kid'].value:.4f} ({f['kid'].interval[0]:.4f} to {f['kid'].interval[1]:.4f})",
             "too few images" if f["frechet"] is None else f"{f['frechet']:.3f}",
             *(f"{f[key].value:.3f} ± {f[key].error:.3f}" for key in ("precision", "recall", "density", "coverage"))]
            for made, f in figures["fidelity"].items()]
    text.append("Fidelity against the held-out images, in the embedder's features; k = 5, ± one standard error. The first row is as "
                "many real train images.\n")
    text.append(table(["images", "KID (95% interval)", "Frechet distance", "precision", "recall", "density", "coverage"], rows) + "\n")
    rows = [[made, f"{f['made']:.2f}", f"{f['held out']:.2f}", f"{f['threshold']:.2f}",
             f"{f['near copies'].value:.1%} ± {f['near copies'].error:.1%}"] for made, f in figures["privacy"].items()]
    text.append("Privacy: distance to the nearest train image. A near-copy is nearer than the 5th percentile of the held-out images' "
                "distances, so that 5% is what images of other patients have.\n")
    text.append(table(["images", "made", "held out", "threshold", "near-copies"], rows) + "\n")
    return "\n".join(text)


def weaknesses(parts):
    """What the tables say against the model, a line each."""
    lines = []
    for name, figures in parts.items():
        drawn = figures.get("adherence", {}).get("text only", {})
        missed = [label for label, (auc, _) in drawn.items() if auc < CHANCE]
        if missed:
            lines.append(f"- {name}: the prompt alone does not bring these into the image (AUC below {CHANCE:g}): {', '.join(missed)}.")
        copies = {made: f["near copies"] for made, f in figures["privacy"].items() if f["near copies"].interval[0] > 0.05}
        for made, found in copies.items():
            lines.append(f"- {name}, {made}: {found.value:.0%} near-copies of train images, more than the 5% of unseen patients.")
    return "\n".join(lines) or "- None that the tables show."


def card(parts, guidance, model, folder, about):
    """The model card, Markdown; what it says of the training is what the graph itself says."""
    path, saved = folder / "1" / "model.onnx", history(model)
    plan, (parameters, steps) = saved["plan"], sizes(model)
    size = model.graph.input[0].type.tensor_type.shape.dim[-1].dim_value
    source, seconds = saved["source"], next(iter(parts.values()))["seconds"]
    begun = f"weights {source['from'][:12]}" if source["from"] else "random weights"
    sections = "\n".join(section(name, figures) for name, figures in parts.items())
    return f"""# {folder.name}, version 1

{about} Draws {size} x {size} frontal chest radiographs for a prompt, masks, both or neither. For research on training sets; not
for any clinical use.

- **Data**: {', '.join(source['data'])}: train splits only.
- **Network**: U-Net in pixel space, {parameters:,} parameters, v-prediction, shifted cosine schedule; prompts through a phrase
  convolution, masks through an encoder, classifier-free guidance for text and masks apart.
- **Training**: from {begun}, {plan['steps']} steps of {plan['batch']} images, AdamW at {plan['rate']:g}, weights averaged
  ({plan['average']}), seed {plan['seed']}, one CPU thread, {saved['seconds'] / 60:.0f} minutes on a machine shared with other work.
- **Sampling**: {steps} steps of DPM-Solver++(2M) inside the graph. Guidance (1, 1) costs one network evaluation a step, (g, 1) two,
  others three: {', '.join(f'{value:.2f} s at ({text:g}, {mask:g})' for (text, mask), value in seconds.items())} of one CPU thread an image.
- **File**: `1/model.onnx`, {path.stat().st_size / 1e6:.1f} MB, SHA-256 `{hashlib.sha256(path.read_bytes()).hexdigest()}`.

## Figures

From one run of `models evaluate` at guidance ({guidance[0]:g}, {guidance[1]:g}), one image a held-out case; judges learned from train
images only.

{sections}
## Weak points

{weaknesses(parts)}
- Small and thin things are near the limit of what {size} pixels can show.
- Only the words of the vocabulary and the structures of its data mean anything to it.
"""


def sheet(held_out, sets, count=10):
    """Rows of real images, masks, and each set's images, side by side."""
    shades = np.array([60, 60, 60, 120, 120, 40, 90, 90])[None, :, None, None]
    masks = np.clip(((held_out.masks[:count] == 1) * shades).sum(axis=1), 0, 255)
    rows = [held_out.images[:count], masks, *(images[:count] for images in sets.values())]
    return Image.fromarray(np.concatenate([np.concatenate(list(row), axis=1) for row in rows]).astype(np.uint8))


def main():
    parser = argparse.ArgumentParser(prog="models evaluate", description=__doc__)
    parser.add_argument("--model", required=True, help="folder of the model in a Triton repository")
    parser.add_argument("--data", required=True, nargs="+", help="data sets whose train splits the model has seen")
    parser.add_argument("--split", default="test", help="the held-out split")
    parser.add_argument("--cases", type=int, default=300, help="at most so many held-out cases of each data set")
    parser.add_argument("--text", type=float, default=2.0, help="guidance scale of the prompt")
    parser.add_argument("--mask", type=float, default=1.5, help="guidance scale of the masks")
    parser.add_argument("--view", help="words before the findings where a folder has no prompts")
    parser.add_argument("--steps", type=int, nargs=2, default=(600, 1500), help="of the segmenter, of the classifier")
    parser.add_argument("--embedder", default=EMBEDDER)
    parser.add_argument("--about", default="", help="first sentence of the card")
    parser.add_argument("--card", help="file to write; MODEL_CARD.md of the model unless given")
    parser.add_argument("--sheets", help="folder for PNGs: real images, masks and samples side by side")
    options = parser.parse_args()
    torch.set_num_threads(1)
    folder, guidance = Path(options.model), (options.text, options.mask)
    parts = {}
    try:
        model = onnx.load(folder / "1" / "model.onnx")
        history(model)
        sampler, features = Sampler(folder / "1" / "model.onnx"), Features(options.embedder)
        for path in options.data:
            name = Path(path).stem
            train = dataset.read(path, "train", sampler.size, options.view)
            held_out = dataset.read(path, options.split, sampler.size, options.view)
            held_out = held_out.at(np.arange(min(options.cases, len(held_out))))
            parts[name], sets = evaluate(sampler, features, train, held_out, guidance, options.steps)
            if options.sheets:
                Path(options.sheets).mkdir(parents=True, exist_ok=True)
                sheet(held_out, sets).save(Path(options.sheets) / f"{name}.png")
        text = card(parts, guidance, model, folder, options.about)
        Path(options.card or folder / "MODEL_CARD.md").write_text(text, encoding="utf-8")
    except (OSError, ValueError) as error:
        parser.exit(2, f"evaluate: {error}\n")
    print(text)


if __name__ == "__main__":
    main()
