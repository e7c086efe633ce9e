//! What the function of a node takes and returns.

use syn::{Attribute, Expr, FnArg, Ident, Pat, PatType, ReturnType, Type, TypeImplTrait, TypeReference, Visibility};

use super::parse::Options;
use super::type_names::{graph_of, is_context, last_segment, unwrapped};
use crate::crate_path::CratePath;
use crate::function::Function;
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
    /// The type that it returns; `None` if it returns nothing or an `impl Trait`.
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
        let parameters = signature.inputs.iter().filter_map(|input| match input {
            FnArg::Typed(typed) => Some(parameter(typed)),
            FnArg::Receiver(_) => None,
        });
        let returned = match &signature.output {
            ReturnType::Type(_, ty) => Some(&**ty).filter(|ty| !matches!(ty, Type::ImplTrait(_))),
            ReturnType::Default => None,
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
            parameters: parameters.collect(),
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
        self.context().is_some()
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

fn parameter(parameter: &PatType) -> Parameter<'_> {
    match unwrapped(&parameter.ty) {
        Type::ImplTrait(ty) => Parameter::ImplTrait(ty),
        Type::Reference(reference) => match last_segment(&reference.elem) {
            Some(last) if is_context(last) => match graph_of(last) {
                Some(Type::ImplTrait(any)) => Parameter::ImplTrait(any),
                graph => Parameter::Context { reference, graph },
            },
            Some(last) if last.ident != "str" => Parameter::State(StateParameter {
                reference,
                pattern: &parameter.pat,
                reads: Reads::of(&parameter.pat),
            }),
            _ => Parameter::Unknown(reference),
        },
        ty => match last_segment(ty) {
            Some(last) if is_context(last) => Parameter::OwnedContext(ty),
            _ => Parameter::Input(ty),
        },
    }
}
