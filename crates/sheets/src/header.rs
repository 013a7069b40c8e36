//! The header of a table, and what its words say about the columns.

use crate::{
    grid::{CellValue, Sheet},
    meaning::Meaning,
    places::{place_named, place_within},
    text::{has_words, plain},
};

/// Rows that are looked at for the header.
const LOOKED_AT: usize = 80;

/// Words of a header by meaning, the better ones first.
const WORDS: &[(Meaning, &[&str])] = &[
    (
        Meaning::Ignore,
        &[
            "page",
            "pg",
            "p",
            "variance",
            "ecart",
            "actual",
            "actuals",
            "actual cost",
            "cost to date",
            "costs to date",
            "to date",
            "etc",
            "efc",
            "estimate to complete",
            "estimated final cost",
            "final cost",
            "reel",
            "realise",
            "depense a ce jour",
            "% of total",
            "% du total",
            "% of budget",
            "% du budget",
            "previous",
            "prior",
            "over under",
            "over budget",
            "units",
            "unites",
            "subtotal",
            "sous total",
            "eligible",
        ],
    ),
    (
        Meaning::Code,
        &[
            "account #",
            "acct #",
            "acct",
            "acct no",
            "account no",
            "account number",
            "account code",
            "budget code",
            "gl code",
            "code",
            "compte",
            "no compte",
            "n compte",
            "n de compte",
            "numero de compte",
            "no de compte",
            "numero",
            "number",
            "no",
            "n",
            "#",
            "ref",
            "num",
            "chapitre",
            "chapter",
            "cat no",
            "category no",
            "category #",
            "account",
        ],
    ),
    (Meaning::Account, &["standard account", "compte type", "recoup account"]),
    (
        Meaning::Label,
        &[
            "description",
            "category description",
            "account description",
            "account name",
            "line item",
            "libelle",
            "intitule",
            "designation",
            "poste budgetaire",
            "poste",
            "postes",
            "postes de depenses",
            "item",
            "details",
            "detail",
            "rubrique",
            "nature des depenses",
            "nature",
            "name",
            "nom",
            "department",
            "departement",
            "element",
            "category",
            "categorie",
            "heading",
            "expense",
            "cost item",
            "cost category",
            "depenses",
            "comptes",
        ],
    ),
    (
        Meaning::Amount,
        &[
            "total amount",
            "amount",
            "montant",
            "total cost",
            "cout total",
            "total",
            "grand total",
            "total budget",
            "budget total",
            "current budget",
            "approved budget",
            "budget approuve",
            "locked budget",
            "revised budget",
            "budget",
            "devis",
            "cout",
            "cost",
            "montant total",
            "montant ht",
            "total ht",
            "total general",
            "estimate",
            "budgeted",
            "previsionnel",
            "budget previsionnel",
            "prevu",
            "couts",
            "costs",
        ],
    ),
    (
        Meaning::Quantity,
        &[
            "quantity",
            "qty",
            "quantite",
            "qte",
            "nombre",
            "nb",
            "nbre",
            "number of units",
            "amt",
            "duration",
            "duree",
            "weeks",
            "semaines",
            "jours",
            "days",
        ],
    ),
    (Meaning::Multiplier, &["x", "multiplier", "times", "mult", "multiplicateur", "fois", "episodes"]),
    (
        Meaning::Rate,
        &[
            "rate",
            "unit cost",
            "unit price",
            "price",
            "cout unitaire",
            "prix unitaire",
            "tarif",
            "pu",
            "unit rate",
        ],
    ),
    (Meaning::Currency, &["currency", "curr", "cur", "devise", "monnaie"]),
    (
        Meaning::Place,
        &[
            "spent in",
            "jurisdiction",
            "juridiction",
            "country",
            "pays",
            "territory",
            "territoire",
            "place",
            "lieu",
            "location",
            "region",
            "province",
            "place of spend",
            "lieu de depense",
            "pays de depense",
            "depense a",
        ],
    ),
    (
        Meaning::Labour,
        &[
            "labour %",
            "labor %",
            "% labour",
            "% labor",
            "labour share",
            "part de main d oeuvre",
            "main d oeuvre %",
            "% main d oeuvre",
            "salaires %",
            "% salaires",
            "labour",
            "labor",
            "main d oeuvre",
            "salaires",
            "salaries",
            "wages",
            "mo %",
            "% mo",
        ],
    ),
    (
        Meaning::Resident,
        &[
            "resident %",
            "% resident",
            "residents %",
            "resident share",
            "resident labour %",
            "part de residents",
            "residents",
            "resident",
            "% residents",
            "local labour %",
            "resident labour",
            "main d oeuvre residente",
        ],
    ),
    (Meaning::ResidentArea, &["resident area", "zone de residence"]),
    (
        Meaning::Animation,
        &["animation %", "% animation", "animation share", "part d animation", "animation labour %"],
    ),
    (Meaning::Phase, &["phase", "stage", "etape", "period of spend"]),
    (Meaning::Curve, &["spend curve", "curve", "courbe", "courbe de depense"]),
    (Meaning::Core, &["core expenditure", "core", "depense de base"]),
    (
        Meaning::Company,
        &["company", "spending company", "societe", "entreprise", "entity", "societe qui depense"],
    ),
    (Meaning::Payee, &["payee", "paid to", "vendor", "supplier", "fournisseur", "beneficiaire", "paye a"]),
    (Meaning::Tags, &["tags", "keywords", "mots cles", "etiquettes"]),
    (
        Meaning::Notes,
        &[
            "notes",
            "note",
            "comments",
            "comment",
            "remarks",
            "commentaires",
            "commentaire",
            "remarques",
            "observations",
            "assumptions",
            "hypotheses",
        ],
    ),
    (Meaning::Line, &["line id", "line", "id", "ligne", "id de ligne"]),
];

