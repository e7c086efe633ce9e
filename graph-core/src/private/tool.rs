//! What the expansions of `#[tool]` and `tools!` use.

use std::marker::PhantomData;

use schemars::generate::SchemaGenerator;
use schemars::{JsonSchema, Schema};
use serde::Serialize;
use serde_json::Value;

use super::interrupt::{Real, Stub};
use super::probe::{Is, No, Select};
use super::{Readable, never};
use crate::context::{Context, RunContext};
use crate::graph::Graph;
use crate::graph::text::Text;
use crate::model::ToolSpec;
use crate::node::IntoNodeError;
use crate::tool::{Arguments, NamedTool, Tool, ToolError, ToolFuture, ToolGraph, ToolOutput, is_optional};

/// Checks that no tool before it in the set has its name.
///
/// # Panics
/// If one has.
#[track_caller]
pub const fn has_a_name_of_its_own(name: &str, others: &[&str]) {
    let mut i = 0;
    while i < others.len() {
        if same(others[i], name) {
            let text = Text::new().push("two tools of the set have the name `").push(name);
            let text = text.push("`\nhelp: give one of them another one: `#[tool(name = \"..\")]`");
            panic!("{}", text.as_str());
        }
        i += 1;
    }
}

/// Two names that are none differ.
const fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut i = 0;
    while i < a.len() && i < b.len() && a[i] == b[i] {
        i += 1;
    }
    a.len() == b.len() && i == a.len() && i > 0
}

/// Reports a type that is no tool.
pub const fn must_be_a_tool<T: NamedTool>() {}

/// The name of a tool.
pub struct ToolNameProbe<T>(PhantomData<T>);

impl<T: NamedTool> ToolNameProbe<T> {
    pub const NAME: &'static str = T::NAME;
}

/// The name of what is no tool, which was reported: unlike any other.
pub trait NoToolName {
    const NAME: &'static str;
}

impl<T> NoToolName for ToolNameProbe<T> {
    const NAME: &'static str = "";
}

/// What is in a set in the place of what is no tool, which was reported.
pub trait NoTool: Sized {
    fn __given() -> StubTool {
        never()
    }
}

impl<T> NoTool for T {}

/// A stub for a tool: nothing of it is ever called.
pub struct StubTool;

impl<G: ToolGraph> Tool<G> for StubTool {
    fn spec(&self) -> ToolSpec {
        never()
    }

    fn call<'a>(&'a self, _: Value, _: &'a G::Context) -> ToolFuture<'a> {
        never()
    }
}

/// The arguments of tools: owned values that serde reads from JSON, and whose type has a JSON Schema.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the argument of a tool",
    label = "the model could not write it",
    note = "an argument is `Deserialize + JsonSchema`: add `#[derive(Deserialize, JsonSchema)]` to `{Self}`",
    note = "what the model never sees is `#[inject]`ed"
)]
pub trait ToolArgument: Readable + JsonSchema + Send + 'static {}

#[diagnostic::do_not_recommend]
impl<T: Readable + JsonSchema + Send + 'static> ToolArgument for T {}

/// Reports a type that cannot be an argument.
pub const fn must_be_a_tool_argument<T: ToolArgument>() {}

/// Whether `T` can be an argument.
pub struct ToolArgumentProbe<T>(PhantomData<T>);

impl<T> No for ToolArgumentProbe<T> {}

impl<T: ToolArgument> ToolArgumentProbe<T> {
    pub const YES: bool = true;
}

impl<T> Select<true> for ToolArgumentProbe<T> {
    type Type = Real<T>;
}

impl<T> Select<false> for ToolArgumentProbe<T> {
    type Type = Stub;
}

/// An argument of type `T`, or a stub that was reported.
pub trait ToolArgumentOrStub<T> {
    fn take(arguments: &mut Arguments, name: &'static str) -> Option<T>;
    fn schema(generator: &mut SchemaGenerator) -> Schema;
    fn is_optional() -> bool;
}

impl<T: ToolArgument> ToolArgumentOrStub<T> for Real<T> {
    fn take(arguments: &mut Arguments, name: &'static str) -> Option<T> {
        arguments.take(name)
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<T>()
    }

