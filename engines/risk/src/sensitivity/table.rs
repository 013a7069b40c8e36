//! Two drivers against each other.

use super::driven::{DrivenModel, Values, at_points, bases};

/// The result over the quantiles of two drivers.
#[derive(Debug, Clone, PartialEq)]
pub struct TwoWay {
    /// Values of the driver down the side.
    pub rows: Vec<f64>,
    /// Values of the driver along the top.
    pub columns: Vec<f64>,
    /// The results, row by row; NaN where one is not defined.
    pub cells: Vec<Vec<f64>>,
}

/// The result with two drivers at their quantiles, the others where they are typed. The two are moved together as
/// they stand in the table, whatever their correlation.
pub fn two_way<M: DrivenModel>(
    model: &M,
    column: usize,
    (one, other): (usize, usize),
    probabilities: &[f64],
) -> TwoWay {
    let values = |driver| probabilities.iter().map(|p| model.quantile(driver, *p)).collect::<Vec<f64>>();
    let (rows, columns) = (values(one), values(other));
    let bases = bases(model);
    let points: Vec<Values> = rows
        .iter()
        .flat_map(|row| columns.iter().map(move |column| (*row, *column)))
        .map(|(row, column)| {
            let mut point = bases.clone();
            point[one] = row;
            point[other] = column;
            point
        })
        .collect();
    let found = at_points(model, column, &points);
    let cells = found.chunks(columns.len().max(1)).map(<[f64]>::to_vec).collect();
    TwoWay { rows, columns, cells }
}
