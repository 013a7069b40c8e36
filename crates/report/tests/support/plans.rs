//! Plans of other terms, drawn from a seed: fees, corridors, claims beside each other, loans with interest, caps,
//! escalating shares, reserves, shares of the whole receipt.

use recoup_deal::Deal;
use recoup_deal::recoupment::RecoupmentPlan;
use serde_json::{Value, json};

/// Numbers that are the same for the same seed.
pub(crate) struct Draws(u64);

impl Draws {
    pub(crate) fn of_seed(seed: u64) -> Self {
        Self(seed.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    pub(crate) fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most
    }

    fn chance(&mut self, of: usize) -> bool {
        self.below(of) == 0
    }

    fn of<'w>(&mut self, words: &[&'w str]) -> &'w str {
        words[self.below(words.len())]
    }
}

struct Plan<'d> {
    draws: Draws,
    currency: String,
    parties: Vec<String>,
    instruments: Vec<String>,
    sources: Vec<Value>,
    tiers: Vec<Value>,
    expenses: Vec<Value>,
    receipts: f64,
    deal: &'d Deal,
}

/// A plan for a deal whose account receives so much, out of these instruments.
pub(crate) fn plan(
    deal: &Deal,
    seed: u64,
    instruments: &[String],
    sources: &[String],
    receipts: i64,
) -> RecoupmentPlan {
    let mut plan = Plan {
        draws: Draws::of_seed(seed),
        currency: deal.currency.code().to_owned(),
        parties: deal.parties.iter().map(|party| party.id.clone()).collect(),
        instruments: instruments.to_vec(),
        sources: Vec::new(),
        tiers: Vec::new(),
        expenses: Vec::new(),
        receipts: receipts as f64 / 100.0,
        deal,
    };
    plan.write(sources);
    let residual = plan.draws.chance(2).then(|| plan.party());
    let Plan { sources, tiers, expenses, .. } = plan;
    let mut written = json!({ "sources": sources, "tiers": tiers, "expense_types": expenses });
    if let Some(party) = residual {
        written["residual"] = json!(party);
    }
    serde_json::from_value(written).unwrap()
}

