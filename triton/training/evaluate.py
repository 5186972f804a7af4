"""Measures an exported sampler and writes its model card: ``python -m training.evaluate --model DIR --data PATH...``.

Images are drawn with ONNX Runtime from the exported graph, for prompts and for moved masks of held-out cases, which the
denoiser has not seen. A segmenter and a classifier that learned from real images of the train split alone judge them, and
an embedder's features say how like the held-out images they are, and how near to train images.
"""

import argparse
import json
import sys
import time
from dataclasses import dataclass
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
from training.card import model_card
from training.structures import NAMES, UNSPECIFIED
from training.vocabulary import Vocabulary
from training.weights import TRAINING, history, read_model

FEWEST = fidelity.NEIGHBOURS + 2
"""Images of which each has all its neighbours, and one may be missed for a standard error."""

EMBEDDER = str(Path(__file__).parents[1] / "repository/embedder/1/model.onnx")
"""The embedder that is shipped, wherever the program is called from."""


class Sampler:
    """An exported graph, its file or bytes; on one CPU thread, as it is served, unless there are to be more."""

    def __init__(self, model, threads=1):
        settings = onnxruntime.SessionOptions()
        settings.intra_op_num_threads = threads
        self.session = onnxruntime.InferenceSession(model, settings, providers=["CPUExecutionProvider"])
        mask = next(tensor for tensor in self.session.get_inputs() if tensor.name == "mask")
        self.size = mask.shape[-1]
        told = json.loads(self.session.get_modelmeta().custom_metadata_map.get(TRAINING, "{}"))
        self.structures = told.get("shape", {}).get("structures") or NAMES[: mask.shape[1]]

    def planes(self, masks):
        """The model's planes of masks [N,K,H,W] of every structure; one that is no structure is open."""
        known = [masks[:, NAMES.index(name)] if name in NAMES else np.full_like(masks[:, 0], UNSPECIFIED) for name in self.structures]
        return np.stack(known, axis=1)

    def draw(self, prompts, masks, guidance, seed, first=0, batch=1):
        """Images uint8 [N,H,W] for N prompts and uint8 masks [N,K,H,W] under one guidance (text, mask).

        Noise depends on the seed and the number of the case alone, which is ``first`` for the first of them.
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
                "mask": self.planes(masks[at : at + batch]),
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
    """An embedder as ONNX: image [B,1,H,W] in 0..1 -> embedding [B,D]; on one CPU thread unless there are to be more."""

    def __init__(self, path, threads=1):
        settings = onnxruntime.SessionOptions()
        settings.intra_op_num_threads = threads
        self.session = onnxruntime.InferenceSession(path, settings, providers=["CPUExecutionProvider"])

    def of(self, images, batch=64):
        """Features [N,D] of uint8 images [N,H,W], as float64."""
        return np.concatenate([
            self.session.run(None, {"image": images[i : i + batch, None].astype(np.float32) / 255})[0]
            for i in range(0, len(images), batch)]).astype(np.float64)


def mean_dice(segmenter, structures, images, masks):
    """Mean Dice by structure, of those that occur, between the segmenter's masks of the images and the given masks."""
    values = judges.dice(masks[:, structures], judges.predict(segmenter, images))
    return {NAMES[k]: float(np.nanmean(column)) for k, column in zip(structures, values.T) if not np.isnan(column).all()}


@dataclass(frozen=True)
class Adherence:
    """How a classifier's scores of so many images fit a label: AUC, and share that agrees at 0.5."""

    auc: float
    agreement: float
    images: int


def adherence(classifier, names, images, wanted):
    """Adherence to each label that occurs and does not occur among the wanted, by name."""
    scores = judges.predict(classifier, images)
    return {name: Adherence(float(roc_auc_score(wanted[name], scores[:, k])),
                            float(((scores[:, k] > 0) == (wanted[name] > 0)).mean()), len(images))
            for k, name in enumerate(names) if 0 < wanted[name].sum() < len(images)}


def pictures(sampler, held_out, masked, guidance, seed):
    """One image a held-out case in each way of asking, way -> uint8 [N,H,W], and the moved masks that were asked for."""
    masks = moved(held_out.masks, np.random.default_rng(seed)) if masked else None
    free = np.full((len(held_out), len(NAMES), sampler.size, sampler.size), UNSPECIFIED, np.uint8)
    sets = {}
    if masked:
        sets["text and masks"] = sampler.draw(held_out.prompts, masks, guidance, seed)
        sets["masks only"] = sampler.draw([""] * len(held_out), masks, guidance, seed)
    sets["text only"] = sampler.draw(held_out.prompts, free, guidance, seed)
    return sets, masks