/// What a header's words say: the meaning, how surely, and the place they name.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Said {
    pub(crate) meaning: Meaning,
    pub(crate) score: u32,
    pub(crate) place: Option<String>,
}

/// What a header says its column means; none where its words are not known.
pub(crate) fn said(head: &str) -> Option<Said> {
    let words = plain(head);
    if words.is_empty() || head.chars().count() > 60 {
        return None;
    }
    let exact = WORDS.iter().find_map(|(meaning, known)| {
        known.iter().position(|known| *known == words).map(|at| plainly(*meaning, 200 - order(at)))
    });
    if exact.is_some() {
        return exact;
    }
    if let Some(place) = place_named(head) {
        return Some(Said { meaning: Meaning::SpentIn, score: 120, place: Some(place) });
    }
    // Currencies, years and units around the words do not matter.
    let bare: Vec<&str> = words.split(' ').filter(|word| !is_currency_or_year(word)).collect();
    let bare = bare.join(" ");
    if bare != words
        && !bare.is_empty()
        && let Some(found) = said(&bare)
    {
        return Some(Said { score: found.score.saturating_sub(5), ..found });
    }
    let within = WORDS
        .iter()
        .flat_map(|(meaning, known)| known.iter().enumerate().map(move |(at, known)| (*meaning, at, *known)))
        .filter(|(_, _, known)| known.len() >= 4 && has_words(&words, known))
        .max_by_key(|(_, at, known)| (known.len(), u32::MAX - order(*at)));
    if let Some(place) = place_within(head) {
        return Some(Said { meaning: Meaning::SpentIn, score: 60, place: Some(place) });
    }
    if is_elsewhere(&words) {
        return Some(Said { meaning: Meaning::SpentIn, score: 50, place: None });
    }
    within.map(|(meaning, at, _)| plainly(meaning, 100 - order(at)))
}

fn plainly(meaning: Meaning, score: u32) -> Said {
    Said { meaning, score, place: None }
}

fn order(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(99).min(99)
}

/// `Non-Canadian`, `Foreign costs`, `Dépenses à l'étranger`: spent in a place that has to be named.
fn is_elsewhere(words: &str) -> bool {
    ["non canadian", "non canadien", "foreign", "etranger", "hors"].iter().any(|no| has_words(words, no))
}

fn is_currency_or_year(word: &str) -> bool {
    let year = word.len() == 4
        && (word.starts_with("19") || word.starts_with("20"))
        && word.chars().all(|c| c.is_ascii_digit());
    let currency =
        ["usd", "cad", "eur", "gbp", "aud", "nzd", "jpy", "krw", "chf", "euros", "euro", "dollars", "ht"];
    year || currency.contains(&word)
}

/// The row of the header, counted from zero; none where no row looks like one.
pub(crate) fn header_row(sheet: &Sheet) -> Option<usize> {
    let mut best: Option<(usize, u32)> = None;
    for row in 0..sheet.rows.len().min(LOOKED_AT) {
        let score = row_score(sheet, row);
        if score > 0 && best.is_none_or(|(_, other)| score > other) {
            best = Some((row, score));
        }
    }
    best.map(|(row, _)| row)
}

/// How much a row looks like a header: it names columns, a name and an amount among them, and holds no numbers.
fn row_score(sheet: &Sheet, row: usize) -> u32 {
    let Some(cells) = sheet.rows.get(row) else { return 0 };
    if cells.iter().any(|cell| matches!(cell.value, CellValue::Number(_) | CellValue::Fault(_))) {
        return 0;
    }
    let mut meanings: Vec<Meaning> = Vec::new();
    let mut exact = 0;
    for cell in cells {
        let CellValue::Text(text) = &cell.value else { continue };
        let Some(said) = said(text) else { continue };
        if !meanings.contains(&said.meaning) {
            meanings.push(said.meaning);
        }
        exact += u32::from(said.score > 100);
    }
    let has = |wanted: &[Meaning]| meanings.iter().any(|meaning| wanted.contains(meaning));
    let named = has(&[Meaning::Label, Meaning::Code, Meaning::Account]);
    let priced = has(&[Meaning::Amount, Meaning::Rate, Meaning::SpentIn]);
    if !named || !priced {
        return 0;
    }
    u32::try_from(meanings.len()).unwrap_or(u32::MAX) * 10 + exact
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_understood_in_both_languages() {
        let cases = [
            ("Acct#", Meaning::Code),
            ("Category Description", Meaning::Label),
            ("Page", Meaning::Ignore),
            ("Total", Meaning::Amount),
            ("Libellé", Meaning::Label),
            ("Montant (EUR)", Meaning::Amount),
            ("Budget 2026 CAD", Meaning::Amount),
            ("Labour %", Meaning::Labour),
            ("Main-d’œuvre %", Meaning::Labour),
            ("Spent in", Meaning::Place),
            ("Variance to budget", Meaning::Ignore),
            ("Canada", Meaning::SpentIn),
            ("Non-Canadian", Meaning::SpentIn),
            ("Coût unitaire", Meaning::Rate),
        ];
        for (head, meaning) in cases {
            assert_eq!(said(head).map(|said| said.meaning), Some(meaning), "{head}");
        }
        assert_eq!(said("Québec costs").unwrap().place.as_deref(), Some("CA-QC"));
        assert_eq!(said("Reunion of Tuesday"), None);
    }

    #[test]
    fn every_word_is_written_as_it_is_compared() {
        for (_, words) in WORDS {
            assert!(words.iter().all(|word| plain(word) == *word), "{words:?}");
        }
    }
}
