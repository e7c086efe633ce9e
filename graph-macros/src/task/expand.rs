//! The items of a task.

use proc_macro2::{Group, Span, TokenStream, TokenTree};
use quote::{ToTokens as _, quote, quote_spanned};
use syn::{Lifetime, Signature, Type};

use super::model::TaskFunction;
use crate::function::Function;
use crate::marker::marker;
use crate::policy::duration;
use crate::probe::Probe;
use crate::span::of_type;

/// ```text
/// struct translate {}
/// const _: () = {
///     type __Return = NodeResult<String>;
///     type __Chosen = <TaskReturnProbe<__Return> as Select<{ .. }>>::Type;
///     type __Output = <__Chosen as TaskReturnOrStub<__Return>>::Output;
///     const _: () = must_be_returned_by_a_task::<NodeResult<String>>();
///     const _: () = must_be_a_task_value::<__Output>();
///     const _: () = must_be_a_context::<RunContext>();
///     impl TaskFn for translate { const NAME: &'static str = "translate"; type Output = __Output; .. }
/// };
/// fn translate<'__a, __G>(text: &'__a str, cx: &'__a Context<__G>) -> TaskCall<'__a, <translate as TaskFn>::Output>
/// where
///     __G: RunsTask<translate, Output = <translate as TaskFn>::Output>,
///     Context<__G>: AsContext<RunContext>,
/// {
///     async fn translate(text: &str, cx: &RunContext) -> NodeResult<String> { .. }
///     __private::call_once::<translate, __G, _>(cx, move |__cx| async move { translate(text, __cx.__as_context()).await })
/// }
/// ```
pub(super) fn task(task: &TaskFunction<'_>, function: &Function) -> TokenStream {
    let TaskFunction { vis, ident, .. } = task;
    let (Some(returned), Some(context)) = (task.returned, task.context) else { return stub(task, function) };
    let (docs, cfgs) = (function.docs(), function.cfgs());
    let impls = impls(task, returned, context);
    let named = [returned.to_token_stream()];
    let (marker, doc) = (marker(vis, ident, &named), format!("The task [`{ident}`](fn@{ident})."));
    let call = call(task, function, context);
    quote! {
        #(#cfgs)*
        #[doc = #doc]
        #[allow(non_camel_case_types, dead_code, private_interfaces, missing_debug_implementations)]
        #marker

        #(#cfgs)*
        const _: () = { #impls };

        #(#cfgs)*
        #(#docs)*
        #call
    }
}

fn impls(task: &TaskFunction<'_>, returned: &Type, context: &Type) -> TokenStream {
    let TaskFunction { krate, ident, policy, .. } = task;
    let name = ident.to_string();
    let chosen = Probe::new(krate, quote!(TaskReturnProbe), quote!(__Return)).type_or_stub();
    let form = Probe::new(krate, quote!(AskedProbe), quote!(__Output)).type_or_stub();
    let span = of_type(returned);
    let is_returned = quote_spanned!(span=> __must_be_returned_by_a_task::<#returned>());
    let is_value = quote_spanned!(span=> __must_be_a_task_value::<__Output>());
    let is_context = quote_spanned!(of_type(context)=> __must_be_a_context::<#context>());
    let (all, run) = (policy.expand(krate), duration(policy.timeout.run));
    quote! {
        use #krate::__private::{
            must_be_a_context as __must_be_a_context, must_be_a_task_value as __must_be_a_task_value,
            must_be_returned_by_a_task as __must_be_returned_by_a_task,
        };
        type __Return = #returned;
        type __Chosen = #chosen;
        type __Output = <__Chosen as #krate::__private::TaskReturnOrStub<__Return>>::Output;
        const _: () = #is_returned;
        const _: () = #is_value;
        const _: () = #is_context;

        #[automatically_derived]
        impl #krate::functional::TaskFn for #ident {
            const NAME: &'static ::core::primitive::str = #name;
            const OPTIONS: #krate::functional::TaskOptions = #krate::functional::TaskOptions {
                retry: #all.retry,
                timeout: #krate::node::Timeout { run: #run, idle: ::core::option::Option::None },
            };
            type Output = __Output;
            type Form = #form;
            type Returned = __Return;

            fn __into_result(returned: __Return) -> ::core::result::Result<__Output, #krate::node::NodeError> {
                <__Chosen as #krate::__private::TaskReturnOrStub<__Return>>::into_result(returned)
            }
        }
    }
}

