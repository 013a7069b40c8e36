"""The film in NumPy, in the kernel's own form (cumulative rows, sums by parts): whole arrays of quarters by paths, in
place, no loop over paths, and none over quarters but Horner's rule."""

import numpy as np

from film import HALF_A_CENT, LOW, NODES, STEP, Film


class Peer:
    def __init__(self):
        self.film = Film()
        self.room = None

    def draw(self, generator, n):
        """Drawn numbers, variate by variate: normal, correlated, each with its own distribution."""
        film = self.film
        z = film.mix @ generator.standard_normal((len(film.variates), n))
        out = np.empty_like(z)
        for at, mean, deviation in film.lognormal:
            row = out[at]
            np.multiply(z[at], deviation, out=row)
            row += mean
            np.exp(row, out=row)
        out[film.late] = np.searchsorted(film.cuts, z[film.late])
        place = (z[film.tabled] - LOW) * (1.0 / STEP)
        np.clip(place, 0.0, NODES - 1.001, out=place)
        node = place.astype(np.int64)
        place -= node
        node += NODES * np.arange(len(film.tabled))[:, None]
        flat = film.tables.ravel()
        low, high = flat[node], flat[node + 1]
        high -= low
        high *= place
        low += high
        out[film.tabled] = low
        return out

    def rows(self, n):
        """Room for a batch, kept from batch to batch."""
        if self.room is None or self.room["n"] != n:
            film = self.film
            q, late = film.quarters, 8
            kept = sorted({tier[3] for tier in film.tiers if tier[0] == "fee" and tier[3] is not None})
            self.room = {
                "n": n,
                "kept": kept,
                "early": np.zeros((1 + len(kept), late + q, n)),
                "index": ((late + np.arange(q)[:, None]) * n + np.arange(n)).astype(np.int64),
                "shift": np.empty((q, n), dtype=np.int64),
                "came": np.empty((1 + len(kept), q, n)),
                "paid": np.empty((len(film.payees), q, n)),
                "flow": np.empty((q, n)),
                "a": np.empty((q, n)),
                "b": np.empty((q, n)),
                "c": np.empty((q, n)),
            }
        return self.room

    def receive(self, drawn, room):
        """Cumulative receipts of all sources and of those on which a fee is taken, late by each path's quarters."""
        film, kept = self.film, room["kept"]
        late, early = 8, room["early"]
        multipliers = drawn[: len(film.sources)]
        np.matmul(film.cumulative.T, multipliers, out=early[0, late:])
        for place, source in enumerate(kept):
            np.multiply(film.cumulative[source][:, None], multipliers[source], out=early[1 + place, late:])
        shift = room["shift"]
        np.subtract(room["index"], drawn[film.late].astype(np.int64) * room["n"], out=shift)
        for place in range(1 + len(kept)):
            np.take(early[place].ravel(), shift, out=room["came"][place], mode="clip")

    def pour(self, drawn, room):
        """The tiers, cumulatively: a claim is the lesser of what has come to it and its amount."""
        film, came, paid = self.film, room["came"], room["paid"]
        flow, a, b, c = room["flow"], room["a"], room["b"], room["c"]
        flow[:] = came[0]
        paid[:] = 0.0
        for tier in film.tiers:
            kind = tier[0]
            if kind == "fee":
                _, to, rate, of, cap = tier
                np.multiply(came[0 if of is None else 1 + room["kept"].index(of)], rate, out=a)
                if cap is not None:
                    np.minimum(a, cap, out=a)
                flow -= a
                paid[to] += a
            elif kind == "recoup":
                _, to, amount, times = tier
                np.minimum(flow, amount if times is None else amount * drawn[times], out=a)
                flow -= a
                paid[to] += a
            elif kind == "corridor":
                _, to, rate = tier
                np.multiply(flow, rate, out=a)
                flow -= a
                paid[to] += a
            elif kind == "group":
                _, amount, members = tier
                np.minimum(flow, amount, out=a)
                flow -= a
                for to, share in members:
                    np.multiply(a, share, out=b)
                    paid[to] += b
            elif kind == "debt":
                _, to, amount, growth = tier
                # Brought to one day, what has come is held against what is owed; what is over grows back to its own.
                days = growth ** np.arange(film.quarters)[:, None]
                b[0] = flow[0]
                np.subtract(flow[1:], flow[:-1], out=b[1:])
                np.divide(b, days, out=a)
                np.cumsum(a, axis=0, out=c)
                c -= amount * growth
                c *= days
                np.minimum(b, c, out=c)
                np.maximum(c, 0.0, out=c)
                np.cumsum(c, axis=0, out=b)
                flow -= b
                paid[to] += flow
                flow[:] = b
            else:
                _, party, received, below, above = tier
                own = dict(below)[party]
                np.subtract(received, paid[party], out=a)
                a /= own
                np.minimum(a, flow, out=a)
                np.maximum(a, 0.0, out=a)
                np.maximum.accumulate(a, axis=0, out=b)
                flow -= b
                for shares, money in ((below, b), (above, flow)):
                    for to, share in shares:
                        np.multiply(money, share, out=c)
                        paid[to] += c

    def measure(self, drawn, room, out):
        film, paid = self.film, room["paid"]
        weights = film.discount[film.before :].copy()
        weights[:-1] -= weights[1:]
        payees = len(film.payees)
        npv, received = out[0 : 2 * payees : 2], out[1 : 2 * payees : 2]
        for payee in range(payees):
            np.matmul(weights, paid[payee], out=npv[payee])
            received[payee] = paid[payee, -1]
        quarters = np.arange(film.before, film.before + film.quarters)
        sums = np.array([np.ones(film.quarters), 2.0 * quarters + 1.0])
        guesses = []
        for place, investor in enumerate(film.investors):
            cumulative = paid[investor["payee"]]
            total = cumulative[-1]
            also = drawn[investor["times"]] if investor["times"] >= 0 else 0.0
            powers = np.arange(film.before)
            fixed, more = investor["drawn"], investor["also"]
            put_in, first, second = (
                (fixed * powers**k).sum() + also * (more * powers**k).sum() for k in range(3)
            )
            npv[investor["payee"]] -= fixed @ film.discount[: film.before]
            npv[investor["payee"]] -= also * (more @ film.discount[: film.before])
            column = 2 * payees + 3 * place
            np.divide(total, put_in, out=out[column + 1])
            back = put_in - HALF_A_CENT
            missing = (cumulative < back).sum(axis=0)
            months = out[column + 2]
            np.multiply(missing, 3.0, out=months)
            months += 3.0 * (film.before - investor["first"])
            months[total < back] = np.nan
            s = sums @ cumulative
            end = film.before + film.quarters
            guesses.append(guess(total, end * total - s[0], end * end * total - s[1], put_in, first, second))
        return guesses

    def rates(self, drawn, room, guesses, out):
        """Newton's method on 2 (P - N) / (P + N), all investors at once."""
        film = self.film
        n, payees = room["n"], len(film.payees)
        paid = np.empty((film.quarters, len(film.investors), n))
        put_in = np.empty((film.before, len(film.investors), n))
        for place, investor in enumerate(film.investors):
            cumulative = room["paid"][investor["payee"]]
            paid[0, place] = cumulative[0]
            np.subtract(cumulative[1:], cumulative[:-1], out=paid[1:, place])
            also = drawn[investor["times"]] if investor["times"] >= 0 else 0.0
            for quarter in range(film.before):
                put_in[quarter, place] = investor["drawn"][quarter] + investor["also"][quarter] * also
        columns = [2 * payees + 3 * place for place in range(len(film.investors))]
        received = np.array([room["paid"][investor["payee"], -1] for investor in film.investors])
        lost = received < HALF_A_CENT
        v = np.exp(np.array([u for u, _ in guesses]))
        bend = np.array([bend for _, bend in guesses])
        with np.errstate(all="ignore"):
            for _ in range(60):
                p, p_slope = horner(paid, v)
                d, d_slope = horner(put_in, v)
                factor = v**film.before
                p_slope *= v
                p_slope += p * film.before
                p_slope *= factor
                p *= factor
                d_slope *= v
                step = (d - p) * (d + p) / (2.0 * (p_slope * d - d_slope * p))
                np.clip(step, -1.0, 1.0, out=step)
                bent = step * np.clip(1.0 - bend * step, 0.5, 2.0)
                v *= np.exp(bent)
                step[lost] = 0.0
                if np.abs(step).max() <= 2e-6:
                    break
            rate = v**-4.0 - 1.0
        rate[lost] = -1.0
        for place, column in enumerate(columns):
            out[column] = rate[place]

    def compute(self, drawn, out):
        room = self.rows(drawn.shape[1])
        self.receive(drawn, room)
        self.pour(drawn, room)
        with np.errstate(all="ignore"):
            guesses = self.measure(drawn, room, out)
        self.rates(drawn, room, guesses, out)


def guess(total, first, second, put_in, first_in, second_in):
    mean, mean_in = first / total, first_in / put_in
    spread = second / total - mean * mean
    spread_in = second_in / put_in - mean_in * mean_in
    slope = 1.0 / (mean - mean_in)
    line = np.log(total / put_in) * slope
    bend = (spread - spread_in) * slope * 0.5
    under = np.maximum(1.0 - 4.0 * bend * line, 0.0)
    return np.clip(-2.0 * line / (1.0 + np.sqrt(under)), -6.9, 6.9), bend


def horner(rows, v):
    value, slope = rows[-1].copy(), np.zeros_like(v)
    for row in rows[-2::-1]:
        slope *= v
        slope += value
        value *= v
        value += row
    return value, slope
