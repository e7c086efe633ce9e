//! Parts as JSON: `{type, ns, data}`, in LangGraph's form.

use graph_core::model::{ScriptedModel, Turn};
use graph_core::prelude::*;
use serde_json::{Value, json};

use crate::kit::{items, read};

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct Chat {
    #[state(input, reduce = AddMessages)]
    messages: Vec<Message>,
    late: Late<u64>,
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(Chat)]
struct Said {
    messages: Messages,
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(Chat)]
struct Number {
    late: u64,
}

#[node]
async fn asks(Chat { messages, .. }: &Chat, cx: &Context<Shapes>) -> NodeResult<Said> {
    cx.emit(json!({"asked": 1}));
    Ok(Said { messages: cx.deps().invoke(Prompt::new(messages).tag("deep"), cx).await?.into() })
}

graph! {
    Shapes<Chat, ScriptedModel> {
        custom Value;

        START -> asks -> |Chat { messages, .. }| if messages[0].text() == "fail" { fails } else { writes };
        fails -> END;
        writes -> END;
    }
}

#[node]
fn fails(_: &Chat) -> NodeResult<Number> {
    Err(NodeError::msg("told to"))
}

#[node]
fn writes(_: &Chat) -> Number {
    Number { late: 7 }
}

/// All parts of a run in these modes, as JSON.
async fn parts(text: &str, modes: Mode) -> Vec<Value> {
    let model = ScriptedModel::new().turn(Turn::new().id("m").text("Hel").text("lo"));
    let thread = Shapes::new(model).checkpointer(MemorySaver::new()).thread("t");
    let run = thread.run(ChatInput { messages: Message::user(text).with_id("u").into() });
    let (parts, _) = read(run.tags(["mine"]).metadata("tenant", "x").stream(modes)).await;
    parts.iter().map(|part| serde_json::to_value(part).unwrap()).collect()
}

fn data<'p>(parts: &'p [Value], mode: &str) -> Vec<&'p Value> {
    parts.iter().filter(|part| part["type"] == mode).map(|part| &part["data"]).collect()
}

fn human() -> Value {
    serde_json::to_value(Message::user("hi").with_id("u")).unwrap()
}

#[tokio::test]
async fn every_part_has_its_mode_its_namespace_and_its_data() {
    let parts = parts("hi", Mode::ALL).await;
    for part in &parts {
        let keys: Vec<_> = part.as_object().unwrap().keys().map(String::as_str).collect();
        let values: &[_] = if part["type"] == "values" { &["interrupts"] } else { &[] };
        let mut expected = [&["type", "ns", "data"], values].concat();
        expected.sort_unstable();
        let mut keys = keys;
        keys.sort_unstable();
        assert_eq!(keys, expected);
        assert_eq!(part["ns"], json!([]));
    }
    for mode in ["values", "updates", "messages", "custom", "tasks", "checkpoints", "debug", "events"] {
        assert!(!data(&parts, mode).is_empty(), "no {mode}");
    }
}

#[tokio::test]
async fn values_updates_and_custom_events_are_the_values_themselves() {
    let parts = parts("hi", Mode::VALUES | Mode::UPDATES | Mode::CUSTOM).await;
    let values = data(&parts, "values");
    assert_eq!(*values[0], json!({"messages": [human()]}), "a field that nothing has written is not there");
    assert_eq!(values[2]["late"], 7);
    let updates = data(&parts, "updates");
    assert_eq!(updates[0]["asks"]["messages"][0]["content"], "Hello");
    assert_eq!(*updates[1], json!({"writes": {"late": 7}}));
    assert_eq!(data(&parts, "custom"), [&json!({"asked": 1})]);
}

