"""Dice of lungs, heart and clavicles of trials, for ``synthray stats``: ``regions.py RESULTS.csv ARM...``.

RESULTS has the columns arm, metric, repeat, value, with a metric ``dice:STRUCTURE`` for each structure, as results.csv; so has what is printed, with
``dice`` (the mean over structures) and a metric for each region, the mean of its structures.
"""

import csv
import sys
from collections import defaultdict

REGIONS = {"lungs": ("left-lung", "right-lung"), "heart": ("heart",), "clavicles": ("left-clavicle", "right-clavicle")}


def main():
    values = defaultdict(dict)
    with open(sys.argv[1], newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["arm"] in sys.argv[2:]:
                values[row["arm"], int(row["repeat"])][row["metric"]] = float(row["value"])
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["arm", "metric", "repeat", "value"])
    for (arm, repeat), found in values.items():
        writer.writerow([arm, "dice", repeat, repr(found["dice"])])
        for region, structures in REGIONS.items():
            writer.writerow([arm, f"dice:{region}", repeat, repr(sum(found[f"dice:{name}"] for name in structures) / len(structures))])


if __name__ == "__main__":
    main()
