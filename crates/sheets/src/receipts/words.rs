//! The words of headers in English and French, and what windows are called.

use recoup_deal::Window;
use recoup_deal::actuals::DeductionKind;

use super::meaning::ReceiptMeaning;
use crate::text::{has_words, plain};

/// Words of a header by meaning, as they are compared.
const WORDS: &[(ReceiptMeaning, &[&str])] = &[
    (
        ReceiptMeaning::Ignore,
        &[
            "% fee",
            "fee %",
            "commission %",
            "% commission",
            "taux de commission",
            "cumulative",
            "cumul",
            "to date",
            "previous",
            "prior",
            "balance",
            "solde",
            "vat",
            "tva",
            "page",
        ],
    ),
    (
        ReceiptMeaning::Source,
        &[
            "source",
            "revenue source",
            "receipt source",
            "source de recettes",
            "recette",
            "contract",
            "contrat",
            "licensee",
            "licencie",
            "deal",
            "description",
            "libelle",
            "title",
            "line",
            "id",
        ],
    ),
    (
        ReceiptMeaning::Territory,
        &["territory", "territoire", "country", "pays", "region", "market", "marche"],
    ),
    (
        ReceiptMeaning::Window,
        &[
            "window",
            "fenetre",
            "media",
            "medias",
            "right",
            "rights",
            "droits",
            "support",
            "exploitation",
            "channel",
        ],
    ),
    (
        ReceiptMeaning::Period,
        &[
            "period",
            "periode",
            "quarter",
            "trimestre",
            "reporting period",
            "month",
            "mois",
            "semester",
            "semestre",
        ],
    ),
    (
        ReceiptMeaning::From,
        &["from", "start", "period from", "period start", "du", "debut", "debut de periode", "first day"],
    ),
    (
        ReceiptMeaning::To,
        &["to", "end", "until", "period to", "period end", "au", "fin", "fin de periode", "last day"],
    ),
    (
        ReceiptMeaning::Received,
        &[
            "received",
            "date received",
            "received on",
            "payment date",
            "paid on",
            "value date",
            "date de paiement",
            "date d encaissement",
            "encaisse le",
            "date de valeur",
            "recu le",
        ],
    ),
    (
        ReceiptMeaning::Gross,
        &[
            "gross",
            "gross receipts",
            "gross revenue",
            "gross amount",
            "brut",
            "recettes brutes",
            "montant brut",
            "chiffre d affaires",
            "sales",
            "licence fee",
            "license fee",
            "gross income",
        ],
    ),
    (
        ReceiptMeaning::Net,
        &[
            "net",
            "net receipts",
            "net amount",
            "net revenue",
            "net payable",
            "amount due",
            "amount",
            "paid",
            "payable",
            "remitted",
            "net to producer",
            "net to account",
            "net producteur",
            "montant net",
            "recettes nettes",
            "net a verser",
            "verse",
            "montant",
            "part producteur",
            "producer share",
        ],
    ),
    (
        ReceiptMeaning::Deduction(DeductionKind::SalesCommission),
        &[
            "sales commission",
            "commission",
            "agent commission",
            "agency commission",
            "commission de vente",
            "commission agent",
            "sales fee",
        ],
    ),
    (
        ReceiptMeaning::Deduction(DeductionKind::DistributionFee),
        &[
            "distribution fee",
            "distribution commission",
            "fee",
            "fees",
            "distributor fee",
            "frais de distribution",
            "commission de distribution",
            "honoraires",
        ],
    ),
    (
        ReceiptMeaning::Deduction(DeductionKind::SalesExpenses),
        &["sales expenses", "frais de vente", "agent expenses"],
    ),
    (
        ReceiptMeaning::Deduction(DeductionKind::DistributionExpenses),
        &[
            "distribution expenses",
            "expenses",
            "costs",
            "recoupable expenses",
            "distribution costs",
            "frais",
            "depenses",
            "frais opposables",
            "frais d edition",
        ],
    ),
    (
        ReceiptMeaning::Deduction(DeductionKind::PAndA),
        &[
            "p a",
            "p and a",
            "prints and advertising",
            "prints advertising",
            "marketing",
            "release costs",
            "frais de sortie",
        ],
    ),
    (
        ReceiptMeaning::Deduction(DeductionKind::GuaranteeRecouped),
        &[
            "guarantee recouped",
            "mg recouped",
            "minimum guarantee",
            "recouped against mg",
            "mg",
            "recoupment",
            "minimum garanti",
            "amortissement du mg",
            "mg recupere",
            "garantie recuperee",
        ],
    ),
    (
        ReceiptMeaning::Deduction(DeductionKind::SalesAdvance),
        &["sales advance", "advance recouped", "advance", "avance", "avance recuperee", "a valoir"],
    ),
    (
        ReceiptMeaning::Deduction(DeductionKind::OverageKept),
        &["overage kept", "overage", "distributor share", "part distributeur"],
    ),
    (
        ReceiptMeaning::Deduction(DeductionKind::Withholding),
        &[
            "withholding tax",
            "withholding",
            "wht",
            "tax",
            "tax withheld",
            "retenue a la source",
            "impot",
            "retenue",
        ],
    ),
    (
        ReceiptMeaning::Deduction(DeductionKind::Exhibitors),
        &["exhibitor share", "exhibitors", "cinema share", "part salle", "part exploitant", "exploitants"],
    ),
    (
        ReceiptMeaning::Deduction(DeductionKind::OtherShares),
        &["other shares", "co producers", "autres parts", "coproducteurs"],
    ),
    (
        ReceiptMeaning::Deduction(DeductionKind::Other),
        &[
            "deductions",
            "other deductions",
            "other",
            "bank charges",
            "autres deductions",
            "autres",
            "frais bancaires",
        ],
    ),
    (ReceiptMeaning::Currency, &["currency", "curr", "cur", "ccy", "devise", "monnaie"]),
    (ReceiptMeaning::Rate, &["rate", "exchange rate", "fx rate", "fx", "taux de change", "cours", "taux"]),
    (
        ReceiptMeaning::Units,
        &[
            "units",
            "quantity",
            "qty",
            "tickets",
            "admissions",
            "copies",
            "unites",
            "quantite",
            "entrees",
            "exemplaires",
            "transactions",
        ],
    ),
    (ReceiptMeaning::Note, &["note", "notes", "comment", "comments", "remarks", "commentaire", "remarques"]),
];

