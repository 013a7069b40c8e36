//! The files this build ships with. A new file is one more line here; a test finds forgotten ones.

macro_rules! file {
    ($name:literal) => {
        ($name, include_str!(concat!("../../policies/", $name)))
    };
}

/// Name and text of each file.
pub(super) const FILES: &[(&str, &str)] = &[
    file!("ca/ca-ab-fttc@2021-03-26.toml"),
    file!("ca/ca-bc-dave@2010-03-01.toml"),
    file!("ca/ca-bc-dave@2016-10-01.toml"),
    file!("ca/ca-bc-fibc@2016-10-01.toml"),
    file!("ca/ca-bc-fibc@2025-01-01.toml"),
    file!("ca/ca-bc-pstc@2016-10-01.toml"),
    file!("ca/ca-bc-pstc@2025-01-01.toml"),
    file!("ca/ca-federal-cptc@2003-11-14.toml"),
    file!("ca/ca-federal-pstc@2003-02-18.toml"),
    file!("ca/ca-mb-cost-of-production@2020-04-01.toml"),
    file!("ca/ca-mb-cost-of-salaries@2005-03-09.toml"),
    file!("ca/ca-nb-ftnm@2020-01-01.toml"),
    file!("ca/ca-nl-all-spend@2023-01-01.toml"),
    file!("ca/ca-nl-film-labour@2021-07-01.toml"),
    file!("ca/ca-ns-datc@2015-07-01.toml"),
    file!("ca/ca-on-ocase@2009-01-01.toml"),
    file!("ca/ca-on-ocase@2015-04-24.toml"),
    file!("ca/ca-on-ocase@2024-03-26.toml"),
    file!("ca/ca-on-ofttc@2009-01-01.toml"),
    file!("ca/ca-on-opstc@2009-07-01.toml"),
    file!("ca/ca-on-opstc@2015-04-24.toml"),
    file!("ca/ca-pe-film-fund@2023-04-01.toml"),
    file!("ca/ca-qc-qpstc@2009-06-13.toml"),
    file!("ca/ca-qc-qpstc@2014-09-01.toml"),
    file!("ca/ca-qc-qpstc@2024-05-31.toml"),
    file!("ca/ca-qc-qptc@2009-01-01.toml"),
    file!("ca/ca-qc-qptc@2017-03-29.toml"),
    file!("ca/ca-qc-qptc@2024-03-13.toml"),
    file!("fr/fr-cia-animation@2016-01-01.toml"),
    file!("fr/fr-cia-animation@2026-01-01.toml"),
    file!("fr/fr-cic-animation@2016-01-01.toml"),
    file!("gb/uk-avec-animation@2024-01-01.toml"),
    file!("gb/uk-iftc@2024-04-01.toml"),
    file!("ie/ie-s481-sceal@2025-05-20.toml"),
    file!("ie/ie-s481@2019-01-01.toml"),
    file!("ie/ie-s481@2024-01-01.toml"),
    file!("us/us-ca-4-0@2025-07-01.toml"),
];
