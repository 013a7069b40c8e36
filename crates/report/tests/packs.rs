//! The example deals as packs: every reader, both languages, and what must hold of each.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::{Path, PathBuf};

use recoup_deal::{Deal, read_deal};
use recoup_incentives::Catalog;
use recoup_model::Outcome;
use recoup_report::{
    Block, Cell, ColumnKind, Document, Edition, Fed, Figure, Language, Level, PackFormat, Reader, Results,
    SectionKind, document_for, pack, render, sections_for,
};

const DEALS: [&str; 3] = ["dragons-quest", "nimbus-and-pip", "tin-orchard"];

fn deal(name: &str) -> Deal {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    read_deal(&std::fs::read_to_string(examples.join(format!("{name}.deal.json"))).unwrap()).unwrap()
}

/// A deal computed, and at other levels of gross.
struct Computed {
    outcome: Outcome,
    levels: Vec<Level>,
}

impl std::ops::Deref for Computed {
    type Target = Outcome;

    fn deref(&self) -> &Outcome {
        &self.outcome
    }
}

fn outcome(deal: &Deal) -> Computed {
    let catalog = Catalog::embedded().unwrap();
    let outcome = recoup_model::run(deal, catalog);
    let levels = recoup_model::at_usual_levels(deal, &outcome.book, catalog).into_iter();
    let levels = levels.map(|(quarters, gross, of)| Level { quarters, gross, book: of.book }).collect();
    Computed { outcome, levels }
}

fn results<'a>(deal: &'a Deal, outcome: &'a Computed) -> Results<'a> {
    Results {
        deal,
        book: &outcome.book,
        incentives: &outcome.incentives,
        capital: outcome.capital.as_ref(),
        receipts: Some(&outcome.receipts),
        recoupment: outcome.recoupment.as_ref(),
        feed: outcome.feed.as_ref().map(|feed| Fed {
            inputs: &feed.inputs,
            nodes: &feed.nodes,
            schedule: &feed.schedule,
        }),
        findings: &outcome.findings,
        levels: &outcome.levels,
        risk: None,
    }
}

/// Every figure that is printed anywhere.
fn figures(document: &Document) -> Vec<&Figure> {
    let mut out = Vec::new();
    for block in document.sections.iter().flat_map(|section| &section.blocks).flat_map(Block::told) {
        match block {
            Block::Table(table) => {
                for cell in table.rows.iter().flat_map(|row| &row.cells) {
                    if let Cell::Figure(figure) = cell {
                        out.push(figure);
                    }
                }
            }
            Block::Keys(keys) => out.extend(keys.iter().map(|key| &key.figure)),
            Block::Months(months) => {
                for row in &months.rows {
                    out.extend(row.months.iter().flatten());
                    out.extend(row.years.iter().filter_map(|(_, figure)| figure.as_ref()));
                    out.extend(&row.total);
                }
            }
            Block::Order(rungs) => {
                for claim in rungs.iter().flat_map(|rung| &rung.claims) {
                    out.push(&claim.paid);
                    out.extend(&claim.outstanding);
                    out.extend(&claim.out_at);
                }
            }
            Block::Ladder(ladder) => {
                out.extend(ladder.steps.iter().map(|step| &step.out).chain(&ladder.estimated));
            }
            Block::Periods(periods) => {
                out.extend(
                    periods.rows.iter().flat_map(|row| row.cells.iter().chain([&row.total]).flatten()),
                );
            }
            Block::Heading(_)
            | Block::Page(_)
            | Block::Part(_)
            | Block::Text(_)
            | Block::Fine(_)
            | Block::Bars(_)
            | Block::Stack(_)
            | Block::Findings(_) => {}
            Block::Workings(workings) => {
                out.extend(workings.cells().filter_map(|cell| cell.figure.as_ref()));
            }
            Block::Rounds(_) | Block::Ledger(_) => {}
            Block::Outlook(outlook) => {
                let marks = outlook.histogram.iter().flat_map(|histogram| &histogram.marks);
                out.extend(marks.map(|mark| &mark.figure).chain(outlook.fan.iter().map(|fan| &fan.last)));
            }
            Block::Chances(chances) => out.extend(chances.rows.iter().map(|row| &row.figure)),
            Block::Tornado(tornado) => {
                out.extend(tornado.swings.iter().flat_map(|swing| [&swing.low, &swing.high]));
            }
            Block::Program(program) => {
                out.extend(program.form.rows.iter().filter_map(|row| row.figure.as_ref()))
            }
        }
    }
    out
}

