//! What the function of a node takes and returns.

use syn::{
    Attribute, Expr, FnArg, Ident, Pat, PatType, PathSegment, ReturnType, Type, TypeImplTrait, TypeReference,
    Visibility,
};

use super::parse::Options;
use super::type_names::{graph_of, is_context, last_segment, unwrapped};
use crate::crate_path::CratePath;
use crate::function::Function;
use crate::keyword;
use crate::policy::Policy;
use crate::state_pattern::Reads;

pub(crate) struct Node<'a> {
    pub krate: CratePath,
    pub policy: Policy,
    pub docs: Vec<&'a Attribute>,
    pub cfgs: Vec<&'a Attribute>,
    pub vis: &'a Visibility,
    pub ident: &'a Ident,
    pub is_async: bool,
    /// Whether it is a method, beside which no type can stand.
    pub is_method: bool,
    pub parameters: Vec<Parameter<'a>>,
    /// The type that it returns, `()` where it does not say; `None` if it is an `impl Trait`.
    pub returned: Option<&'a Type>,
}

pub(crate) enum Parameter<'a> {
    /// The task's own input, by value.
    Input(&'a Type),
    State(StateParameter<'a>),
    Context {
        reference: &'a TypeReference,
        /// The graph of a `&Context<ChatGraph>`; `None` for `&RunContext`, which is for any graph.
        graph: Option<&'a Type>,
    },
    /// A second reference, whose type is a context under another name, or an error.
    Lent(&'a TypeReference),
    /// The only reference, whose type and name may be those of a state or of a context: the type decides.
    Lone(&'a TypeReference),
    /// A context by value, which is an error.
    OwnedContext(&'a Type),
    /// An error.
    ImplTrait(&'a TypeImplTrait),
    /// A reference to anything else, which is an error.
    Unknown(&'a TypeReference),
}

/// `ChatState { topic, .. }: &ChatState`
pub(crate) struct StateParameter<'a> {
    pub reference: &'a TypeReference,
    pub pattern: &'a Pat,
    pub reads: Reads,
}

impl<'a> Node<'a> {
    pub(super) fn of(Options { krate, policy }: Options, function: &'a Function) -> Self {
        let signature = &function.signature;
        let mut typed: Vec<_> = signature.inputs.iter().filter_map(typed).collect();
        let mut parameters = Vec::new();
        while !typed.is_empty() {
            let first = typed.remove(0);
            let has_state = parameters.iter().any(|parameter| matches!(parameter, Parameter::State(_)));
            let is_only = parameters.iter().all(|parameter| matches!(parameter, Parameter::Input(_)));
            let is_lone = is_only && typed.is_empty() && policy.cache.is_none();
            let lone = is_lone.then(|| lone(first)).flatten();
            parameters.push(lone.unwrap_or_else(|| parameter(first, has_state, typed.first().copied())));
        }
        let returned = match &signature.output {
            ReturnType::Type(_, ty) => Some(&**ty).filter(|ty| !matches!(ty, Type::ImplTrait(_))),
            ReturnType::Default => Some(&function.unit),
        };
        Self {
            krate,
            policy,
            docs: function.docs(),
            cfgs: function.cfgs(),
            vis: &function.vis,
            ident: &signature.ident,
            is_async: signature.asyncness.is_some(),
            is_method: signature.receiver().is_some(),
            parameters,
            returned,
        }
    }

    /// The task's own input.
    pub(crate) fn input(&self) -> Option<&'a Type> {
        self.parameters.iter().find_map(|parameter| match parameter {
            Parameter::Input(ty) => Some(*ty),
            _ => None,
        })
    }

    pub(crate) fn state(&self) -> Option<&StateParameter<'a>> {
        self.parameters.iter().find_map(|parameter| match parameter {
            Parameter::State(state) => Some(state),
            _ => None,
        })
    }

    pub(crate) fn takes_context(&self) -> bool {
        self.context().is_some() || self.lent().is_some()
    }

    /// The type of a context under another name.
    pub(crate) fn lent(&self) -> Option<&'a Type> {
        self.parameters.iter().find_map(|parameter| match parameter {
            Parameter::Lent(reference) => Some(&*reference.elem),
            _ => None,
        })
    }

    /// The type of the only reference, where it is not known whether it is a state or a context.
    pub(crate) fn lone(&self) -> Option<&'a Type> {
        self.parameters.iter().find_map(|parameter| match parameter {
            Parameter::Lone(reference) => Some(&*reference.elem),
            _ => None,
        })
    }

    /// The graph that the node is for, if it is for one graph only.
    pub(crate) fn graph(&self) -> Option<&'a Type> {
        self.context().flatten()
    }

    /// The graph of the context, if the node takes a context.
    fn context(&self) -> Option<Option<&'a Type>> {
        self.parameters.iter().find_map(|parameter| match parameter {
            Parameter::Context { graph, .. } => Some(*graph),
            _ => None,
        })
    }

    /// The fields of the state that the key function of its cache binds.
    pub(crate) fn key_reads(&self) -> Reads {
        let key = self.policy.cache.as_ref().and_then(|cache| cache.key.as_deref());
        match key {
            Some(Expr::Closure(key)) if self.state().is_some() => {
                key.inputs.last().map_or_else(Reads::default, Reads::of)
            }
            _ => Reads::default(),
        }
    }
}

