"""The film in NumPy as one writes it down: arrays of quarters by paths, tier after tier, each holding what is paid in
each quarter. Whole arrays wherever a quarter does not wait for the one before; a loop over quarters, of whole rows of
paths, where a balance is carried from one to the next. In place, in room that is kept from batch to batch."""

import numpy as np

from film import HALF_A_CENT, LOW, NODES, STEP, Film

# Of the batch: fewer open paths than this are gathered before the search for their rates goes on.
FEW = 0.5
# A step in the logarithm of the factor that leaves an error of about its square.
SMALL = 1e-8
MOST_STEPS = 60
LOST = 6.9


class Peer:
    def __init__(self):
        self.film = Film()
        self.room = None
        # By source: receipts of each quarter for each delay.
        self.late = np.zeros((len(self.film.sources), self.film.quarters, len(self.film.cuts) + 1))
        for by in range(len(self.film.cuts) + 1):
            self.late[:, by:, by] = self.film.receipts[:, : self.film.quarters - by]
        quarters = np.arange(self.film.before, self.film.before + self.film.quarters, dtype=float)
        value = self.film.discount[self.film.before :]
        # Of what is paid: its value, its total, and its first and second moments in time.
        self.sums = np.array([value, np.ones_like(quarters), quarters, quarters * quarters])

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
            q = film.quarters
            self.room = {
                "n": n,
                "came": np.empty((len(film.sources), q, n)),
                "gross": np.empty((q, n)),
                "paid": np.empty((len(film.payees), q, n)),
                "pool": np.empty((q, n)),
                "part": np.empty((q, n)),
                "share": np.empty((q, n)),
                "line": np.empty((6, n)),
            }
        return self.room

    def receive(self, drawn, room):
        """What each source brings in, late by the path's quarters, and what all of them do."""
        came, gross = room["came"], room["gross"]
        late = drawn[self.film.late].astype(np.int64)
        for source, profile in enumerate(self.late):
            np.take(profile, late, axis=1, out=came[source], mode="clip")
            came[source] *= drawn[source]
        np.add(came[0], came[1], out=gross)
        for of in came[2:]:
            gross += of

    def pour(self, drawn, room):
        """The tiers, from the first to the last: each takes from what the ones before have left in each quarter."""
        film, came, paid = self.film, room["came"], room["paid"]
        pool, part, share = room["pool"], room["part"], room["share"]
        pool[:] = room["gross"]
        paid[:] = 0.0
        for tier in film.tiers:
            kind = tier[0]
            if kind == "fee":
                _, to, rate, of, cap = tier
                np.multiply(room["gross"] if of is None else came[of], rate, out=part)
                if cap is not None:
                    up_to(cap, part, part, room)
                pool -= part
                paid[to] += part
            elif kind == "corridor":
                _, to, rate = tier
                np.multiply(pool, rate, out=part)
                pool -= part
                paid[to] += part
            elif kind == "recoup":
                _, to, amount, times = tier
                up_to(amount if times is None else amount * drawn[times], pool, part, room)
                pool -= part
                paid[to] += part
            elif kind == "debt":
                _, to, amount, growth = tier
                up_to(amount, pool, part, room, growth)
                pool -= part
                paid[to] += part
            elif kind == "group":
                _, amount, members = tier
                up_to(amount, pool, part, room)
                pool -= part
                for to, of in members:
                    np.multiply(part, of, out=share)
                    paid[to] += share
            else:
                _, party, received, below, above = tier
                self.before_switch(paid[party], received, dict(below)[party], room)
                pool -= part
                for shares, money in ((below, part), (above, pool)):
                    for to, of in shares:
                        np.multiply(money, of, out=share)
                        paid[to] += share

    def before_switch(self, paid, received, own, room):
        """What is shared before the party has had its amount: in the quarter in which it gets there, a part."""
        pool, part, line = room["pool"], room["part"], room["line"]
        had, need = line[0], line[1]
        had.fill(0.0)
        for quarter in range(len(pool)):
            had += paid[quarter]
            np.subtract(received, had, out=need)
            need *= 1.0 / own
            np.minimum(pool[quarter], need, out=need)
            np.maximum(need, 0.0, out=part[quarter])
            np.multiply(part[quarter], own, out=need)
            had += need

    def measure(self, drawn, room, out):
        """Values, totals, multiples and paybacks; returned is where the search for each investor's rate begins."""
        film, paid = self.film, room["paid"]
        payees, quarters = len(film.payees), film.quarters
        npv, received = out[0 : 2 * payees : 2], out[1 : 2 * payees : 2]
        powers = np.arange(film.before, dtype=float)
        drawings = np.array([film.discount[: film.before], np.ones(film.before), powers, powers * powers])
        starts = {}
        for payee in range(payees):
            investor = next((of for of in film.investors if of["payee"] == payee), None)
            sums = self.sums[: 2 if investor is None else 4] @ paid[payee]
            npv[payee], received[payee] = sums[0], sums[1]
            if investor is None:
                continue
            value, put_in, first, second = (drawings @ investor["drawn"])[:, None]
            if investor["times"] >= 0:
                also = drawings @ investor["also"]
                more = also[:, None] * drawn[investor["times"]]
                value, put_in, first, second = value + more[0], put_in + more[1], first + more[2], second + more[3]
            npv[payee] -= value
            place = film.investors.index(investor)
            multiple, months = out[2 * payees + 3 * place + 1], out[2 * payees + 3 * place + 2]
            np.divide(sums[1], put_in, out=multiple)
            self.payback(paid[payee], put_in - HALF_A_CENT, months, room)
            months[months == 3.0 * quarters] = np.nan
            months += 3.0 * (film.before - investor["first"])
            starts[place] = begin(sums[1], sums[2], put_in, first)
        return starts

    def payback(self, paid, back, months, room):
        """Three months for each quarter at whose end the money is not back."""
        had, missing = room["line"][0], room["line"][1]
        had.fill(0.0)
        months.fill(0.0)
        for row in paid:
            had += row
            np.less(had, back, out=missing)
            months += missing
        months *= 3.0

    def rates(self, drawn, room, starts, out):
        film, payees = self.film, len(self.film.payees)
        for place, investor in enumerate(film.investors):
            received = out[2 * investor["payee"] + 1]
            also = drawn[investor["times"]] if investor["times"] >= 0 else None
            put_in = investor["drawn"][:, None]
            if also is not None:
                put_in = put_in + investor["also"][:, None] * also
            rate = rate_of(room["paid"][investor["payee"]], put_in, starts[place], received >= HALF_A_CENT)
            out[2 * payees + 3 * place] = rate

    def compute(self, drawn, out):
        room = self.rows(drawn.shape[1])
        self.receive(drawn, room)
        self.pour(drawn, room)
        with np.errstate(all="ignore"):
            self.rates(drawn, room, self.measure(drawn, room, out), out)


