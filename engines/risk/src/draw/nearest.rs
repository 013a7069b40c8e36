//! The correlation matrix nearest to a symmetric one: N. J. Higham, "Computing the Nearest Correlation Matrix: A
//! Problem from Finance", IMA J. Numer. Anal. 22 (2002), algorithm 3.3. Projections on the positive semidefinite
//! matrices, with Dykstra's correction, and on those with a unit diagonal, in turn.

/// Change from one round to the next, relative to the matrix, at which it is done.
const CLOSE: f64 = 1e-11;
const ROUNDS: usize = 2_000;

/// A symmetric matrix taken apart: `matrix = vectors · diag(values) · vectorsᵀ`, vectors in columns.
struct Eigen {
    values: Vec<f64>,
    vectors: Vec<f64>,
}

/// The smallest eigenvalue of a symmetric matrix.
pub(super) fn smallest_eigenvalue(matrix: &[f64], size: usize) -> f64 {
    eigen(matrix, size, None).values.into_iter().fold(f64::INFINITY, f64::min)
}

/// The nearest correlation matrix in the Frobenius norm, row by row.
pub(super) fn nearest_correlation(asked: &[f64], size: usize) -> Vec<f64> {
    let mut unit = asked.to_vec();
    let mut correction = vec![0.0; asked.len()];
    let mut last: Option<Eigen> = None;
    for _ in 0..ROUNDS {
        let tried: Vec<f64> = unit.iter().zip(&correction).map(|(y, c)| y - c).collect();
        let apart = eigen(&tried, size, last.as_ref());
        let positive = positive_part(&apart, size);
        last = Some(apart);
        correction = positive.iter().zip(&tried).map(|(x, r)| x - r).collect();
        let before = std::mem::replace(&mut unit, positive.clone());
        (0..size).for_each(|at| unit[at * size + at] = 1.0);
        if norm(&before, &unit) <= CLOSE * size as f64 && norm(&positive, &unit) <= CLOSE * size as f64 {
            break;
        }
    }
    // What is left below zero is cut off, and the diagonal brought back by scaling, which keeps the sign.
    let positive = positive_part(&eigen(&unit, size, last.as_ref()), size);
    let deviations: Vec<f64> = (0..size).map(|at| positive[at * size + at].sqrt()).collect();
    (0..size * size)
        .map(|at| match (at / size, at % size) {
            (row, column) if row == column => 1.0,
            (row, column) => positive[at] / (deviations[row] * deviations[column]),
        })
        .collect()
}

fn norm(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum::<f64>().sqrt()
}

fn positive_part(apart: &Eigen, size: usize) -> Vec<f64> {
    let mut sum = vec![0.0; size * size];
    for (k, value) in apart.values.iter().enumerate().filter(|(_, value)| **value > 0.0) {
        for row in 0..size {
            let scaled = value * apart.vectors[row * size + k];
            for column in 0..size {
                sum[row * size + column] += scaled * apart.vectors[column * size + k];
            }
        }
    }
    sum
}

/// Jacobi's method by rows (G. H. Golub and C. F. Van Loan, Matrix Computations, 8.5), from the vectors of a matrix
/// close by if there is one.
fn eigen(matrix: &[f64], size: usize, near: Option<&Eigen>) -> Eigen {
    let (mut rotated, mut vectors) = match near {
        Some(near) => (turned(matrix, &near.vectors, size), near.vectors.clone()),
        None => {
            let unit = (0..size * size).map(|at| if at / size == at % size { 1.0 } else { 0.0 }).collect();
            (matrix.to_vec(), unit)
        }
    };
    let all: f64 = rotated.iter().map(|x| x * x).sum();
    for _ in 0..60 {
        let outside: f64 =
            (0..size * size).filter(|at| at / size != at % size).map(|at| rotated[at] * rotated[at]).sum();
        if outside <= all * 1e-31 {
            break;
        }
        for p in 0..size {
            for q in p + 1..size {
                rotate(&mut rotated, &mut vectors, size, p, q);
            }
        }
    }
    Eigen { values: (0..size).map(|at| rotated[at * size + at]).collect(), vectors }
}

/// `vectorsᵀ · matrix · vectors`.
fn turned(matrix: &[f64], vectors: &[f64], size: usize) -> Vec<f64> {
    let product = |left: &dyn Fn(usize, usize) -> f64, right: &[f64]| -> Vec<f64> {
        (0..size * size)
            .map(|at| (0..size).map(|k| left(at / size, k) * right[k * size + at % size]).sum())
            .collect()
    };
    let half = product(&|row, k| vectors[k * size + row], matrix);
    product(&|row, k| half[row * size + k], vectors)
}

/// Brings the entry at `(p, q)` to zero.
fn rotate(matrix: &mut [f64], vectors: &mut [f64], size: usize, p: usize, q: usize) {
    let entry = matrix[p * size + q];
    if entry == 0.0 {
        return;
    }
    let tau = (matrix[q * size + q] - matrix[p * size + p]) / (2.0 * entry);
    let tangent = tau.signum() / (tau.abs() + (1.0 + tau * tau).sqrt());
    let cosine = 1.0 / (1.0 + tangent * tangent).sqrt();
    let sine = tangent * cosine;
    let turn = |values: &mut [f64], a: usize, b: usize| {
        let (x, y) = (values[a], values[b]);
        values[a] = cosine * x - sine * y;
        values[b] = sine * x + cosine * y;
    };
    for k in 0..size {
        turn(matrix, k * size + p, k * size + q);
    }
    for k in 0..size {
        turn(matrix, p * size + k, q * size + k);
        turn(vectors, k * size + p, k * size + q);
    }
    matrix[p * size + q] = 0.0;
    matrix[q * size + p] = 0.0;
}
