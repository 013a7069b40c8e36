//! Territories of contracts and sources, and where they meet.

/// The code of all territories together.
pub const WORLD: &str = "WW";

/// A territory that two lists have in common. The world has every other territory in it; the rest of the world and
/// groups of countries are territories of their own, which hold what the deal does not name elsewhere.
pub fn common_territory<'t>(one: &'t [String], other: &'t [String]) -> Option<&'t str> {
    let named = one.iter().find(|territory| other.contains(territory));
    let within = |world: &[String], named: &'t [String]| {
        world.iter().any(|code| code == WORLD).then(|| named.first()).flatten()
    };
    named.or_else(|| within(one, other)).or_else(|| within(other, one)).map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn the_world_has_every_territory_in_it_and_its_rest_only_itself() {
        assert_eq!(common_territory(&codes("DE AT"), &codes("AT CH")), Some("AT"));
        assert_eq!(common_territory(&codes("WW"), &codes("FR")), Some("FR"));
        assert_eq!(common_territory(&codes("FR"), &codes("WW")), Some("FR"));
        assert_eq!(common_territory(&codes("ROW"), &codes("FR")), None);
        assert_eq!(common_territory(&codes("ROW"), &codes("ROW")), Some("ROW"));
        assert_eq!(common_territory(&codes("WW"), &[]), None);
    }
}