def up_to(amount, pool, part, room, growth=None):
    """What is paid in each quarter on a claim of that amount, of which what is owed grows."""
    owed = room["line"][0]
    owed[:] = amount
    for of, paid in zip(pool, part):
        if growth is not None:
            owed *= growth
        np.minimum(of, owed, out=paid)
        owed -= paid


def begin(total, first, put_in, first_in):
    """The logarithm of the factor, as if all came and went at its mean time."""
    return np.clip(-np.log(total / put_in) / (first / total - first_in / put_in), -LOST, LOST)


def rate_of(paid, put_in, u, asked):
    """Newton's method on ln P - ln N in the logarithm of the factor; paths that have arrived are left behind."""
    before = len(put_in)
    rate = np.full(len(u), -1.0)
    at = np.flatnonzero(asked)
    if len(at) < len(u):
        paid, u = paid[:, at], u[at]
        put_in = put_in if put_in.shape[1] == 1 else put_in[:, at]
    for _ in range(MOST_STEPS):
        v = np.exp(u)
        p, p_slope = horner(paid, v)
        n, n_slope = horner(put_in, v)
        # Receipts begin where the drawings end; slopes are those in the logarithm, the mean times of both.
        h = np.log(p / n)
        h += before * u
        p_slope /= p
        n_slope /= n
        p_slope -= n_slope
        p_slope *= v
        p_slope += before
        h /= p_slope
        np.clip(h, -1.0, 1.0, out=h)
        u = u - h
        still = np.abs(h) > SMALL
        open_paths = np.count_nonzero(still)
        if open_paths == 0:
            break
        if open_paths < FEW * len(u):
            rate[at[~still]] = np.exp(-4.0 * u[~still]) - 1.0
            at, paid, u = at[still], paid[:, still], u[still]
            put_in = put_in if put_in.shape[1] == 1 else put_in[:, still]
    rate[at] = np.exp(-4.0 * u) - 1.0
    return rate


def horner(rows, v):
    """The value of amounts at each path's factor, and its slope."""
    value, slope = np.zeros_like(v), np.zeros_like(v)
    for row in rows[::-1]:
        slope *= v
        slope += value
        value *= v
        value += row
    return value, slope