    fn is_optional() -> bool {
        is_optional::<T>()
    }
}

impl<T> ToolArgumentOrStub<T> for Stub {
    fn take(_: &mut Arguments, _: &'static str) -> Option<T> {
        never()
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        never()
    }

    fn is_optional() -> bool {
        never()
    }
}

/// What a tool may return, by itself or in a `Result`.
#[diagnostic::on_unimplemented(
    message = "a tool cannot return `{Self}`",
    label = "the model could not read it",
    note = "a tool returns what is `Serialize`, a text, content blocks, or a `Result` of one: add `#[derive(Serialize)]` to `{Self}`"
)]
pub trait ToolValue: Serialize + Send + 'static {}

#[diagnostic::do_not_recommend]
impl<T: Serialize + Send + 'static> ToolValue for T {}

/// Whether `R` is a `Result`: it is one by its type, under whatever name.
pub struct FallibleProbe<R>(PhantomData<R>);

impl<R> No for FallibleProbe<R> {}

impl<T, E> FallibleProbe<Result<T, E>> {
    pub const YES: bool = true;
}

impl<R> Select<true> for FallibleProbe<R> {
    type Type = Fallible;
}

impl<R> Select<false> for FallibleProbe<R> {
    type Type = Plain;
}

/// The return type is a `Result`.
pub struct Fallible;

/// The return type is none.
pub struct Plain;

/// What a tool returns, which is a `Result` or not.
#[diagnostic::on_unimplemented(
    message = "a tool cannot return `{Self}`",
    label = "the model could not read it",
    note = "a tool returns what is `Serialize`, a text, content blocks, or a `Result` of one: add `#[derive(Serialize)]` to `{Self}`"
)]
pub trait ToolReturn<Kind> {
    fn into_output(self) -> Result<ToolOutput, ToolError>;
}

#[diagnostic::do_not_recommend]
impl<T: ToolValue> ToolReturn<Plain> for T {
    fn into_output(self) -> Result<ToolOutput, ToolError> {
        ToolOutput::of(self)
    }
}

impl<T: ToolValue, E: IntoNodeError> ToolReturn<Fallible> for Result<T, E> {
    fn into_output(self) -> Result<ToolOutput, ToolError> {
        ToolOutput::of(self.map_err(|error| ToolError::Failed(error.into_node_error()))?)
    }
}

/// The output of a tool that has returned.
pub fn tool_output<R: ToolReturn<Kind>, Kind>(returned: R) -> Result<ToolOutput, ToolError> {
    returned.into_output()
}

/// The references that a tool may take: contexts.
#[diagnostic::on_unimplemented(
    message = "a tool cannot take `&{Self}`",
    label = "a reference that is no context",
    note = "a tool owns its arguments, as `{Self}`; the only reference is its context, `&RunContext` or `&Context<MyGraph>`"
)]
pub trait IsToolContext {}

impl IsToolContext for RunContext {}

impl<G: Graph> IsToolContext for Context<G> {}

/// Reports a reference that is no context.
pub const fn must_be_a_tool_context<C: IsToolContext + ?Sized>() {}

/// The context of a set as what one of its tools takes. `Answer` is whether that is a context; if not, it was reported.
#[diagnostic::on_unimplemented(
    message = "this tool takes `&{C}`, and the tools of this set are called with `&{Self}`",
    label = "a tool of another graph",
    note = "a tool that takes `&Context<MyGraph>` belongs in a `ToolSet<MyGraph>`; one that takes `&RunContext` in any set"
)]
pub trait LendsToTool<C: ?Sized, Answer> {
    fn lend(&self) -> &C;
}

impl LendsToTool<RunContext, Is<true>> for RunContext {
    fn lend(&self) -> &RunContext {
        self
    }
}

impl<G: Graph> LendsToTool<RunContext, Is<true>> for Context<G> {
    fn lend(&self) -> &RunContext {
        self
    }
}

impl<G: Graph> LendsToTool<Self, Is<true>> for Context<G> {
    fn lend(&self) -> &Self {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<C: ?Sized, T> LendsToTool<C, Is<false>> for T {
    fn lend(&self) -> &C {
        never()
    }
}
