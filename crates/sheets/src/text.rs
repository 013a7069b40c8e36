//! Texts made comparable: small letters without accents, words apart by one space.

/// A text as it is compared: `Sous-total, coûts` becomes `sous total couts`; `%` and `#` stay.
pub(crate) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            'œ' => plain.push_str("oe"),
            'æ' => plain.push_str("ae"),
            'ß' => plain.push_str("ss"),
            '%' | '#' => {
                plain.push(' ');
                plain.push(c);
                plain.push(' ');
            }
            c if c.is_alphanumeric() => plain.push(bare(c)),
            _ => plain.push(' '),
        }
    }
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn bare(c: char) -> char {
    match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => 'a',
        'ç' => 'c',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ñ' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' => 'o',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        'ý' | 'ÿ' => 'y',
        other => other,
    }
}

/// Whether a plain text has these words: whole where they are short, else beginning a word.
pub(crate) fn has_words(plain: &str, words: &str) -> bool {
    // Asked of every row for every word there is: it allocates nothing.
    let is_short = words.chars().count() <= 4;
    plain.match_indices(words).any(|(at, _)| {
        let begins = at == 0 || plain.as_bytes()[at - 1] == b' ';
        let end = at + words.len();
        begins && (!is_short || plain.as_bytes().get(end).is_none_or(|next| *next == b' '))
    })
}

/// A text as part of an id: letters and digits with hyphens between.
pub(crate) fn slug(text: &str) -> String {
    let slug: String = plain(text).chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let parts: Vec<&str> = slug.split('-').filter(|part| !part.is_empty()).collect();
    parts.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_compared_without_case_accents_and_signs() {
        assert_eq!(plain("  Sous-total, COÛTS (€) "), "sous total couts");
        assert_eq!(plain("Acct#"), "acct #");
        assert_eq!(plain("Main-d’œuvre %"), "main d oeuvre %");
        assert_eq!(slug("Modélisation & rigging"), "modelisation-rigging");
    }

    #[test]
    fn short_words_stand_alone_and_long_ones_begin_a_word() {
        assert!(has_words("prise de son", "son"));
        assert!(!has_words("sonate", "son"));
        assert!(has_words("animators and inbetweeners", "animator"));
        assert!(!has_words("reanimation", "animation"));
    }
}
