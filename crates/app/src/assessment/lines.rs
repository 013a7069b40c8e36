//! What the next money on each budget line would earn.

use recoup_explain::Quantity;
use recoup_incentives::{Margin, margins};
use recoup_money::Money;

use super::cases::{NET, Of, address};
use crate::{
    App, AppError,
    computation::catalog,
    figures::quantity,
    wire::{FigureDto, WeighLines, WeighedLine, WeighedLines, WeighedMove},
};

/// The step: large enough to be spent, small against a budget.
const STEP: u32 = 100_000;

/// What one more step on each budget line, or the line in another place, would make of the deal's incentives.
pub async fn weigh_lines(app: &App, request: WeighLines) -> Result<WeighedLines, AppError> {
    let (revision, state) = app.state(&request.deal)?;
    let lines = margins(&state.deal, catalog()?, i64::from(STEP))?;
    let lines = lines.iter().map(weighed).collect::<Result<_, _>>()?;
    Ok(WeighedLines { revision, step: STEP, lines })
}

fn weighed(margin: &Margin) -> Result<WeighedLine, AppError> {
    let more = &margin.more;
    let figure = |of: Of, value: Quantity| -> Result<FigureDto, AppError> {
        Ok(FigureDto { address: address(of, &more.case, NET), value: quantity(&value)? })
    };
    let moves = margin.moves.iter().map(|one| {
        let supposed = &one.supposed;
        let address = address(Of::More, &supposed.case, NET);
        Ok(WeighedMove { jurisdiction: one.jurisdiction.clone(), gain: gained(address, supposed.gain)? })
    });
    Ok(WeighedLine {
        line: margin.line.clone(),
        gain: figure(Of::More, Quantity::Money(more.gain))?,
        rate: figure(Of::Rate, Quantity::Number(margin.rate))?,
        moves: moves.collect::<Result<_, AppError>>()?,
    })
}

fn gained(address: String, gain: Money) -> Result<FigureDto, AppError> {
    Ok(FigureDto { address, value: quantity(&Quantity::Money(gain))? })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

    use recoup_deal::read_deal;

    use super::*;
    use crate::assessment::explained_case;

    /// The derivation of every gain and rate ends at the value that is shown.
    #[test]
    fn every_weighed_figure_explains_itself() {
        let text = include_str!("../../../../examples/dragons-quest.deal.json");
        let mut deal = read_deal(text).unwrap();
        deal.budget.lines.retain(|line| ["facilities", "music-sound"].contains(&line.id.as_str()));
        let lines: Vec<WeighedLine> = margins(&deal, catalog().unwrap(), 100_000)
            .unwrap()
            .iter()
            .map(|one| weighed(one).unwrap())
            .collect();
        assert_eq!(lines.len(), 2);
        for line in &lines {
            let shown = [&line.gain, &line.rate].into_iter().chain(line.moves.iter().map(|one| &one.gain));
            for figure in shown {
                let tree = explained_case(&deal, &figure.address).unwrap().unwrap();
                assert_eq!(tree.value, figure.value, "{}", figure.address);
                assert_eq!(tree.address.as_deref(), Some(figure.address.as_str()));
                assert_eq!(tree.inputs.len(), 2);
                assert!(!figure.address.contains(' '), "addresses are told apart by spaces");
            }
        }
    }
}
