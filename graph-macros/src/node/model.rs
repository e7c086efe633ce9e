//! What a node is: what its function takes and gives.

use syn::{Attribute, Ident, Type, Visibility};

use crate::crate_path::CratePath;
use crate::reads::Reads;

pub(crate) struct Node<'a> {
    pub krate: CratePath,
    pub docs: Vec<&'a Attribute>,
    pub cfgs: Vec<&'a Attribute>,
    pub vis: &'a Visibility,
    pub ident: &'a Ident,
    pub is_async: bool,
    /// Whether a type can stand beside it: not beside a method.
    pub is_free: bool,
    /// The task's own input.
    pub input: Option<&'a Type>,
    pub state: Option<(&'a Type, Reads)>,
    pub context: Option<Context<'a>>,
    /// What it returns; `None` where it does not say.
    pub output: Option<&'a Type>,
}

pub(crate) enum Context<'a> {
    /// `&Context<ChatGraph>`: for that graph only.
    Of(&'a Type),
    /// `&RunContext`: for any graph.
    Any,
}
