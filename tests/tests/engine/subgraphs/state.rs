//! The updates of subgraphs: replaced, added by several at once, written for the first time; in every kind of run.

use graph_core::prelude::*;

use crate::kit::{Line, Log, given, line};

mod late {
    use super::*;

    #[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
    struct Evening {
        #[state(input)]
        topic: String,
        joke: Late<String>,
        laughs: u64,
    }

    #[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
    #[state(parent = Evening)]
    struct Writing {
        #[state(shared)]
        topic: String,
        #[state(shared)]
        joke: Late<String>,
    }

    #[derive(Update, Clone, Debug, Serialize, Deserialize)]
    #[update(Writing)]
    struct Joked {
        joke: String,
    }

    #[derive(Update, Clone, Debug, Serialize, Deserialize)]
    #[update(Evening)]
    struct Laughs {
        laughs: u64,
    }

    #[node]
    fn write(Writing { topic, .. }: &Writing) -> Joked {
        Joked { joke: format!("a joke about {topic}") }
    }

    graph! {
        Writer<Writing> {
            START -> write -> END;
        }
    }

    /// Reads a field that only the subgraph writes: without it, this does not compile.
    #[node]
    fn laugh(Evening { joke, .. }: &Evening) -> Laughs {
        Laughs { laughs: joke.len() as u64 }
    }

    graph! {
        Show<Evening> {
            START -> Writer as writer -> laugh -> END;
        }
    }

    #[tokio::test]
    async fn what_a_subgraph_wrote_is_written_for_the_nodes_behind_it() {
        let state = Show::new().run(EveningInput { topic: "cats".into() }).await.unwrap();
        assert_eq!((state.joke, state.laughs), (Late::new("a joke about cats".to_owned()), 17));
    }
}

mod replaced {
    use super::*;
    use graph_core::state::Write;

    #[derive(State, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
    struct Chat {
        #[state(input, reduce = AddMessages)]
        messages: Vec<Message>,
    }

    #[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
    #[state(parent = Chat)]
    struct Own {
        #[state(shared, reduce = AddMessages)]
        messages: Vec<Message>,
        forgotten: u64,
    }

    #[node]
    fn forget(state: &Own) -> OwnUpdate {
        let summary = Message::system(format!("{} messages", state.messages.len())).with_id("summary");
        OwnUpdate::default().replace_messages(vec![summary]).forgotten(state.messages.len() as u64)
    }

    #[node]
    fn add(_: &Own) -> OwnUpdate {
        OwnUpdate::default().messages(Message::assistant("and on").with_id("on").into())
    }

    graph! {
        Forgetting<Own> {
            START -> forget -> add -> END;
        }
    }

    #[node]
    fn forget_all(_: &Chat) -> ChatUpdate {
        ChatUpdate::default().replace_messages(vec![Message::system("nothing").with_id("nothing")])
    }

    graph! {
        ForgettingAll<Chat> {
            START -> forget_all -> END;
        }
    }

    graph! {
        Forgets<Chat> {
            START -> |Chat { messages }| if messages.len() > 1 { Forgetting as some } else { ForgettingAll as all };
            some -> END;
            all -> END;
        }
    }

    fn texts(state: &Chat) -> Vec<String> {
        state.messages.iter().map(Message::text).collect()
    }

    #[tokio::test]
    async fn a_field_that_is_replaced_inside_is_replaced_outside() {
        let two = || ChatInput { messages: vec![Message::user("one"), Message::user("two")].into() };
        let app = Forgets::new();
        assert_eq!(texts(&app.run(two()).await.unwrap()), ["2 messages", "and on"]);
        let one = ChatInput { messages: Message::user("one").into() };
        assert_eq!(texts(&app.run(one).await.unwrap()), ["nothing"]);
        let mut updates = app.run(two()).updates();
        let Some(Ok(ForgetsUpdate::Some(back))) = updates.next().await else { panic!("a subgraph has ended") };
        assert!(matches!(&back.messages, Write::Replace(messages) if messages.len() == 2), "{back:?}");

        let thread = app.checkpointer(MemorySaver::new()).thread("t");
        let state = thread.run(two()).await.unwrap();
        assert_eq!(*thread.state().await.unwrap().values, state, "so it is in the log, too");
    }
}

mod halves {
    use super::*;

    #[node]
    async fn slow(Log { log }: &Log) -> Line {
        tokio::task::yield_now().await;
        line(format!("slow sees {}", log.len()))
    }

    #[node]
    fn after(Log { log }: &Log) -> Line {
        line(format!("after sees {}", log.len()))
    }

    graph! {
        Half<Log> {
            START -> slow -> after -> END;
        }
    }

    #[node]
    fn meet(_: &Log) -> Line {
        line("meet")
    }

    graph! {
        Halves<Log> {
            START -> [Half as left, Half as right];
            [left, right] -> meet -> END;
        }
    }

    const ALL: [&str; 6] = ["x", "slow sees 1", "after sees 2", "slow sees 1", "after sees 2", "meet"];

    #[tokio::test]
    async fn subgraphs_side_by_side_each_add_what_is_theirs() {
        assert_eq!(Halves::new().run(given("x")).await.unwrap().log, ALL);
        let mut told = Halves::new().run(given("x")).subgraphs().updates();
        let mut tasks = Vec::new();
        while let Some(item) = told.next().await {
            if let WithSubgraphs::Subgraph(namespace, inside) = item.unwrap() {
                let node = namespace.segments()[0].node;
                assert_eq!(node, if matches!(inside, HalvesSubgraph::Left(_)) { "left" } else { "right" });
                tasks.push(namespace.segments()[0].task);
            }
        }
        tasks.sort_unstable();
        tasks.dedup();
        assert_eq!(tasks.len(), 2);
    }

    #[test]
    fn a_nest_runs_blocking() {
        assert_eq!(Halves::new().run(given("x")).blocking().unwrap().log, ALL);
        let inside = Halves::new().run(given("x")).subgraphs().updates().blocking();
        let inside = inside.filter(|item| matches!(item, Ok(WithSubgraphs::Subgraph(..))));
        assert_eq!(inside.count(), 4);
    }

    #[tokio::test]
    async fn a_nest_runs_detached() {
        assert_eq!(Halves::new().run(given("x")).spawn().await.unwrap().log, ALL);
        let mut parts = Halves::new().run(given("x")).subgraphs().stream(Mode::UPDATES).spawn(1);
        let mut inside = 0;
        while let Some(part) = futures_util::StreamExt::next(&mut parts).await {
            inside += usize::from(matches!(part.unwrap(), Part::Subgraph(_)));
        }
        assert_eq!(inside, 4);
    }
}