#[tokio::test]
async fn a_message_comes_with_where_it_comes_from() {
    let parts = parts("hi", Mode::MESSAGES | Mode::TASKS).await;
    let messages = data(&parts, "messages");
    let task = &data(&parts, "tasks")[0]["id"];
    assert_eq!(messages.len(), 2);
    assert_eq!((&messages[0][0]["type"], &messages[0][0]["content"]), (&json!("AIMessageChunk"), &json!("Hel")));
    let expected = json!({
        "thread_id": "t",
        "tenant": "x",
        "langgraph_step": 1,
        "langgraph_node": "asks",
        "langgraph_triggers": ["branch:to:asks"],
        "langgraph_path": ["__pregel_pull", "asks"],
        "langgraph_checkpoint_ns": format!("asks:{}", task.as_str().unwrap()),
        "ls_provider": "scripted",
        "ls_model_name": messages[0][1]["ls_model_name"],
        "ls_model_type": "chat",
        "tags": ["deep"],
    });
    assert_eq!(messages[0][1], expected);
}

#[tokio::test]
async fn tasks_have_a_start_and_a_result() {
    let tasks = parts("fail", Mode::TASKS).await;
    let tasks = data(&tasks, "tasks");
    let id = &tasks[0]["id"];
    let start = json!({"id": id, "name": "asks", "input": {"messages": [tasks[0]["input"]["messages"][0]]}, "triggers": ["branch:to:asks"]});
    assert_eq!(*tasks[0], start);
    assert_eq!((&tasks[1]["id"], &tasks[1]["error"], &tasks[1]["interrupts"]), (id, &Value::Null, &json!([])));
    assert_eq!(tasks[1]["result"]["messages"][0]["content"], "Hello");
    let error = "node `fails` of `Shapes` failed in step 2: told to";
    let end = json!({"id": tasks[2]["id"], "name": "fails", "error": error, "result": null, "interrupts": []});
    assert_eq!(*tasks[3], end);
}

#[tokio::test]
async fn checkpoints_have_the_form_of_a_state_snapshot() {
    let parts = parts("hi", Mode::CHECKPOINTS | Mode::TASKS).await;
    let (saved, tasks) = (data(&parts, "checkpoints"), data(&parts, "tasks"));
    let input = &saved[0]["config"];
    let expected = json!({
        "config": input,
        "parent_config": null,
        "values": {"messages": []},
        "metadata": {"source": "input", "step": -1, "parents": {}},
        "next": ["__start__"],
        "tasks": [{"id": saved[0]["tasks"][0]["id"], "name": "__start__", "interrupts": [], "state": null}],
    });
    assert_eq!(*saved[0], expected);
    let config = &saved[1]["config"];
    assert_eq!(config["configurable"]["thread_id"], "t");
    assert_eq!(config["configurable"]["checkpoint_ns"], "");
    let expected = json!({
        "config": config,
        "parent_config": input,
        "values": {"messages": [human()]},
        "metadata": {"source": "loop", "step": 0, "parents": {}},
        "next": ["asks"],
        "tasks": [{"id": tasks[0]["id"], "name": "asks", "interrupts": [], "state": null}],
    });
    assert_eq!(*saved[1], expected);
    assert_eq!(saved[2]["parent_config"], *config);
    assert_eq!(saved[2]["tasks"][0]["id"], tasks[2]["id"], "the ids are those that the tasks will have");
    assert_eq!((&saved[3]["next"], &saved[3]["metadata"]["source"]), (&json!([]), &json!("loop")));
}

#[tokio::test]
async fn debug_wraps_tasks_and_checkpoints() {
    let parts = parts("hi", Mode::DEBUG | Mode::TASKS | Mode::CHECKPOINTS).await;
    let (debug, tasks, saved) = (data(&parts, "debug"), data(&parts, "tasks"), data(&parts, "checkpoints"));
    let kinds: Vec<_> =
        debug.iter().map(|part| (part["type"].as_str().unwrap(), part["step"].as_i64().unwrap())).collect();
    let expected = [
        ("checkpoint", -1),
        ("checkpoint", 0),
        ("task", 1),
        ("task_result", 1),
        ("checkpoint", 1),
        ("task", 2),
        ("task_result", 2),
        ("checkpoint", 2),
    ];
    assert_eq!(kinds, expected);
    assert_eq!((&debug[0]["payload"], &debug[1]["payload"]), (saved[0], saved[1]));
    assert_eq!((&debug[2]["payload"], &debug[3]["payload"]), (tasks[0], tasks[1]));
    assert!(debug[0]["timestamp"].as_str().unwrap().ends_with('Z'));
}

