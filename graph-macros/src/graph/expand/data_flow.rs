//! The super-steps that can occur, as a constant, and the checks by constant evaluation that use it: races, unwritten
//! `Late` fields and inputs. They need to know what nodes read and write.

use graph_shape::{End, Flow, Precision};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::ext::IdentExt as _;

use super::{Expansion, ends, exit_arms, router};

/// ```text
/// const __TOPOLOGY: &Topology = &<ChatGraph as Graph>::TOPOLOGY;
/// const __FLOW: &DataFlow = &DataFlow { steps: &[SuperStep { active: &[(0, false)], next: &[1], joins: &[] }, ..], .. };
/// const __WRITTEN: &[FieldSet; 2] = &written_before::<__State, 2>(__TOPOLOGY, __FLOW);
/// const __FINDINGS: &[Finding; 2] = &findings::<__State, 2>(__TOPOLOGY, __FLOW, __WRITTEN);
/// const __CHECKED: &Checked<__State, 2> = &Checked::of(__TOPOLOGY, __FLOW, __WRITTEN, __FINDINGS);
/// const _: () = { takes_no_input(__CHECKED, 0); clean(__CHECKED, 0) };
/// const _: () = router_reads::<__State, 2>(__TOPOLOGY, __FLOW, __WRITTEN, 0, FieldSet::named::<ChatState>(&["summary"]));
/// ```
///
/// One constant a node keeps compile time low, and so do references: `&` of a constant that is no reference would be a
/// new constant at each use, validated again.
pub(super) fn checks(expansion: &Expansion<'_>, flow: &Flow) -> TokenStream {
    let model = expansion.model;
    let (krate, ident, state) = (&model.krate, &model.ident, &model.state);
    let (count, nodes_count) = (flow.steps.len(), model.nodes.len());
    let steps = flow.steps.iter().map(|step| {
        let (next, active) = (&step.next, step.active.iter().map(|(node, many)| quote!((#node, #many))));
        let joins = step.joins.iter().map(|group| quote!(&[#(#group),*]));
        let taken = taken(&step.taken);
        quote!(#krate::__private::SuperStep {
            active: &[#(#active),*], next: &[#(#next),*], joins: &[#(#joins),*], taken: #taken,
        })
    });
    let (first, empty) = (&flow.first, flow.empty.iter().map(|exit| number(*exit)));
    let arms = exit_arms::all(expansion);
    let precision = match flow.precision {
        Precision::Exact => quote!(Exact),
        Precision::Branches => quote!(Branches),
        Precision::Coarse => quote!(Coarse),
    };
    let last = ends::last(flow).map(|(step, End { exit, taken })| {
        let (exit, taken) = (number(*exit), self::taken(taken));
        quote!(#krate::__private::Last { step: #step, exit: #exit, taken: #taken })
    });
    let pairs = flow.pairs.iter().map(|(a, b)| quote!((#a, #b)));
    let parallel = flow.parallel.iter().map(|parallel| {
        let branches = parallel.branches.iter().map(|branch| {
            let nodes = branch.iter().map(|(node, when)| quote!((#node, #when)));
            quote!(&[#(#nodes),*])
        });
        quote!(#krate::__private::Parallel { branches: &[#(#branches),*] })
    });

    let nodes = model.nodes.iter().enumerate().map(|(index, node)| {
        let span = node.ident.span();
        let clean = quote_spanned!(span=> __private::clean(__CHECKED, #index));
        let input = node.plain_edge.map(|at| quote_spanned!(at.0=> __private::takes_no_input(__CHECKED, #index);));
        quote!(const _: () = { #input #clean };)
    });
    let routers = model.sources().filter_map(|from| {
        let router = model.outgoing(from).router.as_ref()?;
        let reads = router.reads.demanded(krate, &quote!(#state));
        let check = match from {
            None => quote_spanned!(router.at.0=> __private::start_reads::<__State>(#reads)),
            Some(node) => quote_spanned!(router.at.0=>
                __private::router_reads::<__State, #count>(__TOPOLOGY, __FLOW, __WRITTEN, #node, #reads)),
        };
        let decides = from.filter(|from| router::binds_the_route(&model.nodes[*from], router)).map(|node| {
            let span = router.route.as_ref().map_or_else(Span::call_site, syn::spanned::Spanned::span);
            let check = quote_spanned!(span=> __private::decides(__TOPOLOGY, #node));
            quote!(const _: () = #check;)
        });
        Some(quote!(const _: () = #check; #decides))
    });
    let carried = carried(expansion, count);
    let ends = ends::of(expansion, flow);
    quote! {
        const __TOPOLOGY: &#krate::graph::Topology = &<#ident as #krate::graph::Graph>::TOPOLOGY;
        const __FLOW: &#krate::__private::DataFlow = &#krate::__private::DataFlow {
            steps: &[#(#steps),*],
            first: &[#(#first),*],
            last: &[#(#last),*],
            empty: &[#(#empty),*],
            arms: &[#(#arms),*],
            pairs: &[#(#pairs),*],
            parallel: &[#(#parallel),*],
            precision: #krate::__private::Precision::#precision,
        };
        const __WRITTEN: &[#krate::state::FieldSet; #count] =
            &__private::written_before::<__State, #count>(__TOPOLOGY, __FLOW);
        const __FINDINGS: &[#krate::__private::Finding; #nodes_count] =
            &__private::findings::<__State, #nodes_count>(__TOPOLOGY, __FLOW, __WRITTEN);
        const __CHECKED: &__private::Checked<__State, #count> =
            &__private::Checked::of(__TOPOLOGY, __FLOW, __WRITTEN, __FINDINGS);
        #(#nodes)*
        #(#routers)*
        #(#carried)*
        #ends
    }
}

/// ```text
/// const _: fn(&ChatState) = |state| { let _ = &state.joke; };
/// const _: () = carries::<__State, 2>(__TOPOLOGY, __FLOW, __WRITTEN, 1, "joke");
/// ```
///
/// One for each field that an exit carries; rustc reports an unknown one.
fn carried(expansion: &Expansion<'_>, count: usize) -> impl Iterator<Item = TokenStream> {
    let (state, exits) = (&expansion.model.state, expansion.model.exits.iter().zip(1_usize..));
    let state_ident = Ident::new("state", Span::mixed_site());
    exits.flat_map(|(exit, number)| exit.carries.iter().map(move |field| (number, field))).map(
        move |(number, field)| {
            let name = field.unraw().to_string();
            let check = quote_spanned!(field.span()=>
            __private::carries::<__State, #count>(__TOPOLOGY, __FLOW, __WRITTEN, #number, #name));
            quote! {
                const _: fn(&#state) = |#state_ident| { let _ = &#state_ident.#field; };
                const _: () = #check;
            }
        },
    )
}

/// 0 for the plain end, else the exit, counted from 1.
fn number(exit: Option<usize>) -> usize {
    exit.map_or(0, |exit| exit + 1)
}

fn taken(arms: &[(usize, usize)]) -> TokenStream {
    let arms = arms.iter().map(|(node, arm)| quote!((#node, #arm)));
    quote!(&[#(#arms),*])
}
