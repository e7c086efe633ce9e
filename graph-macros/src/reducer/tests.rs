use proc_macro2::TokenStream;
use quote::quote;

use crate::testing::{errors, pretty};

#[test]
fn a_reducer_is_a_type_beside_its_function() {
    let items = pretty(super::attribute(
        TokenStream::new(),
        &quote! {
            /// Keeps both.
            pub fn both<T: Clone>(current: &mut Vec<T>, new: T) { current.push(new); }
        },
    ));
    let expected = "#[doc = \"\"]
#[doc = \"The reducer [`both`](fn@both).\"]
#[allow(
    non_camel_case_types,
    missing_debug_implementations,
    dead_code,
    private_interfaces,
    unreachable_pub,
    unnameable_types
)]
pub struct both<__P = ()> {
    _p: ::core::marker::PhantomData<fn() -> __P>,
}
const _: () = {
    #[automatically_derived]
    impl<T: Clone> ::graph_core::state::Reducer<Vec<T>> for both {
        type Input = T;
        fn reduce(current: &mut Vec<T>, input: T) {
            both(current, input)
        }
    }
};";
    let expected = expected
        .replace("#[doc = \"\"]", "///")
        .replace("#[doc = \"The reducer [`both`](fn@both).\"]", "///The reducer [`both`](fn@both).");
    assert!(items.contains(&expected), "{items}");
}

#[test]
fn every_mistake_is_reported() {
    let item = quote!(
        async fn keep<'a>(current: u64, new: u64) -> u64 {
            0
        }
    );
    assert_eq!(errors(super::attribute(TokenStream::new(), &item)).len(), 4);
}
