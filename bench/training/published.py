"""Means of five trainings on published splits, beside the figures that they have to reach."""

import argparse
import pathlib
import statistics
import sys

import offline

HERE = pathlib.Path(__file__).parent
LUNGS = "lungs"
MOST_WAITING = 0.01
"""Share of a training in which the network may wait for images: with less than a hundredth, input is no bottleneck."""
LEAST = {  # metric and target, or the mean over both lungs: least mean
    "pneumoniamnist": {("accuracy", None): 0.854 - 0.01, ("auroc", None): 0.944 - 0.01},
    "jsrt": {("dice", LUNGS): 0.965, ("dice", "heart"): 0.930},
}


def trial(study, repeat, threads):
    result = offline.result(study, repeat, threads)
    figures = {(m["name"], m["target"]): m["value"] for m in result["metrics"] if m["subgroup"] is None}
    if ("dice", "left-lung") in figures:
        figures["dice", LUNGS] = (figures["dice", "left-lung"] + figures["dice", "right-lung"]) / 2
    return figures, result["trainingSeconds"], result["report"]["waitingSeconds"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--studies", default="jsrt,pneumoniamnist")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    failed = False
    for name in options.studies.split(","):
        trials = []
        for seed in range(1, options.seeds + 1):
            figures, seconds, waiting = trial(HERE / f"published-{name}.yaml", seed, options.threads)
            trials.append(figures)
            failed |= waiting > MOST_WAITING * seconds
            print(f"{name}, seed {seed}: " + ", ".join(f"{target or 'mean'} {metric} {figures[metric, target]:.4f}" for metric, target in LEAST[name])
                  + f"; {seconds:.0f} s, of which the network waited {waiting:.1f} s for images", flush=True)
        for (metric, target), least in LEAST[name].items():
            mean = statistics.mean(t[metric, target] for t in trials)
            failed |= mean < least
            print(f"{name}, {target or 'mean'} {metric}: {mean:.4f} over {len(trials)} seeds, at least {least:.3f}: {'yes' if mean >= least else 'NO'}", flush=True)
    sys.exit(int(failed))


if __name__ == "__main__":
    main()
