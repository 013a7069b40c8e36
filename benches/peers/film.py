"""The written model as constants, the same for every peer: see model.json beside this file."""

import json
from math import erf, log, pi, sin, sqrt
from pathlib import Path

import numpy as np

HALF_A_CENT = 0.005
# Nodes of the inverse distributions, even in the normal variable.
LOW, STEP, NODES = -8.25, 1.0 / 64.0, 1057
Z90 = 1.2815515655446004


class Film:
    def __init__(self):
        model = json.loads((Path(__file__).parent / "model.json").read_text())
        self.quarters = model["quarters"]
        self.before = model["drawdown_quarters"]
        self.sources = [source["id"] for source in model["sources"]]
        amounts = np.array([float(source["amount"]) for source in model["sources"]])
        profiles = np.array([source["profile"] for source in model["sources"]])
        self.receipts = profiles * amounts[:, None]
        self.cumulative = np.cumsum(profiles, axis=1) * amounts[:, None]
        self.variates = [variate["id"] for variate in model["variates"]]
        self.late = self.variates.index(model["delayed_by"])
        self.payees = model["payees"]
        self.tiers = [self.tier(tier) for tier in model["tiers"]]
        rate = float(model["discount_rate_annual"])
        self.discount = (1.0 + rate) ** (-np.arange(self.before + self.quarters) / 4.0)
        self.investors = [self.investor(investor) for investor in model["investors"]]
        rho = np.array(model["rank_correlation"])
        # Spearman's rho of the ranks, Pearson's of the normal variables behind them.
        self.mix = np.linalg.cholesky(2.0 * np.sin(pi * rho / 6.0) * (1 - np.eye(len(rho))) + np.eye(len(rho)))
        self.distributions = [variate["distribution"] for variate in model["variates"]]
        self.marginals()

    def columns(self):
        return 2 * len(self.payees) + 3 * len(self.investors)

    def tier(self, tier):
        kind = next(key for key in tier if key != "id")
        body = tier[kind]
        payee = self.payees.index
        share = lambda parts, key: [(payee(part["payee"]), float(part[key])) for part in parts]
        if kind == "group":
            members = share(body, "amount")
            total = sum(amount for _, amount in members)
            return ("group", total, [(to, amount / total) for to, amount in members])
        if kind == "split":
            switch = body["switch"]
            below, above = share(body["below"], "share"), share(body["above"], "share")
            return ("split", payee(switch["party"]), float(switch["received"]), below, above)
        to = payee(body["payee"])
        if kind == "fee":
            of = self.sources.index(body["of"]) if "of" in body else None
            return ("fee", to, float(body["rate"]), of, float(body["cap"]) if "cap" in body else None)
        if kind == "recoup":
            times = self.variates.index(body["times"]) if "times" in body else None
            return ("recoup", to, float(body["amount"]), times)
        if kind == "debt":
            return ("debt", to, float(body["amount"]), 1.0 + float(body["rate_quarterly"]))
        return ("corridor", to, float(body["rate"]))

    def investor(self, written):
        drawn = np.array([float(amount) for amount in written["drawn"]])
        also, times = np.zeros(self.before), -1
        if "also" in written:
            also[written["also"]["quarter"]] = float(written["also"]["amount"])
            times = self.variates.index(written["also"]["times"])
        first = int(np.argmax((drawn + also) > 0))
        return {"payee": self.payees.index(written["payee"]), "drawn": drawn, "also": also, "times": times, "first": first}

    def marginals(self):
        """Exponentials where they serve, tables over the normal variable elsewhere, cuts for what is discrete."""
        z = LOW + STEP * np.arange(NODES)
        p = np.array([0.5 * (1.0 + erf(x / sqrt(2.0))) for x in z])
        self.lognormal, self.tabled, self.tables = [], [], []
        for at, distribution in enumerate(self.distributions):
            (kind, of), = distribution.items()
            if kind == "lognormal":
                median, p90 = float(of["median"]), float(of["p90"])
                self.lognormal.append((at, log(median), log(p90 / median) / Z90))
            elif kind == "discrete":
                shares = np.cumsum([float(outcome["probability"]) for outcome in of])[:-1]
                self.cuts = np.interp(shares, p, z)
            else:
                low, mode, high = (float(of[key]) for key in ("low", "mode", "high"))
                inverse = triangular if kind == "triangular" else pert
                self.tabled.append(at)
                self.tables.append(inverse(p, low, mode, high))
        self.tables = np.array(self.tables)


def triangular(p, low, mode, high):
    at = (mode - low) / (high - low)
    up = low + np.sqrt(p * (high - low) * (mode - low))
    down = high - np.sqrt((1.0 - p) * (high - low) * (high - mode))
    return np.where(p < at, up, down)


def pert(p, low, mode, high):
    """By adding up the beta density, in the middle of each of a hundred thousand steps."""
    a = 1.0 + 4.0 * (mode - low) / (high - low)
    b = 1.0 + 4.0 * (high - mode) / (high - low)
    x = (np.arange(100_000) + 0.5) / 100_000
    density = x ** (a - 1.0) * (1.0 - x) ** (b - 1.0)
    below = np.concatenate([[0.0], np.cumsum(density)])
    return low + (high - low) * np.interp(p, below / below[-1], np.linspace(0.0, 1.0, 100_001))
