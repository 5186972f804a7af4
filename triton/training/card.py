"""What is told of a model in Markdown: the card of a checkpoint, and that of an exported sampler with its figures."""

import hashlib
import math
from pathlib import Path

import numpy as np
from onnx import numpy_helper

from training.weights import has_mask_encoder, history, sizes, solver_table, source, temperature

SEES = 0.5
"""The Dice on real images from which a segmenter's word on a structure counts."""

CHANCE = 0.65
"""The AUC below which a finding is said not to be drawn."""

VARIED = 0.9
"""The share of real images' coverage below which images are said to lack variety."""


def beside(checkpoint, saved):
    """Writes the card of a checkpoint beside it, with the suffix .md; returns its path. The figures come from ``evaluate``."""
    path = Path(checkpoint).with_suffix(".md")
    parameters = sum(value.numel() for value in saved["averaged"].values())
    path.write_text(f"""# {Path(checkpoint).name}

{training(saved)}
- **Network**: {parameters:,} parameters, images of {saved['shape']['size']} x {saved['shape']['size']} pixels.
- **Shown** by this data, and so what an export takes: words {' '.join(saved['seen']['words'])}; structures \
{', '.join(saved['seen']['structures']) or 'none'}.
- **Settings**: {', '.join(f'{name} {setting(value)}' for name, value in saved['plan'].items())}.

## Figures

Fidelity, obedience and privacy are not measured yet: `models export` makes a model of this file, and `models evaluate` writes its
MODEL_CARD.md with them.
""", encoding="utf-8")
    return path


def setting(value):
    """A plan's setting in words; shares that nobody gave are equal."""
    return f"{value:g}" if isinstance(value, (int, float)) else value or "equal"


def training(told):
    """Data and training, two items of a list, from what a checkpoint or a graph says of itself."""
    plan, learned = told["plan"], source(told)
    begun = f"weights {learned['from'][:12]}" if learned["from"] else "random weights"
    threads = told.get("threads")  # Not in files from before it was kept.
    by = f", {threads} CPU thread{'s' if threads > 1 else ''}" if threads else ""
    return f"""- **Data**: {', '.join(learned['data'])}: train split{'s' if len(learned['data']) > 1 else ''} only.
- **Training**: from {begun}, {plan['steps']} steps of {plan['batch']} images, AdamW at {plan['rate']:g}, weights averaged
  ({plan['average']}), seed {plan['seed']}{by}, {told['seconds'] / 60:.0f} minutes."""


def network(model, told):
    """What the network is, from the graph."""
    parameters, _ = sizes(model)
    size = model.graph.input[0].type.tensor_type.shape.dim[-1].dim_value
    masks = "through an encoder" if has_mask_encoder(model) else "as further channels"
    shifted = "" if size == 64 else f" shifted for {size} pixels"
    return (f"- **Network**: U-Net in pixel space, {parameters:,} parameters, on 2 x 2 pixel-unshuffled images, v-prediction, cosine "
            f"schedule{shifted}; prompts\n  through a phrase convolution, masks {masks}, classifier-free guidance for text and masks apart.\n"
            f"- **Knows**: words {' '.join(told['words'])}; masks of {', '.join(told['shape']['structures'])}."
            + (f" Of these its data lack {', '.join(told['kept'])}: they are from earlier training." if told.get("kept") else ""))


def times(model):
    """The solver's steps in words: their number and how their times lie, even in the logarithm of the signal-to-noise ratio or, in
    earlier exports, to a power."""
    rows = numpy_helper.to_array(solver_table(model)).astype(float)
    gaps = np.diff(np.log(rows[:, 1] / rows[:, 2]))
    if np.allclose(gaps, gaps.mean(), rtol=0.01):
        spaced = "times even in log-SNR"
    else:
        spaced = f"times to the power {math.log(rows[1, 0] / rows[0, 0]) / math.log(1 - 1 / len(rows)):.3g}"
    warmth = temperature(model)
    cooled = f", from noise of deviation {warmth:.3g}," if warmth != 1 else ""
    return f"{len(rows)} steps of DPM-Solver++(2M) at {spaced}{cooled}"


