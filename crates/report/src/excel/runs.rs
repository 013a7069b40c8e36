//! Cells beside each other, written as one range.

/// A plain reference to a cell of the same sheet, as column and row.
fn read(cell: &str) -> Option<(u32, u32)> {
    let split = cell.find(|sign: char| sign.is_ascii_digit())?;
    let (letters, digits) = cell.split_at(split);
    if letters.is_empty() || !letters.bytes().all(|letter| letter.is_ascii_uppercase()) {
        return None;
    }
    let column = letters.bytes().fold(0_u32, |column, letter| column * 26 + u32::from(letter - b'A') + 1);
    Some((column, digits.parse().ok()?))
}

/// The arguments of a sum with every run of neighbours in a row or a column as one range.
pub(super) fn joined(arguments: Vec<String>) -> Vec<String> {
    let mut out: Vec<String> = Vec::with_capacity(arguments.len());
    let mut run: Vec<(String, (u32, u32))> = Vec::new();
    let flush = |run: &mut Vec<(String, (u32, u32))>, out: &mut Vec<String>| {
        match (run.first(), run.last()) {
            (Some((first, _)), Some((last, _))) if run.len() > 2 => out.push(format!("{first}:{last}")),
            _ => out.extend(run.iter().map(|(cell, _)| cell.clone())),
        }
        run.clear();
    };
    for argument in arguments {
        let Some(at) = read(&argument) else {
            flush(&mut run, &mut out);
            out.push(argument);
            continue;
        };
        let follows = match run[..] {
            [] => true,
            [(_, only)] => at == (only.0 + 1, only.1) || at == (only.0, only.1 + 1),
            [.., (_, before), (_, last)] => {
                let step = (last.0 - before.0, last.1 - before.1);
                at == (last.0 + step.0, last.1 + step.1)
            }
        };
        if !follows {
            flush(&mut run, &mut out);
        }
        run.push((argument, at));
    }
    flush(&mut run, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::joined;

    fn of(arguments: &[&str]) -> String {
        joined(arguments.iter().map(ToString::to_string).collect()).join(",")
    }

    #[test]
    fn neighbours_are_one_range() {
        assert_eq!(of(&["B2", "C2", "D2"]), "B2:D2");
        assert_eq!(of(&["Z9", "AA9", "AB9", "AB11"]), "Z9:AB9,AB11");
        assert_eq!(of(&["B2", "B3", "B4", "C4", "D4"]), "B2:B4,C4,D4");
    }

    #[test]
    fn what_is_apart_or_elsewhere_stays() {
        assert_eq!(of(&["B2", "D2", "F2"]), "B2,D2,F2");
        assert_eq!(of(&["'Cash'!$B$2", "C2", "MAX(D2,0)"]), "'Cash'!$B$2,C2,MAX(D2,0)");
    }
}
