//! Probes of graph-core: whether a type fits a bound, answered while the user's crate compiles.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use crate::crate_path::CratePath;

/// A probe and the types that it is about: `StateProbe<ChatState>`.
pub(crate) struct Probe<'a> {
    krate: &'a CratePath,
    name: TokenStream,
    types: TokenStream,
}

impl<'a> Probe<'a> {
    pub(crate) fn new(krate: &'a CratePath, name: impl ToTokens, types: impl ToTokens) -> Self {
        let name = name.into_token_stream();
        Self { krate, name: quote!(#krate::__private::#name), types: types.into_token_stream() }
    }

    /// `StateProbe<ChatState>`
    pub(crate) fn ty(&self) -> TokenStream {
        let Self { name, types, .. } = self;
        quote!(#name<#types>)
    }

    /// ```text
    /// { use __private::No as _; StateProbe::<ChatState>::YES }
    /// ```
    pub(crate) fn answer(&self) -> TokenStream {
        let Self { krate, name, types } = self;
        quote! {{
            // Unused if the answer is yes.
            #[allow(unused_imports)]
            use #krate::__private::No as _;
            #name::<#types>::YES
        }}
    }

    /// The type itself, or a stub if it does not fit:
    ///
    /// ```text
    /// <StateProbe<ChatState> as Select<{ .. }>>::Type
    /// ```
    pub(crate) fn type_or_stub(&self) -> TokenStream {
        let (krate, ty, answer) = (self.krate, self.ty(), self.answer());
        quote!(<#ty as #krate::__private::Select<#answer>>::Type)
    }
}
