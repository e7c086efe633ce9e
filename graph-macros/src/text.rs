//! Tokens as text with the usual spaces: for messages, types in tables, conditions in pictures.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use quote::ToTokens;

/// The tokens as text.
pub(crate) fn of(tokens: impl ToTokens) -> String {
    let mut text = String::new();
    write(tokens.into_token_stream(), &mut text);
    text.trim_end().to_owned()
}

/// The tokens as text, cut to the length of a label.
pub(crate) fn label(tokens: impl ToTokens) -> String {
    const LIMIT: usize = 40;
    let text = of(tokens);
    if text.chars().count() <= LIMIT {
        return text;
    }
    let cut: String = text.chars().take(LIMIT - 1).collect();
    format!("{}…", cut.trim_end())
}

fn write(tokens: TokenStream, text: &mut String) {
    let mut tokens = tokens.into_iter().peekable();
    // Within an operator of several characters there are no spaces.
    let mut joint = false;
    // After `&`, `*`, `!`, `-` where an operand is expected, and inside `<..>` of a type.
    let mut operand_next = true;
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Group(group) => {
                let (open, close, spaced) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")", false),
                    Delimiter::Bracket => ("[", "]", false),
                    Delimiter::Brace => (" { ", " } ", true),
                    Delimiter::None => ("", "", false),
                };
                if spaced && text.ends_with(' ') {
                    text.push_str(open.trim_start());
                } else {
                    text.push_str(open);
                }
                write(group.stream(), text);
                let end = text.trim_end().len();
                text.truncate(end);
                text.push_str(close);
                (joint, operand_next) = (false, false);
            }
            TokenTree::Ident(ident) => {
                if text.ends_with(|last: char| last.is_alphanumeric() || matches!(last, '_' | ')' | ']')) {
                    text.push(' ');
                }
                text.push_str(&ident.to_string());
                let word = ident.to_string();
                let keyword =
                    matches!(word.as_str(), "if" | "match" | "let" | "in" | "as" | "mut" | "ref" | "dyn" | "move");
                if keyword {
                    text.push(' ');
                }
                (joint, operand_next) = (false, keyword);
            }
            TokenTree::Literal(literal) => {
                if text.ends_with(|last: char| last.is_alphanumeric() || last == '_') {
                    text.push(' ');
                }
                text.push_str(&literal.to_string());
                (joint, operand_next) = (false, false);
            }
            TokenTree::Punct(punct) => {
                let (char, joins) = (punct.as_char(), punct.spacing() == Spacing::Joint);
                let next = tokens.peek().and_then(|next| match next {
                    TokenTree::Punct(next) => Some(next.as_char()),
                    _ => None,
                });
                match char {
                    '.' | ':' | '?' | '\'' | '$' | '#' | '@' => {
                        text.push(char);
                        let type_follows = char == ':' && !joins && !joint;
                        if type_follows {
                            text.push(' ');
                        }
                        operand_next = char != '?';
                    }
                    ',' | ';' => {
                        text.push(char);
                        text.push(' ');
                        operand_next = true;
                    }
                    // No spaces around the `<` and `>` of a turbofish or of type arguments.
                    '<' | '>' if encloses_type_arguments(text, char, joins, joint) => {
                        text.push(char);
                        operand_next = char == '<';
                    }
                    '=' if text.ends_with("..") => text.push(char),
                    '&' | '*' | '!' | '-' if operand_next && !joint => {
                        text.push(char);
                    }
                    _ => {
                        if !joint && !text.ends_with(' ') && !text.is_empty() {
                            text.push(' ');
                        }
                        text.push(char);
                        if !(joins && next.is_some()) {
                            text.push(' ');
                        }
                        operand_next = true;
                    }
                }
                joint = joins && next.is_some();
            }
        }
    }
}

/// Whether a `<` or `>` encloses type arguments and is no comparison or arrow: by the capital letter that a type's name
/// begins with, and by the `<` that are open.
fn encloses_type_arguments(text: &str, char: char, joins: bool, joint: bool) -> bool {
    if char == '>' {
        // `>>` closes two type arguments; the `>` of an arrow follows `-` or `=`.
        let (opened, closed) = (text.matches('<').count(), text.matches('>').count());
        return opened > closed && !text.contains(" < ") && !text.ends_with(['-', '=']);
    }
    let word_start = text.rfind(|last: char| !(last.is_alphanumeric() || last == '_')).map_or(0, |at| at + 1);
    let type_before = text.ends_with("::") || text[word_start..].starts_with(char::is_uppercase);
    !joins && !joint && (text.is_empty() || type_before)
}

#[cfg(test)]
mod tests {
    use quote::quote;

    #[test]
    fn tokens_read_as_they_were_written() {
        for text in [
            "Vec<Message>",
            "HashMap<String, Vec<u8>>",
            "crate::nodes::Keep",
            "state.messages.len() > 6",
            "a < b && !c",
            "Some(x) if x > 0",
            "Decision::Reject { .. }",
            "&'a str",
            "[u8; 4]",
            "let Some(x) = y.get(0)",
            "-1 | 0..=3",
            "x == -1",
            "_",
        ] {
            let tokens: proc_macro2::TokenStream = text.parse().unwrap();
            assert_eq!(super::of(tokens), text);
        }
    }

    #[test]
    fn long_labels_are_cut() {
        let label = super::label(quote!(the_first_condition && the_second_condition && the_third_condition));
        assert_eq!(label, "the_first_condition && the_second_condi…");
    }
}
