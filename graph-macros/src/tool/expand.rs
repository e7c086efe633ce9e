//! The items of a tool.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::{Expr, Ident, Type};

use super::model::{Kind, Parameter, ToolFunction};
use crate::function::Function;
use crate::keyword;
use crate::marker::at;
use crate::policy::duration;
use crate::probe::Probe;
use crate::span::of_type;

/// ```text
/// struct lookup { __0: Arc<Database> }
/// const _: () = {
///     const _: () = must_be_a_tool_argument::<String>();
///     impl NamedTool for lookup { const NAME: &'static str = "lookup"; }
///     impl lookup { fn __given(__0: Arc<Database>) -> Self { Self { __0 } } }
///     impl<__G: ToolGraph> Tool<__G> for lookup
///     where
///         __G::Context: LendsToTool<RunContext, Is<{ .. }>>,
///     {
///         fn spec(&self) -> ToolSpec { ToolSpec::new("lookup", description(..), parameters(&[..])) }
///         fn policy(&self) -> ToolPolicy { .. }
///         fn call<'a>(&'a self, __arguments: Value, __cx: &'a __G::Context) -> ToolFuture<'a> {
///             Box::pin(async move {
///                 let mut __arguments = Arguments::of(__arguments);
///                 let __read = (<__Argument0 as ToolArgumentOrStub<String>>::take(&mut __arguments, "name"),);
///                 __arguments.finish()?;
///                 let (Some(__a0),) = __read else { never() };
///                 tool_output::<R, Fallible>(lookup(__a0, self.__0.clone(), __cx.lend()).await)
///             })
///         }
///     }
/// };
/// async fn lookup(name: String, database: Arc<Database>, cx: &RunContext) -> R { .. }
/// ```
pub(super) fn tool(tool: &ToolFunction<'_>, function: &Function) -> TokenStream {
    let ToolFunction { krate, ident, .. } = tool;
    let Some(returned) = tool.returned else { return stub(tool, function) };
    let marker = marker(tool);
    let cfgs = function.cfgs();
    let doc = format!("The tool [`{ident}`](fn@{ident}).");
    let arguments: Vec<_> = tool.parameters.iter().filter_map(Argument::of).collect();
    let checks = arguments.iter().map(|argument| {
        let (name, ty) = (&argument.form, argument.ty);
        let check = quote_spanned!(of_type(ty)=> #krate::__private::must_be_a_tool_argument::<#ty>());
        let form = Probe::new(krate, quote!(ToolArgumentProbe), ty).type_or_stub();
        quote!(const _: () = #check; type #name = #form;)
    });
    let (context, bound) = context(tool);
    let scope = if tool.is_external { quote!(#krate::tool::CallsElsewhere) } else { quote!(#krate::tool::ToolGraph) };
    let reply = tool.is_external.then(|| reply(tool, returned));
    let (common, spec, policy) = (common(tool), spec(tool, &arguments), policy(tool));
    let call = call(tool, &arguments, returned);
    // There is no function of one that runs elsewhere.
    let function =
        (!tool.is_external).then(|| function.with_bare_parameters(&["doc", keyword::INJECT])).map(|function| {
            quote! {
                // Its arguments are owned, and it may return a `Result` as others do.
                #[allow(clippy::needless_pass_by_value, clippy::unnecessary_wraps)]
                #function
            }
        });
    let doc = if tool.is_external { lines(&tool.docs) } else { doc.to_token_stream() };
    quote! {
        #(#cfgs)*
        #[doc = #doc]
        #[allow(non_camel_case_types, dead_code, private_interfaces, missing_debug_implementations)]
        #marker

        #(#cfgs)*
        const _: () = {
            #context
            #(#checks)*
            #common
            #reply

            #[automatically_derived]
            impl<__G: #scope> #krate::tool::Tool<__G> for #ident
            #bound
            {
                #spec
                #policy
                #call
            }
        };

        #function
    }
}

/// ```text
/// impl click {
///     /// The reply of the tool, where it has run.
///     fn reply(returned: bool) -> ToolReply { tool_output::<bool, Plain>(returned).into() }
/// }
/// ```
fn reply(tool: &ToolFunction<'_>, returned: &Type) -> TokenStream {
    let ToolFunction { krate, ident, vis, .. } = tool;
    let kind = Probe::new(krate, quote!(FallibleProbe), returned).type_or_stub();
    let output = quote_spanned!(of_type(returned)=> #krate::__private::tool_output::<#returned, __Kind>);
    quote! {
        #[automatically_derived]
        #[allow(dead_code)]
        impl #ident {
            /// The reply of the tool, where it has run.
            #vis fn reply(returned: #returned) -> #krate::tool::ToolReply {
                type __Kind = #kind;
                ::core::convert::Into::into(#output(returned))
            }
        }
    }
}

/// An argument that the model writes.
struct Argument<'a> {
    name: &'a str,
    ty: &'a Type,
    docs: &'a [&'a Expr],
    /// The alias for what is done with it.
    form: Ident,
}

impl<'a> Argument<'a> {
    fn of(parameter: &'a Parameter<'_>) -> Option<Self> {
        match &parameter.kind {
            Kind::Argument(Some(name)) => {
                Some(Self { name, ty: parameter.ty, docs: &parameter.docs, form: format_ident!("__Argument_{name}") })
            }
            _ => None,
        }
    }
}

/// `struct lookup { __0: Arc<Database> }`, spanned at the name, where rustc reports a second item of that name.
fn marker(tool: &ToolFunction<'_>) -> TokenStream {
    let ToolFunction { ident, vis, .. } = tool;
    let (fields, types) = (fields(tool), tool.injected());
    let vis = at(vis.to_token_stream(), ident.span());
    quote_spanned!(ident.span()=> #vis struct #ident { #(#fields: #types,)* })
}

/// The fields of the injected values.
fn fields(tool: &ToolFunction<'_>) -> Vec<Ident> {
    (0..tool.injected().len()).map(|index| format_ident!("__{index}")).collect()
}

/// The context that the function takes: the check of its type, and the bound of the impl.
fn context(tool: &ToolFunction<'_>) -> (TokenStream, TokenStream) {
    let krate = &tool.krate;
    let Some(context) = tool.context() else { return Default::default() };
    let answer = Probe::new(krate, quote!(ContextProbe), context).answer();
    let check = quote_spanned!(of_type(context)=> #krate::__private::must_be_a_tool_context::<#context>());
    let check = quote!(const _: () = #check; type __IsContext = #krate::__private::Is<#answer>;);
    let bound = quote! {
        where
            <__G as #krate::tool::ToolGraph>::Context: #krate::__private::LendsToTool<#context, __IsContext>,
    };
    (check, bound)
}

/// What every tool has, one with errors too.
fn common(tool: &ToolFunction<'_>) -> TokenStream {
    let ToolFunction { krate, ident, name, vis, .. } = tool;
    let (fields, types) = (fields(tool), tool.injected());
    // At the name, which rustc shows where something else is given.
    let given = Ident::new("__given", ident.span());
    quote! {
        #[automatically_derived]
        impl #krate::__private::NamedTool for #ident {
            const NAME: &'static ::core::primitive::str = #name;
        }

        #[automatically_derived]
        #[allow(private_interfaces, dead_code)]
        impl #ident {
            #[doc(hidden)]
            #vis fn #given(#(#fields: #types,)*) -> Self {
                Self { #(#fields,)* }
            }
        }
    }
}

fn spec(tool: &ToolFunction<'_>, arguments: &[Argument<'_>]) -> TokenStream {
    let ToolFunction { krate, name, strict, .. } = tool;
    let strict = strict.map(|strict| {
        let strict = if strict { quote!(On) } else { quote!(Off) };
        quote!(.strict(#krate::model::Strict::#strict))
    });
    let docs = lines(&tool.docs);
    let parameters = arguments.iter().map(|argument| {
        let Argument { name, ty, docs, form } = argument;
        let docs = lines(docs);
        let form = quote!(<#form as #krate::__private::ToolArgumentOrStub<#ty>>);
        quote! {
            #krate::tool::Parameter { name: #name, docs: #docs, schema: #form::schema, is_optional: #form::is_optional }
        }
    });
    quote! {
        fn spec(&self) -> #krate::model::ToolSpec {
            let __parameters = #krate::tool::parameters(&[#(#parameters,)*]);
            #krate::model::ToolSpec::new(#name, #krate::tool::description(#docs), __parameters)#strict
        }
    }
}

/// The lines of a doc comment, as one text.
fn lines(docs: &[&Expr]) -> TokenStream {
    quote!(::core::concat!(#(#docs, "\n",)*))
}

fn policy(tool: &ToolFunction<'_>) -> TokenStream {
    let ToolFunction { krate, policy, .. } = tool;
    if policy.retry.is_none() && policy.timeout.run.is_none() {
        return TokenStream::new();
    }
    let (all, timeout) = (policy.expand(krate), duration(policy.timeout.run));
    quote! {
        fn policy(&self) -> #krate::tool::ToolPolicy {
            #krate::tool::ToolPolicy::__new(#all.retry, #timeout)
        }
    }
}

fn call(tool: &ToolFunction<'_>, arguments: &[Argument<'_>], returned: &Type) -> TokenStream {
    let ToolFunction { krate, ident, .. } = tool;
    let values: Vec<_> = (0..arguments.len()).map(|index| format_ident!("__a{index}")).collect();
    let takes = arguments.iter().map(|Argument { name, ty, form, .. }| {
        quote!(<#form as #krate::__private::ToolArgumentOrStub<#ty>>::take(&mut __arguments, #name))
    });
    let read = (!arguments.is_empty()).then(|| {
        quote! {
            let (#(::core::option::Option::Some(#values),)*) = __read else { #krate::__private::never() };
        }
    });
    let (mut values, mut fields) = (values.iter(), fields(tool).into_iter());
    let given = tool.parameters.iter().filter_map(|parameter| match &parameter.kind {
        Kind::Argument(_) => values.next().map(ToTokens::to_token_stream),
        Kind::Injected => fields.next().map(|field| match parameter.ty {
            Type::Reference(_) => quote!(&self.#field),
            ty => quote_spanned!(of_type(ty)=> ::core::clone::Clone::clone(&self.#field)),
        }),
        Kind::Context(reference) => {
            let context = &reference.elem;
            Some(quote!(#krate::__private::LendsToTool::<#context, __IsContext>::lend(__cx)))
        }
        Kind::Borrowed(_) => None,
    });
    let wait = tool.is_async.then(|| quote!(.await));
    let run = quote!(#ident(#(#given),*)#wait);
    if tool.is_external {
        return call_elsewhere(tool, &takes.collect::<Vec<_>>());
    }
    let kind = Probe::new(krate, quote!(FallibleProbe), returned).type_or_stub();
    let output = quote_spanned!(of_type(returned)=> #krate::__private::tool_output::<#returned, __Kind>);
    // At the name, where rustc reports that it cannot be sent.
    let body = quote! {
        let mut __arguments = #krate::tool::Arguments::of(__arguments);
        let __read = (#(#takes,)*);
        __arguments.finish()?;
        #read
        let _ = __cx;
        #output(#run)
    };
    let future = quote_spanned!(ident.span()=> __Box::pin(async move { #body }));
    quote! {
        #[allow(clippy::unit_arg, unreachable_code)]
        fn call<'__a>(
            &'__a self,
            __arguments: #krate::__private::serde_json::Value,
            __cx: &'__a <__G as #krate::tool::ToolGraph>::Context,
        ) -> #krate::tool::ToolFuture<'__a> {
            type __Kind = #kind;
            use #krate::__private::Box as __Box;
            #future
        }
    }
}

/// The call of a tool that runs elsewhere: its arguments are checked here.
fn call_elsewhere(tool: &ToolFunction<'_>, takes: &[TokenStream]) -> TokenStream {
    let ToolFunction { krate, name, .. } = tool;
    quote! {
        fn call<'__a>(
            &'__a self,
            __args: #krate::__private::serde_json::Value,
            __cx: &'__a #krate::context::Context<__G>,
        ) -> #krate::tool::ToolFuture<'__a> {
            #krate::__private::Box::pin(async move {
                let mut __arguments = #krate::tool::Arguments::of(::core::clone::Clone::clone(&__args));
                #(let _ = #takes;)*
                __arguments.finish()?;
                #krate::tool::call_elsewhere(#name, __args, __cx).await
            })
        }
    }
}

/// The function as it is, and a tool of its name, so that sets report no errors about it.
pub(super) fn stub(tool: &ToolFunction<'_>, function: &Function) -> TokenStream {
    let ToolFunction { krate, ident, .. } = tool;
    let bare = function.with_bare_parameters(&["doc", keyword::INJECT]);
    if tool.is_method || crate::primitive::is_primitive(ident) {
        return bare;
    }
    let (marker, common) = (marker(tool), common(tool));
    // A declaration would be a second error.
    let bare = function.has_body().then_some(bare);
    quote! {
        #bare

        #[doc(hidden)]
        #[allow(non_camel_case_types, dead_code, private_interfaces, missing_debug_implementations)]
        #marker

        const _: () = {
            #common

            #[automatically_derived]
            impl<__G: #krate::tool::ToolGraph> #krate::tool::Tool<__G> for #ident {
                fn spec(&self) -> #krate::model::ToolSpec {
                    #krate::__private::never()
                }

                fn call<'__a>(
                    &'__a self,
                    _: #krate::__private::serde_json::Value,
                    _: &'__a <__G as #krate::tool::ToolGraph>::Context,
                ) -> #krate::tool::ToolFuture<'__a> {
                    #krate::__private::never()
                }
            }
        };
    }
}
