# Python 3.11, numpy 2.4.6, scipy 1.17.1, statsmodels 0.15.0, krippendorff 0.9.0
"""Writes stats.json: statistics of made-up numbers as other implementations compute them.

Run in this folder: python3 stats.py > stats.json
"""
import json
import sys

import krippendorff
import numpy as np
import statsmodels.api as sm
from scipy import stats
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.power import NormalIndPower
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint
from statsmodels.stats.weightstats import ttost_ind, ttost_paired

rng = np.random.default_rng(20261124)


def floats(values):
    return [float(v) for v in values]


def distributions():
    rows = []
    for df in [1, 2, 3, 7.5, 29, 299, 1999]:
        for t in [-8.0, -1.3, -0.01, 0.0, 0.4, 2.0, 40.0]:
            rows.append({"freedom": df, "t": t, "cdf": float(stats.t.cdf(t, df))})
    quantiles = [
        {"freedom": df, "p": p, "t": float(stats.t.ppf(p, df))}
        for df in [1, 2, 3, 7.5, 29, 299, 1999]
        for p in [1e-6, 0.01, 0.3, 0.49, 0.6, 0.975, 0.9995]
    ]
    normal = [{"p": p, "z": float(stats.norm.ppf(p))} for p in [1e-12, 1e-4, 0.2, 0.5, 0.77, 0.999]]
    return {"student_cdf": rows, "student_quantile": quantiles, "normal": normal}


def clopper_pearson():
    return [
        {"passes": k, "n": n, "level": level, "limits": floats(proportion_confint(k, n, 1 - level, "beta"))}
        for k, n, level in [(0, 30, 0.95), (1, 30, 0.9), (30, 30, 0.99), (291, 300, 0.95), (1900, 2000, 0.95)]
    ]


def clusters_of(values, labels):
    return [floats(values[labels == c]) for c in np.unique(labels)]


def clustered_mean():
    rows = []
    for sizes, scale in [([1] * 12, 1.0), ([4] * 8, 3.0), ([1, 5, 2, 7, 3, 3, 1, 9], 0.5)]:
        labels = np.repeat(np.arange(len(sizes)), sizes)
        values = np.round(rng.normal(2, scale, len(labels)) + rng.normal(0, 1, len(sizes))[labels], 3)
        ones = np.ones((len(values), 1))
        # group_debias only: C / (C - 1), without the factor (n - 1) / (n - k).
        fit = sm.OLS(values, ones).fit(
            cov_type="cluster",
            cov_kwds={"groups": labels, "use_correction": False, "df_correction": True},
            use_t=True,
        )
        c = len(sizes)
        error = float(fit.bse[0] * np.sqrt(c / (c - 1)))
        half = float(stats.t.ppf(0.975, c - 1)) * error
        mean = float(fit.params[0])
        rows.append({
            "clusters": clusters_of(values, labels),
            "point": mean,
            "standard_error": error,
            "limits": [mean - half, mean + half],
        })
    return rows


def paired_difference():
    rows = []
    for sizes in [[1] * 15, [3] * 9, [2, 1, 4, 4, 1, 6]]:
        labels = np.repeat(np.arange(len(sizes)), sizes)
        a = np.round(rng.random(len(labels)), 3)
        b = np.round(np.clip(a + rng.normal(-0.05, 0.2, len(labels)), 0, 1), 3)
        fit = sm.OLS(a - b, np.ones((len(a), 1))).fit(
            cov_type="cluster", cov_kwds={"groups": labels, "use_correction": False}
        )
        c = len(sizes)
        rows.append({
            "a": clusters_of(a, labels),
            "b": clusters_of(b, labels),
            "point": float(fit.params[0]),
            "standard_error": float(fit.bse[0] * np.sqrt(c / (c - 1))),
        })
    return rows


