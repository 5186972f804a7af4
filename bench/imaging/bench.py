"""Label files and run-lengths: Synthray beside pandas and the usual numpy loop, in turns on the same machine.

usage: bench.py [--rounds N] JAVA_COMMAND...    (run passes the command)
"""

import subprocess
import sys
import time
from pathlib import Path
from statistics import median

import numpy as np
import pandas as pd

LABELS = Path(__file__).resolve().parents[2].parent / "shared/data/labels"
CHEXPERT = LABELS / "chexpert_train.csv.gz"
SIIM = LABELS / "siim-pneumothorax-train-rle.csv.gz"


def numpy_loop(rle, width, height):
    """What SIIM-ACR's mask_functions.py does, in its own words."""
    mask = np.zeros(width * height)
    numbers = np.asarray([int(x) for x in rle.split()])
    position = 0
    for start, length in zip(numbers[0::2], numbers[1::2]):
        position += start
        mask[position:position + length] = 255
        position += length
    return mask.reshape(width, height).T


def main(arguments):
    rounds = 7
    if arguments[0] == "--rounds":
        rounds = int(arguments[1])
        arguments = arguments[2:]
    for file in (CHEXPERT, SIIM):
        if not file.exists():
            sys.exit(f"bench imaging: expected the label file {file}, found none")
    table = pd.read_csv(SIIM)
    texts = [text for text in table.iloc[:, 1].str.strip() if text != "-1"]
    java = subprocess.Popen(
        [*arguments, str(CHEXPERT), str(SIIM)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def synthray(command):
        print(command, file=java.stdin, flush=True)
        seconds, number = java.stdout.readline().split()
        return float(seconds), int(number)

    area = sum(int(np.count_nonzero(numpy_loop(text, 1024, 1024))) for text in texts)

    def pandas_csv():
        began = time.perf_counter()
        rows = len(pd.read_csv(CHEXPERT))
        return time.perf_counter() - began, rows

    def numpy_runs():
        began = time.perf_counter()
        for text in texts:
            numpy_loop(text, 1024, 1024)
        return time.perf_counter() - began, area

    for name, command, other, what in (
            ("parsing CheXpert's train.csv, 223,414 rows", "parse", pandas_csv, "pandas.read_csv"),
            ("listing its cases, paths and labels checked", "csv", pandas_csv, "pandas.read_csv"),
            ("SIIM-ACR's 3,576 run-lengths at 1024 x 1024", "runs", numpy_runs, "numpy loop")):
        ours, theirs = [], []
        for _ in range(rounds):
            seconds, number = synthray(command)
            ours.append(seconds)
            seconds, expected = other()
            theirs.append(seconds)
            if number != expected:
                sys.exit(f"bench imaging: {name}: expected {expected}, found {number}")
        ratios = sorted(mine / other for mine, other in zip(ours, theirs))
        print(f"{name}: Synthray / {what}")
        print(f"  ratio of medians {median(ours) / median(theirs):.2f}, of pairs {ratios[0]:.2f} to {ratios[-1]:.2f},"
              f" of the first pair (cold) {ours[0] / theirs[0]:.2f}")
        print(f"  medians {median(ours):.3f} s and {median(theirs):.3f} s over {rounds} rounds in turns")
    java.stdin.close()
    java.wait()


if __name__ == "__main__":
    main(sys.argv[1:])
