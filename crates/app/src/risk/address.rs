//! Addresses of figures of a simulation.
//!
//! `risk(seed=1,paths=10240).returns.fund.irr.p50` is a figure of so many paths drawn from that seed; with `,with=…` of a
//! deal with other cells, by the fingerprint under which these are remembered while the program runs.
//! `risk(seed=1,paths=10240).path[123].in.returns.fund.irr` is a figure of the exact run of one path.

use std::fmt;

/// Which simulation a figure is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Simulation {
    pub(super) seed: u64,
    pub(super) paths: u64,
    /// The fingerprint of cells that are not typed yet.
    pub(super) with: Option<String>,
}

impl fmt::Display for Simulation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "risk(seed={},paths={}", self.seed, self.paths)?;
        if let Some(with) = &self.with {
            write!(out, ",with={with}")?;
        }
        out.write_str(")")
    }
}

impl Simulation {
    /// Reads an address: the simulation, and what stands behind it.
    pub(super) fn read(address: &str) -> Option<(Self, &str)> {
        let (inside, within) = address.strip_prefix("risk(")?.split_once(").")?;
        let mut read = Self { seed: 0, paths: 0, with: None };
        let (mut seeded, mut counted) = (false, false);
        for part in inside.split(',') {
            match part.split_once('=')? {
                ("seed", seed) => (read.seed, seeded) = (seed.parse().ok()?, true),
                ("paths", paths) => (read.paths, counted) = (paths.parse().ok()?, true),
                ("with", with) => read.with = Some(with.to_owned()),
                _ => return None,
            }
        }
        (seeded && counted).then_some((read, within))
    }

    pub(super) fn of(&self, within: &str) -> String {
        format!("{self}.{within}")
    }

    /// What stands in front of every figure of one path's exact run.
    pub(super) fn path(&self, path: u64) -> String {
        format!("{self}.path[{path}]")
    }
}

/// The path that an address is about, and the figure of it.
pub(super) fn path_of(within: &str) -> Option<(u64, &str)> {
    let (path, figure) = within.strip_prefix("path[")?.split_once("].in.")?;
    Some((path.parse().ok()?, figure))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

    use super::*;

    #[test]
    fn what_is_written_is_read() {
        for with in [None, Some("1f2e".to_owned())] {
            let simulation = Simulation { seed: 7, paths: 10_240, with };
            let address = simulation.of("returns.fund.irr.p50");
            assert!(!address.contains(' '));
            assert_eq!(Simulation::read(&address).unwrap(), (simulation, "returns.fund.irr.p50"));
        }
        for other in ["returns.fund.irr", "risk(paths=3).x", "risk(seed=1).x", "risk(seed=1,paths=2,by=3).x"]
        {
            assert!(Simulation::read(other).is_none(), "{other}");
        }
        assert_eq!(path_of("path[12].in.returns.fund.irr"), Some((12, "returns.fund.irr")));
        assert_eq!(path_of("path[x].in.returns"), None);
    }
}
