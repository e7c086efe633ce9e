//! The scripted model.
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;

use super::super::chat_model::{ChatModel, ChunkStream};
use super::super::error::ModelError;
use super::super::prompt::Prompt;
use super::playback::play;
use super::turn::Turn;

/// A model for tests: plays a script, one turn for each call, and records the prompts. Clones share both.
///
/// ```
/// use graph_core::model::{ChatModel, ModelError, ScriptedModel, Turn};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), ModelError> {
/// let model = ScriptedModel::new().reply("hello world").turn(Turn::new().text("Hel").text("lo"));
/// assert_eq!(model.complete("hi".into()).await?.text(), "hello world");
/// assert_eq!(model.complete("again".into()).await?.text(), "Hello");
/// assert_eq!(model.complete("more".into()).await, Err(ModelError::ScriptEnded { turns: 2 }));
/// assert_eq!(model.prompts()[1].messages[0].text(), "again");
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct ScriptedModel {
    shared: Arc<Mutex<ScriptState>>,
    name: Arc<str>,
}

struct ScriptState {
    script: Script,
    prompts: Vec<Prompt>,
}

enum Script {
    Turns { turns: Vec<Turn>, repeat: bool },
    Function(Arc<dyn Fn(&Prompt) -> Turn + Send + Sync>),
}

impl ScriptedModel {
    /// A model without turns; add some with [`reply`](Self::reply) and [`turn`](Self::turn).
    pub fn new() -> Self {
        ScriptedModel::of(Script::Turns { turns: Vec::new(), repeat: false })
    }

    /// A model that makes each turn from the prompt. It never runs out of turns.
    ///
    /// ```
    /// use graph_core::model::{ScriptedModel, Turn};
    /// let echo = ScriptedModel::from_fn(|prompt| Turn::words(&prompt.messages.last().unwrap().text()));
    /// ```
    pub fn from_fn(turn: impl Fn(&Prompt) -> Turn + Send + Sync + 'static) -> Self {
        ScriptedModel::of(Script::Function(Arc::new(turn)))
    }

    fn of(script: Script) -> Self {
        let shared = Arc::new(Mutex::new(ScriptState { script, prompts: Vec::new() }));
        ScriptedModel { shared, name: "scripted".into() }
    }

    fn lock(&self) -> MutexGuard<'_, ScriptState> {
        // The lock guards no invariant that a panic could break.
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a turn. Has no effect on a model made by [`from_fn`](Self::from_fn).
    #[must_use]
    pub fn turn(self, turn: impl Into<Turn>) -> Self {
        if let Script::Turns { turns, .. } = &mut self.lock().script {
            turns.push(turn.into());
        }
        self
    }

    /// Adds a plain reply, one token for each word.
    #[must_use]
    pub fn reply(self, text: &str) -> Self {
        self.turn(text)
    }

    /// Restarts the script after the last turn. Has no effect on a model made by [`from_fn`](Self::from_fn).
    #[must_use]
    pub fn repeat(self) -> Self {
        if let Script::Turns { repeat, .. } = &mut self.lock().script {
            *repeat = true;
        }
        self
    }

    /// Sets the name of the model, for tests with several.
    #[must_use]
    pub fn named(mut self, name: impl Into<Arc<str>>) -> Self {
        self.name = name.into();
        self
    }

    /// The prompts so far.
    pub fn prompts(&self) -> Vec<Prompt> {
        self.lock().prompts.clone()
    }

    /// Records the prompt and returns its turn.
    fn next(&self, prompt: Prompt) -> Result<Turn, ModelError> {
        let function = {
            let shared = &mut *self.lock();
            let asked = shared.prompts.len();
            match &shared.script {
                Script::Turns { turns, repeat } => {
                    let count = turns.len();
                    let turn = if *repeat && count > 0 { turns.get(asked % count) } else { turns.get(asked) };
                    let turn = turn.cloned().ok_or(ModelError::ScriptEnded { turns: count });
                    shared.prompts.push(prompt);
                    return turn;
                }
                Script::Function(function) => {
                    let function = Arc::clone(function);
                    shared.prompts.push(prompt.clone());
                    function
                }
            }
        };
        // Outside of the lock: the function may call `prompts()`.
        Ok(function(&prompt))
    }
}

impl Default for ScriptedModel {
    fn default() -> Self {
        ScriptedModel::new()
    }
}

impl fmt::Debug for ScriptedModel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shared = self.lock();
        let mut debug = f.debug_struct("ScriptedModel");
        match &shared.script {
            Script::Turns { turns, repeat } => debug.field("turns", &turns.len()).field("repeat", repeat),
            Script::Function(_) => debug.field("turns", &"a function"),
        };
        debug.field("asked", &shared.prompts.len()).finish()
    }
}

#[async_trait]
impl ChatModel for ScriptedModel {
    fn provider(&self) -> &'static str {
        "scripted"
    }

    fn model(&self) -> &str {
        &self.name
    }

    fn name(&self) -> &'static str {
        "ScriptedModel"
    }

    async fn generate(&self, prompt: Prompt) -> Result<ChunkStream, ModelError> {
        play(self.next(prompt)?)
    }
}
