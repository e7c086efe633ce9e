//! `exit TooLong;`, `exit Found { joke };`

use proc_macro2::{Span, TokenStream};
use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::{Attribute, Ident, Token, token};

use super::syntax::{Exit, Graph};
use crate::diagnostics::{Diagnostics, with_help};
use crate::keyword;

/// What follows the keyword `exit`. From its name on the exit is known, so that its variant exists while its fields are
/// being typed.
pub(super) fn exit(
    graph: &mut Graph,
    attributes: Vec<Attribute>,
    input: ParseStream<'_>,
    diagnostics: &Diagnostics,
) -> syn::Result<()> {
    let ident: Ident = input.parse()?;
    let name = ident.to_string();
    if graph.exits.iter().any(|known| known.ident == ident) {
        diagnostics.error(&ident, format!("the exit `{name}` is declared twice"));
        return Ok(());
    }
    if keyword::misspelled_in(&name) == Some(keyword::END) {
        diagnostics.error(&ident, with_help("every graph has the plain end", "give this exit a name of its own"));
        return Ok(());
    }
    let mut last = ident.span();
    let mut exit = Exit { attributes, ident, carries: Vec::new() };
    let mut parsed = Ok(());
    if input.peek(token::Brace) {
        let fields;
        let brace = syn::braced!(fields in input);
        last = brace.span.close();
        parsed = carried(&mut exit, &fields, diagnostics);
        if parsed.is_err() {
            // Without its closing brace, it has the rest of the graph in it.
            let rest: TokenStream = fields.parse()?;
            let muted = Diagnostics::muted();
            for (tokens, ended) in super::statements(rest) {
                super::statement(graph, tokens, ended, &muted);
            }
        }
    } else if input.peek(token::Paren) || input.peek(Token![:]) || input.peek(Token![->]) {
        parsed = Err(input.error(with_help("an exit carries fields of the state", by_example(&exit))));
    }
    graph.exits.push(exit);
    parsed?;
    if input.is_empty() { Ok(()) } else { Err(expected_semicolon(last)) }
}

/// The fields in the braces. After an error, what follows the last field is left.
fn carried(exit: &mut Exit, fields: ParseStream<'_>, diagnostics: &Diagnostics) -> syn::Result<()> {
    while !fields.is_empty() && !fields.peek2(Token![->]) {
        let name = fields.fork().call(Ident::parse_any);
        let field: Ident = match name {
            Ok(name) if name == keyword::START || name == keyword::END => break,
            Ok(_) => fields.parse()?,
            Err(_) => return Err(fields.error("expected the name of a field")),
        };
        let known = exit.carries.iter().any(|known| known.unraw() == field.unraw());
        if known {
            diagnostics.error(&field, format!("the exit `{}` carries `{}` twice", exit.ident, field.unraw()));
        } else {
            exit.carries.push(field);
        }
        if fields.is_empty() {
            break;
        }
        if fields.peek(Token![:]) {
            return Err(fields.error(with_help("the state says which type the field has", by_example(exit))));
        }
        fields.parse::<Token![,]>()?;
    }
    if fields.is_empty() { Ok(()) } else { Err(fields.error("expected `}` before this")) }
}

/// ``write `exit Found { joke };` ``
fn by_example(exit: &Exit) -> String {
    let fields: Vec<_> = exit.carries.iter().map(ToString::to_string).collect();
    let fields = if fields.is_empty() { "a_field".to_owned() } else { fields.join(", ") };
    format!("write `exit {} {{ {fields} }};`", exit.ident)
}

fn expected_semicolon(after: Span) -> syn::Error {
    syn::Error::new(after, "expected `;` after this")
}
