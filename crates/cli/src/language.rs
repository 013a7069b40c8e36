//! The language in which the command line speaks.

use recoup_app::findings::Language;

/// The variables that name a language, the strongest first.
const VARIABLES: [&str; 3] = ["LC_ALL", "LC_MESSAGES", "LANG"];

/// The language of the `--lang` flag; without it that of the environment. What is written for machines stays
/// English unless the flag says otherwise, so that a script reads the same on every machine.
pub(crate) fn chosen(flag: Option<&str>, json: bool, variable: impl Fn(&str) -> Option<String>) -> Language {
    if let Some(language) = flag.and_then(Language::of_tag) {
        return language;
    }
    if json {
        return Language::default();
    }
    let named = VARIABLES.iter().filter_map(|name| variable(name)).find(|value| !value.is_empty());
    named.and_then(|tag| Language::of_tag(&tag)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(set: &[(&str, &str)]) -> impl Fn(&str) -> Option<String> {
        let set: Vec<(String, String)> =
            set.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        move |wanted| set.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.clone())
    }

    #[test]
    fn the_flag_is_stronger_than_the_environment_and_the_environment_than_english() {
        let french = environment(&[("LC_ALL", ""), ("LC_MESSAGES", "fr_CA.UTF-8"), ("LANG", "en_US.UTF-8")]);
        assert_eq!(chosen(None, false, &french), Language::French);
        assert_eq!(chosen(Some("en"), false, &french), Language::English);
        assert_eq!(chosen(None, true, &french), Language::English);
        assert_eq!(chosen(Some("fr"), true, environment(&[])), Language::French);
        assert_eq!(
            chosen(None, false, environment(&[("LC_ALL", "C"), ("LANG", "fr_FR")])),
            Language::English
        );
        assert_eq!(chosen(None, false, environment(&[])), Language::English);
    }
}
