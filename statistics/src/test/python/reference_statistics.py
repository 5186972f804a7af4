"""Writes reference/statistics.json and reference/sequential.json: values of the statistics module's tests, made by other software.

    python3.11 -m venv v && v/bin/pip install -r requirements.txt && v/bin/python reference_statistics.py ../resources/reference
"""

import json
import math
import platform
import sys
from pathlib import Path

import mpmath as mp
import numpy as np
import scipy
import scipy.integrate as integrate
import scipy.optimize as optimize
import scipy.special as special
import scipy.stats as st
import statsmodels
import statsmodels.stats.multitest as multitest
import statsmodels.stats.weightstats as weightstats

mp.mp.dps = 40


def exact_tail(t, df):
    """P(T > t) with 40 digits."""
    t, df = mp.mpf(t), mp.mpf(df)
    tail = mp.betainc(df / 2, mp.mpf(1) / 2, 0, df / (df + t * t), regularized=True) / 2
    return tail if t >= 0 else 1 - tail


def exact_critical(q, df):
    """The t above which probability q lies, with 40 digits: the secant method from SciPy's value."""
    start = mp.mpf(float(st.t.isf(float(q), float(df))))
    return mp.findroot(lambda t: mp.log(exact_tail(t, df)) - mp.log(mp.mpf(q)), (start, start * (1 + mp.mpf(10) ** -6)))


def tails():
    cases = []
    for df in [1, 2, 3, 4, 7, 19, 50, 99, 1000, 2.5, 13.37, 4.0001]:
        for t in [1e-8, 1e-3, 0.1, 0.7, 1.5, 3, 12.608, 40, 1e3, 1e6, -0.5, -2, -30]:
            cases.append({"df": df, "t": t, "p": float(exact_tail(t, df))})
    return cases


def criticals():
    cases = []
    for df in [1, 2, 3, 4, 7, 19, 99, 2.5, 13.37, 1000]:
        for q in [0.4, 0.1, 0.025, 0.0125, 0.05 / 2 / 7, 1e-4, 1e-9]:
            cases.append({"df": df, "q": q, "t": float(exact_critical(q, df))})
    return cases


def exact_paired(arm, reference, margin, m):
    """t, P and intervals of the differences (as doubles) in 40-digit arithmetic."""
    d = [mp.mpf(a - r) for a, r in zip(arm, reference)]
    n = len(d)
    mean = mp.fsum(d) / n
    variance = mp.fsum((x - mean) ** 2 for x in d) / (n - 1)
    se = mp.sqrt(variance / n)
    t = (mean + mp.mpf(margin)) / se
    half = exact_critical(mp.mpf(0.05) / 2, n - 1) * se
    corrected = exact_critical(mp.mpf(0.05) / m / 2, n - 1) * se
    return {
        "mean": float(mean),
        "standardError": float(se),
        "t": float(t),
        "p": float(exact_tail(t, n - 1)),
        "low": float(mean - half),
        "high": float(mean + half),
        "correctedLow": float(mean - corrected),
        "correctedHigh": float(mean + corrected),
        "d": float(mean / mp.sqrt(variance)),
    }


# Student's own sleep data, as in R's help page of t.test.
SLEEP = [[1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4], [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]]


def paired():
    rng = np.random.default_rng(20260101)
    sets = [("sleep", SLEEP[0], SLEEP[1], 0.0)]
    for n in [2, 3, 4, 5, 8, 12, 20, 50, 100]:
        for effect, spread in [(0.0, 0.02), (0.15, 0.02), (-0.03, 0.05), (0.01, 0.001)]:
            reference = 0.7 + 0.05 * rng.standard_normal(n)
            arm = reference + effect + spread * rng.standard_normal(n)
            sets.append((f"n{n}/{effect}/{spread}", arm.tolist(), reference.tolist(), 0.0))
    sets.append(("margin", sets[10][1], sets[10][2], 0.02))
    cases = []
    for name, arm, reference, margin in sets:
        difference = np.array(arm) - np.array(reference)
        test = st.ttest_1samp(difference, -margin, alternative="greater")
        low, high = st.ttest_1samp(difference, -margin).confidence_interval(0.95)
        descr = weightstats.DescrStatsW(difference)
        t, p, _ = descr.ttest_mean(-margin, alternative="larger")
        s_low, s_high = descr.tconfint_mean(0.05)
        case = {
            "name": name,
            "arm": arm,
            "reference": reference,
            "margin": margin,
            "family": 7,
            "exact": exact_paired(arm, reference, margin, 7),
            "scipy": {"t": test.statistic, "p": test.pvalue, "low": low, "high": high},
            "statsmodels": {"t": t, "p": p, "low": s_low, "high": s_high},
        }
        welch = st.ttest_ind(np.array(arm) + margin, reference, equal_var=False, alternative="greater")
        interval = st.ttest_ind(arm, reference, equal_var=False).confidence_interval(0.95)
        compare = weightstats.CompareMeans(weightstats.DescrStatsW(np.array(arm)), weightstats.DescrStatsW(np.array(reference)))
        sm_t, sm_p, sm_df = compare.ttest_ind("larger", "unequal", -margin)
        case["welch"] = {
            "t": welch.statistic,
            "p": welch.pvalue,
            "df": welch.df,
            "low": interval.low,
            "high": interval.high,
            "statsmodels": {"t": sm_t, "p": sm_p, "df": sm_df},
        }
        if len(arm) <= 14:
            flip = st.permutation_test(
                (difference + margin,), np.mean, permutation_type="samples", alternative="greater", n_resamples=np.inf
            )
            case["signFlip"] = flip.pvalue
        n = len(arm)
        corrected = math.sqrt((1 / n + 100 / 400) * difference.var(ddof=1))
        case["resampled"] = {"train": 400, "test": 100, "p": st.t.sf((difference.mean() + margin) / corrected, n - 1)}
        cases.append(case)
    return cases


