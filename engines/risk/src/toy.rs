//! A model small enough to know every answer: for tests of what runs and counts.

use crate::run::{Identity, Keep, Request, Sampling};
use crate::{CHUNK, Column, Measure, PathModel};

/// Inverse of the standard normal distribution.
fn normal(p: f64) -> f64 {
    use statrs::distribution::{ContinuousCDF, Normal};
    Normal::new(0.0, 1.0).unwrap().inverse_cdf(p)
}

pub(crate) struct Toy {
    pub(crate) seed: u64,
    pub(crate) sampling: Sampling,
    pub(crate) columns: Vec<Column>,
    /// Probability of losing everything.
    pub(crate) lost: f64,
    /// Probability of an undefined return.
    pub(crate) undefined: f64,
}

fn mixed(word: u64) -> u64 {
    let word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    word ^ (word >> 31)
}

fn unit(word: u64) -> f64 {
    ((word >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
}

impl Toy {
    pub(crate) fn new(seed: u64, sampling: Sampling) -> Self {
        let measures = [
            Measure::Irr,
            Measure::Multiple,
            Measure::Npv,
            Measure::Recouped,
            Measure::PaybackMonths,
            Measure::Invested,
        ];
        let columns = measures.map(|measure| Column { of: "fund".to_owned(), measure }).to_vec();
        Self { seed, sampling, columns, lost: 0.0, undefined: 0.0 }
    }

    /// A number between nought and one: independent, or a radical inverse shifted for each scramble.
    pub(crate) fn uniform(&self, path: u64) -> f64 {
        let seed = mixed(self.seed.wrapping_add(0x9e37_79b9_7f4a_7c15));
        match self.sampling {
            Sampling::Independent => unit(mixed(seed ^ mixed(path.wrapping_add(1)))),
            Sampling::Scrambled { scrambles } => {
                let (chunk, within) = (path / CHUNK as u64, path % CHUNK as u64);
                let scramble = chunk % u64::from(scrambles);
                let index = chunk / u64::from(scrambles) * CHUNK as u64 + within;
                let shifted = unit(index.reverse_bits()) + unit(mixed(seed ^ mixed(scramble + 77)));
                (shifted - shifted.floor()).clamp(1e-12, 1.0 - 1e-12)
            }
        }
    }

    fn path(&self, path: u64) -> [f64; 6] {
        let u = self.uniform(path);
        if u < self.lost {
            return [-1.0, 0.0, -100.0, 0.0, f64::NAN, 100.0];
        }
        let z = normal(u);
        let irr = if u > 1.0 - self.undefined { f64::NAN } else { 0.05 + 0.1 * z };
        let multiple = (0.4 * z).exp();
        let months = if multiple < 1.0 { f64::NAN } else { (36.0 / multiple).ceil() };
        [irr, multiple, 1e6 * z, f64::from(u8::from(multiple >= 1.0)), months, 100.0]
    }

    pub(crate) fn request(&self, paths: u64, keep: Keep) -> Request {
        Request {
            identity: Identity {
                plan: "toy".to_owned(),
                kernel: "1".to_owned(),
                seed: self.seed,
                generator: "mixed".to_owned(),
            },
            sampling: self.sampling,
            paths,
            columns: (0..self.columns.len()).collect(),
            keep,
            precision: None,
            checkpoint_every: None,
        }
    }
}

impl PathModel for Toy {
    type Workspace = ();

    fn columns(&self) -> &[Column] {
        &self.columns
    }

    fn workspace(&self) {}

    fn compute(&self, first: u64, out: &mut [f64], (): &mut ()) {
        for within in 0..CHUNK {
            let values = self.path(first + within as u64);
            for (column, value) in values.into_iter().take(self.columns.len()).enumerate() {
                out[column * CHUNK + within] = value;
            }
        }
    }
}