def compared(real, baselines, made):
    """Fidelity figures of draws, a list of features each: means over the draws, with the mean of their errors.

    ``share`` is coverage divided by that of the baselines, as many real images each.
    """
    found = [fidelity.compare(real, features) for features in made]
    mean = {name: None if found[0][name] is None else float(np.mean([one[name] for one in found])) if name == "frechet"
            else fidelity.Estimate(float(np.mean([one[name].value for one in found])), float(np.mean([one[name].error for one in found])))
            for name in found[0]}
    covered = [np.mean([fidelity.covered(real, features) for features in sets], axis=0) for sets in (made, baselines)]
    return mean if made is baselines or not covered[1].any() else {**mean, "share": fidelity.ratio(*covered)}


def evaluate(sampler, features, train, held_out, guidance, steps, seed=7, draws=1, shown=None):
    """Figures of one data set as a dict, and the sets of images of the first draw.

    train: what the judges learn from; shown: the images that the model has seen, those unless given; steps: of the segmenter, of the
    classifier. A draw is an image a held-out case in each way of asking; the n-th has the seed + n.
    """
    structures = [k for k, name in enumerate(NAMES) if name in sampler.structures and (train.masks[:, k] == 1).any()]
    shown = train if shown is None else shown
    figures = {"train": len(train), "held out": len(held_out), "shown": len(shown), "images": draws * len(held_out)}
    drawn = [pictures(sampler, held_out, bool(structures), guidance, seed + n) for n in range(draws)]
    ways = list(drawn[0][0])
    everything = {way: np.concatenate([sets[way] for sets, _ in drawn]) for way in ways}
    if structures:
        masks = np.concatenate([masks for _, masks in drawn])
        segmenter = judges.fit_segmenter(train, structures, steps[0], seed)
        figures["dice"] = {
            "real": mean_dice(segmenter, structures, held_out.images, held_out.masks),
            "another case's mask": mean_dice(segmenter, structures, held_out.images, np.roll(held_out.masks, 1, axis=0)),
            **{way: mean_dice(segmenter, structures, everything[way], masks) for way in ways if way != "text only"}}
    known = dataset.labels(train)
    if known:
        wanted = {name: dataset.labels(held_out).get(name, np.zeros(len(held_out), np.float32)) for name in known}
        often = {name: np.tile(values, draws) for name, values in wanted.items()}
        classifier = judges.fit_classifier(train, known, steps[1], seed)
        figures["adherence"] = {"real": adherence(classifier, list(known), held_out.images, wanted),
                                **{way: adherence(classifier, list(known), everything[way], often) for way in ways}}
    of_train, of_held_out, of_shown = (features.of(part.images) for part in (train, held_out, shown))
    count = min(len(train), len(held_out))
    baselines = [of_train[np.random.default_rng(seed + n).choice(len(train), count, replace=False)] for n in range(draws)]
    figures["fidelity"], figures["privacy"] = {"train images": compared(of_held_out, baselines, baselines)}, {}
    for way in ways:
        made = [features.of(sets[way]) for sets, _ in drawn]
        figures["fidelity"][way] = compared(of_held_out, baselines, made)
        figures["privacy"][way] = fidelity.privacy(of_shown, of_held_out, np.concatenate(made))
    figures["seconds"] = {name: sampler.seconds(held_out, name) for name in ((1, 1), tuple(guidance))}
    return figures, drawn[0][0]


def unlike(told, path, part):
    """What speaks against the model having been trained on this data set, None where nothing does.

    A graph from before it had the data's digests is asked for numbers of images alone.
    """
    if "data" in told:
        same = part.digest() in told["data"]
    else:
        counts = [entry.rsplit("(", 1)[-1].rstrip(")") for entry in told["source"]["data"]]
        same = str(len(part)) in counts or len(part) == told["images"]
    named = ", ".join(told["source"]["data"])
    return None if same else (f"expected what the model was trained on ({named}; with its --view and --cases), found "
                              f"{len(part)} other images or prompts in {Path(path).name}")


def sheet(held_out, sets, count=10):
    """Rows of real images, masks, and each set's images, side by side."""
    shades = np.array([60, 60, 60, 120, 120, 40, 90, 90])[None, :, None, None]
    masks = np.clip(((held_out.masks[:count] == 1) * shades).sum(axis=1), 0, 255)
    rows = [held_out.images[:count], masks, *(images[:count] for images in sets.values())]
    return Image.fromarray(np.concatenate([np.concatenate(list(row), axis=1) for row in rows]).astype(np.uint8))


