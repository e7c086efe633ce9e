//! The impl of an interrupt.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};

use super::model::Interrupt;
use crate::probe::Probe;
use crate::span::of_type;

/// ```text
/// const _: () = {
///     const _: () = must_be_asked::<ApproveRefund>();
///     const _: () = must_be_an_answer::<Decision>();
///     impl Interrupt for ApproveRefund {
///         const NAME: &'static str = "ApproveRefund";
///         type Resume = Decision;
///         type Form = <AskedProbe<ApproveRefund> as Select<{ .. }>>::Type;
///         type ResumeForm = <AnswerProbe<Decision> as Select<{ .. }>>::Type;
///     }
/// };
/// ```
pub(super) fn interrupt(interrupt: &Interrupt) -> TokenStream {
    let Interrupt { krate, ident, generics, resume } = interrupt;
    if !generics.is_empty() {
        return TokenStream::new();
    }
    let name = ident.to_string();
    let asked = quote_spanned!(ident.span()=> #krate::__private::must_be_asked::<#ident>());
    let answered = resume.as_ref().map(|resume| {
        let answer = quote_spanned!(of_type(resume)=> #krate::__private::must_be_an_answer::<#resume>());
        quote!(const _: () = #answer;)
    });
    // That it is missing was reported.
    let resume = resume.as_ref().map_or_else(|| quote!(()), ToTokens::to_token_stream);
    let form = Probe::new(krate, quote!(AskedProbe), ident).type_or_stub();
    let resume_form = Probe::new(krate, quote!(AnswerProbe), &resume).type_or_stub();
    quote! {
        const _: () = {
            const _: () = #asked;
            #answered

            #[automatically_derived]
            impl #krate::interrupt::Interrupt for #ident {
                const NAME: &'static str = #name;
                type Resume = #resume;
                type Form = #form;
                type ResumeForm = #resume_form;
            }
        };
    }
}
