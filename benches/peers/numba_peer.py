"""The film in numba as one writes it down: one path after the other and quarter after quarter, scalar, compiled; each
tier takes from what is left of the quarter and keeps what is still owed. Nothing is allocated for a path."""

import math

import numpy as np
from numba import njit

from film import HALF_A_CENT, LOW, NODES, STEP, Film

# Multiplications may be fused with additions, and sums put in another order; what is undefined stays so.
JIT = njit(cache=True, error_model="numpy", fastmath={"contract", "reassoc", "nsz", "arcp"})
FEE, RECOUP, DEBT, GROUP, CORRIDOR, SPLIT = range(6)


class Peer:
    def __init__(self):
        film = self.film = Film()
        codes, numbers, shares = [], [], []

        def shared(parts):
            first = len(shares)
            shares.extend(parts)
            return [first, len(shares)]

        for tier in film.tiers:
            kind = tier[0]
            if kind == "fee":
                _, to, rate, of, cap = tier
                codes.append([FEE, to, -1 if of is None else of, 0, 0, 0])
                numbers.append([rate, math.inf if cap is None else cap])
            elif kind == "recoup":
                _, to, amount, times = tier
                codes.append([RECOUP, to, -1 if times is None else times, 0, 0, 0])
                numbers.append([amount, 0.0])
            elif kind == "debt":
                codes.append([DEBT, tier[1], 0, 0, 0, 0])
                numbers.append([tier[2], tier[3]])
            elif kind == "group":
                codes.append([GROUP, 0, *shared(tier[2]), 0, 0])
                numbers.append([tier[1], 0.0])
            elif kind == "corridor":
                codes.append([CORRIDOR, tier[1], 0, 0, 0, 0])
                numbers.append([tier[2], 0.0])
            else:
                _, party, at, below, above = tier
                codes.append([SPLIT, party, *shared(below), *shared(above)])
                numbers.append([at, dict(below)[party]])
        codes = np.array(codes, dtype=np.int64)
        numbers = np.array(numbers)
        payee_of = np.array([to for to, _ in shares], dtype=np.int64)
        share_of = np.array([share for _, share in shares])
        investors = film.investors
        self.constants = (
            film.receipts,
            codes,
            numbers,
            payee_of,
            share_of,
            film.discount,
            np.array([of["payee"] for of in investors], dtype=np.int64),
            np.array([of["drawn"] for of in investors]),
            np.array([of["also"] for of in investors]),
            np.array([of["times"] for of in investors], dtype=np.int64),
            np.array([of["first"] for of in investors], dtype=np.int64),
            film.late,
            len(film.payees),
        )
        lognormal = np.array([[at, mean, deviation] for at, mean, deviation in film.lognormal])
        self.marginals = (
            np.linalg.cholesky(film.mix @ film.mix.T),
            lognormal,
            np.array(film.tabled, dtype=np.int64),
            film.tables,
            film.cuts,
            film.late,
        )

    def draw(self, generator, n):
        out = np.empty((len(self.film.variates), n))
        draw(generator, out, *self.marginals)
        return out

    def compute(self, drawn, out):
        compute(drawn, out, *self.constants)


@JIT
def draw(generator, out, mix, lognormal, tabled, tables, cuts, late):
    variates, n = out.shape
    z, x = np.empty(variates), np.empty(variates)
    for path in range(n):
        for at in range(variates):
            z[at] = generator.standard_normal()
        for at in range(variates):
            x[at] = 0.0
            for other in range(at + 1):
                x[at] += mix[at, other] * z[other]
        for row in range(lognormal.shape[0]):
            at = int(lognormal[row, 0])
            out[at, path] = math.exp(lognormal[row, 1] + lognormal[row, 2] * x[at])
        for row in range(tabled.shape[0]):
            place = min(max((x[tabled[row]] - LOW) / STEP, 0.0), NODES - 1.001)
            node = int(place)
            low, high = tables[row, node], tables[row, node + 1]
            out[tabled[row], path] = low + (high - low) * (place - node)
        quarters = 0
        for cut in cuts:
            quarters += x[late] > cut
        out[late, path] = quarters


