//! The currency in which things are paid for in a place.

use recoup_money::Currency;

/// Countries by the currency that is legal tender in them (ISO 3166-1 and ISO 4217), of those where films are made.
const TENDER: [(&str, &[&str]); 46] = [
    ("AED", &["AE"]),
    ("ARS", &["AR"]),
    ("AUD", &["AU"]),
    ("BRL", &["BR"]),
    ("CAD", &["CA"]),
    ("CHF", &["CH", "LI"]),
    ("CLP", &["CL"]),
    ("CNY", &["CN"]),
    ("COP", &["CO"]),
    ("CZK", &["CZ"]),
    ("DKK", &["DK", "FO", "GL"]),
    ("DOP", &["DO"]),
    ("EGP", &["EG"]),
    (
        "EUR",
        &[
            "AT", "BE", "BG", "CY", "DE", "EE", "ES", "FI", "FR", "GR", "HR", "IE", "IT", "LT", "LU", "LV",
            "ME", "MT", "NL", "PT", "SI", "SK",
        ],
    ),
    ("GBP", &["GB", "IM"]),
    ("GEL", &["GE"]),
    ("HKD", &["HK"]),
    ("HUF", &["HU"]),
    ("IDR", &["ID"]),
    ("ILS", &["IL"]),
    ("INR", &["IN"]),
    ("ISK", &["IS"]),
    ("JOD", &["JO"]),
    ("JPY", &["JP"]),
    ("KRW", &["KR"]),
    ("MAD", &["MA"]),
    ("MUR", &["MU"]),
    ("MXN", &["MX"]),
    ("MYR", &["MY"]),
    ("NOK", &["NO"]),
    ("NZD", &["NZ"]),
    ("PEN", &["PE"]),
    ("PHP", &["PH"]),
    ("PLN", &["PL"]),
    ("RON", &["RO"]),
    ("RSD", &["RS"]),
    ("SAR", &["SA"]),
    ("SEK", &["SE"]),
    ("SGD", &["SG"]),
    ("THB", &["TH"]),
    ("TRY", &["TR"]),
    ("TWD", &["TW"]),
    ("UAH", &["UA"]),
    ("USD", &["US", "PR"]),
    ("UYU", &["UY"]),
    ("ZAR", &["ZA"]),
];

/// The currency in which work in a place is paid for, such as the Canadian dollar for `CA-QC`; none for a place that is
/// no country, or one that is not in the list.
#[must_use]
pub fn local_currency(place: &str) -> Option<Currency> {
    let country = place.split('-').next()?;
    let (code, _) = TENDER.iter().find(|(_, countries)| countries.contains(&country))?;
    Currency::from_code(code).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_country_pays_in_the_countrys_money() {
        assert_eq!(local_currency("CA-QC"), Some(Currency::CAD));
        assert_eq!(local_currency("IE"), Some(Currency::EUR));
        assert_eq!(local_currency("EEA"), None, "an area of several currencies has none");
        assert_eq!(local_currency(""), None);
    }

    #[test]
    fn every_currency_of_the_list_is_one_and_no_country_stands_twice() {
        let mut countries: Vec<&str> = Vec::new();
        for (code, here) in TENDER {
            assert!(Currency::from_code(code).is_ok(), "{code}");
            countries.extend(here);
        }
        let all = countries.len();
        countries.sort_unstable();
        countries.dedup();
        assert_eq!(countries.len(), all);
    }
}
