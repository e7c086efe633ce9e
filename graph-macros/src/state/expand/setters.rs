//! The setters of an update.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::state::model::{Field, Rule, State};
use crate::state::types::{update_ident, written_type};
use crate::state::visibility::narrower;

/// ```text
/// pub fn summary(mut self, summary: Option<String>) -> Self { Slot::put(&mut self.summary, summary); self }
/// pub fn replace_messages(mut self, messages: Vec<Message>) -> Self { .. }
/// pub fn clear_messages(mut self) -> Self { .. }
/// ```
pub(super) fn setters(state: &State) -> TokenStream {
    let (krate, vis, update) = (&state.krate, &state.vis, update_ident(state));
    let setters = state.written().map(|(_, field)| {
        let (ident, written, vis) = (&field.ident, written_type(state, field), narrower(vis, &field.vis));
        let replacing = matches!(field.rule, Rule::Reduce(_)).then(|| replacing_setters(state, field));
        let doc = match &field.rule {
            Rule::Overwrite | Rule::Late(_) => format!("Writes `{}`.", field.name),
            Rule::Reduce(_) => format!("Writes `{}`, which its reducer folds in.", field.name),
        };
        quote! {
            #[doc = #doc]
            #[must_use]
            #vis fn #ident(mut self, #ident: #written) -> Self {
                #krate::__private::Slot::put(&mut self.#ident, #ident);
                self
            }
            #replacing
        }
    });
    quote! {
        #[automatically_derived]
        #[allow(dead_code, private_interfaces)]
        impl #update { #(#setters)* }
    }
}

/// `replace_messages` and `clear_messages`
fn replacing_setters(state: &State, field: &Field) -> TokenStream {
    let (krate, vis, ident, ty) = (&state.krate, narrower(&state.vis, &field.vis), &field.ident, &field.ty);
    let (replace, clear) = (format_ident!("replace_{}", field.name), format_ident!("clear_{}", field.name));
    let replace_doc = format!("Replaces the value of `{}`, without its reducer.", field.name);
    let clear_doc = format!("Replaces the value of `{}` by its default.", field.name);
    quote! {
        #[doc = #replace_doc]
        #[must_use]
        #vis fn #replace(mut self, #ident: #ty) -> Self {
            #krate::__private::Slot::put_instead(&mut self.#ident, #ident);
            self
        }

        #[doc = #clear_doc]
        #[must_use]
        #vis fn #clear(self) -> Self
        where
            for<'__any> #ty: ::core::default::Default,
        {
            self.#replace(::core::default::Default::default())
        }
    }
}
