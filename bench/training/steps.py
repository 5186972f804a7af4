"""Lets both make steps in turn and prints the median of the ratios of neighbours."""

import argparse
import pathlib
import statistics
import subprocess
import sys

SHAPES = {  # side, width, depth, batch size
    "unet": (64, 16, 3, 8),
    "small-cnn": (64, 16, 4, 16),
    "resnet-18": (28, 64, 2, 32),
}

MOST = 1.05
"""Times PyTorch's time that a step may take."""


class Side:
    def __init__(self, command):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def seconds(self, steps):
        self.process.stdin.write(f"{steps}\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            sys.exit(f"{self.process.args[0]} ended with {self.process.wait()}")
        return float(answer)

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def compare(name, rounds, steps, threads, java):
    arguments = [name, *map(str, SHAPES[name]), str(threads)]
    ours = Side([*java, *arguments])
    theirs = Side([sys.executable, str(pathlib.Path(__file__).with_name("python_steps.py")), *arguments])
    for side in (ours, theirs):  # just-in-time compilers and allocators
        side.seconds(max(5, steps // 2))
    ratios, own, other = [], [], []
    for turn in range(rounds):
        if turn % 2:
            b = theirs.seconds(steps)
            a = ours.seconds(steps)
        else:
            a = ours.seconds(steps)
            b = theirs.seconds(steps)
        ratios.append(a / b)
        own.append(1000 * a / steps)
        other.append(1000 * b / steps)
    ours.close()
    theirs.close()
    low, _, high = statistics.quantiles(ratios, n=4) if rounds > 2 else (min(ratios), 0, max(ratios))
    ratio = statistics.median(ratios)
    print(f"{name}: {statistics.median(own):.1f} ms a step, PyTorch {statistics.median(other):.1f} ms; "
          f"ratio {ratio:.3f} (quartiles {low:.3f} to {high:.3f}, {rounds} pairs), at most {MOST}: {'yes' if ratio <= MOST else 'NO'}",
          flush=True)
    return ratio <= MOST


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--steps", type=int, default=30)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--networks", default=",".join(SHAPES))
    parser.add_argument("java", nargs="+")
    options = parser.parse_args()
    met = True
    for name in options.networks.split(","):
        steps = max(3, options.steps // 10) if name == "resnet-18" else options.steps
        met &= compare(name, options.rounds, steps, options.threads, options.java)
    sys.exit(int(not met))


if __name__ == "__main__":
    main()