@JIT
def compute(
    drawn,
    out,
    profiles,
    codes,
    numbers,
    payee_of,
    share_of,
    discount,
    of_investor,
    put,
    put_also,
    times,
    first_drawn,
    late,
    payees,
):
    sources, quarters = profiles.shape
    investors, before = put.shape
    came, states = np.empty(sources), np.empty(codes.shape[0])
    paid = np.empty((quarters, payees))
    receipts, put_in = np.empty(quarters), np.empty(before)
    for path in range(drawn.shape[1]):
        begin(drawn, path, codes, numbers, states)
        shift = int(drawn[late, path])
        for q in range(quarters):
            gross = 0.0
            for source in range(sources):
                came[source] = drawn[source, path] * profiles[source, q - shift] if q >= shift else 0.0
                gross += came[source]
            for payee in range(payees):
                paid[q, payee] = 0.0
            pour(gross, came, codes, numbers, payee_of, share_of, states, paid[q])
        for payee in range(payees):
            npv, received = 0.0, 0.0
            for q in range(quarters):
                npv += paid[q, payee] * discount[before + q]
                received += paid[q, payee]
            out[2 * payee, path] = npv
            out[2 * payee + 1, path] = received
        for place in range(investors):
            payee = of_investor[place]
            also = drawn[times[place], path] if times[place] >= 0 else 0.0
            invested, value_in, first_in = 0.0, 0.0, 0.0
            for q in range(before):
                put_in[q] = put[place, q] + also * put_also[place, q]
                invested += put_in[q]
                first_in += q * put_in[q]
                value_in += put_in[q] * discount[q]
            out[2 * payee, path] -= value_in
            total, first, missing = 0.0, 0.0, 0
            for q in range(quarters):
                receipts[q] = paid[q, payee]
                total += receipts[q]
                first += (before + q) * receipts[q]
                missing += total < invested - HALF_A_CENT
            column = 2 * payees + 3 * place
            out[column + 1, path] = total / invested
            out[column + 2, path] = (
                math.nan if missing == quarters else 3.0 * (missing + before - first_drawn[place])
            )
            out[column, path] = rate(receipts, put_in, total, first, invested, first_in)


@JIT
def begin(drawn, path, codes, numbers, states):
    """What each tier keeps from quarter to quarter: what is still owed, or what the party of a switch has had."""
    for tier in range(codes.shape[0]):
        kind = codes[tier, 0]
        states[tier] = numbers[tier, 0]
        if kind == FEE:
            states[tier] = numbers[tier, 1]
        elif kind == RECOUP and codes[tier, 2] >= 0:
            states[tier] *= drawn[codes[tier, 2], path]


@JIT
def pour(gross, came, codes, numbers, payee_of, share_of, states, paid):
    """One quarter, tier after tier."""
    pool = gross
    for tier in range(codes.shape[0]):
        kind, to = codes[tier, 0], codes[tier, 1]
        if kind == FEE:
            base = gross if codes[tier, 2] < 0 else came[codes[tier, 2]]
            part = min(numbers[tier, 0] * base, states[tier])
            states[tier] -= part
            paid[to] += part
        elif kind == RECOUP:
            part = min(pool, states[tier])
            states[tier] -= part
            paid[to] += part
        elif kind == CORRIDOR:
            part = numbers[tier, 0] * pool
            paid[to] += part
        elif kind == GROUP:
            part = min(pool, states[tier])
            states[tier] -= part
            for member in range(codes[tier, 2], codes[tier, 3]):
                paid[payee_of[member]] += share_of[member] * part
        elif kind == DEBT:
            owed = states[tier] * numbers[tier, 1]
            part = min(pool, owed)
            states[tier] = owed - part
            paid[to] += part
        else:
            # What is shared before the party has had its amount; in the quarter in which it gets there, a part.
            own = numbers[tier, 1]
            states[tier] -= paid[to]
            part = max(min(pool, states[tier] / own), 0.0)
            after = pool - part
            states[tier] -= own * part
            for member in range(codes[tier, 2], codes[tier, 3]):
                paid[payee_of[member]] += share_of[member] * part
            for member in range(codes[tier, 4], codes[tier, 5]):
                paid[payee_of[member]] += share_of[member] * after
            part = pool
        pool -= part


@JIT
def rate(receipts, put_in, total, first, invested, first_in):
    """Newton's method on ln P - ln N in the logarithm of the factor, from durations on."""
    if total < HALF_A_CENT:
        return -1.0
    before = put_in.shape[0]
    u = -math.log(total / invested) / (first / total - first_in / invested)
    u = min(max(u, -6.9), 6.9)
    for _ in range(60):
        v = math.exp(u)
        p, p_slope, n, n_slope = 0.0, 0.0, 0.0, 0.0
        for q in range(receipts.shape[0] - 1, -1, -1):
            p_slope = p_slope * v + p
            p = p * v + receipts[q]
        for q in range(before - 1, -1, -1):
            n_slope = n_slope * v + n
            n = n * v + put_in[q]
        step = (math.log(p / n) + before * u) / (v * (p_slope / p - n_slope / n) + before)
        step = min(max(step, -1.0), 1.0)
        u -= step
        if abs(step) <= 1e-8:
            break
    return math.exp(-4.0 * u) - 1.0
