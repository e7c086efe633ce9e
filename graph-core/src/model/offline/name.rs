//! The user's name.
use super::request::Request;
use super::words::capitalised;

/// The user's name, from the conversation or from a summary in the instructions.
pub(super) fn known(request: &Request) -> Option<String> {
    request.latest_first().find_map(introduced).or_else(|| introduced(&request.system))
}

/// The name that a text introduces.
pub(super) fn introduced(text: &str) -> Option<String> {
    let text = text.replace(['’', '‘'], "'");
    let lower = text.to_ascii_lowercase();
    // After a phrase of the first list any word is a name; after the others only a capitalised one ("I'm tired").
    let sure = ["my name is ", "my name's ", "call me ", "user's name is ", "user is called ", "user is named "];
    let unsure = ["i'm ", "i am ", "this is "];
    let find = |phrases: &[&str], any_case: bool| {
        phrases.iter().find_map(|phrase| {
            let ends = lower
                .match_indices(phrase)
                .filter(|(at, _)| lower[..*at].chars().next_back().is_none_or(|before| !before.is_alphanumeric()));
            ends.map(|(at, _)| &text[at + phrase.len()..]).find_map(|rest| leading_name(rest, any_case))
        })
    };
    find(&sure, true).or_else(|| find(&unsure, false))
}

/// The name at the beginning of a text: a word, and the capitalised words after it.
fn leading_name(text: &str, any_case: bool) -> Option<String> {
    let mut name = String::new();
    for word in text.split_whitespace().take(3) {
        let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        let capital = bare.chars().next().is_some_and(char::is_uppercase);
        let letters = !bare.is_empty() && bare.chars().all(|c| c.is_alphabetic() || c == '-' || c == '\'');
        if !letters || !(capital || (any_case && name.is_empty())) {
            break;
        }
        if !name.is_empty() {
            name.push(' ');
        }
        name.push_str(&capitalised(bare));
        if bare.len() < word.len() {
            break;
        }
    }
    let no_name = ["A", "An", "The", "Not", "What", "Summary"];
    if name.is_empty() || no_name.contains(&name.split(' ').next().unwrap_or_default()) { None } else { Some(name) }
}

#[cfg(test)]
mod tests {
    use super::introduced;

    #[test]
    fn introductions() {
        for (text, name) in [
            ("hi! I'm Lance", Some("Lance")),
            ("hi! I’m Lance. How are you?", Some("Lance")),
            ("my name is ada lovelace", Some("Ada")),
            ("My name is Ada Lovelace and", Some("Ada Lovelace")),
            ("I'm tired", None),
            ("I am A tester", None),
            ("The user's name is Bo.", Some("Bo")),
            ("what's my name?", None),
            ("what is it", None),
        ] {
            assert_eq!(introduced(text).as_deref(), name, "{text}");
        }
    }
}
