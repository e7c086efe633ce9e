//! Many users at once: one thread for each, all runs on one runtime, with a count of the active nodes.
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::future::try_join_all;
use graph_core::prelude::*;

const USERS: usize = 50;
const TURNS: [&str; 3] = ["hi! I'm {}", "how many words are in this sentence?", "what's my name?"];

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct ChatState {
    #[state(input, reduce = AddMessages)]
    messages: Vec<Message>,
}

/// The name of a user: one of fifty.
fn name(user: usize) -> String {
    let (first, last) = (["Al", "Be", "Ca", "Da", "Em"], ["an", "el", "io", "or", "us", "ra", "ne", "ti", "ko", "mu"]);
    format!("{}{}", first[user / last.len() % first.len()], last[user % last.len()])
}

/// The dependencies that all users share.
struct Service {
    model: Arc<dyn ChatModel>,
    active: AtomicUsize,
    most: AtomicUsize,
}

impl Service {
    /// Counts an active node until the guard is dropped, also if the run is cancelled.
    fn enter(&self) -> Active<'_> {
        let active = self.active.fetch_add(1, Ordering::Relaxed) + 1;
        self.most.fetch_max(active, Ordering::Relaxed);
        Active(self)
    }
}

struct Active<'a>(&'a Service);

impl Drop for Active<'_> {
    fn drop(&mut self) {
        self.0.active.fetch_sub(1, Ordering::Relaxed);
    }
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(ChatState)]
struct Reply {
    messages: Messages,
}

#[node]
async fn answer(state: &ChatState, cx: &Context<UserGraph>) -> NodeResult<Reply> {
    let _active = cx.deps().enter();
    // Lets the other runs make progress.
    tokio::task::yield_now().await;
    Ok(Reply { messages: cx.deps().model.invoke(state.messages.clone(), cx).await?.into() })
}

graph! {
    UserGraph<ChatState, Service> {
        START -> answer -> END;
    }
}

#[tokio::main]
async fn main() -> graph_core::Result<()> {
    let service = Service { model: graph_models::from_env()?, active: AtomicUsize::new(0), most: AtomicUsize::new(0) };
    let app = UserGraph::new(service);
    let deps = app.clone();
    let app = app.checkpointer(MemorySaver::new());

    let users = (0..USERS).map(|user| {
        let thread = app.thread(format!("user-{user}"));
        async move {
            let mut last = None;
            for turn in TURNS {
                let text = turn.replace("{}", &name(user));
                last = Some(thread.run(ChatStateInput { messages: Message::user(text).into() }).await?);
            }
            Ok::<_, graph_core::Error>((user, last))
        }
    });
    let mut remembered = 0;
    for (user, state) in try_join_all(users).await? {
        let reply = state.and_then(|state| state.messages.last().map(Message::text)).unwrap_or_default();
        remembered += usize::from(reply.contains(&name(user)));
        if user == 0 {
            println!("user 0 was told: {reply}");
        }
    }
    println!("{USERS} users, {} turns, {remembered} remembered by name", USERS * TURNS.len());

    let Service { active, most, .. } = deps.deps();
    eprintln!("at most {} nodes were active at once", most.load(Ordering::Relaxed));
    println!("active now: {}", active.load(Ordering::Relaxed));
    Ok(())
}
