//! Ids under which programs were asked for before the library had ids of its own.

/// Founding id in lower case, and the program it means.
const FOUNDING: [(&str, &str); 16] = [
    ("au-pdv-offset-2025", "au-pdv-offset"),
    ("au-producer-offset-2025", "au-producer-offset"),
    ("ca-federal-cptc-2025", "ca-federal-cptc"),
    ("ca-on-ocase-2025", "ca-on-ocase"),
    ("ca-qc-pstc-2025", "ca-qc-qpstc"),
    ("es-film-tax-credit-2025", "es-lis-36-2"),
    ("fr-trip-2025", "fr-trip"),
    ("ie-s481-2025", "ie-s481"),
    ("ie-s481-sceal-2025", "ie-s481-sceal"),
    ("kr-kofic-location-2025", "kr-kofic-cash-rebate"),
    ("nz-nzspr-domestic-2025", "nz-nzspr-domestic"),
    ("nz-nzspr-intl-2025", "nz-nzspr-international"),
    ("uk-avec-2025", "uk-avec-animation"),
    ("us-ca-filmtax-2025", "us-ca-4-0"),
    ("us-ga-gefa-2025", "us-ga-film"),
    ("us-nm-film-rebate-2025", "us-nm-film"),
];

/// The program that a founding id means.
pub(super) fn program(id: &str) -> Option<&'static str> {
    FOUNDING.iter().find(|(founding, _)| *founding == id).map(|(_, program)| *program)
}
