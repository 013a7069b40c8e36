//! `recoup deal statements`: what each participant is told, period by period.

use recoup_app::{
    findings::Language,
    recoupment_statements::{statements_as_csv, statements_of_file},
    wire::{FigureDto, LinePeriodDto, QuantityDto, StatementLineDto, StatementsView},
};

use crate::outcome::{Answer, Output, Said, print, print_json};

/// Whose statements are asked for, and of which period.
pub(crate) struct Asked {
    pub party: Option<String>,
    pub month: Option<String>,
    pub csv: bool,
}

/// Prints the statements of a participant, or of the whole account.
pub(crate) fn statements(output: Output, text: &str, asked: Asked) -> Answer {
    let (deal, view) = statements_of_file(text, asked.party)?;
    let month = asked.month.as_deref();
    // The CSV is made in any case: it is what refuses a month in which no period ends.
    let csv = statements_as_csv(&view, &deal, month, output.language)?;
    if asked.csv {
        print(csv.trim_start_matches('\u{feff}').trim_end());
    } else if output.json {
        print_json(&view)?;
    } else {
        let name = |id: &str| {
            let party = deal.parties.iter().find(|party| party.id == id);
            party.map_or_else(|| id.to_owned(), |party| party.name.clone())
        };
        told(&view, month, output.language, &name);
    }
    Ok(Said::Yes)
}

fn told(view: &StatementsView, month: Option<&str>, language: Language, name: &dyn Fn(&str) -> String) {
    let french = language == Language::French;
    let whole = if french { "Le compte entier" } else { "The whole account" };
    print(&view.party.as_deref().map_or_else(|| whole.to_owned(), name));
    let heads = if french {
        ["arrivé", "antérieur", "période", "cumul", "reste dû"]
    } else {
        ["arriving", "prior", "current", "cumulative", "outstanding"]
    };
    for (place, period) in view.periods.iter().enumerate() {
        if month.is_some_and(|month| month != period.month) {
            continue;
        }
        print(&format!("\n{}  {} – {}", period.month, period.start, period.end));
        print(&format!("  {:<34}{}", "", heads.map(|head| format!("{head:>22}")).concat()));
        for line in &view.lines {
            let Some(now) = line.periods.get(place) else { continue };
            print(&row(&called(line, name), now, language));
        }
        if let Some(totals) = view.totals.get(place) {
            let amounts = [&None, &totals.prior, &totals.current, &totals.cumulative, &totals.outstanding];
            print(&format!("  {:<34}{}", "Total", amounts.map(|one| cell(one.as_ref(), language)).concat()));
        }
    }
}

fn called(line: &StatementLineDto, name: &dyn Fn(&str) -> String) -> String {
    let tier = line.label.as_ref().or(line.tier.as_ref()).cloned().unwrap_or_else(|| line.kind.clone());
    let tier = format!("{}{tier}", "  ".repeat(line.depth as usize));
    line.party.as_deref().map_or(tier.clone(), |party| format!("{tier} > {}", name(party)))
}

fn row(line: &str, now: &LinePeriodDto, language: Language) -> String {
    let amounts = [&now.arrived, &now.prior, &now.current, &now.cumulative, &now.outstanding];
    let short: String = line.chars().take(33).collect();
    let why = now.reason.as_ref().map_or("", |reason| reason.kind.as_str());
    let amounts = amounts.map(|one| cell(one.as_ref(), language)).concat();
    format!("  {short:<34}{amounts}  {why}")
}

fn cell(figure: Option<&FigureDto>, language: Language) -> String {
    let text = match figure.map(|figure| &figure.value) {
        Some(QuantityDto::Money { amount }) => amount.written(language),
        _ => "–".to_owned(),
    };
    format!("{text:>22}")
}