def table(head, rows):
    return "\n".join(["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
                     + ["| " + " | ".join(row) + " |" for row in rows])


def wilson(share, count):
    """95% interval of a share of ``count`` independent images (Wilson 1927)."""
    z, spread = 1.96, 1 + 1.96**2 / count
    middle = (share + z**2 / (2 * count)) / spread
    reach = z / spread * math.sqrt(share * (1 - share) / count + z**2 / (4 * count**2))
    return middle - reach, middle + reach


def _agreement(found):
    low, high = wilson(found.agreement, found.images)
    return f"{found.auc:.3f}, {found.agreement:.1%} ({100 * low:.1f} to {100 * high:.1f})"


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
        rows = [[label, *(_agreement(columns[name][label]) for name in columns)] for label in columns["real"]]
        text.append("Labels: AUC of a classifier for what the prompt asks, and the share of images on which it agrees at 0.5 (95% "
                    "interval). 0.5 is chance for the AUC.\n")
        text.append(table(["asked for", *columns], rows) + "\n")
    rows = [[made, f"{f['kid'].value:.4f} ({f['kid'].interval[0]:.4f} to {f['kid'].interval[1]:.4f})",
             "too few images" if f["frechet"] is None else f"{f['frechet']:.3f}",
             *(f"{f[key].value:.3f} ± {f[key].error:.3f}" for key in ("precision", "recall", "density", "coverage")),
             f"{f['share'].value:.3f} ({f['share'].interval[0]:.3f} to {f['share'].interval[1]:.3f})" if "share" in f else ""]
            for made, f in figures["fidelity"].items()]
    text.append("Fidelity against the held-out images, in the embedder's features; k = 5, ± one standard error. The first row is as "
                "many real train images; the last column is coverage divided by that row's (95% interval).\n")
    text.append(table(["images", "KID (95% interval)", "Frechet distance", "precision", "recall", "density", "coverage",
                       "of real images' coverage"], rows) + "\n")
    rows = [[made, f"{f['made']:.2f}", f"{f['held out']:.2f}", f"{f['threshold']:.2f}",
             f"{f['near copies'].value:.1%} ± {f['near copies'].error:.1%}"] for made, f in figures["privacy"].items()]
    text.append(f"Privacy: distance to the nearest of the {figures['shown']} images that the model was trained on. A near-copy is nearer "
                "than the 5th percentile\nof the held-out images' distances, so that 5% is what images of other patients have.\n")
    text.append(table(["images", "made", "held out", "threshold", "near-copies"], rows) + "\n")
    return "\n".join(text)


def weaknesses(parts):
    """What the tables say against the model, a line each."""
    lines = []
    for name, figures in parts.items():
        if figures.get("unlike"):
            lines.append(f"- {name}: {figures['unlike']}; what is said of privacy is not of the images that the model has seen.")
        drawn = figures.get("adherence", {}).get("text only", {})
        missed = [label for label, found in drawn.items() if found.auc < CHANCE]
        if missed:
            lines.append(f"- {name}: the prompt alone does not bring these into the image (AUC below {CHANCE:g}): {', '.join(missed)}.")
        for made, f in figures["fidelity"].items():
            if "share" in f and f["share"].interval[1] < VARIED:
                lines.append(f"- {name}, {made}: less variety than real images have, {f['share'].value:.0%} of their coverage.")
        copies = {made: f["near copies"] for made, f in figures["privacy"].items() if f["near copies"].interval[0] > 0.05}
        for made, found in copies.items():
            lines.append(f"- {name}, {made}: {found.value:.0%} near-copies of train images, more than the 5% of unseen patients.")
    return "\n".join(lines) or "- None that the tables show."


def model_card(parts, guidance, model, path, measured, about, note=""):
    """The card of an exported sampler.

    parts: name of a data set -> figures; path: its model.onnx, whose folders name model and version; measured: how, in words;
    about: first sentence; note: what else is to be known of the figures. What is said of the training is what the graph says.
    """
    told = history(model)
    size = model.graph.input[0].type.tensor_type.shape.dim[-1].dim_value
    seconds = next(iter(parts.values()))["seconds"]
    sections = "\n".join(section(name, figures) for name, figures in parts.items())
    return f"""# {path.parents[1].name}, version {path.parent.name}

{about} Draws {size} x {size} frontal chest radiographs for a prompt, masks, both or neither. For research on training sets; not
for any clinical use.

{training(told)}
{network(model, told)}
- **Sampling**: {times(model)} inside the graph. Guidance (1, 1) costs one network evaluation a step, (g, 1) two,
  others three: {', '.join(f'{value:.2f} s at ({text:g}, {mask:g})' for (text, mask), value in seconds.items())} of one CPU thread an image.
- **File**: `{path.parent.name}/model.onnx`, {path.stat().st_size / 1e6:.1f} MB, SHA-256 `{hashlib.sha256(path.read_bytes()).hexdigest()}`.

## Figures

From `models evaluate` at guidance ({guidance[0]:g}, {guidance[1]:g}), {measured}; judges learned from real train
images only.{' ' + note if note else ''}

{sections}
## Weak points

{weaknesses(parts)}
- Small and thin things are near the limit of what {size} pixels can show.
- Nothing but the words and structures above means anything to it; others are refused.
"""
