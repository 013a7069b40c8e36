//! How deep lines rest on each other, and whether they go in a circle; without recursion, since the forms that
//! are looked at here may be as deep as somebody pleased to write them.

use std::collections::BTreeMap;

use crate::expression::Expression;
use crate::policy::Line;

/// Most parts of formulas that may stand inside each other, from a result down to what is given.
pub const MAX_RESTING: usize = 400;

/// What is wrong with the order of the lines.
pub(super) enum Fault {
    /// Lines that need one another, the first repeated at the end.
    Circle(Vec<String>),
    /// A line that rests on too many others.
    Deep(String),
}

/// The first fault among the lines, if there is one.
pub(super) fn fault(lines: &[&Line]) -> Option<Fault> {
    let places: BTreeMap<&str, usize> =
        lines.iter().enumerate().map(|(place, line)| (line.id.as_str(), place)).collect();
    let below: Vec<Vec<usize>> = lines
        .iter()
        .map(|line| {
            line.formula.names().iter().filter_map(|name| places.get(name.as_str()).copied()).collect()
        })
        .collect();
    let mut depths: Vec<Option<usize>> = vec![None; lines.len()];
    let mut open = vec![false; lines.len()];
    for start in 0..lines.len() {
        // The lines between a start and where we are, each with the next of its names to look at.
        let mut path: Vec<(usize, usize)> = Vec::new();
        if depths[start].is_none() {
            path.push((start, 0));
            open[start] = true;
        }
        while let Some((at, next)) = path.pop() {
            let Some(below_at) = below[at].get(next).copied() else {
                open[at] = false;
                let deepest = below[at].iter().filter_map(|line| depths[*line]).max().unwrap_or(0);
                let depth = deepest + nesting(lines[at].formula.expression());
                if depth > MAX_RESTING {
                    return Some(Fault::Deep(lines[at].id.clone()));
                }
                depths[at] = Some(depth);
                continue;
            };
            path.push((at, next + 1));
            if open[below_at] {
                let circle = path.iter().map(|(line, _)| *line).skip_while(|line| *line != below_at);
                let mut circle: Vec<String> = circle.map(|line| lines[line].id.clone()).collect();
                circle.push(lines[below_at].id.clone());
                return Some(Fault::Circle(circle));
            }
            if depths[below_at].is_none() {
                open[below_at] = true;
                path.push((below_at, 0));
            }
        }
    }
    None
}

/// Parts inside each other; bounded by what the parser reads.
fn nesting(expression: &Expression) -> usize {
    1 + match expression {
        Expression::Number(_) | Expression::Text(_) | Expression::Flag(_) | Expression::Name(_) => 0,
        Expression::Unary(_, inner) => nesting(inner),
        Expression::Binary(_, left, right) => nesting(left).max(nesting(right)),
        Expression::Call(_, arguments) => arguments.iter().map(nesting).max().unwrap_or(0),
    }
}