def arguments():
    parser = argparse.ArgumentParser(prog="models evaluate", description=__doc__)
    parser.add_argument("--model", required=True, help="folder of the model in a Triton repository")
    parser.add_argument("--version", type=int, default=1, help="which version of it; of a study's own generators, the repeat")
    parser.add_argument("--data", required=True, nargs="+", help="data sets whose train splits the model has seen")
    parser.add_argument("--cases", help="text file of image ids, one a line: the only ones that the model has seen; judges learn from all")
    parser.add_argument("--split", default="test", help="the held-out split")
    parser.add_argument("--images", type=int, default=300, help="at most so many held-out cases of each data set")
    parser.add_argument("--draws", type=int, default=1, help="images of each case, the seed one higher for each")
    parser.add_argument("--text", type=float, default=2.0, help="guidance scale of the prompt")
    parser.add_argument("--mask", type=float, default=1.5, help="guidance scale of the masks")
    parser.add_argument("--view", help="words before the findings where a folder has no prompts")
    parser.add_argument("--steps", type=int, nargs=2, default=(600, 1500), help="of the segmenter, of the classifier")
    parser.add_argument("--embedder", default=EMBEDDER)
    parser.add_argument("--about", default="", help="first sentence of the card")
    parser.add_argument("--note", default="", help="sentence of the card about its figures")
    parser.add_argument("--card", help="file to write; MODEL_CARD.md of the model, or MODEL_CARD.N.md of version N, unless given")
    parser.add_argument("--sheets", help="folder for PNGs: real images, masks and samples side by side")
    return parser


def require_enough(path, splits):
    """Raises ValueError, naming data set and split, where a split (name -> images) has too few for figures of neighbours."""
    for split, part in splits.items():
        if len(part) < FEWEST:
            raise ValueError(f"{path}: expected at least {FEWEST} images of split {split}, found {len(part)}")


def measured(options, source, sampler, features, told):
    """Figures of the data set ``source``, with what speaks against the model having seen it."""
    cases = set(Path(options.cases).read_text(encoding="utf-8").split()) if options.cases else None
    train = dataset.read(source, "train", sampler.size, options.view)
    shown = train if cases is None else dataset.read(source, "train", sampler.size, options.view, cases)
    held_out = dataset.read(source, options.split, sampler.size, options.view)
    held_out = held_out.at(np.arange(min(options.images, len(held_out))))
    require_enough(source, {"train": train, options.split: held_out})
    dataset.require_words(source, held_out, Vocabulary(told["words"]))
    against = unlike(told, source, shown)
    if against:
        print(f"evaluate: {source}: {against}", file=sys.stderr, flush=True)
    guidance = options.text, options.mask
    figures, sets = evaluate(sampler, features, train, held_out, guidance, options.steps, draws=options.draws, shown=shown)
    if options.sheets:
        Path(options.sheets).mkdir(parents=True, exist_ok=True)
        sheet(held_out, sets).save(Path(options.sheets) / f"{Path(source).stem}.png")
    return {**figures, "unlike": against}


def run(options):
    """Measures what the options name and writes the card; returns its text.

    Raises OSError or ValueError where something cannot be used.
    """
    for name in ("version", "images", "draws"):
        if getattr(options, name) < 1:
            raise ValueError(f"--{name}: expected 1 or more, found {getattr(options, name)}")
    if min(options.steps) < 1:
        raise ValueError(f"--steps: expected 1 or more of each, found {min(options.steps)}")
    folder = Path(options.model)
    path = folder / str(options.version) / "model.onnx"
    model = read_model(path)
    told, sampler, features = history(model), Sampler(path), Features(options.embedder)
    parts = {Path(source).stem: measured(options, source, sampler, features, told) for source in options.data}
    how = f"{options.draws} image{'s' if options.draws > 1 else ''} a case of the split {options.split}"
    text = model_card(parts, (options.text, options.mask), model, path, how, options.about, options.note)
    own = "MODEL_CARD.md" if options.version == 1 else f"MODEL_CARD.{options.version}.md"
    Path(options.card or folder / own).write_text(text, encoding="utf-8")
    return text


def main():
    parser = arguments()
    options = parser.parse_args()
    torch.set_num_threads(1)
    try:
        print(run(options))
    except (OSError, ValueError) as error:
        parser.exit(2, f"evaluate: {error}\n")


if __name__ == "__main__":
    main()
