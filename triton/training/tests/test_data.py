import numpy as np
import pytest
from PIL import Image

from training.data import DatasetError, read
from training.structures import NAMES, UNSPECIFIED


def test_reads_images_masks_prompts_and_findings(folder):
    data = read(folder, "train", 16)
    assert data.images.shape == (12, 16, 16) and data.masks.shape == (12, 8, 16, 16)
    assert data.masks[0, :5].sum(axis=(1, 2)).tolist() == [32, 32, 16, 0, 0]
    assert (data.masks[:, 5:] == UNSPECIFIED).all()
    assert data.prompts[:2] == ["left nodule", "right nodule"]
    assert data.findings["nodule"][:4].tolist() == [0, 1, 0, 1]


def test_scaling_keeps_masks_binary(folder):
    assert set(np.unique(read(folder, "test", 8).masks)) == {0, 1, UNSPECIFIED}


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


def test_structures_are_read_in_the_order_that_the_folder_names(folder):
    (folder / "structures.txt").write_text("heart\nchest-tube\n")
    masks = read(folder, "train", 16).masks
    assert (masks[0, NAMES.index("heart")] == 1).sum() == 32 + 0
    assert (masks[0, NAMES.index("chest-tube")] == 1).sum() == 32
    assert (masks[0, NAMES.index("left-lung")] == UNSPECIFIED).all()
    (folder / "structures.txt").write_text("liver\n")
    with pytest.raises(DatasetError, match="structures.txt: expected at most 8 structures of left-lung.*found liver"):
        read(folder, "train", 16)


def test_cases_are_the_only_ones_read(folder):
    assert len(read(folder, "train", 16, cases={"c3", "c4"})) == 2
    with pytest.raises(DatasetError, match="expected image c12 in split train, found no such row"):
        read(folder, "train", 16, cases={"c3", "c12"})


def test_prompts_are_made_of_findings_where_there_are_none(folder):
    index = folder / "index.csv"
    index.write_text(index.read_text().replace("split,prompt,nodule", "split,meta_x,nodule"))
    assert read(folder, "train", 16).prompts[:2] == ["frontal chest radiograph no finding", "frontal chest radiograph nodule"]
    assert read(folder, "train", 16, view="PA").prompts[1] == "PA nodule"


def test_medmnist_files_have_prompts_and_no_masks(tmp_path):
    images = np.random.default_rng(0).integers(0, 255, (3, 28, 28), dtype=np.uint8)
    np.savez(tmp_path / "pneumoniamnist.npz", train_images=images, train_labels=np.array([[1], [0], [1]], np.uint8))
    data = read(tmp_path / "pneumoniamnist.npz", "train", 64)
    assert data.images.shape == (3, 64, 64) and (data.masks == UNSPECIFIED).all()
    assert [prompt.split("radiograph ")[1] for prompt in data.prompts] == ["pneumonia", "no finding", "pneumonia"]
    assert data.findings["pneumonia"].tolist() == [1, 0, 1]
    with pytest.raises(DatasetError, match="expected test_images and test_labels"):
        read(tmp_path / "pneumoniamnist.npz", "test", 64)
    with pytest.raises(DatasetError, match="expected a MedMNIST file of pneumoniamnist"):
        read(tmp_path / "othermnist.npz", "train", 64)
    with pytest.raises(DatasetError, match="pneumoniamnist.npz: expected an image folder, whose images have the ids of --cases"):
        read(tmp_path / "pneumoniamnist.npz", "train", 64, cases={"c1"})
