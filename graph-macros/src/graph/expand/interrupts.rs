//! What the nodes of a graph can ask: `interrupt Approve;`.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::Expansion;
use crate::graph::model::Interrupt;
use crate::probe::Probe;

/// The type of a graph's interrupts.
pub(super) fn interrupt_type(expansion: &Expansion<'_>) -> TokenStream {
    let Expansion { model, names, .. } = expansion;
    let (krate, interrupt) = (&model.krate, &names.interrupt);
    if model.interrupts.is_empty() { quote!(#krate::interrupt::NoInterrupt) } else { quote!(#interrupt) }
}

/// ```text
/// pub enum RefundGraphInterrupt { ApproveRefund(ApproveRefund) }
/// ```
pub(super) fn interrupt_enum(expansion: &Expansion<'_>) -> TokenStream {
    let Expansion { model, names, .. } = expansion;
    if model.interrupts.is_empty() {
        return TokenStream::new();
    }
    let (vis, interrupt) = (&model.vis, &names.interrupt);
    let doc = format!("What nodes of [`{}`] ask, a variant for each declared interrupt.", model.ident);
    let variants = model.interrupts.iter().map(|Interrupt { path, ident }| {
        let doc = format!("`{ident}`.");
        quote!(#[doc = #doc] #ident(#path))
    });
    quote! {
        #[doc = #doc]
        // A public graph may ask what is private.
        #[allow(private_interfaces)]
        #vis enum #interrupt { #(#variants,)* }
    }
}

/// ```text
/// type __Interrupt0 = <InterruptProbe<ApproveRefund> as Select<{ .. }>>::Type;
/// graph_interrupt! { RefundGraphInterrupt [RefundGraph] { ApproveRefund 0 (ApproveRefund, __Interrupt0), } }
/// ```
///
/// A type that is no interrupt is reported where it is asked.
pub(super) fn impls(expansion: &Expansion<'_>) -> TokenStream {
    let Expansion { model, names, .. } = expansion;
    if model.interrupts.is_empty() {
        return TokenStream::new();
    }
    let (krate, ident, interrupt) = (&model.krate, &model.ident, &names.interrupt);
    let aliases = model.interrupts.iter().enumerate().map(|(index, Interrupt { path, .. })| {
        let (alias, chosen) = (alias(index), Probe::new(krate, quote!(InterruptProbe), path).type_or_stub());
        quote!(type #alias = #chosen;)
    });
    let arms = model.interrupts.iter().enumerate().map(|(index, Interrupt { path, ident })| {
        let alias = alias(index);
        quote!(#ident #index (#path, #alias))
    });
    quote! {
        #(#aliases)*
        #krate::__private::graph_interrupt! { #interrupt [#ident] { #(#arms,)* } }
    }
}

fn alias(index: usize) -> Ident {
    format_ident!("__Interrupt{index}")
}
