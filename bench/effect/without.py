"""Dice of trials without some test images, for ``synthray stats``: ``without.py RESULTS.json IDS.txt ARM...``.

RESULTS is what ``synthray report STUDY --json`` prints; the ids stand one a line. Columns: arm, metric, repeat, value, as in results.csv:
``dice`` is the mean over structures, ``dice:STRUCTURE`` one structure's.
"""

import csv
import hashlib
import json
import sys
from collections import defaultdict
from pathlib import Path
from urllib.parse import unquote, urlparse


def digest(image):
    """How results name a case."""
    return hashlib.sha256(image.encode()).hexdigest()[:16]


def dice(table, left_out):
    """Mean over cases of each structure, of a trial's table of predictions."""
    values = defaultdict(list)
    with open(table, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["case"] not in left_out:
                values[row["target"]].append(float(row["value"]))
    return {structure: sum(found) / len(found) for structure, found in values.items()}


def main():
    results = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    left_out = {digest(image) for image in Path(sys.argv[2]).read_text(encoding="utf-8").split()}
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["arm", "metric", "repeat", "value"])
    for trial in results["trials"]:
        if trial["arm"] in sys.argv[3:]:
            table = unquote(urlparse(trial["predictions"]).path)
            found = dice(table, left_out)
            writer.writerow([trial["arm"], "dice", trial["repeat"], repr(sum(found.values()) / len(found))])
            for structure, value in found.items():
                writer.writerow([trial["arm"], f"dice:{structure}", trial["repeat"], repr(value)])


if __name__ == "__main__":
    main()