/// What a header says its column means, and how surely: an exact word above a hundred.
pub(super) fn said(head: &str) -> Option<(ReceiptMeaning, u32)> {
    let words = plain(head);
    if words.is_empty() || head.chars().count() > 60 {
        return None;
    }
    let exact = |words: &str| {
        WORDS.iter().find_map(|(meaning, known)| {
            known.iter().position(|known| *known == words).map(|at| (*meaning, 200 - order(at)))
        })
    };
    // Currencies, years and units around the words do not matter.
    let bare: Vec<&str> = words.split(' ').filter(|word| !beside(word)).collect();
    let found = exact(&words).or_else(|| exact(&bare.join(" ")));
    if found.is_some() {
        return found;
    }
    let within = WORDS
        .iter()
        .flat_map(|(meaning, known)| known.iter().enumerate().map(move |(at, known)| (*meaning, at, *known)))
        .filter(|(_, _, known)| known.len() >= 4 && has_words(&words, known));
    within
        .max_by_key(|(_, at, known)| (known.len(), u32::MAX - order(*at)))
        .map(|(meaning, at, _)| (meaning, 100 - order(at)))
}

fn order(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(99).min(99)
}

fn beside(word: &str) -> bool {
    let year = word.len() == 4 && word.chars().all(|c| c.is_ascii_digit());
    let currency =
        ["usd", "cad", "eur", "gbp", "aud", "nzd", "jpy", "chf", "sek", "euros", "euro", "dollars", "ht"];
    year || currency.contains(&word)
}

