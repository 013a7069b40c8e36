//! Points tests on the command line: as the law writes them, and on what was typed.

use recoup_app::wire::{ProgramTest, TestedProgram};

use crate::outcome::print;

/// The tests of a program as its law writes them.
pub(crate) fn show(tests: &[ProgramTest]) {
    for test in tests {
        let of = test.most.as_deref().map(|most| format!(" of {most}")).unwrap_or_default();
        let source = test.source.as_deref().unwrap_or_default();
        print(&format!("\n{}: {}{of} points needed\n  {}  {source}", test.label, test.needed, test.clause));
        for section in &test.sections {
            let least = section.minimum.as_deref().map(|least| format!(", at least {least}"));
            print(&format!("  {}{}", section.label, least.unwrap_or_default()));
            for criterion in &section.criteria {
                let most = criterion.most.as_deref().unwrap_or("…");
                print(&format!("    {most:>3}  {}  ({})", criterion.label, criterion.input));
            }
        }
        for need in &test.mandatory {
            print(&format!("  must be among them: {need}"));
        }
    }
}

/// The tests of a program on what was typed.
pub(crate) fn ran(tests: &[TestedProgram]) {
    for test in tests {
        let verdict = match test.verdict.as_str() {
            "pass" => "passed",
            "fail" => "failed",
            _ => "undecided",
        };
        let reachable = test.reachable.as_deref().map(|most| format!(", {most} still reachable"));
        print(&format!(
            "\n{}: {verdict}, {} of {} points, {} missing{}",
            test.label,
            test.score,
            test.needed,
            test.missing,
            reachable.unwrap_or_default()
        ));
        for section in &test.sections {
            print(&format!("  {}: {}", section.label, section.score));
            for criterion in &section.criteria {
                let points = criterion.points.as_deref().unwrap_or("?");
                let most = criterion.most.as_deref().unwrap_or("…");
                print(&format!("    {points:>3} of {most:<3} {}", criterion.label));
            }
        }
        if !test.must.is_empty() {
            print(&format!("  nothing replaces: {}", test.must.join("; ")));
        }
        if !test.fewest.is_empty() {
            print(&format!("  the fewest that pass it: {}", test.fewest.join("; ")));
        }
    }
}
