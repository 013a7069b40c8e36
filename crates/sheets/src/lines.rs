//! Rows as lines of a budget, cell by cell.

use std::collections::BTreeMap;

use recoup_deal::{Account, BudgetLine, Language, SpendShare};
use recoup_money::{Currency, Money, Rounding};
use rust_decimal::Decimal;

use crate::{
    account_words::{AccountGround, account_of},
    columns::{Mapping, Read},
    fault::{CellFault, FaultCode},
    grid::{CellValue, Sheet},
    meaning::Meaning,
    names,
    number::{DecimalMark, read_number},
    places::{free_id, read_spend},
    preview::Named,
    text::plain,
};

/// Decimals of a share that is computed out of two amounts: the share of a budget of a billion is exact to the cent.
const SHARE_DECIMALS: u32 = 12;
/// Digits that a number cell of a spreadsheet holds for certain.
const CELL_DIGITS: u32 = 15;

/// What the reader of a sheet knows.
pub(crate) struct Ground<'a> {
    pub(crate) sheet: &'a Sheet,
    pub(crate) columns: &'a [Read],
    pub(crate) mapping: &'a Mapping,
    pub(crate) mark: Option<DecimalMark>,
    pub(crate) currency: Currency,
    pub(crate) parties: &'a [Named],
    pub(crate) language: Language,
    /// Whether a column of shares holds percent points, because some of its plain numbers are above one.
    pub(crate) points: Vec<bool>,
}

/// What has been found wrong with a row so far.
pub(crate) type Faults = Vec<CellFault>;

