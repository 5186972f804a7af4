"""How alike two sets of images are, and whether one copies the other, measured in features [N, D].

Kernel inception distance (Binkowski et al. 2018), Frechet distance (Heusel et al. 2017), improved precision and recall
(Kynkaanniemi et al. 2019), density and coverage (Naeem et al. 2020), with 5 neighbours.
"""

from dataclasses import dataclass

import numpy as np
from scipy import linalg

NEIGHBOURS = 5
IMAGES_A_DIMENSION = 10
"""With fewer images the fitted covariance, and so the Frechet distance, says more of their number than of them."""


@dataclass(frozen=True)
class Estimate:
    """A value and its standard error."""

    value: float
    error: float

    @property
    def interval(self):
        """95% interval of a normal approximation."""
        return self.value - 1.96 * self.error, self.value + 1.96 * self.error


def kernel(a, b):
    return (a @ b.T / a.shape[1] + 1) ** 3


def kid(a, b):
    """Unbiased squared maximum mean discrepancy under the cubic kernel; its error is the jackknife's over both sets."""
    n, m = len(a), len(b)
    aa, bb, ab = kernel(a, a), kernel(b, b), kernel(a, b)
    np.fill_diagonal(aa, 0)
    np.fill_diagonal(bb, 0)
    sa, sb, sab = aa.sum(), bb.sum(), ab.sum()
    value = sa / (n * (n - 1)) + sb / (m * (m - 1)) - 2 * sab / (n * m)
    without_a = ((sa - 2 * aa.sum(1)) / ((n - 1) * (n - 2)) + sb / (m * (m - 1)) - 2 * (sab - ab.sum(1)) / ((n - 1) * m))
    without_b = (sa / (n * (n - 1)) + (sb - 2 * bb.sum(1)) / ((m - 1) * (m - 2)) - 2 * (sab - ab.sum(0)) / (n * (m - 1)))
    variance = sum((k - 1) / k * ((left - left.mean()) ** 2).sum() for k, left in ((n, without_a), (m, without_b)))
    return Estimate(float(value), float(np.sqrt(variance)))


def frechet(a, b):
    """Frechet distance between normal fits, None with fewer than ten images a dimension on a side."""
    if min(len(a), len(b)) < IMAGES_A_DIMENSION * a.shape[1]:
        return None
    ca, cb = np.cov(a.T), np.cov(b.T)
    root = linalg.sqrtm(ca @ cb).real
    return float(np.sum((a.mean(0) - b.mean(0)) ** 2) + np.trace(ca + cb - 2 * root))


def distances(a, b):
    """Euclidean distances [N, M]."""
    squares = (a**2).sum(1)[:, None] + (b**2).sum(1)[None] - 2 * a @ b.T
    return np.sqrt(np.maximum(squares, 0))


def radii(a):
    """Distance of each to its fifth neighbour among the others."""
    return np.partition(distances(a, a), NEIGHBOURS, axis=1)[:, NEIGHBOURS]


def share(flags):
    return Estimate(float(flags.mean()), float(flags.std(ddof=1) / np.sqrt(len(flags))))


def manifolds(real, made):
    """Precision, recall, density and coverage of ``made`` as a stand-in for ``real``, each with its standard error."""
    between, reach, made_reach = distances(real, made), radii(real), radii(made)
    inside = between < reach[:, None]
    return {"precision": share(inside.any(0).astype(float)),
            "recall": share((between < made_reach[None]).any(1).astype(float)),
            "density": share(inside.sum(0) / NEIGHBOURS),
            "coverage": share((between.min(1) < reach).astype(float))}


def covered(real, made):
    """For each real image 1 where something made lies among its neighbours, else 0: what coverage is the mean of."""
    return (distances(real, made).min(1) < radii(real)).astype(float)


def ratio(above, below):
    """Quotient of the means of two figures of the same images [N], with its error by the delta method."""
    value = above.mean() / below.mean()
    return Estimate(float(value), float((above - value * below).std(ddof=1) / (below.mean() * np.sqrt(len(above)))))


def compare(real, made):
    """Every figure of ``made`` against ``real``, by name; Estimates, and the Frechet distance or None."""
    return {"kid": kid(real, made), "frechet": frechet(real, made), **manifolds(real, made)}


def privacy(train, held_out, made):
    """Distances to the nearest train image: mean of the made and of the held-out, threshold and share of near-copies.

    A near-copy is nearer than the 5th percentile of the held-out images' distances.
    """
    nearest, natural = distances(made, train).min(1), distances(held_out, train).min(1)
    threshold = float(np.percentile(natural, 5))
    return {"made": float(nearest.mean()), "held out": float(natural.mean()), "threshold": threshold,
            "near copies": share((nearest < threshold).astype(float))}
