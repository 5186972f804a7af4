"""Writes the reference values of the fidelity tests: python fidelity.py ../resources/io/synthray/fidelity/reference.json

Frechet distance by SciPy's matrix square root, precision, recall, density and coverage by the authors' package prdc, the kernel
distance and its jackknife by brute force in NumPy, near copies by scikit-learn and NumPy. Features are drawn from a fixed seed and
quantised as the events are.
"""

import json
import sys

import numpy as np
import scipy.linalg
from prdc import compute_prdc
from sklearn.neighbors import NearestNeighbors

SCALE = 4096


def features(generator, n, d, shift, spread):
    mixing = generator.normal(size=(d, d)) / np.sqrt(d)
    values = generator.normal(size=(n, d)) @ (np.eye(d) + 0.5 * mixing) * spread + shift
    return np.clip(np.rint(values * SCALE), -32768, 32767).astype(np.int64)


def frechet(a, b):
    s1, s2 = np.cov(a, rowvar=False), np.cov(b, rowvar=False)
    root = scipy.linalg.sqrtm(s1 @ s2)
    means = a.mean(axis=0) - b.mean(axis=0)
    return float(means @ means + np.trace(s1) + np.trace(s2) - 2 * np.trace(root).real)


def mmd(a, b):
    d = a.shape[1]
    kaa, kbb, kab = ((x @ y.T / d + 1) ** 3 for x, y in ((a, a), (b, b), (a, b)))
    n, m = len(a), len(b)
    return ((kaa.sum() - np.trace(kaa)) / (n * (n - 1)) + (kbb.sum() - np.trace(kbb)) / (m * (m - 1))
            - 2 * kab.mean())


def kid(a, b):
    value = mmd(a, b)
    without_a = np.array([mmd(np.delete(a, i, axis=0), b) for i in range(len(a))])
    without_b = np.array([mmd(a, np.delete(b, i, axis=0)) for i in range(len(b))])
    variance = sum(((w - w.mean()) ** 2).sum() * (len(w) - 1) / len(w) for w in (without_a, without_b))
    half = 1.959963984540054 * np.sqrt(variance)
    return {"value": float(value), "low": float(value - half), "high": float(value + half)}


def near_copies(synthetic, held_out, train):
    nearest = NearestNeighbors(n_neighbors=1, algorithm="brute").fit(train)
    own, others = (nearest.kneighbors(x)[0][:, 0] for x in (synthetic, held_out))
    limit = np.percentile(others, 5)
    return {"median": float(np.median(own)), "limit": float(limit), "share": float((own < limit).mean())}


def case(seed, d, n, m, shift, spread, copies):
    generator = np.random.default_rng(seed)
    real = features(generator, m, d, 0.0, 1.0)
    train = features(generator, 60, d, 0.0, 1.0)
    synthetic = features(generator, n, d, shift, spread)
    synthetic[:copies] = np.clip(train[:copies] + generator.integers(-40, 41, size=(copies, d)), -32768, 32767)
    a, b, t = synthetic / SCALE, real / SCALE, train / SCALE
    return {
        "dimension": d,
        "synthetic": synthetic.tolist(),
        "real": real.tolist(),
        "train": train.tolist(),
        "frechet": frechet(a, b),
        "kid": kid(a, b),
        "prdc": {k: float(v) for k, v in compute_prdc(real_features=b, fake_features=a, nearest_k=5).items()},
        "nearCopies": near_copies(a, b, t),
    }


def moments(values):
    products = values.T @ values
    return {"count": len(values), "sums": values.sum(axis=0).tolist(),
            "products": products[np.triu_indices(len(products))].tolist()}


def wide(seed, d, n, m):
    generator = np.random.default_rng(seed)
    one, other = features(generator, n, d, 0.2, 0.8), features(generator, m, d, 0.0, 1.0)
    return {"dimension": d, "one": moments(one), "other": moments(other), "frechet": frechet(one / SCALE, other / SCALE)}


if __name__ == "__main__":
    cases = [case(1, 4, 60, 50, 0.3, 0.9, 5), case(2, 8, 90, 80, 0.0, 1.0, 0), case(3, 8, 80, 81, 1.2, 0.4, 9)]
    with open(sys.argv[1], "w", encoding="utf-8") as out:
        json.dump({"source": "fidelity.py with requirements.txt", "cases": cases, "wide": [wide(4, 32, 400, 350)]}, out, separators=(",", ":"))
        out.write("\n")