impl Ground<'_> {
    pub(crate) fn columns_of(&self, meaning: Meaning) -> impl Iterator<Item = usize> + '_ {
        self.columns.iter().enumerate().filter(move |(_, read)| read.meaning == meaning).map(|(at, _)| at)
    }

    pub(crate) fn column(&self, meaning: Meaning) -> Option<usize> {
        self.columns_of(meaning).next()
    }

    /// The text of the row's cell with this meaning; none where it is empty.
    pub(crate) fn text(&self, row: usize, meaning: Meaning) -> Option<String> {
        let shown = self.sheet.cell(row, self.column(meaning)?).shown();
        (!shown.is_empty()).then_some(shown)
    }

    fn fault(&self, row: usize, column: usize, code: FaultCode) -> CellFault {
        CellFault::at(self.sheet, (row, column), code)
    }

    /// The currency of a row: of its own column, of the header, else of the sheet.
    pub(crate) fn currency(&self, row: usize, faults: &mut Faults) -> (Currency, bool) {
        let Some(column) = self.column(Meaning::Currency) else { return (self.currency, false) };
        let shown = self.sheet.cell(row, column).shown();
        if shown.is_empty() {
            return (self.currency, false);
        }
        match crate::dialect::currency_in(&shown.to_uppercase()) {
            Some(currency) => (currency, true),
            None => {
                faults.push(self.fault(row, column, FaultCode::UnknownCurrency).with(self.currency));
                (self.currency, false)
            }
        }
    }

    /// The number of a cell; none where it is empty or cannot be read, which is then said.
    pub(crate) fn number(
        &self,
        (row, column): (usize, usize),
        decimals: u32,
        faults: &mut Faults,
    ) -> Option<(Decimal, Option<Currency>, bool)> {
        match &self.sheet.cell(row, column).value {
            CellValue::Empty => None,
            CellValue::Number(number) => Some((number.value, number.currency, number.percent)),
            CellValue::Text(text) => match read_number(text, self.mark, decimals) {
                Ok(read) => {
                    if read.ambiguous {
                        faults.push(self.fault(row, column, FaultCode::Ambiguous).with(read.value));
                    }
                    Some((read.value, read.currency, read.percent))
                }
                Err(_) => {
                    faults.push(self.fault(row, column, FaultCode::NotANumber));
                    None
                }
            },
            CellValue::Fault(_) => {
                faults.push(self.fault(row, column, FaultCode::FormulaError));
                None
            }
            CellValue::Flag(_) | CellValue::Day(_) => {
                faults.push(self.fault(row, column, FaultCode::NotANumber));
                None
            }
        }
    }

    /// The amount of a cell.
    pub(crate) fn money(
        &self,
        at: (usize, usize),
        row_currency: (Currency, bool),
        faults: &mut Faults,
    ) -> Option<Money> {
        let (currency, typed) = row_currency;
        let (value, own, percent) = self.number(at, currency.exponent(), faults)?;
        if percent {
            faults.push(self.fault(at.0, at.1, FaultCode::NotANumber));
            return None;
        }
        let currency = if typed { currency } else { own.unwrap_or(currency) };
        self.rounded(at, value, currency, faults)
    }

    fn rounded(
        &self,
        at: (usize, usize),
        value: Decimal,
        currency: Currency,
        faults: &mut Faults,
    ) -> Option<Money> {
        match Money::from_decimal(value, currency, Rounding::HalfUp) {
            Ok(money) if money.minor().unsigned_abs() <= recoup_money::MAX_WIRE_MINOR.unsigned_abs() => {
                // Digits that binary fractions leave behind are nobody's; a lost tenth of a cent is somebody's.
                let lost = (money.to_decimal() - value).abs();
                if lost > Decimal::new(1, 6) {
                    faults.push(self.fault(at.0, at.1, FaultCode::Rounded).with(money));
                }
                Some(money)
            }
            _ => {
                faults.push(self.fault(at.0, at.1, FaultCode::TooLarge));
                None
            }
        }
    }

    /// What the row costs: its amount, else the product of its quantities and rate, else what it spends in places.
    pub(crate) fn cost(&self, row: usize, faults: &mut Faults) -> Option<Money> {
        let currency = self.currency(row, faults);
        let amount =
            self.column(Meaning::Amount).and_then(|column| self.money((row, column), currency, faults));
        let product = self.product(row, currency, faults);
        if let (Some(amount), Some(product), Some(column)) = (amount, product, self.column(Meaning::Amount)) {
            let apart =
                amount.currency() != product.currency() || amount.minor().abs_diff(product.minor()) > 1;
            if apart {
                faults.push(self.fault(row, column, FaultCode::ProductDiffers).with(product));
            }
        }
        let stated =
            self.column(Meaning::Amount).is_some_and(|column| !self.sheet.cell(row, column).is_empty());
        if amount.is_some() || stated {
            return amount;
        }
        product.or_else(|| {
            let parts: Vec<Money> = self
                .columns_of(Meaning::SpentIn)
                .filter_map(|column| self.money((row, column), currency, faults))
                .collect();
            let first = parts.first()?.currency();
            Money::sum(first, parts).ok()
        })
    }

    fn product(&self, row: usize, currency: (Currency, bool), faults: &mut Faults) -> Option<Money> {
        let column = self.column(Meaning::Rate)?;
        let (rate, own, _) = self.number((row, column), 6, faults)?;
        let factors = self.columns_of(Meaning::Quantity).chain(self.columns_of(Meaning::Multiplier));
        let mut value = rate;
        for factor in factors {
            // A quantity in words, such as `Allow`, is one.
            let number =
                self.number((row, factor), 6, &mut Vec::new()).map_or(Decimal::ONE, |(number, ..)| number);
            value = value.checked_mul(number)?;
        }
        let currency = if currency.1 { currency.0 } else { own.unwrap_or(currency.0) };
        Money::from_decimal(value, currency, Rounding::HalfUp).ok()
    }

    /// A share of one.
    fn share(&self, row: usize, meaning: Meaning, faults: &mut Faults) -> Option<Decimal> {
        let column = self.column(meaning)?;
        let (value, _, percent) = self.number((row, column), 6, faults)?;
        let in_cell = matches!(self.sheet.cell(row, column).value, CellValue::Number(_));
        let in_text = percent && !in_cell;
        let points = in_text || (!percent && self.points.get(column).copied().unwrap_or(false));
        let value = if in_cell { value.round_sf(CELL_DIGITS).unwrap_or(value) } else { value };
        let share = if points { value.checked_div(Decimal::ONE_HUNDRED)? } else { value };
        if share < Decimal::ZERO || share > Decimal::ONE {
            faults.push(self.fault(row, column, FaultCode::NotAShare));
            return None;
        }
        Some(share.normalize())
    }

    /// The share of labour: as typed, else out of an amount of labour.
    fn labour(&self, row: usize, amount: Option<Money>, faults: &mut Faults) -> Option<Decimal> {
        if let Some(share) = self.share(row, Meaning::Labour, faults) {
            return Some(share);
        }
        let column = self.column(Meaning::LabourAmount)?;
        let amount = amount.filter(|amount| amount.minor() > 0)?;
        let labour = self.money((row, column), (amount.currency(), true), faults)?;
        if labour.minor() < 0 || labour.minor() > amount.minor() {
            faults.push(self.fault(row, column, FaultCode::LabourExceeds).with(amount));
            return None;
        }
        ratio(labour, amount)
    }

    /// Where the line is spent: as its cell says, else by the amounts of the columns of places, else as the import says.
    fn spend(&self, row: usize, amount: Option<Money>, faults: &mut Faults) -> Vec<SpendShare> {
        if let Some(column) = self.column(Meaning::Place) {
            let shown = self.sheet.cell(row, column).shown();
            match read_spend(&shown, self.mark) {
                Ok(spend) if !spend.is_empty() => return spend,
                Ok(_) => {}
                Err(_) => faults.push(self.fault(row, column, FaultCode::UnknownPlace)),
            }
        }
        let spend = self.spent_in(row, amount, faults);
        if !spend.is_empty() || self.columns_of(Meaning::SpentIn).next().is_some() {
            return spend;
        }
        let place = self.mapping.place.as_deref().filter(|place| !place.is_empty());
        place.map(|place| vec![part(place, place, Decimal::ONE)]).unwrap_or_default()
    }

    fn spent_in(&self, row: usize, amount: Option<Money>, faults: &mut Faults) -> Vec<SpendShare> {
        let Some(amount) = amount.filter(|amount| !amount.is_zero()) else { return Vec::new() };
        let currency = (amount.currency(), true);
        let mut parts: Vec<(String, Money)> = Vec::new();
        let mut first = None;
        for column in self.columns_of(Meaning::SpentIn) {
            let Some(spent) = self.money((row, column), currency, faults).filter(|spent| !spent.is_zero())
            else {
                continue;
            };
            first = first.or(Some(column));
            // A column without a place is asked about once, at its header.
            let Some(place) = self.columns[column].place.clone() else { return Vec::new() };
            parts.push((place, spent));
        }
        let Some(column) = first else { return Vec::new() };
        let sum = Money::sum(amount.currency(), parts.iter().map(|(_, spent)| *spent));
        match sum {
            // Sheets round their parts to whole units.
            Ok(sum)
                if sum.minor().abs_diff(amount.minor())
                    <= u64::from(amount.currency().minor_per_major().unsigned_abs() as u32) =>
            {
                shares(&parts)
            }
            Ok(sum) => {
                let fault = self.fault(row, column, FaultCode::PlacesDiffer).with(sum);
                faults.push(CellFault { given: amount.to_string(), ..fault });
                Vec::new()
            }
            Err(_) => Vec::new(),
        }
    }

    fn term<T>(
        &self,
        row: usize,
        (meaning, code): (Meaning, FaultCode),
        faults: &mut Faults,
        known: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let column = self.column(meaning)?;
        let shown = self.sheet.cell(row, column).shown();
        if shown.is_empty() {
            return None;
        }
        let found = known(&shown);
        if found.is_none() {
            faults.push(self.fault(row, column, code));
        }
        found
    }

    fn party(&self, row: usize, meaning: Meaning, faults: &mut Faults) -> Option<String> {
        self.term(row, (meaning, FaultCode::UnknownParty), faults, |shown| {
            let by_id = self.parties.iter().find(|party| party.id == shown);
            let by_name = || self.parties.iter().find(|party| plain(&party.name) == plain(shown));
            by_id.or_else(by_name).map(|party| party.id.clone())
        })
    }

    /// The standard account of a row and how it was found.
    pub(crate) fn account(
        &self,
        row: usize,
        key: &str,
        (code, label): (Option<&str>, &str),
        faults: &mut Faults,
    ) -> (Account, AccountGround) {
        if let Some(account) = self.mapping.accounts.get(key) {
            return (*account, AccountGround::Chosen);
        }
        let guessed = account_of(code, label);
        let Some(column) = self.column(Meaning::Account) else { return guessed };
        let shown = self.sheet.cell(row, column).shown();
        if shown.is_empty() {
            return guessed;
        }
        if let Some(account) = names::account_named(&shown) {
            return (account, AccountGround::Named);
        }
        match account_of(None, &shown) {
            (_, AccountGround::Unknown) => {
                let taken = names::account_name(guessed.0, self.language);
                faults.push(self.fault(row, column, FaultCode::UnknownAccount).with(taken));
                guessed
            }
            found => found,
        }
    }

    /// A row as a line; its id is given by the caller.
    pub(crate) fn line(
        &self,
        row: usize,
        (label, amount): (String, Option<Money>),
        account: Account,
        faults: &mut Faults,
    ) -> BudgetLine {
        let notes: Vec<String> = self
            .columns_of(Meaning::Notes)
            .map(|column| self.sheet.cell(row, column).shown())
            .filter(|note| !note.is_empty())
            .collect();
        let tags = self.text(row, Meaning::Tags).unwrap_or_default();
        BudgetLine {
            id: String::new(),
            account,
            label,
            amount,
            spend: self.spend(row, amount, faults),
            company: self.party(row, Meaning::Company, faults),
            phase: self.term(row, (Meaning::Phase, FaultCode::UnknownPhase), faults, names::phase_named),
            curve: self.term(row, (Meaning::Curve, FaultCode::UnknownWord), faults, names::curve_named),
            labour_share: self.labour(row, amount, faults),
            resident_share: self.share(row, Meaning::Resident, faults),
            resident_area: self.text(row, Meaning::ResidentArea),
            animation_share: self.share(row, Meaning::Animation, faults),
            core: self.term(row, (Meaning::Core, FaultCode::UnknownWord), faults, names::flag_named),
            subcontracts: Vec::new(),
            items: Vec::new(),
            months: Default::default(),
            payee: self.party(row, Meaning::Payee, faults),
            tags: tags
                .split([',', ';'])
                .map(str::trim)
                .filter(|tag| !tag.is_empty())
                .map(str::to_owned)
                .collect(),
            notes: (!notes.is_empty()).then(|| notes.join("\n")),
        }
    }
}

