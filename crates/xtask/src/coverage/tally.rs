//! Reads what was measured (the `lcov` tracefile, `man geninfo`: `SF` a file, `DA` a line and how often it was run) and
//! counts the lines that are the product's.

use std::collections::BTreeMap;

/// Lines, and how many of them were run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Lines {
    pub(super) all: u64,
    pub(super) run: u64,
}

impl Lines {
    pub(super) fn add(&mut self, other: Self) {
        self.all += other.all;
        self.run += other.run;
    }

    /// Whether at least so many percent were run; of nothing, nothing was.
    pub(super) fn reach(self, percent: u64) -> bool {
        self.all > 0 && self.run * 100 >= self.all * percent
    }

    /// Cut to a tenth and never rounded up, so that a share that is printed is also reached.
    pub(super) fn percent(self) -> String {
        match (self.run * 1000).checked_div(self.all) {
            Some(tenths) => format!("{}.{} %", tenths / 10, tenths % 10),
            None => String::from("-"),
        }
    }
}

/// One source file of an engine.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct File {
    pub(super) engine: String,
    /// Below the engine's `src`.
    pub(super) path: String,
    pub(super) run: u64,
    pub(super) unrun: Vec<u64>,
}

impl File {
    pub(super) fn lines(&self) -> Lines {
        Lines { all: self.run + self.unrun.len() as u64, run: self.run }
    }
}

/// The engines' files in a tracefile. `source` gives a file's text, to see where its test module begins.
pub(super) fn files(trace: &str, source: impl Fn(&str) -> Option<String>) -> Vec<File> {
    let mut counts: BTreeMap<&str, BTreeMap<u64, u64>> = BTreeMap::new();
    let mut current = None;
    for line in trace.lines() {
        if let Some(path) = line.strip_prefix("SF:") {
            current = Some(path);
        } else if let (Some(path), Some((number, times))) =
            (current, line.strip_prefix("DA:").and_then(counted))
        {
            // A file that several test programs ran may be recorded once for each.
            let kept = counts.entry(path).or_default().entry(number).or_default();
            *kept = times.max(*kept);
        }
    }
    counts.into_iter().filter_map(|(path, lines)| file(path, &lines, &source)).collect()
}

fn counted(record: &str) -> Option<(u64, u64)> {
    let mut fields = record.split(',');
    Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
}

fn file(path: &str, lines: &BTreeMap<u64, u64>, source: impl Fn(&str) -> Option<String>) -> Option<File> {
    let (engine, below) = placed(path)?;
    let end = source(path).map_or(u64::MAX, |text| product_lines(&text));
    let product = || lines.iter().filter(|(number, _)| **number <= end);
    Some(File {
        engine,
        path: below,
        run: product().filter(|(_, times)| **times > 0).count() as u64,
        unrun: product().filter(|(_, times)| **times == 0).map(|(number, _)| *number).collect(),
    })
}

/// `…/engines/money/src/rate.rs` as engine and path; files of tests and of packages from outside are none.
fn placed(path: &str) -> Option<(String, String)> {
    let path = path.replace('\\', "/");
    let (_, below) = path.rsplit_once("/engines/")?;
    let (engine, below) = below.split_once("/src/")?;
    let of_tests = below == "tests.rs" || below.ends_with("/tests.rs");
    (!engine.contains('/') && !of_tests).then(|| (engine.to_owned(), below.to_owned()))
}

/// How many lines stand before the test module that closes the file.
fn product_lines(text: &str) -> u64 {
    let mut before = 0;
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let opens = |next: &&str| next.starts_with("mod ") && next.ends_with('{');
        if line == "#[cfg(test)]" && lines.peek().is_some_and(opens) {
            return before;
        }
        before += 1;
    }
    u64::MAX
}

/// `1-3 7` for 1, 2, 3 and 7.
pub(super) fn ranges(lines: &[u64]) -> String {
    let mut spans: Vec<(u64, u64)> = Vec::new();
    for line in lines {
        match spans.last_mut() {
            Some((_, last)) if *last + 1 == *line => *last = *line,
            _ => spans.push((*line, *line)),
        }
    }
    let words = spans.iter().map(
        |(first, last)| {
            if first == last { first.to_string() } else { format!("{first}-{last}") }
        },
    );
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRACE: &str = "SF:/house/engines/money/src/rate.rs\nDA:1,5\nDA:2,0\nDA:4,0\nDA:6,0\nend_of_record\n\
                         SF:/house/engines/money/src/rate.rs\nDA:2,1,checksum\nDA:4,0\nend_of_record\n\
                         SF:/house/engines/money/tests/amounts.rs\nDA:1,0\nend_of_record\n\
                         SF:/house/engines/deal/src/findings/tests.rs\nDA:1,0\nend_of_record\n\
                         SF:/house/crates/app/src/lib.rs\nDA:1,0\nend_of_record\n";

    #[test]
    fn only_the_product_counts_and_a_line_run_by_any_test_is_run() {
        let source = |_: &str| Some(String::from("a\nb\nc\nd\n#[cfg(test)]\nmod tests {\n}\n"));
        let found = files(TRACE, source);
        assert_eq!(found, [File { engine: "money".into(), path: "rate.rs".into(), run: 2, unrun: vec![4] }]);
        assert_eq!(found[0].lines(), Lines { all: 3, run: 2 });
    }

    #[test]
    fn a_test_module_in_its_own_file_ends_nothing() {
        assert_eq!(product_lines("#[cfg(test)]\nmod tests;\nfn a() {}\n"), u64::MAX);
        assert_eq!(product_lines("fn a() {}\n\n#[cfg(test)]\nmod tests {\n}\n"), 2);
    }

    #[test]
    fn a_share_is_never_rounded_up() {
        assert_eq!(Lines { all: 10_000, run: 8_999 }.percent(), "89.9 %");
        assert!(!Lines { all: 10_000, run: 8_999 }.reach(90));
        assert!(!Lines::default().reach(90));
    }

    #[test]
    fn neighbouring_lines_are_one_range() {
        assert_eq!(ranges(&[1, 2, 3, 7, 9, 10]), "1-3 7 9-10");
        assert_eq!(ranges(&[]), "");
    }
}
