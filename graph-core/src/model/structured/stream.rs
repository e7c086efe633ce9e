//! A value while it arrives.

use std::marker::PhantomData;

use serde_json::Value;

use super::output::Form;
use super::read::{Problem, object_so_far, value};
use super::{StructuredMode, StructuredOutput};
use crate::model::{ModelError, Reply};

/// What there is of a value.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum PartialValue<T> {
    /// A part of it, as JSON: fields may be missing, and texts may end early.
    SoFar(Value),
    /// All of it.
    Whole(T),
}

/// A value while it arrives: made by [`Structured::stream`](super::Structured::stream). Dropping it cancels the call.
#[must_use = "a reply goes on only while it is read"]
pub struct StructuredReply<T> {
    /// `None` at the end.
    reply: Option<Reply>,
    form: Form,
    mode: StructuredMode,
    /// What was shown last.
    shown: Value,
    value: PhantomData<fn() -> T>,
}

impl<T: StructuredOutput> StructuredReply<T> {
    pub(super) fn new(reply: Reply, form: Form, mode: StructuredMode) -> Self {
        Self { reply: Some(reply), form, mode, shown: Value::Null, value: PhantomData }
    }

    /// The value so far, each time that it has grown, and at last the whole value; then `None`.
    ///
    /// # Errors
    /// The model failed, or the answer does not fit: [`ModelError::UnexpectedOutput`].
    pub async fn next(&mut self) -> Option<Result<PartialValue<T>, ModelError>> {
        loop {
            let reply = self.reply.as_mut()?;
            match reply.next().await {
                Some(Ok(_)) => {
                    let Some(so_far) = so_far(reply, &self.form, self.mode).map(|json| self.form.unwrap(json)) else {
                        continue;
                    };
                    if so_far != self.shown {
                        self.shown = so_far.clone();
                        return Some(Ok(PartialValue::SoFar(so_far)));
                    }
                }
                Some(Err(error)) => {
                    self.reply = None;
                    return Some(Err(error));
                }
                None => {
                    let message = self.reply.take()?.into_message();
                    let read = value(&message, &self.form, self.mode);
                    return Some(read.map(PartialValue::Whole).map_err(|problem| {
                        let (Problem::Misfit(problem) | Problem::Final(problem)) = problem;
                        let (wanted, text) = (self.form.name.clone(), message.text());
                        ModelError::UnexpectedOutput { wanted, problem, text }
                    }));
                }
            }
        }
    }
}

fn so_far(reply: &Reply, form: &Form, mode: StructuredMode) -> Option<Value> {
    let reply = reply.so_far();
    if mode == StructuredMode::Tool {
        return reply.tool_calls().into_iter().find(|call| call.name == form.name).map(|call| call.args);
    }
    object_so_far(reply.text())
}

impl<T> std::fmt::Debug for StructuredReply<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StructuredReply").field("name", &self.form.name).finish_non_exhaustive()
    }
}
