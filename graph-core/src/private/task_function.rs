//! What the expansions of `#[task]` and `#[workflow]` use.

use std::future::Future;
use std::marker::PhantomData;

use super::interrupt::{Real, Stub};
use super::never;
use super::probe::{No, Select};
use crate::context::Context;
use crate::functional::{
    Final, IsContext, RunsTask, TaskCall, TaskFn, TaskReturn, TaskValue, WorkflowArgument, WorkflowResult,
    WorkflowReturn, call,
};
use crate::node::NodeError;

/// Reports a result that cannot be saved.
pub const fn must_be_a_task_value<T: TaskValue>() {}

/// Reports what a task cannot return.
pub const fn must_be_returned_by_a_task<R: TaskReturn>() {}

/// Reports a last parameter that is no context.
pub const fn must_be_a_context<C: IsContext + ?Sized>() {}

/// Whether a task may return `R`.
pub struct TaskReturnProbe<R>(PhantomData<R>);

impl<R> No for TaskReturnProbe<R> {}

impl<R: TaskReturn> TaskReturnProbe<R> {
    pub const YES: bool = true;
}

impl<R> Select<true> for TaskReturnProbe<R> {
    type Type = Real<R>;
}

impl<R> Select<false> for TaskReturnProbe<R> {
    type Type = Stub;
}

/// What a task returns, or a stub that was reported.
pub trait TaskReturnOrStub<R> {
    type Output: Send + Sync + 'static;
    fn into_result(returned: R) -> Result<Self::Output, NodeError>;
}

impl<R: TaskReturn<Output: Send + Sync + 'static>> TaskReturnOrStub<R> for Real<R> {
    type Output = R::Output;

    fn into_result(returned: R) -> Result<R::Output, NodeError> {
        returned.__into_result()
    }
}

impl<R> TaskReturnOrStub<R> for Stub {
    type Output = ();

    fn into_result(_: R) -> Result<(), NodeError> {
        never()
    }
}

/// The call of a task that runs once.
pub fn call_once<'a, T, G, F>(
    cx: &'a Context<G>,
    work: impl FnOnce(Context<G>) -> F + Send + 'a,
) -> TaskCall<'a, T::Output>
where
    T: TaskFn,
    G: RunsTask<T, Output = T::Output>,
    F: Future<Output = T::Returned> + Send + 'a,
{
    let mut work = Some(work);
    call::<T, G, _, _>(cx, move |cx| {
        let run = work.take()?(cx);
        Some(async move { T::__into_result(run.await) })
    })
}

/// The call of a task that may run more than once.
pub fn call_again<'a, T, G, F>(
    cx: &'a Context<G>,
    mut work: impl FnMut(Context<G>) -> F + Send + 'a,
) -> TaskCall<'a, T::Output>
where
    T: TaskFn,
    G: RunsTask<T, Output = T::Output>,
    F: Future<Output = T::Returned> + Send + 'a,
{
    call::<T, G, _, _>(cx, move |cx| {
        let run = work(cx);
        Some(async move { T::__into_result(run.await) })
    })
}

/// Whether `T` is a [`Final`].
pub struct FinalProbe<T>(PhantomData<T>);

impl<T> No for FinalProbe<T> {}

impl<T, P> FinalProbe<Final<T, P>> {
    pub const YES: bool = true;
}

impl<T, P> Select<true> for FinalProbe<Final<T, P>> {
    type Type = Both<T, P>;
}

impl<T> Select<false> for FinalProbe<T> {
    type Type = One<T>;
}

/// A workflow returns a value and saves another.
pub struct Both<T, P>(PhantomData<(T, P)>);

/// A workflow saves what it returns.
pub struct One<T>(PhantomData<T>);

/// What a workflow returns and saves.
pub trait Ends<R> {
    type Value;
    type Saved;
    /// What it returns; what it saves is dropped.
    fn value(returned: R) -> Self::Value;
    /// Both. What is returned and saved is copied.
    fn split(returned: R, copy: impl FnOnce(&R) -> R) -> (Self::Value, Self::Saved);
}

impl<T, P> Ends<Final<T, P>> for Both<T, P> {
    type Value = T;
    type Saved = P;

    fn value(returned: Final<T, P>) -> T {
        returned.value
    }

    fn split(returned: Final<T, P>, _: impl FnOnce(&Final<T, P>) -> Final<T, P>) -> (T, P) {
        (returned.value, returned.save)
    }
}

impl<T> Ends<T> for One<T> {
    type Value = T;
    type Saved = T;

    fn value(returned: T) -> T {
        returned
    }

    fn split(returned: T, copy: impl FnOnce(&T) -> T) -> (T, T) {
        (copy(&returned), returned)
    }
}

/// Workflows that save nothing but their result.
#[diagnostic::on_unimplemented(
    message = "nothing takes what this workflow saves",
    label = "it returns a `Final`, and has no parameter for what was saved",
    note = "add a parameter `#[previous] previous: Option<..>`, or return the value alone"
)]
pub trait SavesNothing {}

impl<T> SavesNothing for One<T> {}

/// Reports a `Final` without `#[previous]`.
pub const fn must_save_nothing<E: SavesNothing>() {}

/// Whether a workflow may return `R`.
pub struct WorkflowReturnProbe<R>(PhantomData<R>);

impl<R> No for WorkflowReturnProbe<R> {}

impl<R: WorkflowReturn> WorkflowReturnProbe<R> {
    pub const YES: bool = true;
}

impl<R> Select<true> for WorkflowReturnProbe<R> {
    type Type = Real<R>;
}

impl<R> Select<false> for WorkflowReturnProbe<R> {
    type Type = Stub;
}

/// What a workflow returns, or a stub that was reported.
pub trait WorkflowReturnOrStub<R> {
    type Output;
    fn into_result(returned: R) -> Result<Self::Output, NodeError>;
}

impl<R: WorkflowReturn> WorkflowReturnOrStub<R> for Real<R> {
    type Output = R::Output;

    fn into_result(returned: R) -> Result<R::Output, NodeError> {
        returned.__into_result()
    }
}

impl<R> WorkflowReturnOrStub<R> for Stub {
    type Output = ();

    fn into_result(_: R) -> Result<(), NodeError> {
        never()
    }
}

/// Reports an argument that cannot be saved.
pub const fn must_be_an_argument<T: WorkflowArgument>() {}

/// Reports a result that cannot be saved.
pub const fn must_be_a_workflow_result<T: WorkflowResult>() {}

/// Reports what a workflow cannot return.
pub const fn must_be_returned_by_a_workflow<R: WorkflowReturn>() {}