impl Plan<'_> {
    fn party(&mut self) -> String {
        let place = self.draws.below(self.parties.len());
        self.parties[place].clone()
    }

    /// An amount that a part of the receipts reaches.
    fn amount(&mut self, most: f64) -> String {
        let part = (1 + self.draws.below(999)) as f64 / 1_000.0;
        let cents = self.draws.below(100) as f64 / 100.0;
        format!("{} {:.2}", self.currency, (self.receipts * most * part).floor() + cents)
    }

    fn rate(&mut self, from: usize, to: usize) -> String {
        let thousandths = from + self.draws.below(to - from);
        if self.draws.chance(6) { "1/3".to_owned() } else { format!("0.{thousandths:03}") }
    }

    fn interest(&mut self) -> Value {
        let rate = 20 + self.draws.below(120);
        json!({
            "rate_annual": format!("0.{rate:03}"),
            "compounding": self.draws.of(&["simple", "yearly", "half_yearly", "quarterly", "monthly"]),
            "day_count": self.draws.of(&["ACT/365F", "ACT/360", "30/360"]),
            "payments": self.draws.of(&["interest_first", "principal_first"]),
        })
    }

    fn push(&mut self, id: &str, takes: Value) {
        self.tiers.push(json!({ "id": id, "label": id, "takes": takes }));
    }

    fn share(&mut self, id: &str, rest: Value) -> Value {
        let mut share = json!({ "kind": "share", "payee": self.party() });
        for (key, value) in rest.as_object().unwrap() {
            share[key] = value.clone();
        }
        let _ = id;
        share
    }

    fn write(&mut self, sources: &[String]) {
        self.front(sources);
        self.corridor();
        self.loans();
        self.equity();
        self.back();
        // Each hands on to the next.
        for place in 0..self.tiers.len() - 1 {
            self.tiers[place]["then"] = self.tiers[place + 1]["id"].clone();
        }
    }

    fn front(&mut self, sources: &[String]) {
        let limit = json!({ "kind": "amount", "amount": self.amount(0.01) });
        let setup = self.share("setup", json!({ "rate": "1", "limit": limit }));
        self.push("setup", setup);
        let base = self.draws.of(&["arriving", "gross_of_receipt", "gross_of_receipt"]);
        let unpaid =
            if base == "arriving" { "lapses" } else { self.draws.of(&["lapses", "carries_forward"]) };
        let rate = self.rate(5, 40);
        let fee = self.share("fee", json!({ "rate": rate, "rate_base": base, "unpaid": unpaid }));
        self.push("fee", fee);
        if self.draws.chance(2) {
            let mut reserve = json!({
                "kind": "reserve", "rate": self.rate(10, 60), "release_months": 6 + self.draws.below(24),
                "rate_base": self.draws.of(&["arriving", "gross_of_receipt"]), "release_to": "expenses",
            });
            if self.draws.chance(2) {
                reserve["cap"] = json!(self.amount(0.05));
            }
            self.push("reserve", reserve);
        }
        self.commission();
        self.expenses();
        self.sources.push(json!({ "id": "account", "enters": "setup", "receives_others": true }));
        if self.draws.chance(2) && sources.len() > 2 {
            let direct = &sources[self.draws.below(sources.len())];
            let enters = self.draws.of(&["expenses", "corridor"]);
            self.sources.insert(0, json!({ "id": "direct", "enters": enters, "receives": [direct] }));
        }
    }

    /// A commission that escalates, on receipts or once something is recouped.
    fn commission(&mut self) {
        let base = self.draws.of(&["arriving", "gross_of_receipt"]);
        let target = json!({ "amount": self.amount(0.8) });
        let (before, after) = match self.draws.below(4) {
            0 => {
                let rate = self.rate(80, 250);
                let share = self.share("commission", json!({ "rate": rate, "rate_base": base }));
                self.push("commission", share);
                return;
            }
            1 => (
                json!({ "measure": "not_recouped", "tier": "loan" }),
                json!({ "measure": "recouped", "tier": "loan" }),
            ),
            2 => (
                json!({ "measure": "not_recouped", "tier": "expenses" }),
                json!({ "measure": "recouped", "tier": "expenses" }),
            ),
            _ => (
                json!({ "measure": "received", "is": "below", "target": target }),
                json!({ "measure": "received", "is": "at_least", "target": target }),
            ),
        };
        let members: Vec<Value> = [("before", before), ("after", after)]
            .into_iter()
            .map(|(word, condition)| {
                let rate = self.rate(80, 250);
                let takes =
                    self.share(word, json!({ "rate": rate, "rate_base": base, "while": [condition] }));
                json!({ "id": format!("commission-{word}"), "label": word, "takes": takes })
            })
            .collect();
        self.push("commission", json!({ "kind": "steps", "members": members }));
    }

    fn expenses(&mut self) {
        let limit = if self.draws.chance(2) {
            let mut kind = json!({ "id": "costs", "declared": [
                { "id": "one", "date": self.deal.as_of, "amount": self.amount(0.1) },
                { "id": "two", "date": self.deal.as_of, "amount": self.amount(0.02), "counts_to_cap": false },
            ]});
            if self.draws.chance(2) {
                kind["cap"] = json!(self.amount(0.1));
            } else {
                kind["cap_of_receipts"] = json!({ "rate": self.rate(20, 200) });
            }
            self.expenses.push(kind);
            json!({ "kind": "expenses", "of": "costs", "factor": self.draws.of(&["1", "1.1"]) })
        } else {
            json!({ "kind": "amount", "amount": self.amount(0.1) })
        };
        let rate = self.draws.of(&["1", "1", "0.5"]);
        let share = self.share("expenses", json!({ "rate": rate, "limit": limit }));
        self.push("expenses", share);
    }

    fn corridor(&mut self) {
        let members: Vec<Value> = (0..2 + self.draws.below(2))
            .map(|place| {
                let (rate, amount) = (self.rate(10, 90), self.amount(0.1));
                let limit = json!({ "kind": "amount", "amount": amount });
                let takes = self.share("corridor", json!({ "rate": rate, "limit": limit }));
                json!({ "id": format!("corridor-{place}"), "label": format!("Corridor {place}"), "takes": takes })
            })
            .collect();
        let base = self.draws.of(&["1", "1", "0.6"]);
        self.push("corridor", json!({ "kind": "together", "base_rate": base, "members": members }));
    }

    fn loans(&mut self) {
        let Some(instrument) = self.instruments.pop() else { return };
        let mut limit = json!({ "kind": "principal_and_interest", "instrument": instrument });
        limit["interest"] = self.interest();
        let rate = self.draws.of(&["1", "1", "0.8"]);
        let loan = self.share("loan", json!({ "rate": rate, "limit": limit }));
        self.push("loan", loan);
    }

    /// Investors beside each other, their return, and a premium.
    fn equity(&mut self) {
        let by_owed = self.draws.chance(2);
        let split = if by_owed { "outstanding" } else { "invested" };
        let mut members = Vec::new();
        for place in 0..2 {
            let limit = match self.instruments.get(place).cloned() {
                Some(instrument) => json!({ "kind": "invested", "instrument": instrument,
                    "factor": self.draws.of(&["1", "1", "1.2"]) }),
                None => json!({ "kind": "amount", "amount": self.amount(0.2) }),
            };
            let mut takes = self.share("equity", json!({ "limit": limit }));
            if self.draws.chance(3) {
                takes["assigned"] = json!([{ "to": self.party(), "part": self.rate(100, 600) }]);
            }
            members.push(json!({ "id": format!("equity-{place}"), "label": format!("Equity {place}"), "takes": takes }));
        }
        self.push("equity", json!({ "kind": "together", "split": split, "members": members }));
        if let Some(instrument) = self.instruments.first().cloned() {
            let limit = if self.draws.chance(2) {
                json!({ "kind": "premium", "instrument": instrument, "rate": self.rate(50, 300) })
            } else {
                json!({ "kind": "preferred_return", "instrument": instrument, "interest": self.interest() })
            };
            let premium = self.share("premium", json!({ "limit": limit }));
            self.push("premium", premium);
        }
    }

    /// What is deferred, and profits that may switch.
    fn back(&mut self) {
        let limit = json!({ "kind": "amount", "amount": self.amount(0.05) });
        let mut deferral = self.share("deferral", json!({ "rate": "0.5", "limit": limit }));
        if self.draws.chance(2) {
            let amount = self.amount(0.9);
            deferral["while"] = json!([{ "measure": "any", "of": [
                { "measure": "received", "is": "at_least", "target": { "amount": amount } },
                { "measure": "recouped", "tier": "setup" },
            ]}]);
        }
        self.push("deferral", deferral);
        let mut members = Vec::new();
        for (place, rate) in ["0.35", "1/3", "0.1"].into_iter().enumerate() {
            let takes = self.share("profit", json!({ "rate": rate }));
            members.push(json!({ "id": format!("profit-{place}"), "label": format!("Profit {place}"), "takes": takes }));
        }
        self.push("profits", json!({ "kind": "together", "members": members }));
    }
}
