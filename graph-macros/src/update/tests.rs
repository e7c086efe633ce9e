use syn::parse_quote;

use super::model::{Field, Update};
use crate::crate_path::CratePath;
use crate::diagnostics::Diagnostics;
use crate::source::Code;
use crate::testing::{errors, flat, pretty};

#[test]
fn only_one_line_for_each_field_names_it_as_a_field() {
    let items = pretty(super::derive(&parse_quote! {
        #[update(ChatState)]
        struct Reply {
            messages: Messages,
            #[update(maybe)]
            summary: Option<String>,
            #[update(replace)]
            log: Vec<String>,
        }
    }));
    for item in [
        "__put(&mut __update.messages, messages);",
        "if let ::core::option::Option::Some(summary) = __Maybe(summary).value() {\n                __put_maybe(&mut __update.summary, summary);\n            }",
        "__put_instead(&mut __update.log, log);",
        "MUST_WRITE: ::graph_core::state::FieldSet = ::graph_core::state::FieldSet::named::<__State,>(&[\"messages\", \"log\"]);",
        "REPLACES: ::graph_core::state::FieldSet = ::graph_core::state::FieldSet::named::<__State,>(&[\"log\"]);",
    ] {
        assert!(flat(&items).contains(&flat(item)), "{item}\n\n{items}");
    }
}

#[test]
fn an_update_without_fields_writes_nothing() {
    let items = pretty(super::derive(&parse_quote!(
        #[update(ChatState)]
        struct Nothing;
    )));
    assert!(
        flat(&items).contains(&flat(
            "WRITES: ::graph_core::state::FieldSet = ::graph_core::state::FieldSet::named::<__State,>(&[]);"
        )),
        "{items}"
    );
}

#[test]
fn an_update_of_who_knows_what_is_one_of_every_state() {
    let expansion = super::derive(&parse_quote!(
        struct Reply {
            text: String,
        }
    ));
    assert_eq!(errors(expansion.clone()).len(), 1);
    assert!(
        pretty(expansion).contains("impl<__S: ::graph_core::state::State> ::graph_core::state::Update<__S> for Reply")
    );
}

#[test]
fn the_model_has_the_options_of_each_field() {
    let diagnostics = Diagnostics::new();
    let input = parse_quote! {
        #[update(state::ChatState)]
        struct Reply {
            #[update(maybe)]
            summary: Option<String>,
            #[update(replace)]
            log: Vec<String>,
        }
    };
    let update = super::parse::update(&input, &diagnostics);
    super::check::update(&update, &diagnostics);
    assert_eq!(diagnostics.messages(), Vec::<String>::new());
    let field = |name: &str, ty: syn::Type, maybe, replace| Field {
        ident: quote::format_ident!("{name}"),
        name: name.to_owned(),
        ty: Code(ty),
        maybe,
        replace,
    };
    let expected = Update {
        krate: CratePath::default(),
        ident: parse_quote!(Reply),
        generics: Code(Default::default()),
        state: Some(Code(parse_quote!(state::ChatState))),
        fields: vec![
            field("summary", parse_quote!(Option<String>), true, false),
            field("log", parse_quote!(Vec<String>), false, true),
        ],
    };
    assert_eq!(update, expected);
}

#[test]
fn every_rule_is_reported() {
    let diagnostics = Diagnostics::new();
    let input = parse_quote! {
        #[update(ChatState)]
        struct Reply<T> {
            summary: T,
        }
    };
    super::check::update(&super::parse::update(&input, &diagnostics), &diagnostics);
    assert_eq!(diagnostics.messages(), ["an update of a graph's state cannot be generic"]);
}