def bca():
    rows = []
    for n, level in [(12, 0.95), (25, 0.9), (40, 0.99)]:
        data = np.round(rng.exponential(1.0, n), 3)
        ratio = np.round(rng.random(n) + 0.5, 3)

        def statistic(x, y):
            return np.sum(x) / np.sum(y)

        result = stats.bootstrap(
            (data, ratio), statistic, paired=True, n_resamples=399, vectorized=False,
            confidence_level=level, method="BCa", rng=np.random.default_rng(n),
        )
        percentile = stats.bootstrap(
            (data, ratio), statistic, paired=True, n_resamples=399, vectorized=False,
            confidence_level=level, method="percentile", rng=np.random.default_rng(n),
        )
        jackknife = [statistic(np.delete(data, i), np.delete(ratio, i)) for i in range(n)]
        rows.append({
            "point": float(statistic(data, ratio)),
            "replicates": floats(np.sort(result.bootstrap_distribution)),
            "jackknife": floats(jackknife),
            "level": level,
            "bca": floats(result.confidence_interval),
            "percentile": floats(percentile.confidence_interval),
            "numerators": floats(data),
            "denominators": floats(ratio),
        })
    return rows


def mcnemar_exact():
    return [
        {"a_only": b, "b_only": c, "p": float(mcnemar([[9, b], [c, 9]], exact=True).pvalue)}
        for b, c in [(0, 0), (1, 0), (5, 5), (3, 11), (40, 17), (200, 260), (0, 30)]
    ]


def sign_flips():
    rows = []
    for sums in [[1, 2, -1, 3], [0.5, -0.25, 0.125, 0.75, 1, 1, -0.5, 0.25], [2, 2, 2, -1, -1, 0, 3, 1, 1, 4, -2]]:
        result = stats.permutation_test(
            (np.array(sums, float),), np.sum, permutation_type="samples", vectorized=False,
            n_resamples=np.inf, alternative="two-sided",
        )
        # scipy's two-sided p doubles the smaller tail; the distribution is symmetric.
        rows.append({"sums": floats(sums), "p": float(result.pvalue)})
    return rows


def holm():
    return [
        {"p": p, "adjusted": floats(multipletests(p, method="holm")[1])}
        for p in [[0.01, 0.04, 0.03, 0.005], [0.5, 0.5, 0.9], [0.001], [0.02, 0.02, 0.02, 0.9, 0.0001, 0.051]]
    ]


def tost():
    rows = []
    for n, m, margin in [(12, 15, 0.5), (30, 9, 0.2), (8, 8, 1.0)]:
        x = np.round(rng.normal(0.1, 0.5, n), 3)
        y = np.round(rng.normal(0.0, 0.8, m), 3)
        p, lower, upper = ttost_ind(x, y, -margin, margin, usevar="unequal")
        row = {"x": floats(x), "y": floats(y), "margin": margin,
               "unpaired": [float(p), float(lower[1]), float(upper[1])]}
        k = min(n, m)
        p, lower, upper = ttost_paired(x[:k], y[:k], -margin, margin)
        row["paired"] = [float(p), float(lower[1]), float(upper[1])]
        rows.append(row)
    return rows


def newcombe_independent():
    return [
        {"counts": [a, n, b, m], "level": level,
         "limits": floats(confint_proportions_2indep(a, n, b, m, method="newcomb", compare="diff", alpha=1 - level))}
        for a, n, b, m, level in [(56, 70, 48, 80, 0.95), (9, 10, 3, 10, 0.95), (0, 10, 0, 10, 0.9), (300, 300, 290, 300, 0.99)]
    ]


def newcombe_paired():
    rows = []
    for both, a_only, b_only, neither in [(36, 12, 2, 0), (1, 1, 7, 12), (20, 0, 0, 5), (250, 11, 20, 19), (30, 0, 0, 0)]:
        n = both + a_only + b_only + neither
        p1, p2 = (both + a_only) / n, (both + b_only) / n
        l1, u1 = proportion_confint(both + a_only, n, 0.05, "wilson")
        l2, u2 = proportion_confint(both + b_only, n, 0.05, "wilson")
        product = (both + a_only) * (b_only + neither) * (both + b_only) * (a_only + neither)
        cross = both * neither - a_only * b_only
        if cross > 0:
            cross = max(cross - n / 2, 0)
        phi = cross / np.sqrt(product) if product else 0.0
        down = (p1 - l1) ** 2 - 2 * phi * (p1 - l1) * (u2 - p2) + (u2 - p2) ** 2
        up = (u1 - p1) ** 2 - 2 * phi * (u1 - p1) * (p2 - l2) + (p2 - l2) ** 2
        rows.append({"counts": [both, a_only, b_only, neither],
                     "limits": floats([p1 - p2 - np.sqrt(down), p1 - p2 + np.sqrt(up)])})
    return rows


