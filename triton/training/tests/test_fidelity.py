"""Reference values: scikit-learn's polynomial kernel and nearest neighbours, definitions written out."""

import numpy as np
import pytest
from sklearn.metrics.pairwise import polynomial_kernel
from sklearn.neighbors import NearestNeighbors

from training import fidelity

RANDOM = np.random.default_rng(0)
A, B = RANDOM.standard_normal((60, 4)), RANDOM.standard_normal((50, 4)) + 0.5


def mmd(a, b):
    off = lambda k: (k.sum() - np.trace(k)) / (len(k) * (len(k) - 1))
    k = lambda x, y: polynomial_kernel(x, y, degree=3, gamma=1 / 4, coef0=1)
    return off(k(a, a)) + off(k(b, b)) - 2 * k(a, b).mean()


def test_kid_is_the_unbiased_estimate_and_its_error_the_jackknife():
    found = fidelity.kid(A, B)
    assert found.value == pytest.approx(mmd(A, B), rel=1e-12)
    left_a = np.array([mmd(np.delete(A, i, 0), B) for i in range(60)])
    left_b = np.array([mmd(A, np.delete(B, i, 0)) for i in range(50)])
    variance = 59 / 60 * ((left_a - left_a.mean()) ** 2).sum() + 49 / 50 * ((left_b - left_b.mean()) ** 2).sum()
    assert found.error == pytest.approx(np.sqrt(variance), rel=1e-9)


def test_kid_of_one_distribution_is_about_nought():
    same = fidelity.kid(RANDOM.standard_normal((400, 4)), RANDOM.standard_normal((400, 4)))
    assert same.interval[0] < 0 < same.interval[1]


def test_frechet_distance_of_shifted_sets_and_of_few_images():
    a = RANDOM.standard_normal((500, 3))
    assert fidelity.frechet(a, a + [3.0, 0.0, 4.0]) == pytest.approx(25.0, abs=1e-6)
    assert fidelity.frechet(a[:29], a) is None and fidelity.frechet(a, a[:30]) is not None


def test_manifolds_follow_their_definitions():
    reach = NearestNeighbors(n_neighbors=6).fit(A).kneighbors(A)[0][:, 5]
    made_reach = NearestNeighbors(n_neighbors=6).fit(B).kneighbors(B)[0][:, 5]
    between = np.linalg.norm(A[:, None] - B[None], axis=2)
    found = fidelity.manifolds(A, B)
    assert found["precision"].value == np.mean([(between[:, j] < reach).any() for j in range(50)])
    assert found["recall"].value == np.mean([(between[i] < made_reach).any() for i in range(60)])
    assert found["density"].value == pytest.approx(np.mean([(between[:, j] < reach).sum() / 5 for j in range(50)]))
    assert found["coverage"].value == np.mean([between[i].min() < reach[i] for i in range(60)])


def test_copies_of_train_images_are_near_copies():
    made = np.concatenate([A[:5], B[:5] + 10])
    found = fidelity.privacy(A, B, made)
    nearest = NearestNeighbors(n_neighbors=1).fit(A).kneighbors(B)[0][:, 0]
    assert found["threshold"] == pytest.approx(np.percentile(nearest, 5))
    assert found["near copies"].value == 0.5
