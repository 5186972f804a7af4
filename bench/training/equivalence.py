"""Trains each study's network as often as it has repeats, here and in PyTorch, and tests whether the metrics are equivalent: two one-sided t-tests."""

import argparse
import functools
import pathlib
import statistics
import subprocess
import sys

import torch
import yaml
from scipy import stats

import offline
from python_training import initial, train
from safetensors.torch import save_file

HERE = pathlib.Path(__file__).parent
START_TOGETHER = {"pneumoniamnist"}
"""Studies whose two trainings of a seed begin with the same weights, so that they are compared in pairs: its classifier's accuracy depends on the start
more than the margin allows for. The others begin with random weights of their own."""


def own(study, repeat, started=0):
    """Metrics of one trial by the trainer, mean over targets; ends the program where not as many tensors began with the file of start weights."""
    result = offline.result(study, repeat)
    if result["report"]["startTensors"] != started:
        sys.exit(f"{study.name}: expected {started} tensors from the start weights, found {result['report']['startTensors']}")
    return {m["name"]: m["value"] for m in result["metrics"] if m["target"] is None and m["subgroup"] is None}


def starting(study, plan, seed, start, folder):
    """The study with tensors by name as its start weights, as a file of its own."""
    weights = folder / f"start-{seed}.safetensors"
    save_file(start, weights)
    dataset = {**plan["dataset"], "path": str((study.parent / plan["dataset"]["path"]).resolve())}
    changed = {**plan, "repeats": max(plan["repeats"], seed), "dataset": dataset, "model": {**plan["model"], "start-weights": str(weights.resolve())}}
    file = folder / f"{study.stem}-{seed}.yaml"
    file.write_text(yaml.safe_dump(changed))
    return file


def equivalent(ours, theirs, margin, paired):
    """P of the hypothesis that the means differ by the margin or more: the larger P of two one-sided t-tests, paired or Welch's."""
    test = stats.ttest_rel if paired else functools.partial(stats.ttest_ind, equal_var=False)
    lower = test([x + margin for x in ours], theirs, alternative="greater").pvalue
    upper = test([x - margin for x in ours], theirs, alternative="less").pvalue
    return max(lower, upper)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--studies", default="jsrt,pneumoniamnist")
    parser.add_argument("--seeds", type=int, help="trainings of each; the study's repeats")
    parser.add_argument("--first", type=int, default=1, help="first of the seeds; others than the first five confirm what those have shown")
    parser.add_argument("--margin", type=float, default=0.01)
    parser.add_argument("java", nargs="+")
    options = parser.parse_args()
    torch.set_num_threads(1)
    failed = False
    for name in options.studies.split(","):
        study = HERE / f"equivalence-{name}.yaml"
        plan = yaml.safe_load(study.read_text())
        folder = HERE.parents[1] / ".synthray" / "bench-training" / name
        subprocess.run([*options.java, HERE / "Examples.java", study, folder], check=True)
        ours, theirs = [], []
        paired, outputs = name in START_TOGETHER, len(plan["targets"])
        for seed in range(options.first, options.first + (options.seeds or plan["repeats"])):
            network = initial(plan["model"], outputs, seed)
            start = {key: tensor.contiguous() for key, tensor in network.state_dict().items()} if paired else {}
            ours.append(own(starting(study, plan, seed, start, folder) if paired else study, seed, len(start)))
            theirs.append(train(plan["model"], plan["dataset"]["side"], outputs, network, folder))
            print(f"{name}, seed {seed}: " + ", ".join(
                f"{metric} {ours[-1][metric]:.4f}, PyTorch {value:.4f}" for metric, value in theirs[-1].items()), flush=True)
        for metric in theirs[0]:
            a, b = [x[metric] for x in ours], [x[metric] for x in theirs]
            p = equivalent(a, b, options.margin, paired)
            failed |= p >= 0.05
            print(f"{name}, {metric}: {statistics.mean(a):.4f} (sd {statistics.stdev(a):.4f}), PyTorch {statistics.mean(b):.4f} "
                  f"(sd {statistics.stdev(b):.4f}), difference {statistics.mean(a) - statistics.mean(b):.4f} "
                  f"(sd in pairs {statistics.stdev(x - y for x, y in zip(a, b)):.4f}); within {options.margin}: P = {p:.4f}", flush=True)
    sys.exit(int(failed))


if __name__ == "__main__":
    main()