def corrections():
    rng = np.random.default_rng(7)
    cases = []
    for m in [1, 2, 3, 5, 20]:
        for _ in range(4):
            p = np.minimum(1, rng.random(m) ** 3 + (0 if m % 2 else 1e-6))
            if m > 3:
                p[1] = p[2]
            cases.append(
                {
                    "p": p.tolist(),
                    **{
                        key: multitest.multipletests(p, method=method)[1].tolist()
                        for key, method in [("BONFERRONI", "bonferroni"), ("HOLM", "holm"), ("BENJAMINI_HOCHBERG", "fdr_bh")]
                    },
                }
            )
    return cases


def bootstraps():
    """scipy.stats.bootstrap of a crossed design: two samples of indices, one of repeats and one of patients."""
    rng = np.random.default_rng(11)
    cases = []
    for repeats, patients in [(3, 40), (8, 60), (20, 25)]:
        table = (
            0.05
            + 0.02 * rng.standard_normal((repeats, 1))
            + 0.03 * (rng.exponential(size=(1, patients)) - 1)
            + 0.05 * rng.standard_normal((repeats, patients))
        )

        def mean(i, j, axis=-1):
            i, j = i.astype(int), j.astype(int)
            if i.ndim == 1:
                return table[np.ix_(i, j)].mean()
            return np.array([table[np.ix_(a, b)].mean() for a, b in zip(i, j)])

        result = st.bootstrap(
            (np.arange(repeats), np.arange(patients)),
            lambda i, j, axis=-1: mean(np.atleast_2d(i), np.atleast_2d(j)) if axis == -1 and np.ndim(i) > 1 else mean(i, j),
            method="BCa",
            n_resamples=40000,
            batch=1000,
            vectorized=True,
            rng=np.random.default_rng(3),
        )
        cases.append(
            {
                "table": np.round(table, 12).tolist(),
                "low": result.confidence_interval.low,
                "high": result.confidence_interval.high,
                "standardError": result.standard_error,
            }
        )
    return cases


def likelihood_ratio(delta, n, s):
    """Of the direction s of n differences, effect delta against 0: the right-Haar integral over the scale."""
    norm = (n / 2 - 1) * math.log(2) + math.lgamma(n / 2) + n * delta * delta / 2

    def integrand(u):
        return math.exp((n - 1) * math.log(u) - u * u / 2 + delta * s * u - norm)

    peak = (delta * s + math.sqrt((delta * s) ** 2 + 4 * (n - 1))) / 2
    points = [1e-300, max(peak - 9, 1e-300), max(peak, 1e-300), peak + 9, peak + 40]
    return sum(integrate.quad(integrand, lo, hi, epsabs=0, epsrel=1e-13, limit=400)[0] for lo, hi in zip(points, points[1:]) if hi > lo)


def direction(d, mean=0.0):
    x = [v - mean for v in d]
    return math.fsum(x) / math.sqrt(math.fsum(v * v for v in x))


def mixture(n, s, scale, low):
    """The likelihood ratio over a normal prior on effects from low, which is 0 (half-normal) or minus infinity (normal)."""
    sides = [1] if low == 0 else [1, -1]
    total = 0.0
    for side in sides:
        f = lambda x: math.exp(-((x / scale) ** 2) / 2) * likelihood_ratio(side * x, n, s)
        grid = [0, scale / 4, scale / 2, scale, 2 * scale, 4 * scale, 12 * scale]
        total += sum(integrate.quad(f, lo, hi, epsabs=0, epsrel=1e-11, limit=200)[0] for lo, hi in zip(grid, grid[1:]))
    return total * (2 if low == 0 else 1) / (scale * math.sqrt(2 * math.pi))


