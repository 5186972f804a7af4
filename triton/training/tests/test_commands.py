"""The commands as a user has them: trained, exported, measured; and what they say of what cannot be done."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import onnx
import pytest

from training.export import STEPS
from training.weights import history

TRITON = Path(__file__).parents[2]


def command(name, *arguments):
    """Runs ``models NAME`` in this Python on one thread; returns the finished process."""
    environment = {**os.environ, "PYTHONPATH": str(TRITON), "OMP_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run([sys.executable, "-m", f"training.{name}", *map(str, arguments)], env=environment, capture_output=True,
                          text=True, timeout=300)


def done(process):
    assert process.returncode == 0, process.stderr
    return process.stdout


def refusal(process):
    """The message, a single line that is no traceback."""
    assert process.returncode == 2 and process.stderr.count("\n") == 1, process.stderr
    return process.stderr


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """A folder with data, the checkpoint of two steps on it, and a model folder."""
    from training.tests.conftest import discs

    home = tmp_path_factory.mktemp("home")
    (home / "data").mkdir()
    discs(home / "data")
    out = done(command("train", "--data", home / "data", "--out", home / "mine.pt", "--size", 32, "--steps", 2, "--batch", 2))
    assert json.loads(out.splitlines()[0])["step"] == 2
    shutil.copytree(TRITON / "repository" / "phantom-128", home / "mine", ignore=shutil.ignore_patterns("*.onnx", "*.md"))
    return home


def test_a_model_is_trained_exported_and_measured(trained):
    card = (trained / "mine.md").read_text()
    for part in ("data (12)", "2 steps of 2 images", "1 CPU thread,", "left nodule right", "left-lung, right-lung, heart",
                 "not measured yet"):
        assert part in card
    out = json.loads(done(command("export", "--checkpoint", trained / "mine.pt", "--model", trained / "mine")).splitlines()[-1])
    assert out["words"] == "left nodule right" and out["structures"] == "left-lung,right-lung,heart"
    config = (trained / "mine" / "config.pbtxt").read_text()
    assert 'key: "structures" value: { string_value: "left-lung,right-lung,heart" }' in config
    assert config.count("TYPE_UINT8 dims: [ 3, 32, 32 ]") == 2 and f'key: "steps" value: {{ string_value: "{STEPS}" }}' in config
    assert 'key: "training_data" value: { string_value: "data (12)" }' in config
    told = history(onnx.load(trained / "mine" / "1" / "model.onnx"))
    assert told["threads"] == 1 and told["shape"]["structures"] == ["left-lung", "right-lung", "heart"]

    cases = trained / "cases.txt"
    cases.write_text("c1\nc2\nc3\n")
    done(command("train", "--data", trained / "data", "--cases", cases, "--from", trained / "mine" / "1" / "model.onnx", "--out",
                 trained / "r3.pt", "--steps", 1, "--batch", 2))
    done(command("export", "--checkpoint", trained / "r3.pt", "--model", trained / "mine", "--version", 3))
    measure = ("--model", trained / "mine", "--version", 3, "--data", trained / "data", "--steps", 2, 2, "--split", "train")
    process = command("evaluate", *measure, "--cases", cases, "--draws", 2)
    assert process.returncode == 0 and not process.stderr, process.stderr
    text = (trained / "mine" / "MODEL_CARD.3.md").read_text()
    assert process.stdout.strip() == text.strip()
    for part in ("# mine, version 3", "12 train images, 12 held-out", "2 images a case of the split train", "nearest of the 3 images",
                 "1 steps of 2 images"):
        assert part in text
    process = command("evaluate", *measure, "--images", 8)
    assert "expected what the model was trained on (data (3)" in process.stderr and "found 12 other images" in process.stderr
    assert "is not of the images that the model has seen" in process.stdout


def test_what_cannot_be_done_is_said_in_a_line(trained):
    data, out = ("--data", trained / "data"), ("--out", trained / "other.pt")
    assert "steps: expected 1 to 1e+07, found 0" in refusal(command("train", *data, *out, "--steps", 0))
    assert "size: expected a multiple of 16" in refusal(command("train", *data, *out, "--size", 50))
    assert "--temperature: expected 0.5 to 1.5, found 2" in refusal(
        command("export", "--checkpoint", trained / "mine.pt", "--model", trained / "mine", "--temperature", 2))
    assert "precision: expected float32 or bfloat16, found half" in refusal(command("train", *data, *out, "--precision", "half"))
    words = trained / "words.txt"
    words.write_text("left\nright\n")
    assert "case c0: prompt 'left nodule': expected words of the vocabulary, found 'nodule'" in refusal(
        command("train", *data, *out, "--vocabulary", words))
    assert "--vocabulary: expected none beside --from" in refusal(
        command("train", *data, *out, "--vocabulary", words, "--from", trained / "mine.pt"))
    damaged = trained / "damaged.pt"
    damaged.write_bytes((trained / "mine.pt").read_bytes()[:5000])
    for name, arguments in (("train", (*data, "--out", damaged)), ("train", (*data, *out, "--from", damaged)),
                            ("export", ("--checkpoint", damaged, "--model", trained / "mine"))):
        assert "damaged.pt: expected a checkpoint, found a file that is damaged" in refusal(command(name, *arguments))
    assert not (trained / "other.pt").exists()
    assert "expected words of the vocabulary, found 'left'" in refusal(
        command("evaluate", "--model", TRITON / "repository" / "radiograph-128", *data, "--split", "train", "--card", trained / "card.md"))
    assert "expected at least 7 images of split test, found 2" in refusal(
        command("evaluate", "--model", TRITON / "repository" / "sampler", *data, "--card", trained / "card.md"))
