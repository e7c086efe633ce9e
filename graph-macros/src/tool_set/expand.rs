//! The expression.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};

use super::parse::{Given, Tools};
use crate::span::of_path;

/// ```text
/// {
///     use __private::{NoTool as _, NoToolName as _};
///     type __Tool0 = search;
///     const _: () = must_be_a_tool::<__Tool0>();
///     type __Tool1 = lookup;
///     const _: () = must_be_a_tool::<__Tool1>();
///     const _: () = has_a_name_of_its_own(ToolNameProbe::<__Tool1>::NAME, &[ToolNameProbe::<__Tool0>::NAME]);
///     ToolSet::new().__with(<__Tool0>::__given()).__with(<__Tool1>::__given(database))
/// }
/// ```
///
/// Each path is written once, so that what is wrong with it is one error. What is no tool has the `__given` of `NoTool`.
pub(super) fn set(Tools { krate, tools }: &Tools) -> TokenStream {
    let name = |(index, tool): (usize, &Given)| format_ident!("__Tool{index}", span = of_path(&tool.path));
    let names: Vec<_> = tools.iter().enumerate().map(name).collect();
    let checks = tools.iter().zip(&names).enumerate().map(|(index, (Given { path, .. }, name))| {
        let span = of_path(path);
        let is_tool = quote_spanned!(span=> __must_be_a_tool::<#name>());
        let text = |name| quote!(#krate::__private::ToolNameProbe::<#name>::NAME);
        let (own, others) = (text(name), names[..index].iter().map(text));
        let is_other = quote_spanned!(span=> __has_a_name_of_its_own(#own, &[#(#others),*]));
        quote! {
            type #name = #path;
            const _: () = #is_tool;
            const _: () = #is_other;
        }
    });
    let added = tools.iter().zip(&names).map(|(Given { path, values }, name)| {
        // The span of the tool, where rustc reports what it is given and whose context it takes.
        quote_spanned!(of_path(path)=> .__with(<#name>::__given(#(#values),*)))
    });
    quote! {
        #[allow(unused_imports)]
        use #krate::__private::{
            NoTool as _, NoToolName as _, has_a_name_of_its_own as __has_a_name_of_its_own,
            must_be_a_tool as __must_be_a_tool,
        };
        #(#checks)*
        #krate::tool::ToolSet::new()#(#added)*
    }
}
