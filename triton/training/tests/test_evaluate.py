import numpy as np
import pytest
import torch

from training import data, judges
from training.evaluate import frechet, labels, make_judges, mean_dice, nearest


def test_labels_know_the_sides_that_prompts_name(folder):
    found = labels(data.read(folder, "train", 16))
    assert list(found) == ["nodule", "left nodule", "right nodule"]
    assert found["left nodule"][:4].tolist() == [1, 0, 1, 0] and found["nodule"][:4].tolist() == [0, 1, 0, 1]


def test_frechet_distance_of_shifted_sets():
    """Sets that differ by a shift alone have the squared shift as their distance."""
    a = np.random.default_rng(0).standard_normal((500, 3))
    assert frechet(a, a + [3.0, 0.0, 4.0]) == pytest.approx(25.0, abs=1e-3)
    assert frechet(a, a) == pytest.approx(0.0, abs=1e-3)


def test_nearest_is_the_root_mean_square_of_the_difference():
    images = np.zeros((2, 4, 4), np.uint8)
    images[1] += 10
    assert nearest(images, images[:1] + np.uint8(4)).tolist() == [4.0, 6.0]


def test_dice_counts_pixels():
    masks, logits = torch.zeros(1, 2, 2, 2), torch.full((1, 2, 2, 2), -1.0)
    masks[0, 0, 0] = 1
    logits[0, 0, :, 0] = 1
    assert judges.dice(masks, logits)[0, 0] == 0.5
    assert np.isnan(judges.dice(masks, logits)[0, 1])


def test_judges_learn_and_are_kept(folder, tmp_path):
    train = data.read(folder, "train", 16)
    segmenter, classifier = make_judges(train, (40, 1), tmp_path / "judges.pt")
    assert mean_dice(segmenter, train.images, train.masks)["left-lung"] > 0.8
    again = make_judges(train, (40, 1), tmp_path / "judges.pt")[0]
    x = judges.unit(train.images)
    assert torch.equal(judges.predict(segmenter, x), judges.predict(again, x))
    with pytest.raises(ValueError, match="expected judges of this data"):
        make_judges(train, (1, 1), tmp_path / "judges.pt")
