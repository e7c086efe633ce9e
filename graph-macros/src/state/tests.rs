use quote::quote;
use syn::parse_quote;

use crate::testing::{errors, pretty};

#[test]
fn the_update_has_a_place_for_each_field() {
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
        "pub messages: ::graph_core::state::Write<\n        Vec<Message>,\n        <AddMessages as ::graph_core::state::Reducer<Vec<Message>>>::Input,\n    >,",
        "pub joke: ::core::option::Option<String>,",
        "type __ChatState_typeNamed = keep;",
        "pub r#type: ::graph_core::state::Write<\n        Log,\n        <__ChatState_type as ::graph_core::state::Reducer<Log>>::Input,\n    >,",
        "pub fn replace_messages(mut self, messages: Vec<Message>) -> Self",
        "pub fn clear_type(self) -> Self",
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
        "\"joke\" : Late < String > => late,",
        "impl ::graph_core::state::MessagesState for ChatState",
    ] {
        assert!(items.contains(item), "{item}\n\n{items}");
    }
}

#[test]
fn a_state_without_output_is_its_own_and_one_with_two_lists_of_messages_takes_none() {
    let expansion = super::derive(&parse_quote! {
        struct ChatState {
            #[state(reduce = AddMessages)]
            messages: Vec<Message>,
            #[state(reduce = AddMessages)]
            drafts: Vec<Message>,
        }
    });
    let items = pretty(expansion);
    assert!(items.contains("type Output = ChatState;") && !items.contains("MessagesState"), "{items}");
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
            "`log` is a collection and does not say what a write does to it",
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
