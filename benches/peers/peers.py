"""One peer, asked line by line on standard input: `agree` computes the given variates and says how far the given
columns are from its own, `time BATCH` says how many nanoseconds a path takes in batches of that size, `rates` does the
same for rates of return alone.

    python peers.py numpy|numba|numpy_kernel_form|numba_kernel_form|pyxirr FOLDER

`numpy` and `numba` are the film as one writes it down; those in the kernel's form have its formulation as well.
"""

import json
import sys
import time
from importlib import import_module
from pathlib import Path

import numpy as np

PATHS_TIMED = 65_536
SERIES_TIMED = 1_000


def of_model(name, folder):
    peer = import_module(name if name.endswith("_form") else f"{name}_peer").Peer()
    generator = np.random.Generator(np.random.SFC64(7))

    def agree():
        drawn = np.fromfile(folder / "variates.f64").reshape(len(peer.film.variates), -1)
        theirs = np.fromfile(folder / "columns.f64").reshape(peer.film.columns(), -1)
        n, batch = drawn.shape[1], 4096
        ours = np.empty_like(theirs)
        for first in range(0, n, batch):
            block = np.empty((peer.film.columns(), min(batch, n - first)))
            peer.compute(np.ascontiguousarray(drawn[:, first : first + batch]), block)
            ours[:, first : first + batch] = block
        same_nan = bool((np.isnan(ours) == np.isnan(theirs)).all())
        scale = np.maximum(np.abs(theirs), 1.0)
        worst = np.nanmax(np.abs(ours - theirs) / scale, axis=1)
        # Its own draws must be draws of the same distributions: means, in standard errors.
        sample = peer.draw(generator, 65_536)
        error = np.sqrt(sample.var(axis=1) / sample.shape[1] + drawn.var(axis=1) / n)
        away = np.abs(sample.mean(axis=1) - drawn.mean(axis=1)) / error
        return {"worst": float(worst.max()), "undefined_alike": same_nan, "draws_away": float(away.max())}

    def timed(batch):
        # Batch by batch: a turn of another program falls into some of them and not into all.
        out = np.empty((peer.film.columns(), batch))
        taken = []
        for _ in range(max(1, PATHS_TIMED // batch)):
            start = time.perf_counter()
            peer.compute(peer.draw(generator, batch), out)
            taken.append((time.perf_counter() - start) * 1e9 / batch)
        return {"ns": min(taken), "median_ns": float(np.median(taken))}

    return agree, timed


def of_rates(folder):
    import pyxirr

    # Written while this starts: read when it is asked for.
    def rows():
        return np.fromfile(folder / "flows.f64").reshape(-1, 40)

    def agree():
        flows, theirs = rows(), np.fromfile(folder / "rates.f64")
        ours = np.array([np.nan if (rate := pyxirr.irr(row)) is None else rate for row in flows])
        gap = np.abs(np.log1p(ours) - np.log1p(theirs))
        return {"worst": float(np.nanmax(gap)), "undefined_alike": bool((np.isnan(ours) == np.isnan(theirs)).all())}

    least = {}

    def timed(batch):
        # Some series at a time, and the least time of each: what all of them take where nothing else is done.
        flows, irr = rows()[:batch], pyxirr.irr
        taken = 0.0
        for first in range(0, batch, SERIES_TIMED):
            some = list(flows[first : first + SERIES_TIMED])
            start = time.perf_counter()
            for row in some:
                irr(row)
            of_some = (time.perf_counter() - start) * 1e9
            taken += of_some
            least[first] = min(of_some, least.get(first, of_some))
        return {"ns": sum(least.values()) / batch, "median_ns": taken / batch}

    return agree, timed


def main():
    name, folder = sys.argv[1], Path(sys.argv[2])
    agree, timed = of_rates(folder) if name == "pyxirr" else of_model(name, folder)
    for line in sys.stdin:
        words = line.split()
        answer = agree() if words[0] == "agree" else timed(int(words[1]))
        print(json.dumps(answer), flush=True)


main()