def e_processes():
    rng = np.random.default_rng(5)
    cases = []
    for n, effect, scale in [(1, 1, 1), (2, 3, 1), (3, 7.3, 1), (5, 7.3, 1), (5, -1, 1), (8, 0.5, 0.5), (8, -3, 2), (20, 0.2, 1)]:
        d = (0.02 * (effect + rng.standard_normal(n))).tolist()
        case = {"differences": d, "scale": scale, "logE": math.log(mixture(n, direction(d), scale, 0))}
        mean, sd = math.fsum(d) / n, float(np.std(d))
        f = lambda x: math.log(mixture(n, direction(d, x), scale, -math.inf)) - math.log(20)
        # At a mean far away the e-value has a ceiling: below 20 there is no end.
        if n > 2 and f(mean + 1e5 * sd) > 0:
            case["error"] = 0.05
            case["high"] = optimize.brentq(f, mean + sd / 10, mean + 1e5 * sd, xtol=1e-15, rtol=1e-13)
            case["low"] = optimize.brentq(f, mean - 1e5 * sd, mean - sd / 10, xtol=1e-15, rtol=1e-13)
        cases.append(case)
    return cases


def conditional_rejection(d, planned, level):
    """P(the t-test of all rejects | first n, mean 0) through the normal predictive with a right-Haar prior: another road than the module's."""
    n, k = len(d), planned - len(d)
    s = sum(d) / math.sqrt(sum(x * x for x in d))
    c = st.t.isf(level, planned - 1)
    bound = c * math.sqrt(planned / (c * c + planned - 1))

    def given(z, u):
        total = s * u + math.sqrt(k) * z
        if total <= 0:
            return 0.0
        room = (total / bound) ** 2 - u * u - z * z
        if k == 1:
            return float(room > 0)
        return special.chdtr(k - 1, room) if room > 0 else 0.0

    def over_z(u):
        # Where the room for the rest is nought, a quadratic in z: the integrand has a kink there.
        a, b, c0 = k / bound**2 - 1, 2 * s * u * math.sqrt(k) / bound**2, (s * s / bound**2 - 1) * u * u
        roots = np.roots([a, b, c0]) if a != 0 else np.array([])
        kinks = sorted({float(r.real) for r in roots if abs(r.imag) < 1e-12} | {-s * u / math.sqrt(k)})
        points = [-12.0, *[x for x in kinks if -12 < x < 12], 12.0]
        return sum(
            integrate.quad(lambda z: given(z, u) * math.exp(-z * z / 2), lo, hi, epsabs=1e-11, epsrel=1e-10, limit=200)[0]
            for lo, hi in zip(points, points[1:])
        )

    norm = (n / 2 - 1) * math.log(2) + math.lgamma(n / 2) + 0.5 * math.log(2 * math.pi)

    def over_u(u):
        return math.exp((n - 1) * math.log(u) - u * u / 2 - norm) * over_z(u) if u > 0 else 0.0

    return integrate.quad(over_u, 0, math.sqrt(n) + 9, epsabs=1e-10, epsrel=1e-9, limit=200)[0]


def sequentialised():
    rng = np.random.default_rng(9)
    cases = []
    for n, planned, effect, level in [
        (1, 3, 1, 0.05),
        (2, 3, 9, 0.05),
        (2, 5, 0, 0.025),
        (3, 20, 7.3, 0.025),
        (8, 20, 7.3, 0.025),
        (13, 20, 7.3, 0.025),
        (10, 20, 0.5, 0.05),
        (18, 20, 0.4, 0.05),
        (19, 20, 0.9, 0.0125),
        (6, 10, -0.5, 0.05),
    ]:
        d = (0.02 * (effect + rng.standard_normal(n))).tolist()
        cases.append(
            {"differences": d, "planned": planned, "level": level, "value": conditional_rejection(d, planned, level)}
        )
    return cases


def main(folder):
    source = {
        "made by": "statistics/src/test/python/reference_statistics.py",
        "python": platform.python_version(),
        "numpy": np.__version__,
        "scipy": scipy.__version__,
        "statsmodels": statsmodels.__version__,
        "mpmath": mp.__version__,
    }
    files = {
        "statistics": lambda: {
            "tails": tails(),
            "criticals": criticals(),
            "paired": paired(),
            "corrections": corrections(),
            "bootstraps": bootstraps(),
        },
        "sequential": lambda: {"eProcesses": e_processes(), "sequentialised": sequentialised()},
    }
    for name, content in files.items():
        text = json.dumps({"source": source, **content()}, indent=1, default=float)
        (Path(folder) / f"{name}.json").write_text(text + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
