"""Finds the fewest solver steps that are as good as a hundred: ``python -m training.steps --model DIR --data DIR``.

For each number of steps it draws images from the same noise, prompts and masks (of train cases), and takes their kernel
inception distance to held-out images. The answer is the smallest number whose distance, and that of every larger number
tried, lies within the 95% interval of the distance at a hundred. What is drawn is kept, so that a run can be interrupted.

With ``--set N`` nothing is measured: the model and its configuration get N steps, at today's times of the solver.
"""

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from training import data as dataset
from training import fidelity
from training.diffusion import solver
from training.evaluate import EMBEDDER, Features, Sampler
from training.export import place
from training.vocabulary import Vocabulary
from training.weights import history, read_model, solver_table

BEST = 100


def with_steps(model, steps):
    """The model with another number of solver steps. A file exported before the table had its last column keeps the columns it has."""
    changed = onnx.ModelProto()
    changed.CopyFrom(model)
    size = model.graph.input[0].type.tensor_type.shape.dim[-1].dim_value
    table = solver_table(changed)
    table.CopyFrom(numpy_helper.from_array(solver(steps, size)[:, : table.dims[1]].numpy(), "solver"))
    return changed


def set_steps(folder, steps):
    """Gives the first version of a Triton model another number of steps."""
    model = with_steps(read_model(folder / "1" / "model.onnx"), steps)
    place(model, folder, (folder / "config.pbtxt").read_text(encoding="utf-8"), {"steps": str(steps)})


def drawn_from(data, embedder, guidance, seed):
    """SHA-256 of what features depend on beside the graph: cases, embedder (its file), guidance and seed; hexadecimal."""
    settings = json.dumps([data.digest(), hashlib.sha256(Path(embedder).read_bytes()).hexdigest(), list(map(float, guidance)), seed])
    return hashlib.sha256(settings.encode("utf-8")).hexdigest()


def features_of(model, steps, data, features, guidance, seed, cache, origin, threads, batch=10):
    """Features [N,D] of one image a case, from the cache as far as they are there.

    A file of the cache is named by its steps and by a hash of the graph, which holds weights, steps and times, and of ``origin``.
    """
    graph = with_steps(model, steps).SerializeToString(deterministic=True)
    path = cache / f"steps-{steps}-{hashlib.sha256(graph + origin.encode('utf-8')).hexdigest()[:16]}.npy"
    done = np.load(path) if path.exists() else []
    if len(done) >= len(data):
        return done[: len(data)]
    sampler = Sampler(graph, threads)
    while len(done) < len(data):
        part = slice(len(done), len(done) + batch)
        made = features.of(sampler.draw(data.prompts[part], data.masks[part], guidance, seed, len(done), batch))
        done = np.concatenate([done, made]) if len(done) else made
        if len(done) % 100 < batch or len(done) == len(data):
            temporary = path.with_suffix(".tmp.npy")
            np.save(temporary, done)
            temporary.replace(path)
    return done


def smallest(found):
    """Of {steps: KID}, the smallest number from which on every one lies within the interval of the largest number's."""
    low, high = found[max(found)].interval
    answer = max(found)
    for steps in sorted(found, reverse=True):
        if not low <= found[steps].value <= high:
            break
        answer = steps
    return answer


def main():
    parser = argparse.ArgumentParser(prog="models steps", description=__doc__)
    parser.add_argument("--model", required=True, help="folder of the model in a Triton repository")
    parser.add_argument("--set", type=int, metavar="N", help="write the model with N steps instead of measuring it")
    parser.add_argument("--data", help="data set: prompts and masks of its train split")
    parser.add_argument("--held-out", help="data set of other patients, whose train split is compared with")
    parser.add_argument("--steps", type=int, nargs="+", default=[4, 6, 8, 10, 12, 16, 20, 30, 50])
    parser.add_argument("--samples", type=int, default=5000)
    parser.add_argument("--guidance", type=float, nargs=2, default=(1.0, 1.0))
    parser.add_argument("--embedder", default=EMBEDDER)
    parser.add_argument("--cache", help="folder that keeps what is drawn")
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    missing = [f"--{name}" for name in ("data", "held-out", "cache") if vars(options)[name.replace("-", "_")] is None]
    if options.set is None and missing:
        parser.error(f"expected {', '.join(missing)} or --set, found none")
    try:
        if options.set is not None:
            return set_steps(Path(options.model), options.set)
        model = read_model(Path(options.model) / "1" / "model.onnx")
        size = model.graph.input[0].type.tensor_type.shape.dim[-1].dim_value
        features, cache = Features(options.embedder, options.threads), Path(options.cache)
        cache.mkdir(parents=True, exist_ok=True)
        cases = dataset.read(options.data, "train", size)
        if len(cases) < options.samples:
            raise ValueError(f"{options.data}: expected {options.samples} train cases, found {len(cases)}")
        dataset.require_words(options.data, cases, Vocabulary(history(model)["words"]))
        origin = drawn_from(cases, options.embedder, options.guidance, options.seed)
        cases = cases.at(np.arange(options.samples))
        real = features.of(dataset.read(options.held_out, "train", size).images)
    except (OSError, ValueError) as error:
        parser.exit(2, f"steps: {error}\n")
    found = {}
    for steps in [*options.steps, BEST]:
        made = features_of(model, steps, cases, features, options.guidance, options.seed, cache, origin, options.threads)
        found[steps] = fidelity.kid(real, made)
        low, high = found[steps].interval
        print(json.dumps({"steps": steps, "kid": found[steps].value, "low": low, "high": high}), flush=True)
    print(json.dumps({"smallest": smallest(found)}))


if __name__ == "__main__":
    main()