#[tokio::test]
async fn events_have_the_form_of_astream_events() {
    let parts = parts("fail", Mode::EVENTS).await;
    let events = data(&parts, "events");
    let find =
        |kind: &str, name: &str| *events.iter().find(|event| event["event"] == kind && event["name"] == name).unwrap();
    let root = find("on_chain_start", "Shapes");
    let node = find("on_chain_start", "asks");
    let expected = json!({
        "event": "on_chain_start",
        "name": "asks",
        "run_id": node["run_id"],
        "parent_ids": [root["run_id"]],
        "tags": ["graph:step:1", "mine"],
        "metadata": {
            "tenant": "x",
            "langgraph_step": 1,
            "langgraph_node": "asks",
            "langgraph_triggers": ["branch:to:asks"],
            "langgraph_path": ["__pregel_pull", "asks"],
            "langgraph_checkpoint_ns": node["metadata"]["langgraph_checkpoint_ns"],
        },
        "data": {"input": root["data"]["input"]},
    });
    assert_eq!(*node, expected);
    let piece = find("on_chat_model_stream", "ScriptedModel");
    assert_eq!((&piece["data"]["chunk"]["content"], &piece["tags"]), (&json!("Hel"), &json!(["deep", "mine"])));
    let end = find("on_chat_model_end", "ScriptedModel");
    assert_eq!(end["data"]["output"]["content"], "Hello");
    assert_eq!(end["data"]["input"]["messages"][0][0]["content"], "fail");
    assert_eq!(find("on_custom_event", "asks")["data"], json!({"asked": 1}));
    let error = find("on_chain_error", "Shapes");
    assert_eq!(error["data"], json!({"error": "node `fails` of `Shapes` failed in step 2: told to"}));
}

mod sent {
    use super::*;

    #[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
    struct Numbers {
        #[state(reduce = Append)]
        all: Vec<u64>,
    }

    #[node]
    fn double(item: u64) -> NumbersUpdate {
        NumbersUpdate::default().all(vec![item * 2])
    }

    #[node]
    fn nothing(_: &Numbers) -> NumbersUpdate {
        NumbersUpdate::default()
    }

    graph! {
        Sent<Numbers> {
            START -> |_state| for item in 1..3 { double(item) };
            double -> nothing -> END;
        }
    }

    #[tokio::test]
    async fn a_sent_task_shows_its_own_input_and_each_has_its_place() {
        let thread = Sent::new().checkpointer(MemorySaver::new()).thread("t");
        let run = thread.run(NumbersUpdate::default());
        let parts = items(run.stream(Mode::TASKS | Mode::CHECKPOINTS | Mode::UPDATES)).await;
        let parts: Vec<_> = parts.iter().map(|part| serde_json::to_value(part).unwrap()).collect();
        let (saved, tasks) = (data(&parts, "checkpoints"), data(&parts, "tasks"));
        assert_eq!((&tasks[0]["input"], &tasks[1]["input"]), (&json!(1), &json!(2)));
        assert_eq!(tasks[0]["triggers"], json!(["__pregel_push"]));
        assert_eq!(saved[1]["next"], json!(["double", "double"]));
        let ids = |tasks: &[Value]| tasks.iter().map(|task| task["id"].clone()).collect::<Vec<_>>();
        assert_eq!(ids(saved[1]["tasks"].as_array().unwrap()), [tasks[0]["id"].clone(), tasks[1]["id"].clone()]);
        assert_eq!(*data(&parts, "updates")[2], json!({"nothing": {}}), "a node that wrote nothing");
    }
}