/// The function that nodes call, with the user's inside. What it borrows lives as long as the call.
fn call(task: &TaskFunction<'_>, function: &Function, context: &Type) -> TokenStream {
    let TaskFunction { krate, vis, ident, arguments, .. } = task;
    let names = task.names();
    let types = arguments.iter().map(|argument| with_lifetime(argument.ty.to_token_stream()));
    let inner = function.inner();
    let Signature { generics, .. } = &function.signature;
    let lifetimes: Vec<_> = generics.lifetimes().map(|parameter| &parameter.lifetime).collect();
    let bounds = generics.where_clause.as_ref().map(|bounds| &bounds.predicates).into_iter().flatten();
    let wait = task.is_async.then(|| quote!(.await));
    let run = quote! {
        #ident(#(#names,)* #krate::functional::AsContext::<#context>::__as_context(&__cx)) #wait
    };
    let (through, work) = if task.policy.retry.is_some() {
        let copies = names.iter().zip(arguments).map(|(name, argument)| {
            let clone = quote_spanned!(of_type(&argument.ty)=> ::core::clone::Clone::clone(&#name));
            quote!(let #name = #clone;)
        });
        (quote!(call_again), quote!(move |__cx| { #(#copies)* async move { #run } }))
    } else {
        (quote!(call_once), quote!(move |__cx| async move { #run }))
    };
    quote! {
        // The function inside has what is used of it.
        #[allow(clippy::too_many_arguments, clippy::needless_pass_by_value)]
        #vis fn #ident<'__a, #(#lifetimes: '__a,)* __G>(
            #(#names: #types,)*
            cx: &'__a #krate::context::Context<__G>,
        ) -> #krate::functional::TaskCall<'__a, <#ident as #krate::functional::TaskFn>::Output>
        where
            __G: #krate::functional::RunsTask<#ident, Output = <#ident as #krate::functional::TaskFn>::Output>,
            #krate::context::Context<__G>: #krate::functional::AsContext<#context>,
            #(#bounds,)*
        {
            // It returns what a task returns.
            #[allow(clippy::unnecessary_wraps)]
            #inner
            #krate::__private::#through::<#ident, __G, _>(cx, #work)
        }
    }
}

/// The type with `'__a` in the place of elided lifetimes: `&'__a str`, `Cow<'__a, str>`. Those of `fn(&str)` and
/// `Fn(&str)` are their own.
fn with_lifetime(ty: TokenStream) -> TokenStream {
    let named = || Lifetime::new("'__a", Span::call_site()).to_token_stream();
    let mut tokens = ty.into_iter().peekable();
    let (mut out, mut is_function) = (TokenStream::new(), false);
    while let Some(token) = tokens.next() {
        let was_function = is_function;
        is_function = matches!(&token, TokenTree::Ident(name) if name == "fn" || name.to_string().starts_with("Fn"));
        match token {
            TokenTree::Group(group) if !was_function => {
                let mut inside = Group::new(group.delimiter(), with_lifetime(group.stream()));
                inside.set_span(group.span());
                out.extend([TokenTree::Group(inside)]);
            }
            TokenTree::Punct(punct) if punct.as_char() == '&' => {
                let has_one = matches!(tokens.peek(), Some(TokenTree::Punct(next)) if next.as_char() == '\'');
                out.extend([TokenTree::Punct(punct)]);
                if !has_one {
                    out.extend(named());
                }
            }
            TokenTree::Punct(punct)
                if punct.as_char() == '\'' && matches!(tokens.peek(), Some(TokenTree::Ident(name)) if name == "_") =>
            {
                tokens.next();
                out.extend(named());
            }
            other => out.extend([other]),
        }
    }
    out
}

/// The function as it is, and a task of its name, so that graphs report no errors about it.
pub(super) fn stub(task: &TaskFunction<'_>, function: &Function) -> TokenStream {
    let TaskFunction { krate, ident, .. } = task;
    let function = function.without("task");
    if task.is_method || crate::primitive::is_primitive(ident) {
        return function;
    }
    let name = ident.to_string();
    let form = Probe::new(krate, quote!(AskedProbe), quote!(())).type_or_stub();
    quote! {
        #function

        #[doc(hidden)]
        #[allow(non_camel_case_types, dead_code)]
        pub struct #ident {}

        const _: () = {
            #[automatically_derived]
            impl #krate::functional::TaskFn for #ident {
                const NAME: &'static ::core::primitive::str = #name;
                const OPTIONS: #krate::functional::TaskOptions = #krate::functional::TaskOptions {
                    retry: ::core::option::Option::None,
                    timeout: #krate::node::Timeout { run: ::core::option::Option::None, idle: ::core::option::Option::None },
                };
                type Output = ();
                type Form = #form;
                type Returned = ();

                fn __into_result(_: ()) -> ::core::result::Result<(), #krate::node::NodeError> {
                    ::core::result::Result::Ok(())
                }
            }
        };
    }
}
