//! What a node returns, asked of the type.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::Ident;

use crate::node::model::Node;
use crate::probe::Probe;
use crate::span::of_type;

/// The aliases of the returned type and of what is in it:
///
/// ```text
/// type __Return<> = NodeResult<Command<Plan, bool>>;
/// type __Outcome = <OutcomeProbe<__Return> as Select<{ .. }>>::Type;
/// type __Update = <__Outcome as Outcome>::Update;
/// type __Route = <__Outcome as Outcome>::Route;
/// ```
///
/// The type is named once, so that rustc reports an unknown one once; `<>` stops it from suggesting a type parameter.
pub(super) fn aliases(node: &Node<'_>) -> TokenStream {
    let krate = &node.krate;
    let Some(returned) = node.returned else {
        return quote! {
            // Each is used by some policies only.
            #[allow(dead_code)]
            type __Update = ();
            #[allow(dead_code)]
            type __Route = ();
        };
    };
    let outcome = Probe::new(krate, quote!(OutcomeProbe), quote!(__Return)).type_or_stub();
    quote! {
        type __Return<> = #returned;
        type __Outcome = #outcome;
        // Each is used by some policies only.
        #[allow(dead_code)]
        type __Update = <__Outcome as #krate::state::Outcome>::Update;
        #[allow(dead_code)]
        type __Route = <__Outcome as #krate::state::Outcome>::Route;
    }
}

/// `__Return`, at the user's token, where rustc reports errors of the type.
pub(super) fn at_return(node: &Node<'_>) -> Ident {
    Ident::new("__Return", span(node))
}

/// Where a wrong return is reported.
pub(super) fn span(node: &Node<'_>) -> Span {
    node.returned.map_or_else(Span::call_site, of_type)
}
