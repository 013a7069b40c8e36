//! Tiers, groups and the limits of shares

use recoup_deal::recoupment::{Limit, RateBase, Role, Share, Split, Steps, Takes, Tier, Together, Unpaid};
use serde_json::Value;

use super::{
    Reader, of_party, of_party_under,
    read::{Object, Read, items, object, only, optional, owned, ratio, ratio_or_one, text, texts},
};

impl Reader {
    pub(super) fn tier(&self, from: &Object) -> Read<Tier> {
        let takes = match text(from, "kind")? {
            "share" => Takes::Share(self.share(from)?),
            "together" => Takes::Together(self.together(from)?),
            "steps" => {
                only(from, "steps", &["id", "kind", "then", "members", "base_rate"])?;
                Takes::Steps(Steps {
                    members: self.members(from)?,
                    base_rate: ratio_or_one(from, "base_rate")?,
                })
            }
            other => return Err(format!("the kind of node `{other}` is not supported")),
        };
        let (id, then) = (owned(from, "id")?, optional(from, "then")?);
        Ok(Tier { id, label: None, clause: None, role: Role::Other, takes, then })
    }

    fn members(&self, from: &Object) -> Read<Vec<Tier>> {
        items(from, "members")?.iter().map(|item| self.tier(object(Some(item), "members")?)).collect()
    }

    fn share(&self, from: &Object) -> Read<Share> {
        const KNOWN: [&str; 11] = [
            "id",
            "kind",
            "then",
            "payee",
            "rate",
            "while",
            "pools",
            "contract",
            "rate_base",
            "unpaid",
            "until",
        ];
        only(from, "a share", &KNOWN)?;
        let rate_base = match optional(from, "rate_base")?.as_deref() {
            None | Some("arriving") => RateBase::Arriving,
            Some("gross_of_receipt") => RateBase::GrossOfReceipt,
            Some(other) => return Err(format!("the rate base `{other}` is not supported")),
        };
        let unpaid = match optional(from, "unpaid")?.as_deref() {
            None | Some("lapses") => Unpaid::Lapses,
            Some("carries_forward") => Unpaid::CarriesForward,
            Some(other) => return Err(format!("unpaid `{other}` is not supported")),
        };
        let payee = owned(from, "payee")?;
        let contract = optional(from, "contract")?;
        let limit = self.until(from.get("until"), &payee, contract.as_deref())?;
        Ok(Share {
            payee,
            rate: ratio_or_one(from, "rate")?,
            rate_base,
            unpaid,
            gross_of: Vec::new(),
            limit,
            limit_pool: None,
            in_proportion_to: None,
            conditions: from.get("while").map_or(Ok(Vec::new()), |value| self.conditions(value))?,
            pools: texts(from, "pools")?,
            contract,
            assigned: Vec::new(),
        })
    }

    fn until(&self, value: Option<&Value>, payee: &str, contract: Option<&str>) -> Read<Option<Limit>> {
        let Some(value) = value else { return Ok(None) };
        let from = object(Some(value), "until")?;
        only(from, "until", &["times_invested"])?;
        let instrument = contract.map_or_else(|| of_party(payee), |contract| of_party_under(payee, contract));
        Ok(Some(Limit::Invested { instrument, factor: ratio(from, "times_invested")? }))
    }

    fn together(&self, from: &Object) -> Read<Together> {
        const KNOWN: [&str; 8] =
            ["id", "kind", "then", "members", "base_rate", "shortfall_borne_by", "rates_from", "until"];
        only(from, "together", &KNOWN)?;
        let mut members = self.members(from)?;
        let split = match optional(from, "rates_from")?.as_deref() {
            None if from.contains_key("until") => {
                return Err("`until` of a group without `rates_from` is not supported".to_owned());
            }
            None => Split::Fixed,
            Some("invested") => Split::Invested,
            Some(other) => return Err(format!("rates from `{other}` are not supported")),
        };
        if split == Split::Invested {
            for member in &mut members {
                let Takes::Share(share) = &mut member.takes else {
                    return Err("`rates_from` with members that are not shares is not supported".to_owned());
                };
                let contract = share.contract.as_deref();
                if let Some(limit) = self.until(from.get("until"), &share.payee, contract)? {
                    share.limit = Some(limit);
                }
                let whole = || of_party(&share.payee);
                share.in_proportion_to =
                    Some(contract.map_or_else(whole, |contract| of_party_under(&share.payee, contract)));
            }
        }
        Ok(Together {
            members,
            base_rate: ratio_or_one(from, "base_rate")?,
            split,
            shortfall_borne_by: optional(from, "shortfall_borne_by")?,
        })
    }
}
