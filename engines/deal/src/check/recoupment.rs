//! The recoupment plan: is it there, and does it name what exists in the deal.
//!
//! Whether the plan itself can run is for the waterfall engine to say.

use serde_json::Value;

use crate::document::Deal;
use crate::findings::{Finding, Phrase, Severity};
use crate::instrument::{Instrument, Terms};
use crate::path::{element_path, field_path, id_of};

/// A stack with money that wants to be recouped has a plan.
pub(super) fn present(deal: &Deal, out: &mut Vec<Finding>) {
    if deal.recoupment.is_none() && !deal.instruments.is_empty() {
        out.push(Finding::new(Severity::Question, "NO_RECOUPMENT_PLAN", "recoupment"));
    }
}

/// Payees are parties, instruments and sources are those of the deal, and nobody who recoups is missing.
pub(super) fn references(document: &Value, out: &mut Vec<Finding>) {
    let Some(plan) = document.get("recoupment") else { return };
    let named = Named {
        parties: ids(document.get("parties")),
        instruments: ids(document.get("instruments")),
        sources: ids(document.get("revenue").and_then(|revenue| revenue.get("sources"))),
    };
    let mut used = Vec::new();
    named.walk(plan, "recoupment", &mut used, out);
    for element in document.get("instruments").and_then(Value::as_array).into_iter().flatten() {
        let Ok(instrument) = serde_json::from_value::<Instrument>(element.clone()) else { continue };
        if recoups(&instrument.terms) && !used.contains(&instrument.id) {
            let path = format!("instruments[{}]", instrument.id);
            out.push(
                Finding::new(Severity::Question, "NOT_IN_RECOUPMENT", path).with("name", &instrument.name),
            );
        }
    }
}

fn recoups(terms: &Terms) -> bool {
    matches!(
        terms,
        Terms::Equity(_)
            | Terms::ProducerInvestment(_)
            | Terms::GapLoan(_)
            | Terms::Mezzanine(_)
            | Terms::SoftLoan(_)
    )
}

fn ids(list: Option<&Value>) -> Vec<&str> {
    list.and_then(Value::as_array).into_iter().flatten().filter_map(id_of).collect()
}

struct Named<'a> {
    parties: Vec<&'a str>,
    instruments: Vec<&'a str>,
    sources: Vec<&'a str>,
}

impl Named<'_> {
    fn walk(&self, value: &Value, path: &str, used: &mut Vec<String>, out: &mut Vec<Finding>) {
        match value {
            Value::Object(fields) => {
                for (name, inner) in fields {
                    let at = field_path(path, name);
                    self.name(name, inner, &at, used, out);
                    self.walk(inner, &at, used, out);
                }
            }
            Value::Array(list) => {
                for (index, inner) in list.iter().enumerate() {
                    self.walk(inner, &element_path(path, index, inner), used, out);
                }
            }
            _ => {}
        }
    }

    fn name(&self, field: &str, value: &Value, path: &str, used: &mut Vec<String>, out: &mut Vec<Finding>) {
        let (known, what) = match field {
            "payee" | "party" | "residual" | "to" | "shortfall_borne_by" => (&self.parties, "no_party"),
            "instrument" | "in_proportion_to" => (&self.instruments, "no_instrument"),
            "receives" => (&self.sources, "no_source"),
            _ => return,
        };
        let one = value.as_str().into_iter();
        for id in one.chain(value.as_array().into_iter().flatten().filter_map(Value::as_str)) {
            if what == "no_instrument" {
                used.push(id.to_owned());
            }
            // A day may stand under `to` in a condition; it is no party.
            let is_day = field == "to" && id.parse::<recoup_calendar::Date>().is_ok();
            if !known.contains(&id) && !is_day {
                out.push(
                    Finding::new(Severity::Blocker, "UNKNOWN_REFERENCE", path)
                        .with("what", Phrase::new(what))
                        .with("id", id),
                );
            }
        }
    }
}
