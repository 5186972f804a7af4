#!/usr/bin/env python3
"""Reference values of the paired one-tailed t test and its interval, from SciPy.

Usage: paired_t_test.py > ../resources/io/synthray/evaluator/statistics/scipy-paired-t-test.json
Needs numpy and scipy (the values in the repository are from the versions named in the file itself).
"""

import json
import sys

import numpy
import scipy
from scipy import stats


def case(name, arm, reference, margin=0.0):
    arm, reference = numpy.asarray(arm), numpy.asarray(reference)
    # arm - reference > -margin is arm > reference - margin.
    test = stats.ttest_rel(arm, reference - margin, alternative="greater")
    difference = arm - reference
    error = stats.sem(difference)
    low, high = stats.t.interval(0.95, len(arm) - 1, loc=difference.mean(), scale=error)
    return {
        "name": name,
        "arm": arm.tolist(),
        "reference": reference.tolist(),
        "margin": margin,
        "meanDifference": float(difference.mean()),
        "standardError": float(error),
        "df": len(arm) - 1,
        "t": float(test.statistic),
        "p": float(test.pvalue),
        "ciLow": float(low),
        "ciHigh": float(high),
    }


def main():
    random = numpy.random.default_rng(20241127)
    cases = [
        case("two pairs", [0.91, 0.93], [0.88, 0.885]),
        case("three pairs", [0.926, 0.931, 0.919], [0.888, 0.902, 0.871]),
        case("worse arm", [0.80, 0.79, 0.83, 0.81], [0.85, 0.84, 0.86, 0.83]),
        case("no difference in the mean", [0.5, 0.7, 0.6], [0.6, 0.6, 0.6]),
        case("strong evidence", [0.9, 0.901, 0.902, 0.899, 0.9005], [0.5, 0.5, 0.5, 0.5, 0.5]),
        case("non-inferior within 0.02", [0.90, 0.912, 0.905, 0.897], [0.905, 0.91, 0.911, 0.90], 0.02),
    ]
    for n in (3, 10, 40):
        reference = random.uniform(0.6, 0.9, n)
        cases.append(case(f"{n} random pairs", reference + random.normal(0.01, 0.03, n), reference))
        cases.append(case(f"{n} random pairs with a margin", reference + random.normal(-0.01, 0.02, n), reference, 0.03))
    source = f"scipy {scipy.__version__} (ttest_rel alternative='greater', sem, t.interval), numpy {numpy.__version__}"
    json.dump({"source": source, "cases": cases}, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
