use quote::quote;

use crate::testing::{errors, flat, pretty};

#[test]
fn a_template_becomes_a_struct_with_a_field_for_each_variable() {
    let items = pretty(super::expand(quote! {
        [::graph_core] pub Joke {
            system: "You are {mood:?}, {mood}. {{no variable}}",
            ..history,
            user: "About {topic}, for {price:.2}.",
        }
    }));
    for expected in [
        "pub struct Joke<Mood, History, Topic, Price> {",
        "Mood: ::graph_core::model::PromptText + ::graph_core::model::PromptDebug,
        History: ::graph_core::model::PromptMessages,
        Topic: ::graph_core::model::PromptText,
        Price: ::graph_core::model::PromptText,",
        "::graph_core::__private::format!(\"You are {mood:?}, {mood}. {{no variable}}\")",
        "::graph_core::model::PromptMessages::into_messages(history)",
    ] {
        assert!(flat(&items).contains(&flat(expected)), "{expected}\n\n{items}");
    }
}

#[test]
fn each_mistake_is_one_error() {
    for (template, error) in [
        (quote!(user: "a {}"), "`{}` is no variable: it has no name"),
        (quote!(user: "a {0}"), "`{0}` is no variable: it has no name"),
        (quote!(user: "a {x.y}"), "`{x.y}` is no variable: it has no name"),
        (quote!(user: "a {"), "a lone `{`"),
        (quote!(user: "a } {b}"), "a lone `}`"),
        (quote!(user: "a {b {c}"), "a lone `{`"),
        (quote!(user: "{b:x}"), "`{b:x}` is no form in which a template shows a variable"),
        (quote!(user: "{b:w$}"), "`{b:w$}` is no form in which a template shows a variable"),
        (quote!(usr: "a"), "no role is called `usr`"),
        (quote!(human: "a"), "no role is called `human`"),
        (quote!(), "a template without messages"),
        (quote!(..a, ..a), "`..a` stands twice"),
        (quote!(..a, user: "{a}"), "`a` is a text and messages at once"),
        (quote!(user: text), "the text of a template is a literal"),
        (quote!(user "a"), "a role has a text"),
        (quote!(user: "a" system: "b"), "the messages of a template are separated by commas"),
        (quote!("a"), "this is no message of a template"),
    ] {
        let found = errors(super::expand(quote!([::graph_core] Joke { #template })));
        let first_lines: Vec<_> = found.iter().map(|error| error.lines().next().unwrap()).collect();
        assert_eq!(first_lines, [error], "{template}");
    }
}
