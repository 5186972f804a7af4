import numpy as np
import pytest
from PIL import Image

from training.data import DatasetError, read


def test_reads_images_masks_prompts_and_findings(folder):
    data = read(folder, "train", 16)
    assert data.images.shape == (12, 16, 16) and data.masks.shape == (12, 5, 16, 16)
    assert data.masks[0].sum(axis=(1, 2)).tolist() == [32, 32, 16, 0, 0]
    assert data.prompts[:2] == ["left nodule", "right nodule"]
    assert data.findings["nodule"][:4].tolist() == [0, 1, 0, 1]


def test_scaling_keeps_masks_binary(folder):
    assert set(np.unique(read(folder, "test", 8).masks)) == {0, 1}


def test_a_missing_image_is_named(folder):
    (folder / "images" / "c3.png").unlink()
    with pytest.raises(DatasetError, match="c3.png: expected a PNG image"):
        read(folder, "train", 16)


def test_a_colour_image_is_refused(folder):
    Image.new("RGB", (16, 16)).save(folder / "images" / "c3.png")
    with pytest.raises(DatasetError, match="c3.png: expected 8-bit grey, found mode RGB"):
        read(folder, "train", 16)


def test_a_bad_label_is_named_by_line_and_column(folder):
    index = folder / "index.csv"
    index.write_text(index.read_text().replace("c1,p1,train,right nodule,1", "c1,p1,train,right nodule,yes"))
    with pytest.raises(DatasetError, match="index.csv:3: column nodule: expected a number, found 'yes'"):
        read(folder, "train", 16)


def test_a_split_without_rows_is_refused(folder):
    with pytest.raises(DatasetError, match="split validation"):
        read(folder, "validation", 16)
