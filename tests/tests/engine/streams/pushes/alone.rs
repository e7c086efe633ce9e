//! One node that pushes: streamed at once, written with its update, saved.

use super::*;

#[node]
async fn search(_: &Chat, cx: &Context<Search>) -> Said {
    cx.push_message(say("looking").with_id("p1"));
    sleep(Duration::from_mins(1)).await;
    cx.push_message(say("still looking"));
    // Returned under the id of a streamed message: it changes the message, and is not streamed again.
    Said { messages: vec![say("found"), say("looked").with_id("p1")].into() }
}

graph! {
    Search<Chat> {
        START -> search -> END;
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_pushed_is_streamed_whole_and_at_once_and_stands_before_what_is_returned() {
    let begin = Instant::now();
    let mut pieces = Search::new().run(nothing()).messages();
    let first = pieces.next().await.unwrap().unwrap();
    assert_eq!(begin.elapsed(), Duration::ZERO, "the node has not ended");
    let MessageContent::Whole(message) = &first.content else { panic!("no whole message") };
    assert_eq!((message.id(), first.node, first.attempt, first.step), ("p1", SearchNode::Search, 1, 1));
    let mut rest = Vec::new();
    while let Some(piece) = pieces.next().await {
        rest.push(piece.unwrap().text().into_owned());
    }
    assert_eq!(rest, ["still looking", "found"]);
    let messages = &pieces.output().unwrap().messages;
    assert_eq!(texts(messages), ["looked", "still looking", "found"]);
    assert!(messages.iter().all(|message| !message.id().is_empty()));
}

#[tokio::test(start_paused = true)]
async fn the_updates_have_it_when_the_task_has_ended() {
    let (parts, error) = read(Search::new().run(nothing()).stream(Mode::UPDATES | Mode::TASKS)).await;
    assert!(error.is_none());
    let told: Vec<_> = parts
        .iter()
        .map(|part| match part {
            Part::Task(task) if matches!(task.state, TaskState::Started { .. }) => "start".to_owned(),
            Part::Task(_) => "end".to_owned(),
            Part::Pushed(pushed) => format!("{} {}: {}", pushed.node, pushed.field, pushed.message.text()),
            Part::Update(_) => "update".to_owned(),
            other => panic!("{other:?}"),
        })
        .collect();
    let pushed = ["search messages: looking", "search messages: still looking"];
    assert_eq!(told, ["start", pushed[0], pushed[1], "update", "end"]);
    let json = serde_json::to_value(&parts[1]).unwrap();
    assert_eq!((&json["type"], &json["data"]["search"]["messages"][0]["id"]), (&json!("updates"), &json!("p1")));
    let ids = |part: &Part<Search>| match part {
        Part::Pushed(pushed) => pushed.task,
        Part::Task(task) => task.id,
        other => panic!("{other:?}"),
    };
    assert_eq!(ids(&parts[0]), ids(&parts[1]), "one task");
    assert_eq!(items(Search::new().run(nothing()).updates()).await.len(), 1, "the nodes' own updates");
}

#[tokio::test(start_paused = true)]
async fn what_is_pushed_is_saved_and_read_back() {
    let thread = Search::new().checkpointer(MemorySaver::new()).thread("t");
    for turn in 1..=3 {
        let input = ChatInput { messages: Message::user(format!("turn {turn}")).into() };
        let state = thread.run(input).await.unwrap();
        // Loading the log applies the updates again.
        assert_eq!(thread.state().await.unwrap().values.messages, state.messages);
        assert_eq!(state.messages.len(), 1 + 3 * turn, "one of each turn stands in the place of the first turn's");
    }
}
