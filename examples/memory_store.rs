//! Facts about a user are remembered across threads, and recalled by what is asked.
use async_trait::async_trait;
use graph_core::prelude::*;
use graph_core::store::{EmbedError, Embedder, InMemoryStore, Index, NamespacesQuery, Search, Store};

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct Chat {
    #[state(input)]
    user: String,
    #[state(input)]
    said: String,
    #[state(output)]
    reply: Late<String>,
}

/// What is remembered. Another type in its place would be an error that names the item, not a wrong answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Fact {
    text: String,
}

#[node]
async fn remember(Chat { user, said, .. }: &Chat, cx: &Context<ChatGraph>) -> NodeResult<()> {
    if let Some(text) = said.strip_prefix("remember: ") {
        let facts = cx.store().collection::<Fact>(["users", user, "facts"]);
        // A node that runs again writes the same item again.
        facts.put(cx.task_id().to_string(), &Fact { text: text.to_owned() }).await?;
    }
    Ok(())
}

#[node]
async fn confirm(Chat { said, .. }: &Chat) -> ChatWrite::Reply {
    ChatWrite::Reply(format!("noted, {}", said.replace("remember: ", "")))
}

#[node]
async fn recall(Chat { user, said, .. }: &Chat, cx: &Context<ChatGraph>) -> NodeResult<ChatWrite::Reply> {
    let facts = cx.store().collection::<Fact>(["users", user, "facts"]);
    let found = facts.search(&Search::new().text(said).limit(1)).await?;
    let best = found.first().filter(|item| item.score.is_some_and(|score| score > 0.0));
    let reply = best.map_or_else(|| "I do not know".to_owned(), |item| format!("you told me: {}", item.value.text));
    Ok(ChatWrite::Reply(reply))
}

graph! {
    ChatGraph<Chat> {
        store;

        START -> |Chat { said, .. }| if said.starts_with("remember: ") { remember } else { recall };
        remember -> confirm -> END;
        recall -> END;
    }
}

/// Stands for an embedding model: a dimension for each of a few subjects.
struct Subjects;

const SUBJECTS: [&[&str]; 3] = [&["eat", "food", "pizza", "curry"], &["pet", "cat", "dog"], &["live", "home", "Rome"]];

#[async_trait]
impl Embedder for Subjects {
    fn dimensions(&self) -> usize {
        SUBJECTS.len()
    }

    async fn embed(&self, texts: &[String]) -> Result<Vec<Vec<f32>>, EmbedError> {
        let about = |text: &String, words: &[&str]| words.iter().filter(|word| text.contains(**word)).count() as f32;
        Ok(texts.iter().map(|text| SUBJECTS.map(|words| about(text, words)).to_vec()).collect())
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let store = Store::new(InMemoryStore::new()).index(Index::new(Subjects).fields(["text"]));
    let app = ChatGraph::new(store.clone()).checkpointer(MemorySaver::new());
    for (thread, user, said) in [
        ("monday", "Ada", "remember: I like pizza"),
        ("monday", "Ada", "remember: my cat is called Byron"),
        ("monday", "Bob", "remember: I eat no curry"),
        ("friday", "Ada", "what shall we eat?"),
        ("sunday", "Ada", "who is my pet?"),
        ("sunday", "Bob", "what shall we eat?"),
        ("sunday", "Bob", "where do I live?"),
    ] {
        let input = ChatInput { user: user.into(), said: said.into() };
        println!("{thread}, {user}: {said}\n  {}", app.thread(thread).run(input).await?.reply);
    }
    for namespace in store.namespaces(&NamespacesQuery::new().prefix(["users"])).await? {
        let facts = store.collection::<Fact>(namespace.clone()).search(&Search::new()).await?;
        println!("{namespace}: {} facts", facts.len());
    }
    Ok(())
}