fn typed(input: &FnArg) -> Option<&PatType> {
    match input {
        FnArg::Typed(typed) => Some(typed),
        FnArg::Receiver(_) => None,
    }
}

/// What a parameter is, behind the state or not, and before which it stands.
fn parameter<'a>(parameter: &'a PatType, has_state: bool, next: Option<&PatType>) -> Parameter<'a> {
    match unwrapped(&parameter.ty) {
        Type::ImplTrait(ty) => Parameter::ImplTrait(ty),
        Type::Reference(reference) => match last_segment(&reference.elem) {
            Some(last) if is_context(last) && (has_state || !is_named_as_one(parameter, last, next)) => {
                match graph_of(last) {
                    Some(Type::ImplTrait(any)) => Parameter::ImplTrait(any),
                    graph => Parameter::Context { reference, graph },
                }
            }
            Some(last) if has_state && last.ident != "str" => Parameter::Lent(reference),
            Some(last) if last.ident != "str" => Parameter::State(StateParameter {
                reference,
                pattern: &parameter.pat,
                reads: Reads::of(&parameter.pat),
            }),
            // `&'static str` is a value: nothing of the graph is lent.
            _ if is_static(reference) => Parameter::Input(&parameter.ty),
            _ => Parameter::Unknown(reference),
        },
        ty => match last_segment(ty) {
            Some(last) if is_context(last) => Parameter::OwnedContext(ty),
            _ => Parameter::Input(ty),
        },
    }
}

fn is_static(reference: &TypeReference) -> bool {
    reference.lifetime.as_ref().is_some_and(|lifetime| lifetime.ident == "static")
}

/// The only reference of a node, if it is named as a context is: `cx: &Cx`, `state: &RunContext`. It may be one under
/// another name, or a state. The key of a cached node is made of its state, which is thus to be known.
fn lone(parameter: &PatType) -> Option<Parameter<'_>> {
    let Type::Reference(reference) = unwrapped(&parameter.ty) else { return None };
    let last =
        last_segment(&reference.elem).filter(|last| last.arguments.is_none() && last.ident != keyword::CONTEXT)?;
    let name = match &*parameter.pat {
        Pat::Ident(name) if name.subpat.is_none() => name.ident.to_string(),
        Pat::Wild(_) => String::new(),
        _ => return None,
    };
    let is_named_as_one = last.ident == keyword::RUN_CONTEXT || ["cx", "ctx"].contains(&name.trim_matches('_'));
    is_named_as_one.then_some(Parameter::Lone(reference))
}

/// Whether a parameter is a state that is named as a context is: its fields are bound, or a context follows. And a
/// `Context` of no graph is none of graph-core.
fn is_named_as_one(parameter: &PatType, last: &PathSegment, next: Option<&PatType>) -> bool {
    let follows = |next: &PatType| match unwrapped(&next.ty) {
        Type::Reference(reference) => last_segment(&reference.elem).is_some_and(is_context),
        _ => false,
    };
    last.arguments.is_none()
        && (binds_fields(&parameter.pat) || last.ident == keyword::CONTEXT || next.is_some_and(follows))
}

/// Whether a pattern is `Story { .. }`, or `state @ Story { .. }`.
fn binds_fields(pattern: &Pat) -> bool {
    match pattern {
        Pat::Struct(_) => true,
        Pat::Ident(named) => named.subpat.as_ref().is_some_and(|(_, inner)| binds_fields(inner)),
        Pat::Paren(inner) => binds_fields(&inner.pat),
        Pat::Reference(inner) => binds_fields(&inner.pat),
        _ => false,
    }
}
