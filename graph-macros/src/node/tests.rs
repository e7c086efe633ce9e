use proc_macro2::TokenStream;
use quote::quote;

use crate::testing::{errors, pretty};

fn node(item: &TokenStream) -> TokenStream {
    super::attribute(TokenStream::new(), item)
}

#[test]
fn a_node_is_a_type_beside_its_function() {
    let items = pretty(node(&quote! {
        pub(crate) async fn ask(text: String, ChatState { topic, .. }: &ChatState, cx: &Context<ChatGraph>) -> NodeResult<Reply> {
            todo!()
        }
    }));
    for item in [
        "pub(crate) struct ask<__P = (String, ChatState, NodeResult<Reply>)> {",
        "type __Return = NodeResult<Reply>;",
        "type Input = String;\n        type Update = __Update;",
        "impl ::graph_core::node::Node<ChatState, ChatGraph> for ask\n    where\n        for<'__any> ChatState: ::graph_core::__private::Shareable,\n    {",
        "reads: ::graph_core::state::FieldSet::named::<__State>(&[\"topic\"]),",
        "has_task_input: true,",
        "ask(input, state, cx).await",
    ] {
        assert!(items.contains(item), "{item}\n\n{items}");
    }
}

#[test]
fn a_node_without_a_state_is_one_over_every_state_of_its_update() {
    let items = pretty(node(&quote!(
        fn write(section: String) -> Drafted {
            todo!()
        }
    )));
    let header = "impl<\n        __S: ::graph_core::state::State,\n        __G: ::graph_core::graph::Graph,\n    > ::graph_core::node::Node<__S, __G> for write\n    where\n        __Outcome: ::graph_core::__private::Returns<\n            __S,\n            Update = __Update,\n            Route = __Route,\n        >,";
    assert!(items.contains(header), "{items}");
}

#[test]
fn a_half_typed_body_is_left_to_rustc() {
    let item = quote!(async fn ask(state: &ChatState) -> Reply { let x = state.; });
    let expansion = node(&item);
    assert!(errors(expansion.clone()).is_empty());
    assert!(expansion.to_string().starts_with(&item.to_string()));
    assert!(expansion.to_string().contains("struct ask"));
}

#[test]
fn what_is_no_function_is_left_to_rustc() {
    let item = quote!(
        async fn ask();
    );
    assert!(errors(node(&quote!(fn))).is_empty());
    assert!(errors(node(&item)).is_empty());
}

#[test]
fn every_mistake_is_reported_and_the_type_is_made_all_the_same() {
    let expansion = node(&quote! {
        const unsafe fn ask<T>(cx: Context<ChatGraph>, a: &mut ChatState, b: &ChatState, c: impl Clone, d: &[u8]) {}
    });
    let first = |error: String| error.lines().next().unwrap_or_default().to_owned();
    assert_eq!(
        errors(expansion.clone()).into_iter().map(first).collect::<Vec<_>>(),
        [
            "a node cannot be unsafe",
            "a node cannot be const",
            "a node cannot be generic",
            "a node borrows its context",
            "a node cannot change the state",
            "a node cannot take an `impl Trait`",
            "`&[u8]` is nothing that a node can take",
        ]
    );
    assert!(expansion.to_string().contains("struct ask"));
}
