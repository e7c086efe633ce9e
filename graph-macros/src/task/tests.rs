use quote::quote;

use crate::testing::{flat, pretty};

#[test]
fn what_a_task_borrows_lives_as_long_as_the_call() {
    let items = pretty(super::attribute(
        quote!(),
        &quote! {
            async fn translate(
                text: &str, name: Cow<'_, str>, by: &dyn Fn(&str) -> bool, cx: &RunContext,
            ) -> NodeResult<String> {
                Ok(text.to_owned())
            }
        },
    ));
    for expected in [
        "text: &'__a str, name: Cow<'__a, str>, by: &'__a dyn Fn(&str) -> bool,",
        "cx: &'__a ::graph_core::context::Context<__G>,",
        "-> ::graph_core::functional::TaskCall<'__a,",
        "__G: ::graph_core::functional::RunsTask<",
        "::graph_core::__private::call_once::<",
        "const NAME: &'static ::core::primitive::str = \"translate\";",
    ] {
        assert!(flat(&items).contains(&flat(expected)), "{expected}\n\n{items}");
    }
}

#[test]
fn a_task_with_retries_clones_its_arguments() {
    let items = pretty(super::attribute(
        quote!(retry(max_attempts = 2)),
        &quote! {
            async fn translate(text: String, cx: &RunContext) -> NodeResult<String> { Ok(text) }
        },
    ));
    for expected in ["call_again::<", "let text = ::core::clone::Clone::clone(&text);", "max_attempts: 2"] {
        assert!(flat(&items).contains(&flat(expected)), "{expected}\n\n{items}");
    }
}

#[test]
fn a_wrong_task_is_one_error_and_stays_a_function() {
    for (options, function) in [
        (
            quote!(),
            quote!(
                async fn translate() -> NodeResult<String> {
                    Ok(String::new())
                }
            ),
        ),
        (
            quote!(timeout(idle = "1s")),
            quote!(
                async fn translate(cx: &RunContext) -> NodeResult<u64> {
                    Ok(1)
                }
            ),
        ),
        (
            quote!(timeout = "1s"),
            quote!(
                fn translate(cx: &RunContext) -> NodeResult<u64> {
                    Ok(1)
                }
            ),
        ),
        (
            quote!(),
            quote!(
                async fn translate<T>(of: T, cx: &RunContext) -> NodeResult<u64> {
                    Ok(1)
                }
            ),
        ),
    ] {
        let expansion = super::attribute(options, &function).to_string();
        assert_eq!(expansion.matches("compile_error").count(), 1, "{expansion}");
        assert!(expansion.contains("fn translate") && expansion.contains("struct translate"), "{expansion}");
    }
}