#[test]
fn every_figure_of_every_edition_is_the_one_at_its_address() {
    for name in DEALS {
        let deal = deal(name);
        let outcome = outcome(&deal);
        let cells = serde_json::to_value(&deal).unwrap();
        for reader in Reader::ALL {
            let edition = Edition { reader, ..Edition::default() };
            let document = document_for(results(&deal, &outcome), edition).unwrap();
            let printed = figures(&document);
            assert!(printed.len() > 100, "{name} {edition:?} prints {} figures", printed.len());
            for figure in printed {
                assert!(!figure.address.is_empty(), "{name} {edition:?}");
                let supposed =
                    |level: &'_ Level| level.book.at(figure.address.strip_prefix(&level.prefix())?).cloned();
                let own = outcome.book.at(&figure.address).cloned();
                if let Some(value) = own.or_else(|| outcome.levels.iter().find_map(supposed)) {
                    assert_eq!(value, figure.value, "{name} {edition:?} {}", figure.address);
                } else {
                    // What has no address of its own is a cell, at its path in the deal.
                    let part = figure.address.split(['.', '[']).next().unwrap();
                    assert!(cells.get(part).is_some(), "{name}: {} is neither", figure.address);
                }
            }
        }
    }
}

#[test]
fn a_reader_gets_his_sections_in_his_order_and_the_findings_always() {
    let deal = deal("tin-orchard");
    let outcome = outcome(&deal);
    for reader in Reader::ALL {
        let edition = Edition { reader, ..Edition::default() };
        let document = document_for(results(&deal, &outcome), edition).unwrap();
        let written: Vec<SectionKind> = document.sections.iter().map(|section| section.kind).collect();
        // Nothing is simulated here, and this film has neither a gap lender nor a guarantor who could be sent a statement.
        let has_account = !matches!(reader, Reader::GapLender | Reader::Bond);
        let is_told = |kind: &SectionKind| {
            *kind != SectionKind::Risk && (has_account || *kind != SectionKind::Statements)
        };
        let expected: Vec<SectionKind> = sections_for(reader).iter().copied().filter(is_told).collect();
        assert_eq!(written, expected, "{reader:?}");
        assert_eq!(written.first(), Some(&SectionKind::Summary));
        for always in [SectionKind::Closing, SectionKind::Findings, SectionKind::Assumptions] {
            assert!(written.contains(&always), "{reader:?} without {always:?}");
        }
        let Some(Block::Keys(keys)) =
            document.sections[0].blocks.iter().find(|block| matches!(block, Block::Keys(_)))
        else {
            panic!("{reader:?} without figures on the first page");
        };
        assert!(keys.len() == 8, "{reader:?}: {} figures", keys.len());
        assert_eq!(Reader::from_name(reader.name()), Some(reader));
    }
}

#[test]
fn lenders_and_funds_are_not_shown_what_is_not_theirs() {
    let without = |reader, kind| assert!(!sections_for(reader).contains(&kind), "{reader:?} {kind:?}");
    without(Reader::SeniorLender, SectionKind::Returns);
    without(Reader::GapLender, SectionKind::Returns);
    without(Reader::SoftMoney, SectionKind::Returns);
    without(Reader::Bond, SectionKind::Revenue);
    without(Reader::Bond, SectionKind::Recoupment);
}

