//! Asking a model for a value, until what it answers fits.

use std::marker::PhantomData;

use super::output::Form;
use super::read::{Problem, value};
use super::stream::StructuredReply;
use super::{StructuredMode, StructuredOutput};
use crate::context::RunContext;
use crate::message::{Message, ToolStatus};
use crate::model::{ChatModel, ChatModelExt, ModelCall, ModelError, Prompt, ToolChoice, ToolSpec};

/// How often a model is asked by default.
const ATTEMPTS: u32 = 3;

/// A model that answers with values of type `T`: made by [`ChatModelExt::structured`].
///
/// What the model writes is read by serde. If it does not fit, the model is shown what is wrong, and asked again.
///
/// ```
/// use graph_core::JsonSchema;
/// use graph_core::model::ScriptedModel;
/// use graph_core::prelude::*;
///
/// #[derive(Deserialize, JsonSchema, Debug, PartialEq)]
/// struct City {
///     name: String,
///     /// In thousands.
///     inhabitants: u32,
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let model = ScriptedModel::new()
///     .reply(r#"{"name": "Paris", "inhabitants": "many"}"#)
///     .reply(r#"{"name": "Paris", "inhabitants": 2100}"#);
/// let city = model.structured::<City>().invoke("The largest city of France?", &RunContext::detached()).await?;
/// assert_eq!(city, City { name: "Paris".into(), inhabitants: 2100 });
///
/// let told = model.prompts()[1].messages.last().unwrap().text();
/// assert!(told.contains("`inhabitants`: invalid type: string \"many\", expected u32"), "{told}");
/// # Ok(())
/// # }
/// ```
#[must_use = "the model is asked by `invoke` or `stream`"]
pub struct Structured<'a, M: ?Sized, T> {
    model: &'a M,
    form: Form,
    mode: StructuredMode,
    attempts: u32,
    value: PhantomData<fn() -> T>,
}

impl<'a, M: ChatModel + ?Sized, T: StructuredOutput> Structured<'a, M, T> {
    pub(in crate::model) fn new(model: &'a M) -> Self {
        Self { model, form: Form::of::<T>(), mode: StructuredMode::Auto, attempts: ATTEMPTS, value: PhantomData }
    }

    /// How the model is asked.
    pub fn mode(mut self, mode: StructuredMode) -> Self {
        self.mode = mode;
        self
    }

    /// How often the model is asked until its answer fits, at least once; 3 times by default.
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts.max(1);
        self
    }

    /// The value. Its tokens are streamed to the run, as those of [`ChatModelExt::invoke`].
    ///
    /// # Errors
    /// The model failed, or the answer does not fit after all attempts: [`ModelError::UnexpectedOutput`].
    pub fn invoke(self, prompt: impl Into<Prompt>, cx: &'a RunContext) -> ModelCall<'a, T> {
        let prompt = prompt.into();
        Box::pin(async move {
            let mut mode = self.first_mode();
            let mut asked = self.asked(prompt.clone(), mode);
            let mut attempt = 1;
            loop {
                let reply = match self.model.invoke(asked.clone(), cx).await {
                    Err(ModelError::Unsupported { .. }) if self.falls_back(mode) => {
                        mode = StructuredMode::Tool;
                        asked = self.asked(prompt.clone(), mode);
                        continue;
                    }
                    reply => reply?,
                };
                let problem = match value(&reply, &self.form, mode) {
                    Ok(value) => return Ok(value),
                    Err(Problem::Misfit(problem)) if attempt < self.attempts => problem,
                    Err(Problem::Misfit(problem) | Problem::Final(problem)) => return Err(self.error(problem, &reply)),
                };
                attempt += 1;
                asked.messages.extend(correction(reply, &problem));
            }
        })
    }

    /// The value while it arrives: what there is of it, as JSON, and at last the value. There is one attempt: what was
    /// seen cannot be taken back.
    ///
    /// # Errors
    /// The request failed. Later errors are the last item.
    pub fn stream(self, prompt: impl Into<Prompt>, cx: &'a RunContext) -> ModelCall<'a, StructuredReply<T>> {
        let prompt = prompt.into();
        Box::pin(async move {
            let mode = self.first_mode();
            let reply = match self.model.stream(self.asked(prompt.clone(), mode), cx).await {
                Err(ModelError::Unsupported { .. }) if self.falls_back(mode) => {
                    let asked = self.asked(prompt, StructuredMode::Tool);
                    return Ok(StructuredReply::new(
                        self.model.stream(asked, cx).await?,
                        self.form,
                        StructuredMode::Tool,
                    ));
                }
                reply => reply?,
            };
            Ok(StructuredReply::new(reply, self.form, mode))
        })
    }

    fn first_mode(&self) -> StructuredMode {
        if self.mode == StructuredMode::Auto { StructuredMode::Native } else { self.mode }
    }

    fn falls_back(&self, mode: StructuredMode) -> bool {
        self.mode == StructuredMode::Auto && mode == StructuredMode::Native
    }

    /// The prompt that asks for the value.
    fn asked(&self, prompt: Prompt, mode: StructuredMode) -> Prompt {
        let Form { name, schema, .. } = &self.form;
        match mode {
            StructuredMode::Tool => {
                let tool = ToolSpec::new(name, "Call this with the answer.", schema.clone());
                prompt.tools([tool]).tool_choice(ToolChoice::Tool(name.clone()))
            }
            StructuredMode::Prompted => {
                let mut prompt = prompt;
                let text = format!("Answer with nothing but JSON that fits this JSON Schema:\n{schema}");
                prompt.messages.push(Message::user(text));
                prompt
            }
            StructuredMode::Auto | StructuredMode::Native => prompt.json_schema(name, schema.clone()),
        }
    }

    fn error(&self, problem: String, reply: &Message) -> ModelError {
        ModelError::UnexpectedOutput { wanted: self.form.name.clone(), problem, text: reply.text() }
    }
}

/// The reply, and what is wrong with it.
fn correction(reply: Message, problem: &str) -> Vec<Message> {
    let text = format!("That does not fit: {problem}. Answer again, with all of it.");
    let calls: Vec<_> = reply.tool_calls().iter().map(|call| (call.id.clone(), call.name.clone())).collect();
    let invalid = reply.invalid_tool_calls().iter().map(|call| (call.id.clone(), call.name.clone()));
    // Each call needs an answer.
    let mut answers: Vec<Message> = calls
        .into_iter()
        .chain(invalid)
        .map(|(id, name)| Message::tool(id, text.clone()).with_name(name).with_status(ToolStatus::Error))
        .collect();
    if answers.is_empty() {
        answers.push(Message::user(text));
    }
    answers.insert(0, reply);
    answers
}

impl<M: ?Sized, T> std::fmt::Debug for Structured<'_, M, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Structured").field("name", &self.form.name).field("mode", &self.mode).finish_non_exhaustive()
    }
}
