use quote::quote;
use syn::parse_quote;

use super::json_names::RenameAll;
use super::model::{Field, Rule, State};
use super::serde_attributes::SerdeAttributes;
use crate::crate_path::CratePath;
use crate::diagnostics::Diagnostics;
use crate::source::{At, Code};
use crate::testing::{errors, pretty};

#[test]
fn the_update_has_a_slot_for_each_field() {
    let expansion = super::derive(&parse_quote! {
        pub struct ChatState {
            #[state(input, reduce = AddMessages)]
            messages: Vec<Message>,
            joke: Late<String>,
            #[state(reduce = keep)]
            r#type: Log,
        }
    });
    let items = pretty(expansion);
    for item in [
        "        <::graph_core::message::AddMessages as ::graph_core::state::Reducer<\n            Vec<Message>,\n        >>::Input,\n    >,",
        "const _: () = <AddMessages as ::graph_core::__private::SameReducer<\n    ::graph_core::message::AddMessages,\n>>::IS;",
        "    joke: ::core::option::Option<String>,",
        "type __ChatState_typeNamed = keep;",
        "    r#type: ::graph_core::state::Write<\n        Log,\n        <__ChatState_type as ::graph_core::state::Reducer<Log>>::Input,\n    >,",
        "    fn replace_messages(mut self, messages: Vec<Message>) -> Self",
        "    fn clear_type(self) -> Self",
        "pub struct ChatStateInput",
        "name: \"type\"",
    ] {
        assert!(items.contains(item), "{item}\n\n{items}");
    }
}

#[test]
fn the_output_is_the_marked_fields_and_late_ones_may_be_absent() {
    let expansion = super::derive(&parse_quote! {
        pub struct ChatState {
            #[state(input)]
            topic: String,
            #[state(output, reduce = AddMessages)]
            messages: Vec<Message>,
            #[state(output)]
            joke: Late<String>,
        }
    });
    let items = pretty(expansion);
    for item in [
        "pub struct ChatStateOutput {",
        "pub messages: Vec<Message>,",
        "type Output = ChatStateOutput;",
        "impl ::graph_core::state::RunOutput<ChatState> for ChatStateOutput",
        "Late < String > => late,",
        "impl ::graph_core::state::HasMessages for ChatState",
    ] {
        assert!(items.contains(item), "{item}\n\n{items}");
    }
}

#[test]
fn a_state_without_output_is_its_own() {
    let expansion = super::derive(&parse_quote! {
        struct ChatState {
            #[state(reduce = AddMessages)]
            messages: Vec<Message>,
            #[state(reduce = AddMessages)]
            drafts: Vec<Message>,
        }
    });
    let items = pretty(expansion);
    assert!(items.contains("type Output = ChatState;"), "{items}");
}

#[test]
fn every_mistake_is_reported_and_the_items_are_made_all_the_same() {
    let expansion = super::derive(&parse_quote! {
        #[state(crate = graph)]
        struct ChatState {
            #[state(reducer = Append)]
            topic: String,
            log: Vec<String>,
            #[state(reduce = Append)]
            late: Late<Vec<String>>,
        }
    });
    let first = |error: String| error.lines().next().unwrap_or_default().to_owned();
    assert_eq!(
        errors(expansion.clone()).into_iter().map(first).collect::<Vec<_>>(),
        [
            "the path of graph-core has to be absolute",
            "unknown option `reducer` of `#[state(..)]`, did you mean `reduce`?",
            "`late` is late and has a reducer, but a reducer needs a value to fold into",
        ]
    );
    assert!(pretty(expansion).contains("struct ChatStateUpdate"));
}

#[test]
fn what_is_no_struct_still_has_an_update() {
    let expansion = super::derive(&parse_quote!(
        enum ChatState {
            A,
        }
    ));
    assert_eq!(errors(expansion.clone()), ["an enum cannot be a graph state; write a struct with named fields"]);
    assert!(expansion.to_string().contains(&quote!(impl ::graph_core::state::State for ChatState).to_string()));
}

#[test]
fn the_model_has_a_rule_for_each_field() {
    let diagnostics = Diagnostics::new();
    let input = parse_quote! {
        #[state(parent = crate::ParentState)]
        pub struct ChatState {
            #[state(input, shared, reduce = AddMessages)]
            messages: Vec<Message>,
            #[state(output)]
            joke: Late<String>,
            #[state(untracked, reduce = Overwrite)]
            r#type: Vec<u8>,
        }
    };
    let state = super::parse::state(&input, &diagnostics).unwrap();
    super::check::state(&state, &diagnostics);
    assert_eq!(diagnostics.messages(), Vec::<String>::new());

    let at = Some(At(proc_macro2::Span::call_site()));
    let field = |ident: syn::Ident, ty: syn::Type, write: syn::Ident, rule| Field {
        write,
        vis: Code(syn::Visibility::Inherited),
        name: syn::ext::IdentExt::unraw(&ident).to_string(),
        ident,
        ty: Code(ty),
        rule,
        overwrite: None,
        is_broken: false,
        input: None,
        output: None,
        managed: false,
        untracked: false,
        serde: SerdeAttributes::default(),
        shared: None,
    };
    let reduce = Rule::Reduce(Code(parse_quote!(AddMessages)));
    let messages = field(parse_quote!(messages), parse_quote!(Vec<Message>), parse_quote!(Messages), reduce);
    let late = Rule::Late(Code(parse_quote!(String)));
    let joke = field(parse_quote!(joke), parse_quote!(Late<String>), parse_quote!(Joke), late);
    let ty = field(parse_quote!(r#type), parse_quote!(Vec<u8>), parse_quote!(Type), Rule::Overwrite);
    let expected = State {
        krate: CratePath::default(),
        vis: Code(parse_quote!(pub)),
        ident: parse_quote!(ChatState),
        fields: vec![
            Field { input: at, shared: at, ..messages },
            Field { output: at, ..joke },
            Field { untracked: true, overwrite: Some(Code(parse_quote!(Overwrite))), ..ty },
        ],
        rename_all: RenameAll::default(),
        version: None,
        migrate: None,
        is_sole_output: false,
        parent: Some(Code(parse_quote!(crate::ParentState))),
    };
    assert_eq!(state, expected);
}

#[test]
fn rules_about_several_fields() {
    let messages = |input: syn::DeriveInput| {
        let diagnostics = Diagnostics::new();
        let state = super::parse::state(&input, &diagnostics).unwrap();
        super::check::state(&state, &diagnostics);
        diagnostics.messages()
    };
    let fields = (0..129).map(|index| quote::format_ident!("f{index}"));
    assert_eq!(
        messages(parse_quote!(struct Many { #(#fields: u8,)* })),
        ["`Many` has 129 fields, and a graph state has at most 128"]
    );
    assert_eq!(
        messages(parse_quote!(
            struct One {
                #[state(shared)]
                a: u8,
            }
        )),
        ["`a` is shared, and `One` does not say with which state"]
    );
    assert_eq!(
        messages(parse_quote!(
            #[state(parent = Other)]
            struct One {
                a: u8,
            }
        )),
        ["`One` shares nothing with `Other`"]
    );
    assert_eq!(
        messages(parse_quote!(
            struct One {
                #[state(output, untracked)]
                a: u8,
            }
        )),
        ["`a` is untracked, and what a run gives has to be saved with it"]
    );
}