#[test]
fn the_two_languages_print_the_same_figures() {
    for name in DEALS {
        let deal = deal(name);
        let outcome = outcome(&deal);
        let in_language = |language| {
            let edition = Edition { language, reader: Reader::Full };
            document_for(results(&deal, &outcome), edition).unwrap()
        };
        let (english, french) = (in_language(Language::English), in_language(Language::French));
        let values = |document: &Document| {
            figures(document).into_iter().map(|figure| figure.address.clone()).collect::<Vec<_>>()
        };
        assert_eq!(values(&english), values(&french), "{name}");
        let text = render::text(&french);
        for english_only in ["Sources and uses", "Recoupment order", "half-up", "n/a", " and "] {
            let own = text.lines().filter(|line| line.starts_with("==") || line.starts_with("--"));
            assert!(!own.clone().any(|line| line.contains(english_only)), "{name}: {english_only}");
        }
    }
}

#[test]
fn a_total_of_a_table_is_what_its_rows_give_or_has_no_formula() {
    let deal = deal("dragons-quest");
    let outcome = outcome(&deal);
    let document = document_for(results(&deal, &outcome), Edition::default()).unwrap();
    let mut live = 0;
    for block in document.sections.iter().flat_map(|section| &section.blocks) {
        let Block::Table(table) = block else { continue };
        live += table.rows.iter().filter(|row| row.formula.is_some()).count();
        for (index, column) in table.columns.iter().enumerate() {
            assert!(column.width > 0.0, "column {index}");
            assert!(column.kind != ColumnKind::Tag || index + 1 == table.columns.len(), "tags stand last");
        }
    }
    assert!(live >= 7, "{live} sums are live");
}

#[test]
fn a_deal_of_which_little_is_known_still_makes_a_pack() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/tin-orchard.deal.json");
    let whole: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let without: [&[&str]; 4] = [
        &["schedule"],
        &["recoupment", "revenue", "risk", "assumptions"],
        &["instruments", "incentives", "recoupment", "assumptions"],
        &["schedule", "budget", "instruments", "incentives", "revenue", "recoupment", "risk", "assumptions"],
    ];
    for missing in without {
        let mut part = whole.clone();
        for field in missing {
            part.as_object_mut().unwrap().remove(*field);
        }
        part["project"]["title"] = "龍 #[$*_@] & <Дракон>".into();
        let deal = read_deal(&part.to_string()).unwrap();
        let outcome = outcome(&deal);
        let edition = Edition { language: Language::French, reader: Reader::Equity };
        let made = pack(results(&deal, &outcome), edition, &[PackFormat::Pdf, PackFormat::Xlsx]).unwrap();
        assert!(made.files.iter().all(|file| file.parts >= 4), "{missing:?}");
    }
}

/// Writes packs where `RECOUP_SPECIMENS` says, to be looked at; `RECOUP_EDITIONS` names deals, readers and
/// languages, `tin-orchard:equity:fr`.
#[test]
fn packs_are_the_same_bytes_for_the_same_deal() {
    let chosen = std::env::var("RECOUP_EDITIONS").unwrap_or_else(|_| "nimbus-and-pip:bond:fr".to_owned());
    for one in chosen.split(' ') {
        let parts: Vec<&str> = one.split(':').collect();
        let deal = deal(parts[0]);
        let outcome = outcome(&deal);
        let edition = Edition {
            reader: Reader::from_name(parts[1]).unwrap(),
            language: Language::of_tag(parts[2]).unwrap(),
        };
        let formats = [PackFormat::Pdf, PackFormat::Xlsx];
        let made = pack(results(&deal, &outcome), edition, &formats).unwrap();
        assert_eq!(made, pack(results(&deal, &outcome), edition, &formats).unwrap(), "{one}");
        for file in &made.files {
            assert!(file.parts >= 5, "{} has {} parts", file.name, file.parts);
            if let Some(folder) = std::env::var_os("RECOUP_SPECIMENS") {
                std::fs::write(PathBuf::from(folder).join(&file.name), &file.bytes).unwrap();
            }
        }
    }
}