/// For each column whether its shares are percent points.
pub(crate) fn points(sheet: &Sheet, columns: &[Read], first: usize, mark: Option<DecimalMark>) -> Vec<bool> {
    let above_one = |column: usize| {
        (first..sheet.rows.len()).any(|row| match &sheet.cell(row, column).value {
            CellValue::Number(number) => !number.percent && number.value > Decimal::ONE,
            CellValue::Text(text) => {
                read_number(text, mark, 6).is_ok_and(|read| !read.percent && read.value > Decimal::ONE)
            }
            _ => false,
        })
    };
    columns.iter().enumerate().map(|(at, read)| read.meaning.is_share() && above_one(at)).collect()
}

fn ratio(part: Money, whole: Money) -> Option<Decimal> {
    let share = part.ratio_to(whole).ok().flatten()?;
    Some(share.round_dp(SHARE_DECIMALS).normalize())
}

/// Amounts by place as shares that add up to one.
fn shares(parts: &[(String, Money)]) -> Vec<SpendShare> {
    let mut by_place: BTreeMap<&str, i64> = BTreeMap::new();
    let mut order: Vec<&str> = Vec::new();
    for (place, spent) in parts {
        if !order.contains(&place.as_str()) {
            order.push(place);
        }
        *by_place.entry(place).or_default() += spent.minor();
    }
    let whole: i64 = by_place.values().sum();
    let mut left = Decimal::ONE;
    let mut spend: Vec<SpendShare> = Vec::with_capacity(order.len());
    for (at, place) in order.iter().enumerate() {
        let exact = Decimal::from(by_place[place]).checked_div(Decimal::from(whole)).unwrap_or_default();
        let share = if at + 1 == order.len() { left } else { exact.round_dp(SHARE_DECIMALS) };
        left -= share;
        let id = free_id(&spend, place);
        spend.push(part(&id, place, share.normalize()));
    }
    spend
}

fn part(id: &str, place: &str, share: Decimal) -> SpendShare {
    SpendShare {
        id: id.to_owned(),
        jurisdiction: place.to_owned(),
        company: None,
        share: Some(share),
        labour_share: None,
        resident_share: None,
    }
}
