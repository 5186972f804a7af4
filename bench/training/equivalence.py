"""Trains each study's network as often as it has repeats, here and in PyTorch, and tests whether the metrics are equivalent: two one-sided Welch tests."""

import argparse
import pathlib
import statistics
import subprocess
import sys

import torch
import yaml
from scipy import stats

import offline
from python_training import train

HERE = pathlib.Path(__file__).parent


def own(study, repeat):
    """Metrics of one trial by the trainer, mean over targets."""
    metrics = offline.result(study, repeat)["metrics"]
    return {m["name"]: m["value"] for m in metrics if m["target"] is None and m["subgroup"] is None}


def equivalent(ours, theirs, margin):
    """P of the hypothesis that the means differ by the margin or more: the larger P of two one-sided tests."""
    lower = stats.ttest_ind([x + margin for x in ours], theirs, equal_var=False, alternative="greater").pvalue
    upper = stats.ttest_ind([x - margin for x in ours], theirs, equal_var=False, alternative="less").pvalue
    return max(lower, upper)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--studies", default="jsrt,pneumoniamnist")
    parser.add_argument("--seeds", type=int, help="trainings of each; the study's repeats")
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
        for seed in range(1, (options.seeds or plan["repeats"]) + 1):
            ours.append(own(study, seed))
            theirs.append(train(plan["model"], plan["dataset"]["side"], len(plan["targets"]), folder, seed))
            print(f"{name}, seed {seed}: " + ", ".join(
                f"{metric} {ours[-1][metric]:.4f}, PyTorch {value:.4f}" for metric, value in theirs[-1].items()), flush=True)
        for metric in theirs[0]:
            a, b = [x[metric] for x in ours], [x[metric] for x in theirs]
            p = equivalent(a, b, options.margin)
            failed |= p >= 0.05
            print(f"{name}, {metric}: {statistics.mean(a):.4f} (sd {statistics.stdev(a):.4f}), PyTorch {statistics.mean(b):.4f} "
                  f"(sd {statistics.stdev(b):.4f}); within {options.margin}: P = {p:.4f}", flush=True)
    sys.exit(int(failed))


if __name__ == "__main__":
    main()