def lang_reiczigel():
    rows = []
    for positives, n, tp, fn, tn, fp, level in [
        (34, 100, 90, 10, 80, 20, 0.95), (0, 300, 45, 5, 190, 10, 0.95), (290, 300, 60, 2, 55, 7, 0.9),
    ]:
        # The published formulas, in the order of the paper.
        z = stats.norm.ppf((1 + level) / 2)
        n_se, n_sp = tp + fn, tn + fp
        se = (n_se * (tp / n_se) + 1) / (n_se + 2)
        sp = (n_sp * (tn / n_sp) + 1) / (n_sp + 2)
        ap = (n * (positives / n) + z**2 / 2) / (n + z**2)
        j = se + sp - 1
        tp_ = (ap + sp - 1) / j
        a, b = se * (1 - se) / (n_se + 2), sp * (1 - sp) / (n_sp + 2)
        shift = 2 * z**2 * (tp_ * a - (1 - tp_) * b)
        sd = np.sqrt((ap * (1 - ap) / (n + z**2) + tp_**2 * a + (1 - tp_) ** 2 * b) / j**2)
        rows.append({"counts": [positives, n, tp, fn, tn, fp], "level": level,
                     "limits": floats([max(tp_ + shift - z * sd, 0), min(tp_ + shift + z * sd, 1)])})
    return rows


def calibration_error():
    rows = []
    for n in [7, 40, 333]:
        confidence = np.round(rng.random(n), 2)
        correct = rng.random(n) < confidence
        order = np.argsort(confidence, kind="stable")
        edges = [b * n // 10 for b in range(11)]
        ece = sum(
            (e - s) / n * abs(confidence[order[s:e]].mean() - correct[order[s:e]].mean())
            for s, e in zip(edges, edges[1:]) if e > s
        )
        rows.append({"confidence": floats(confidence), "correct": [bool(c) for c in correct], "ece": float(ece)})
    return rows


def agreement():
    rows = []
    for raters, n, share in [(2, 12, 1.0), (4, 12, 0.8), (3, 40, 0.6)]:
        truth = rng.integers(0, 4, n)
        ratings = np.where(rng.random((raters, n)) < 0.7, truth, rng.integers(0, 4, (raters, n))).astype(float)
        ratings[rng.random((raters, n)) > share] = np.nan
        alpha = krippendorff.alpha(reliability_data=ratings, level_of_measurement="nominal")
        units = [[int(v) for v in column if not np.isnan(v)] for column in ratings.T]
        rows.append({"units": units, "alpha": float(alpha)})
    return rows


def power():
    rows = []
    for variance, difference, alpha, strength in [(0.18, 0.03, 0.05, 0.8), (0.4, 0.1, 0.01, 0.9)]:
        # One sample of differences: ratio 0. One tail, as the formula leaves the other out.
        n = NormalIndPower(ddof=0).solve_power(
            difference / np.sqrt(variance), alpha=alpha / 2, power=strength, ratio=0, alternative="larger")
        rows.append({"variance": variance, "difference": difference, "alpha": alpha, "power": strength, "n": float(n)})
    return rows


json.dump({
    **distributions(),
    "clopper_pearson": clopper_pearson(),
    "clustered_mean": clustered_mean(),
    "paired_difference": paired_difference(),
    "bca": bca(),
    "mcnemar": mcnemar_exact(),
    "sign_flip": sign_flips(),
    "holm": holm(),
    "tost": tost(),
    "newcombe_independent": newcombe_independent(),
    "newcombe_paired": newcombe_paired(),
    "lang_reiczigel": lang_reiczigel(),
    "calibration_error": calibration_error(),
    "agreement": agreement(),
    "power": power(),
}, sys.stdout, indent=None, separators=(",", ":"))
print()
