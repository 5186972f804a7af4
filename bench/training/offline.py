"""Trials by the trainer itself."""

import json
import pathlib
import subprocess
import sys

SYNTHRAY = pathlib.Path(__file__).parents[2] / "synthray"


def result(study, repeat, threads=1):
    """What ``synthray train`` says of one repeat of a study file with one arm; ends the program where it fails."""
    said = subprocess.run(
        [SYNTHRAY, "train", study, "--repeat", str(repeat), "--threads", str(threads), "--json"],
        capture_output=True, text=True)
    if said.returncode:
        sys.exit(f"{study.name}, repeat {repeat}: synthray train ended with {said.returncode}\n{said.stderr}")
    return json.loads(said.stdout)
