//! Even numbers for the rows of indices.

use crate::draw::{Copula, DrawError, Draws, Generator, Marginal};
use crate::run::Sampling;

/// Numbers between nought and one in two dimensions for each driver, from the generators of every simulation: what
/// [`super::indices`] asks for by [`Draws::fill_flat`].
///
/// # Errors
/// [`DrawError`] where the generator refuses.
pub fn uniforms(drivers: usize, seed: u64, sampling: Sampling) -> Result<Draws, DrawError> {
    let generator = match sampling {
        Sampling::Independent => Generator::Philox,
        Sampling::Scrambled { scrambles } => Generator::Sobol { scrambles },
    };
    let even = vec![Marginal::Uniform { low: 0.0, high: 1.0 }; 2 * drivers];
    Draws::new(seed, generator, &even, Copula::independent(2 * drivers))
}