/// What windows are called.
const WINDOWS: &[(Window, &[&str])] = &[
    (Window::AllRights, &["all rights", "all media", "tous droits", "tous supports"]),
    (Window::Theatrical, &["theatrical", "cinema", "cinemas", "theatres", "salles", "salle", "cine"]),
    (Window::Pvod, &["pvod", "premium vod", "premium video on demand"]),
    (Window::Tvod, &["tvod", "vod", "transactional", "rental", "location", "vod a l acte"]),
    (Window::Est, &["est", "electronic sell through", "digital sell through", "dst", "telechargement"]),
    (Window::Svod, &["svod", "subscription", "streaming", "abonnement", "vod par abonnement"]),
    (Window::PayTv, &["pay tv", "pay television", "premium tv", "tv payante", "television payante"]),
    (
        Window::FreeTv,
        &["free tv", "television", "tv", "free television", "tv gratuite", "tv en clair", "broadcast"],
    ),
    (Window::Avod, &["avod", "ad supported", "ad funded"]),
    (Window::Fast, &["fast", "fast channel", "fast channels"]),
    (
        Window::Physical,
        &["dvd", "blu ray", "video", "home video", "physical", "disc", "discs", "dvd blu ray"],
    ),
    (Window::Airline, &["airline", "airlines", "inflight", "in flight", "ships", "compagnies aeriennes"]),
    (
        Window::NonTheatrical,
        &["non theatrical", "educational", "schools", "non commercial", "institutionnel"],
    ),
    (Window::Merchandising, &["merchandising", "merchandise", "licensing", "toys", "produits derives"]),
    (Window::Music, &["music", "soundtrack", "musique", "bande originale"]),
    (Window::Other, &["other", "autres", "autre", "ancillary"]),
];

/// The window that a cell names.
pub(super) fn window_named(text: &str) -> Option<Window> {
    let words = plain(text);
    let code = Window::ALL.into_iter().find(|window| plain(&window.word().replace('_', " ")) == words);
    code.or_else(|| {
        WINDOWS.iter().find(|(_, names)| names.contains(&words.as_str())).map(|(window, _)| *window)
    })
}

/// The window that a text names among other words; the longest name counts.
pub(super) fn window_within(text: &str) -> Option<Window> {
    let words = format!(" {} ", plain(text));
    let named = WINDOWS.iter().flat_map(|(window, names)| names.iter().map(move |name| (*window, *name)));
    named
        .filter(|(_, name)| words.contains(&format!(" {name} ")))
        .max_by_key(|(_, name)| name.len())
        .map(|(window, _)| window)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_understood_in_both_languages() {
        use DeductionKind as Kind;
        let cases = [
            ("Territory", ReceiptMeaning::Territory),
            ("Pays", ReceiptMeaning::Territory),
            ("Media", ReceiptMeaning::Window),
            ("Période", ReceiptMeaning::Period),
            ("Gross receipts (USD)", ReceiptMeaning::Gross),
            ("Recettes brutes EUR", ReceiptMeaning::Gross),
            ("Distribution fee", ReceiptMeaning::Deduction(Kind::DistributionFee)),
            ("Commission de vente", ReceiptMeaning::Deduction(Kind::SalesCommission)),
            ("Expenses", ReceiptMeaning::Deduction(Kind::DistributionExpenses)),
            ("P&A", ReceiptMeaning::Deduction(Kind::PAndA)),
            ("Retenue à la source", ReceiptMeaning::Deduction(Kind::Withholding)),
            ("Net to account", ReceiptMeaning::Net),
            ("Net producteur", ReceiptMeaning::Net),
            ("Devise", ReceiptMeaning::Currency),
            ("Date received", ReceiptMeaning::Received),
            ("Entrées", ReceiptMeaning::Units),
            ("Fee %", ReceiptMeaning::Ignore),
        ];
        for (head, meaning) in cases {
            assert_eq!(said(head).map(|said| said.0), Some(meaning), "{head}");
        }
        assert_eq!(said("Reunion of Tuesday"), None);
    }

    #[test]
    fn every_word_is_written_as_it_is_compared() {
        for words in WORDS.iter().map(|(_, words)| words).chain(WINDOWS.iter().map(|(_, words)| words)) {
            assert!(words.iter().all(|word| plain(word) == *word), "{words:?}");
        }
    }

    #[test]
    fn windows_are_known_by_their_names() {
        assert_eq!(window_named("Pay-TV"), Some(Window::PayTv));
        assert_eq!(window_named("free_tv"), Some(Window::FreeTv));
        assert_eq!(window_named("Salles"), Some(Window::Theatrical));
        assert_eq!(window_within("Germany, free TV"), Some(Window::FreeTv));
        assert_eq!(window_named("Tuesday"), None);
    }
}
