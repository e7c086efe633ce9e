use syn::parse_quote;

use crate::testing::{flat, pretty};

#[test]
fn an_interrupt_is_its_name_and_the_type_of_its_answer() {
    let items = pretty(super::derive(&parse_quote! {
        #[interrupt(resume = Decision)]
        struct ApproveRefund {
            amount: u64,
        }
    }));
    for expected in [
        "impl ::graph_core::interrupt::Interrupt for ApproveRefund {",
        "const NAME: &'static str = \"ApproveRefund\";",
        "type Resume = Decision;",
        "::graph_core::__private::must_be_an_answer::<Decision>()",
    ] {
        assert!(flat(&items).contains(&flat(expected)), "{expected}\n\n{items}");
    }
}

#[test]
fn what_is_missing_is_said_once_and_the_impl_stands() {
    let expansion = super::derive(&parse_quote!(
        struct Approve;
    ));
    assert_eq!(expansion.to_string().matches("compile_error").count(), 1, "{expansion}");
    assert!(expansion.to_string().contains("does not say what answers it"), "{expansion}");
    assert!(expansion.to_string().contains("impl"), "{expansion}");
    let expansion = super::derive(&parse_quote!(
        #[interrupt(answer = bool)]
        struct Approve;
    ));
    assert_eq!(expansion.to_string().matches("compile_error").count(), 1, "{expansion}");
}
