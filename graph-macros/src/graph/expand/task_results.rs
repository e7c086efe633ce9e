//! The results of the task functions that nodes call: `task translate;`.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, quote_spanned};

use super::Expansion;
use crate::graph::model::Task;
use crate::probe::Probe;
use crate::span::of_path;

/// The type of the results of a graph's tasks.
pub(super) fn result_type(expansion: &Expansion<'_>) -> TokenStream {
    let Expansion { model, names, .. } = expansion;
    let (krate, result) = (&model.krate, &names.task_result);
    if model.tasks.is_empty() { quote!(#krate::functional::NoTaskResult) } else { quote!(#result) }
}

/// ```text
/// type __EssayTask0 = translate;
/// type __EssayTask0OrStub = <TaskFnProbe<__EssayTask0> as Select<{ .. }>>::Type;
/// pub enum EssayTaskResult { Translate(<__EssayTask0OrStub as TaskOrStub<__EssayTask0>>::Output) }
/// ```
pub(super) fn result_enum(expansion: &Expansion<'_>) -> TokenStream {
    let Expansion { model, names, .. } = expansion;
    if model.tasks.is_empty() {
        return TokenStream::new();
    }
    let (krate, vis, result) = (&model.krate, &model.vis, &names.task_result);
    let doc = format!("The results of the tasks that nodes of [`{}`] call.", model.ident);
    let types = model.tasks.iter().enumerate().map(|(index, Task { path, .. })| {
        let [task, alias] = aliases(expansion, index);
        let chosen = Probe::new(krate, quote!(TaskFnProbe), &task).type_or_stub();
        quote! {
            // The only mention of the path: what is no type is reported once.
            #[doc(hidden)]
            type #task = #path;
            #[doc(hidden)]
            type #alias = #chosen;
        }
    });
    let variants = model.tasks.iter().enumerate().map(|(index, Task { path, variant })| {
        let ([task, alias], doc) = (aliases(expansion, index), format!("A result of `{}`.", crate::text::of(path)));
        quote!(#[doc = #doc] #variant(<#alias as #krate::__private::TaskOrStub<#task>>::Output))
    });
    quote! {
        #(#types)*
        #[doc = #doc]
        // A public graph may have private tasks.
        #[allow(private_interfaces, dead_code)]
        #vis enum #result { #(#variants,)* }
    }
}

/// ```text
/// const _: &'static str = <__EssayTask0 as TaskFn>::NAME;
/// graph_task_result! { EssayTaskResult [Essay] { Translate (__EssayTask0, __EssayTask0OrStub), } }
/// ```
pub(super) fn impls(expansion: &Expansion<'_>) -> TokenStream {
    let Expansion { model, names, .. } = expansion;
    if model.tasks.is_empty() {
        return TokenStream::new();
    }
    let (krate, ident, result) = (&model.krate, &model.ident, &names.task_result);
    // rustc reports here if it is no task.
    let required = model.tasks.iter().enumerate().map(|(index, Task { path, .. })| {
        let [mut task, _] = aliases(expansion, index);
        task.set_span(of_path(path));
        let name = quote_spanned!(of_path(path)=> <#task as #krate::functional::TaskFn>::NAME);
        quote!(const _: &'static ::core::primitive::str = #name;)
    });
    let arms = model.tasks.iter().enumerate().map(|(index, Task { variant, .. })| {
        let [task, alias] = aliases(expansion, index);
        quote!(#variant (#task, #alias))
    });
    quote! {
        #(#required)*
        #krate::__private::graph_task_result! { #result [#ident] { #(#arms,)* } }
    }
}

/// `__EssayTask0`, `__EssayTask0OrStub`
fn aliases(expansion: &Expansion<'_>, index: usize) -> [Ident; 2] {
    let graph = &expansion.model.ident;
    [format_ident!("__{graph}Task{index}"), format_ident!("__{graph}Task{index}OrStub")]
}
