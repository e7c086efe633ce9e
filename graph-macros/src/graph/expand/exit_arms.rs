//! Which arms of a `match` on a subgraph's exit each exit can take.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use syn::Pat;

use super::Expansion;
use crate::graph::model::{Arm, ExitArms, Node};

/// ```text
/// Arms { node: 1, by_exit: &{
///     type Exit = <__ParentGraph_child as NodeFn>::Route;
///     const fn arms(exit: Exit) -> u64 {
///         let mut arms = 0;
///         match exit { ChildGraphExit::End => return arms | 1, _ => {} }
///         match exit { ChildGraphExit::Found => return arms | 2, _ => {} }
///         arms
///     }
///     const EXITS: &[Exit] = ExitsProbe::<Exit>::ALL;
///     /* an array of `arms` for each */
/// } }
/// ```
///
/// One for each subgraph whose router is a `match` on its exit. The parameter, what is matched on and the patterns are
/// the user's tokens, so that whatever an alias or a macro makes of them is the same here and in the router; an error in
/// them, too, which rustc reports once.
pub(super) fn all(expansion: &Expansion<'_>) -> Vec<TokenStream> {
    let nodes = expansion.model.nodes.iter().enumerate();
    nodes.filter_map(|(index, node)| Some(of_node(expansion, index, node, &node.exit_arms()?))).collect()
}

fn of_node(expansion: &Expansion<'_>, index: usize, node: &Node, router: &ExitArms<'_>) -> TokenStream {
    let ExitArms { parameter, scrutinee, arms } = router;
    let (krate, as_function) = (&expansion.model.krate, expansion.as_function(node));
    // Hidden from the user's patterns by hygiene.
    let local = |name: &str| Ident::new(name, Span::mixed_site());
    let (known, exit, function) = (local("arms"), local("Exit"), format_ident!("__arms_{}", node.name));
    let steps = arms.iter().enumerate().map(|(bit, Arm { attributes, pattern, .. })| {
        let arm = 1_u64 << bit;
        let (pattern, effect) = match &pattern.0 {
            Pat::Guard(guarded) => (&*guarded.pat, quote!(#known |= #arm)),
            pattern => (pattern, quote!(return #known | #arm)),
        };
        quote!(match #scrutinee { #(#attributes)* #pattern => { #effect } _ => {} })
    });
    quote! {
        #krate::__private::Arms { node: #index, by_exit: {
            type #exit = #as_function::Route;
            // The user's patterns, which rustc and Clippy have seen in the router: what they say of them is said there.
            #[allow(unused, clippy::all, clippy::pedantic)]
            const fn #function(#parameter: #exit) -> ::core::primitive::u64 {
                let mut #known = 0;
                #(#steps)*
                #known
            }
            const EXITS: &[#exit] = <#krate::__private::ExitsProbe<#exit>>::ALL;
            const ALL: &[::core::primitive::u64; EXITS.len()] = &{
                let (mut all, mut exit) = ([0; EXITS.len()], 0);
                while exit < EXITS.len() {
                    all[exit] = #function(EXITS[exit]);
                    exit += 1;
                }
                all
            };
            ALL
        } }
    }
}
