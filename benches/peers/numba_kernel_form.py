"""The film in numba, in the kernel's own form (cumulative rows, a start from three moments): one path after the other,
scalar, compiled, nothing allocated for a path."""

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
            film.cumulative,
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
    cumulative,
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
    sources, quarters = cumulative.shape
    investors, before = put.shape
    came, flow, part = np.empty((sources, quarters)), np.empty(quarters), np.empty(quarters)
    gross = np.empty(quarters)
    paid = np.empty((payees, quarters))
    receipts, put_in = np.empty(quarters), np.empty(before)
    for path in range(drawn.shape[1]):
        shift = int(drawn[late, path])
        gross[:] = 0.0
        for source in range(sources):
            multiplier = drawn[source, path]
            for q in range(shift):
                came[source, q] = 0.0
            for q in range(quarters - shift):
                came[source, q + shift] = multiplier * cumulative[source, q]
            for q in range(quarters):
                gross[q] += came[source, q]
        paid[:] = 0.0
        for q in range(quarters):
            flow[q] = gross[q]
        for tier in range(codes.shape[0]):
            kind, to = codes[tier, 0], codes[tier, 1]
            number = numbers[tier, 0]
            if kind == FEE:
                base = gross if codes[tier, 2] < 0 else came[codes[tier, 2]]
                cap = numbers[tier, 1]
                for q in range(quarters):
                    fee = min(number * base[q], cap)
                    flow[q] -= fee
                    paid[to, q] += fee
            elif kind == RECOUP:
                if codes[tier, 2] >= 0:
                    number *= drawn[codes[tier, 2], path]
                for q in range(quarters):
                    fee = min(flow[q], number)
                    flow[q] -= fee
                    paid[to, q] += fee
            elif kind == CORRIDOR:
                for q in range(quarters):
                    fee = number * flow[q]
                    flow[q] -= fee
                    paid[to, q] += fee
            elif kind == GROUP:
                for q in range(quarters):
                    part[q] = min(flow[q], number)
                    flow[q] -= part[q]
                for member in range(codes[tier, 2], codes[tier, 3]):
                    for q in range(quarters):
                        paid[payee_of[member], q] += share_of[member] * part[q]
            elif kind == DEBT:
                growth = numbers[tier, 1]
                over, by, so_far = -number, 0.0, 0.0
                for q in range(quarters):
                    pool = flow[q] - so_far
                    so_far = flow[q]
                    over = over * growth + pool
                    by += max(min(pool, over), 0.0)
                    flow[q] = by
                    paid[to, q] += so_far - by
            else:
                own, through = numbers[tier, 1], 0.0
                for q in range(quarters):
                    through = min(max(through, (number - paid[to, q]) / own), flow[q])
                    part[q] = through
                    flow[q] -= through
                for member in range(codes[tier, 2], codes[tier, 3]):
                    for q in range(quarters):
                        paid[payee_of[member], q] += share_of[member] * part[q]
                for member in range(codes[tier, 4], codes[tier, 5]):
                    for q in range(quarters):
                        paid[payee_of[member], q] += share_of[member] * flow[q]
                flow[:] = 0.0
        for payee in range(payees):
            npv, so_far = 0.0, 0.0
            for q in range(quarters):
                npv += (paid[payee, q] - so_far) * discount[before + q]
                so_far = paid[payee, q]
            out[2 * payee, path] = npv
            out[2 * payee + 1, path] = so_far
        for place in range(investors):
            payee = of_investor[place]
            also = drawn[times[place], path] if times[place] >= 0 else 0.0
            invested, first_in, second_in = 0.0, 0.0, 0.0
            for q in range(before):
                put_in[q] = put[place, q] + also * put_also[place, q]
                invested += put_in[q]
                first_in += q * put_in[q]
                second_in += q * q * put_in[q]
                out[2 * payee, path] -= put_in[q] * discount[q]
            total, first, second, so_far = paid[payee, quarters - 1], 0.0, 0.0, 0.0
            missing = 0
            for q in range(quarters):
                receipts[q] = paid[payee, q] - so_far
                so_far = paid[payee, q]
                at = before + q
                first += at * receipts[q]
                second += at * at * receipts[q]
                missing += paid[payee, q] < invested - HALF_A_CENT
            column = 2 * payees + 3 * place
            out[column + 1, path] = total / invested
            never = missing == quarters
            out[column + 2, path] = math.nan if never else 3.0 * (missing + before - first_drawn[place])
            out[column, path] = rate(receipts, put_in, total, first, second, invested, first_in, second_in)


@JIT
def rate(receipts, put_in, total, first, second, invested, first_in, second_in):
    """Newton's method on ln P - ln N in the logarithm of the factor."""
    if total < HALF_A_CENT:
        return -1.0
    before = put_in.shape[0]
    mean, mean_in = first / total, first_in / invested
    slope = 1.0 / (mean - mean_in)
    bend = 0.5 * slope * ((second / total - mean * mean) - (second_in / invested - mean_in * mean_in))
    line = math.log(total / invested) * slope
    under = max(1.0 - 4.0 * bend * line, 0.0)
    u = min(max(-2.0 * line / (1.0 + math.sqrt(under)), -6.9), 6.9)
    v = math.exp(u)
    for _ in range(60):
        p, p_slope, n, n_slope = 0.0, 0.0, 0.0, 0.0
        for q in range(receipts.shape[0] - 1, -1, -1):
            p_slope = p_slope * v + p
            p = p * v + receipts[q]
        for q in range(before - 1, -1, -1):
            n_slope = n_slope * v + n
            n = n * v + put_in[q]
        h = math.log(p / n) + before * math.log(v)
        step = -h / (v * p_slope / p + before - v * n_slope / n)
        step = min(max(step, -1.0), 1.0)
        v *= math.exp(step)
        if abs(step) <= 1e-8:
            break
    return v**-4.0 - 1.0
