use proc_macro2::TokenStream;
use quote::quote;

use crate::testing::{errors, flat, pretty};

/// Without the commas that a list has only if it takes several lines.
fn plain(text: &str) -> String {
    flat(text).replace(",)", ")").replace(",}", "}").replace(",>", ">")
}

fn contains_all(items: &str, expected: &[&str]) {
    for expected in expected {
        assert!(plain(items).contains(&plain(expected)), "{expected}\n\n{items}");
    }
}

#[test]
fn docs_arguments_context_and_injected_values_have_their_places() {
    let items = pretty(super::attribute(
        quote!(),
        &quote! {
            /// Looks up.
            pub async fn lookup(
                /// The name.
                r#type: String, #[inject] table: &Table, cx: &RunContext, #[inject] key: Key, at: Option<u8>,
            ) -> NodeResult<u64> {
                Ok(1)
            }
        },
    ));
    contains_all(
        &items,
        &[
            "pub struct lookup { __0: Table, __1: Key }",
            "pub async fn lookup(r#type: String, table: &Table, cx: &RunContext, key: Key, at: Option<u8>)",
            "impl<__G: ::graph_core::tool::ToolGraph> ::graph_core::tool::Tool<__G> for lookup",
            "::graph_core::__private::LendsToTool<RunContext, __IsContext>",
            "const NAME: &'static ::core::primitive::str = \"lookup\";",
            "name: \"type\", docs: ::core::concat!(r\" The name.\", \"\\n\")",
            "let (::core::option::Option::Some(__a0), ::core::option::Option::Some(__a1)) = __read else",
            "lookup(__a0, &self.__0, ::graph_core::__private::LendsToTool::<RunContext, __IsContext>::lend(__cx),
                ::core::clone::Clone::clone(&self.__1), __a1,).await",
        ],
    );
}

#[test]
fn options_become_a_name_and_a_policy() {
    let options = quote!(name = "web-search", strict = false, retry(max_attempts = 2), timeout = "5s", crate = ::graph);
    let item = quote! {
        #[doc = "Searches."]
        async fn search() {}
    };
    let items = pretty(super::attribute(options, &item));
    contains_all(
        &items,
        &[
            "::graph::model::ToolSpec::new(\"web-search\"",
            "max_attempts: 2",
            ".strict(::graph::model::Strict::Off)",
            "Duration::from_millis(5000u64)",
        ],
    );
    assert!(!flat(&items).contains("graph_core"), "{items}");
    let items = pretty(super::attribute(quote!(), &item));
    assert!(!items.contains("fn policy"), "{items}");
}

#[test]
fn a_wrong_tool_is_one_error_and_a_type_and_a_function_all_the_same() {
    let doc = quote!(#[doc = "Searches."]);
    let wrong: [(TokenStream, TokenStream); 9] = [
        (
            quote!(),
            quote!(
                async fn search() {}
            ),
        ),
        (quote!(unknown), quote!(#doc async fn search() {})),
        (quote!(name = ""), quote!(#doc async fn search() {})),
        (quote!(timeout(idle = "1s")), quote!(#doc async fn search() {})),
        (quote!(), quote!(#doc async fn search(text: &str) {})),
        (quote!(), quote!(#doc async fn search(a: &RunContext, b: &RunContext) {})),
        (quote!(), quote!(#doc async fn search(_: String) {})),
        (quote!(), quote!(#doc async fn search() -> impl Sized {})),
        (quote!(), quote!(#doc async fn search<T>(text: T) {})),
    ];
    for (options, item) in wrong {
        let expansion = super::attribute(options, &item);
        assert_eq!(errors(expansion.clone()).len(), 1, "{item}");
        contains_all(&pretty(expansion), &["async fn search", "struct search", "NamedTool for search"]);
    }
}

#[test]
fn a_method_is_one_error_and_stays_a_method() {
    let expansion = super::attribute(
        quote!(),
        &quote!(
            fn search(&self) {}
        ),
    );
    let errors = errors(expansion);
    assert_eq!(errors.len(), 1);
    assert!(errors[0].starts_with("a tool is a function, not a method"), "{errors:?}");
}
