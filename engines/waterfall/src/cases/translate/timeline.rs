//! What happens, in the order of the case

use serde_json::Value;

use super::{
    Case, Place, Reader, of_party, of_party_under,
    read::{Object, Read, date, day, only, optional, owned, ratio, text, texts},
};
use crate::inputs::{Amendment, Change, DeclaredExpense, Drawing, FilmEvent, Receipt};

impl Reader {
    pub(super) fn happening(&self, from: &Object, out: &mut Case) -> Read<()> {
        let inputs = &mut out.inputs;
        let place = match text(from, "kind")? {
            "receipt" => {
                only(
                    from,
                    "a receipt",
                    &["kind", "id", "date", "source", "amount", "territories", "media", "contract"],
                )?;
                inputs.receipts.push(Receipt {
                    id: owned(from, "id")?,
                    date: day(from)?,
                    source: owned(from, "source")?,
                    amount: self.amount(from, "amount")?,
                    territories: texts(from, "territories")?,
                    media: texts(from, "media")?,
                    contract: optional(from, "contract")?,
                });
                Place::Receipt(inputs.receipts.len() - 1)
            }
            "expense" => {
                only(
                    from,
                    "an expense",
                    &["kind", "id", "date", "type", "party", "amount", "counts_to_cap"],
                )?;
                inputs.expenses.push(DeclaredExpense {
                    date: day(from)?,
                    kind: owned(from, "type")?,
                    amount: self.amount(from, "amount")?,
                    counts_to_cap: from.get("counts_to_cap").and_then(Value::as_bool).unwrap_or(true),
                });
                Place::Expense(inputs.expenses.len() - 1)
            }
            "investment" => return self.investment(from, out),
            "event" => {
                only(from, "an event", &["kind", "id", "date", "event", "value"])?;
                let (event, value) = (owned(from, "event")?, ratio(from, "value")?);
                inputs.events.push(FilmEvent { date: day(from)?, event, value });
                Place::Event(inputs.events.len() - 1)
            }
            kind @ ("change_contract" | "change_share") => {
                let change = self.change(kind, from)?;
                inputs.amendments.push(Amendment { date: day(from)?, change });
                Place::Amendment(inputs.amendments.len() - 1)
            }
            other => return Err(format!("the kind of event `{other}` is not supported")),
        };
        out.order.push(place);
        Ok(())
    }

    fn change(&self, kind: &str, from: &Object) -> Read<Change> {
        if kind == "change_share" {
            only(from, kind, &["kind", "id", "date", "node", "rate"])?;
            return Ok(Change::Rate { tier: owned(from, "node")?, rate: ratio(from, "rate")? });
        }
        only(from, kind, &["kind", "id", "date", "contract", "to", "value"])?;
        let value = from.get("value").map(|_| self.amount(from, "value")).transpose()?;
        Ok(Change::Contract { contract: owned(from, "contract")?, to: date(from, "to")?, value })
    }

    fn investment(&self, from: &Object, out: &mut Case) -> Read<()> {
        only(from, "an investment", &["kind", "id", "date", "party", "contract", "amount"])?;
        let (date, amount) = (day(from)?, self.amount(from, "amount")?);
        let (party, contract) = (owned(from, "party")?, optional(from, "contract")?);
        let mut names = vec![of_party(&party)];
        if let Some(contract) = contract {
            names.push(of_party_under(&party, &contract));
            names.push(contract);
        }
        for instrument in names {
            out.inputs.drawings.push(Drawing { date, instrument, amount });
            out.order.push(Place::Drawing(out.inputs.drawings.len() - 1));
        }
        Ok(())
    }
}
