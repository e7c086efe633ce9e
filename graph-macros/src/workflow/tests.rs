use quote::quote;

use crate::testing::{flat, pretty};

#[test]
fn a_workflow_is_a_state_a_node_and_a_graph() {
    let items = pretty(super::attribute(
        quote!(Essay, tasks(translate), interrupts(Publish), custom = Progress, deps = Tools, timeout = "10s"),
        &quote! {
            /// Writes an essay.
            pub async fn essay(topic: String, #[previous] last: Option<u64>, cx: &Context<Essay>) -> NodeResult<Final<String, u64>> {
                Ok(Final { value: topic, save: 1 })
            }
        },
    ));
    for expected in [
        "pub struct EssayState {",
        "pub topic: ::graph_core::state::Late<String>,",
        "pub last: Option<u64>,",
        "pub type EssayInput = EssayStateInput;",
        "pub struct EssayReturned {",
        "pub async fn essay(",
        "last: ::core::option::Option::Some(__saved)",
        "pub struct Essay",
        "pub fn new(deps: Tools)",
        "type Custom = Progress;",
        "enum EssayInterrupt {",
        "enum EssayTaskResult {",
        "from_millis(10000u64)",
    ] {
        assert!(flat(&items).contains(&flat(expected)), "{expected}\n\n{items}");
    }
}

#[test]
fn a_wrong_workflow_is_one_error_and_its_graph_is_there() {
    for function in [
        quote!(
            fn essay(cx: &Context<Essay>) -> NodeResult<u64> {
                Ok(1)
            }
        ),
        quote!(
            async fn essay(topic: String) -> NodeResult<u64> {
                Ok(1)
            }
        ),
        quote!(
            async fn essay((a, b): (u64, u64), cx: &Context<Essay>) -> NodeResult<u64> {
                Ok(a + b)
            }
        ),
        quote!(
            async fn essay(result: String, cx: &Context<Essay>) -> NodeResult<u64> {
                Ok(1)
            }
        ),
        quote!(
            async fn essay<T>(cx: &Context<Essay>) -> NodeResult<u64> {
                Ok(1)
            }
        ),
        quote!(
            async fn essay(
                #[previous] a: Option<u64>,
                #[previous] b: Option<u64>,
                cx: &Context<Essay>,
            ) -> NodeResult<u64> {
                Ok(1)
            }
        ),
    ] {
        let expansion = super::attribute(quote!(Essay), &function).to_string();
        assert_eq!(expansion.matches("compile_error").count(), 1, "{expansion}");
        assert!(expansion.contains("struct Essay "), "{expansion}");
    }
}
