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
    """The t above which probability q lies, with 40 digits: bisection of the logarithm, then the secant method."""
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


def log_e(d, scale):
    """Half-normal mixture of the likelihood ratio of the direction, both integrals by quadrature."""
    n, s = len(d), mp.fsum(d) / mp.sqrt(mp.fsum(x * x for x in d))

    def over_scale(delta):
        top = mp.quad(lambda u: u ** (n - 1) * mp.exp(-u * u / 2 + delta * s * u - n * delta**2 / 2), [0, 2, 5, 10, 40])
        return top / (mp.mpf(2) ** (mp.mpf(n) / 2 - 1) * mp.gamma(mp.mpf(n) / 2))

    prior = lambda delta: mp.sqrt(2 / mp.pi) / scale * mp.exp(-((delta / scale) ** 2) / 2)
    return float(mp.log(mp.quad(lambda delta: prior(delta) * over_scale(delta), [0, scale / 2, scale, 3 * scale, 12 * scale])))


def two_sided_e(d, mean, scale):
    """The normal mixture, likewise."""
    x = [v - mean for v in d]
    n, s = len(x), mp.fsum(x) / mp.sqrt(mp.fsum(v * v for v in x))

    def over_scale(delta):
        top = mp.quad(lambda u: u ** (n - 1) * mp.exp(-u * u / 2 + delta * s * u - n * delta**2 / 2), [0, 2, 5, 10, 40])
        return top / (mp.mpf(2) ** (mp.mpf(n) / 2 - 1) * mp.gamma(mp.mpf(n) / 2))

    prior = lambda delta: mp.exp(-((delta / scale) ** 2) / 2) / (scale * mp.sqrt(2 * mp.pi))
    grid = [-12 * scale, -3 * scale, -scale, 0, scale, 3 * scale, 12 * scale]
    return mp.quad(lambda delta: prior(delta) * over_scale(delta), grid)


def e_processes():
    mp.mp.dps = 20
    rng = np.random.default_rng(5)
    cases = []
    for n, effect, scale in [(1, 1, 1), (2, 3, 1), (3, 7.3, 1), (5, 7.3, 1), (5, -1, 1), (8, 0.5, 0.5), (8, -3, 2), (20, 0.2, 1)]:
        d = (0.02 * (effect + rng.standard_normal(n))).tolist()
        case = {"differences": d, "scale": scale, "logE": log_e([mp.mpf(x) for x in d], mp.mpf(scale))}
        if n >= 5:
            exact = [mp.mpf(x) for x in d]
            mean, sd = mp.fsum(exact) / n, mp.mpf(float(np.std(d)))
            f = lambda x: mp.log(two_sided_e(exact, x, mp.mpf(scale))) - mp.log(20)
            # At a mean far away the e-value has a ceiling: below 20 there is no end.
            if f(mean + 1000 * sd) > 0:
                a, b = mean + sd / 10, mean + 1000 * sd
                case["error"] = 0.05
                case["high"] = float(mp.findroot(f, (a, b), solver="anderson", tol=1e-24, maxsteps=200))
                case["low"] = float(2 * mean - mp.mpf(case["high"]))
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
        return st.chi2.cdf(room, k - 1) if room > 0 else 0.0

    def over_z(u):
        # Where the room for the rest is nought, a quadratic in z: the integrand has a kink there.
        a, b, c0 = k / bound**2 - 1, 2 * s * u * math.sqrt(k) / bound**2, (s * s / bound**2 - 1) * u * u
        roots = np.roots([a, b, c0]) if a != 0 else np.array([])
        kinks = sorted({float(r.real) for r in roots if abs(r.imag) < 1e-12} | {-s * u / math.sqrt(k)})
        points = [-12.0, *[x for x in kinks if -12 < x < 12], 12.0]
        return sum(
            integrate.quad(lambda z: given(z, u) * st.norm.pdf(z), lo, hi, epsabs=1e-12, epsrel=1e-11, limit=200)[0]
            for lo, hi in zip(points, points[1:])
        )

    return integrate.quad(lambda u: st.chi.pdf(u, n) * over_z(u), 0, math.sqrt(n) + 10, epsabs=1e-11, epsrel=1e-10, limit=200)[0]


def sequentialised():
    rng = np.random.default_rng(9)
    cases = []
    for n, planned, effect, level in [
        (1, 3, 1, 0.05),
        (2, 3, 2, 0.05),
        (2, 5, 0, 0.025),
        (3, 20, 7.3, 0.025),
        (8, 20, 7.3, 0.025),
        (13, 20, 7.3, 0.025),
        (10, 20, 0.5, 0.05),
        (18, 20, 0.4, 0.05),
        (19, 20, 0.6, 0.0125),
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
        "statistics": {
            "tails": tails(),
            "criticals": criticals(),
            "paired": paired(),
            "corrections": corrections(),
            "bootstraps": bootstraps(),
        },
        "sequential": {"eProcesses": e_processes(), "sequentialised": sequentialised()},
    }
    for name, content in files.items():
        text = json.dumps({"source": source, **content}, indent=1, default=float)
        (Path(folder) / f"{name}.json").write_text(text + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
