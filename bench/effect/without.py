"""Mean results of trials without some test images, for ``synthray stats``: ``without.py RESULTS.json IDS.txt``.

RESULTS is what ``synthray report STUDY --json`` prints; the ids stand one a line. Columns: arm, metric, repeat, value; the metric
is ``dice`` (mean over structures) or ``dice:STRUCTURE``.
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


def means(table, left_out):
    """{structure: mean value} of a trial's table of predictions."""
    values = defaultdict(list)
    with open(table, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["case"] not in left_out:
                values[row["target"]].append(float(row["value"]))
    return {target: sum(found) / len(found) for target, found in values.items()}


def main():
    results = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    left_out = {digest(image) for image in Path(sys.argv[2]).read_text(encoding="utf-8").split()}
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["arm", "metric", "repeat", "value"])
    for trial in results["trials"]:
        found = means(unquote(urlparse(trial["predictions"]).path), left_out)
        found = {"dice": sum(found.values()) / len(found)} | {f"dice:{target}": value for target, value in found.items()}
        for metric, value in found.items():
            writer.writerow([trial["arm"], metric, trial["repeat"], repr(value)])


if __name__ == "__main__":
    main()
