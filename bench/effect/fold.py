"""Makes a data set of another's train split: ``fold.py DATA FOLD OUT``. Of its images every fifth, from FOLD (1 to 5) on, is for tests.

What is tuned on folds has not seen the test split, which is opened once the plan is final.
"""

import csv
import shutil
import sys
from pathlib import Path

FOLDS = 5


def main():
    data, fold, out = Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    if not 1 <= fold <= FOLDS:
        sys.exit(f"effect: --fold: expected 1 to {FOLDS}, found {fold}")
    with (data / "index.csv").open(newline="", encoding="utf-8") as file:
        reader = csv.DictReader(file)
        rows = [row for row in reader if row["split"] == "train"]
    for place, row in enumerate(rows):
        row["split"] = "test" if place % FOLDS == fold - 1 else "train"
    for part in ("images", "masks"):
        (out / part).mkdir(parents=True, exist_ok=True)
        for row in rows:
            shutil.copy(data / part / f"{row['image_id']}.png", out / part)
    with (out / "index.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, reader.fieldnames)
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
