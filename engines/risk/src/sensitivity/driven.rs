//! A model whose drivers may be given values.

use crate::{CHUNK, Column, PathModel};

/// A model that is a function of its drivers' values.
///
/// [`PathModel::compute`] is [`draw`](Self::draw) and then [`evaluate`](Self::evaluate).
pub trait DrivenModel: PathModel {
    /// How many drivers there are.
    fn drivers(&self) -> usize;

    /// The value that leaves what is typed as it is: one for a factor, nought for what is added, the typed value where
    /// it is replaced.
    fn base(&self, driver: usize) -> f64;

    /// A quantile of the driver's own distribution, 0 < p < 1.
    fn quantile(&self, driver: usize, p: f64) -> f64;

    /// The values drawn for [`CHUNK`] paths from `first` on: `drawn[driver * CHUNK + path]`.
    fn draw(&self, first: u64, drawn: &mut [f64], workspace: &mut Self::Workspace);

    /// What follows from the values of the drivers, for [`CHUNK`] paths: `out[column * CHUNK + path]`.
    fn evaluate(&self, drawn: &[f64], out: &mut [f64], workspace: &mut Self::Workspace);
}

/// Drivers and what each of them is worth.
pub(super) type Values = Vec<f64>;

/// Every driver at the value that changes nothing.
pub(super) fn bases<M: DrivenModel>(model: &M) -> Values {
    (0..model.drivers()).map(|driver| model.base(driver)).collect()
}

/// One column at many points.
pub(super) fn at_points<M: DrivenModel>(model: &M, column: usize, points: &[Values]) -> Vec<f64> {
    let mut workspace = model.workspace();
    let drivers = model.drivers();
    let mut drawn = vec![0.0; drivers * CHUNK];
    let mut out = vec![0.0; model.columns().len() * CHUNK];
    let rest = bases(model);
    let mut found = Vec::with_capacity(points.len());
    for chunk in points.chunks(CHUNK) {
        for path in 0..CHUNK {
            let point = chunk.get(path).unwrap_or(&rest);
            point.iter().enumerate().for_each(|(driver, value)| drawn[driver * CHUNK + path] = *value);
        }
        model.evaluate(&drawn, &mut out, &mut workspace);
        found.extend_from_slice(&out[column * CHUNK..column * CHUNK + chunk.len()]);
    }
    found
}

/// A model in which some drivers are held at a value on every path; the others are drawn as ever.
#[derive(Debug)]
pub struct Held<'m, M> {
    model: &'m M,
    held: Vec<(usize, f64)>,
}

impl<'m, M: DrivenModel> Held<'m, M> {
    /// Holds drivers at values.
    pub fn new(model: &'m M, held: Vec<(usize, f64)>) -> Self {
        Self { model, held }
    }
}

impl<M: DrivenModel> PathModel for Held<'_, M> {
    type Workspace = (M::Workspace, Vec<f64>);

    fn columns(&self) -> &[Column] {
        self.model.columns()
    }

    fn workspace(&self) -> Self::Workspace {
        (self.model.workspace(), vec![0.0; self.model.drivers() * CHUNK])
    }

    fn compute(&self, first: u64, out: &mut [f64], (workspace, drawn): &mut Self::Workspace) {
        self.model.draw(first, drawn, workspace);
        for (driver, value) in &self.held {
            drawn[driver * CHUNK..(driver + 1) * CHUNK].fill(*value);
        }
        self.model.evaluate(drawn, out, workspace);
    }
}
