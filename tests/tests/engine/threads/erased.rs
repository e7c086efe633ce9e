//! A graph without its types: JSON in, JSON out, and nothing runs on JSON that does not fit.

use graph_core::checkpoint::HistoryQuery;
use graph_core::erased::{ErasedEnd, ErasedError, ErasedGraph, ErasedPart, ErasedStream, Nodes, RunRequest, StartWith};
use graph_core::prelude::*;
use serde_json::{Value, json};

use crate::kit::{Line, Log, line};

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Session {
    user: String,
}

#[derive(Interrupt, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[interrupt(resume = Decision)]
struct Approve {
    amount: u64,
}

#[derive(Interrupt, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[interrupt(resume = String)]
struct Name;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
enum Decision {
    Approve,
    Reject { why: String },
}

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
#[state(parent = Log)]
struct Inner {
    #[state(shared, reduce = Append)]
    log: Vec<String>,
}

#[node]
fn inside(_: &Inner) -> InnerWrite::Log {
    InnerWrite::Log(vec!["inside".to_owned()])
}

graph! {
    Within<Inner> {
        START -> inside -> END;
    }
}

#[node]
fn greet(_: &Log, cx: &Context<Orders>) -> Line {
    cx.emit(format!("greeting {}", cx.context().user));
    line(format!("hello {}", cx.context().user))
}

#[node]
async fn pay(_: &Log, cx: &Context<Orders>) -> NodeResult<Line> {
    match cx.interrupt(Approve { amount: 40 }).await? {
        Decision::Approve => Ok(line("paid")),
        Decision::Reject { why } => Err(NodeError::msg(why)),
    }
}

#[node]
async fn name(_: &Log, cx: &Context<Orders>) -> NodeResult<Line> {
    Ok(line(cx.interrupt(Name).await?))
}

graph! {
    Orders<Log> {
        context Session;
        custom String;
        interrupt Approve;
        interrupt Name;

        START -> greet -> Within as within -> [pay, name] -> END;
    }
}

fn orders() -> ErasedGraph {
    ErasedGraph::new(Orders::new().checkpointer(MemorySaver::new()))
}

fn start(thread: &str) -> RunRequest {
    let mut request = RunRequest::input(thread, json!({"log": ["in"]}));
    request.context = json!({"user": "Ada"});
    request
}

fn answer(thread: &str, answer: Value) -> RunRequest {
    let mut request = RunRequest::resume(thread, answer);
    request.context = json!({"user": "Ada"});
    request
}

async fn parts(mut stream: ErasedStream) -> (Vec<ErasedPart>, ErasedStream) {
    let mut parts = Vec::new();
    while let Some(part) = stream.next().await {
        parts.push(part.unwrap());
    }
    (parts, stream)
}

fn decode_error<T: std::fmt::Debug>(result: Result<T, ErasedError>) -> (&'static str, String, String) {
    match result {
        Err(ErasedError::Decode { what, path, message, .. }) => (what, path, message),
        other => panic!("it fits: {other:?}"),
    }
}

#[tokio::test]
async fn a_run_streams_what_a_typed_one_does() {
    let all = Mode::VALUES | Mode::UPDATES | Mode::CUSTOM;
    let mut request = start("t").modes(all);
    request.subgraphs = true;
    let (parts, stream) = parts(orders().run(request).await.unwrap()).await;
    let plain = |part: &&ErasedPart| part.namespace.is_empty();
    let shown: Vec<_> = parts.iter().filter(plain).map(|part| (part.mode, part.data.clone())).collect();
    assert_eq!(shown[1], ("custom", json!("greeting Ada")));
    assert_eq!(shown[2], ("updates", json!({"greet": {"log": ["hello Ada"]}})));
    assert_eq!(shown[4], ("updates", json!({"within": {"log": ["inside"]}})));
    assert_eq!(shown[5], ("values", json!({"log": ["in", "hello Ada", "inside"]})));
    let of_child = parts.iter().find(|part| part.mode == "updates" && !part.namespace.is_empty()).unwrap();
    assert_eq!(of_child.data, json!({"inside": {"log": ["inside"]}}));
    assert!(of_child.namespace[0].starts_with("within:"), "{:?}", of_child.namespace);
    let Some(ErasedEnd::Interrupted(asked)) = stream.end() else { panic!("{:?}", stream.end()) };
    let mut values: Vec<_> = asked.iter().map(|asked| asked.value.to_string()).collect();
    values.sort();
    assert_eq!(values, ["null", r#"{"amount":40}"#]);
}

#[tokio::test]
async fn what_does_not_fit_is_refused_with_its_place() {
    let orders = orders();
    let input = |input: Value| {
        let mut request = start("t");
        request.start = StartWith::Input(input);
        orders.run(request)
    };
    assert_eq!(decode_error(input(json!({"log": ["a", 7]})).await).1, "log[1]");
    let (what, path, message) = decode_error(input(json!({})).await);
    assert_eq!((what, &*path), ("input", ""));
    assert!(message.contains("log"), "{message}");
    let mut request = start("t");
    request.context = json!({"user": 3});
    let (what, path, _) = decode_error(orders.run(request).await);
    assert_eq!((what, &*path), ("context", "user"));
    let mut request = start("t");
    request.interrupt_before = Nodes::Named(vec!["payy".to_owned()]);
    let unknown = orders.run(request).await.unwrap_err();
    assert_eq!(unknown.to_string(), "`Orders` has no node `payy`; it has `greet`, `within`, `pay`, `name`");
    assert!(orders.state("t", None).await.unwrap().id.is_none(), "nothing has run");
}

#[tokio::test]
async fn null_is_a_context_without_fields() {
    let mut request = start("t");
    request.context = Value::Null;
    let (what, _, message) = decode_error(orders().run(request).await);
    assert_eq!((what, &*message), ("context", "missing field `user`"));
    let plain = ErasedGraph::new(Plain::new().checkpointer(MemorySaver::new()));
    assert_eq!(plain.run(start("t")).await.unwrap().finish().await.unwrap(), ErasedEnd::Done);
}

#[tokio::test]
async fn answers_go_by_id_or_to_the_only_one() {
    let orders = orders();
    orders.run(start("t")).await.unwrap().finish().await.unwrap();
    let state = orders.state("t", None).await.unwrap();
    let mut asked: Vec<_> = state.interrupts().cloned().collect();
    asked.sort_by_key(|asked| asked.value.to_string());
    let [name, pay] = &*asked else { panic!("two ask") };
    let several = orders.run(answer("t", json!("Ada"))).await.unwrap_err();
    assert!(matches!(several, ErasedError::SeveralWait { count: 2, .. }), "{several}");
    let wrong = orders.run(answer("t", json!({pay.id.to_string(): {"Reject": {"why": 1}}}))).await;
    assert_eq!(decode_error(wrong).1, "Reject.why");
    assert_eq!(orders.state("t", None).await.unwrap().interrupts().count(), 2, "the thread is as it was");

    let end = orders.run(answer("t", json!({name.id.to_string(): "Bob"}))).await.unwrap().finish().await.unwrap();
    assert_eq!(end, ErasedEnd::Interrupted(vec![pay.clone()]));
    let end = orders.run(answer("t", json!("Approve"))).await.unwrap().finish().await.unwrap();
    assert_eq!(end, ErasedEnd::Done);
    let state = orders.state("t", None).await.unwrap();
    assert_eq!(state.values, json!({"log": ["in", "hello Ada", "inside", "Bob", "paid"]}));
    let nothing = orders.run(answer("t", json!("Approve"))).await.unwrap().finish().await.unwrap();
    assert_eq!(nothing, ErasedEnd::Done, "nobody asks: the thread is continued");
}

#[tokio::test]
async fn the_error_of_a_run_is_its_last_item() {
    let orders = orders();
    orders.run(start("t")).await.unwrap().finish().await.unwrap();
    let state = orders.state("t", None).await.unwrap();
    let pay = state.interrupts().find(|asked| !asked.value.is_null()).unwrap();
    let rejected = json!({pay.id.to_string(): {"Reject": {"why": "too much"}}});
    let error = orders.run(answer("t", rejected)).await.unwrap().finish().await.unwrap_err();
    assert!(error.to_string().ends_with("too much"), "{error}");
    let state = orders.state("t", None).await.unwrap();
    let failed = state.tasks.iter().find(|task| task.node == "pay").unwrap();
    assert!(failed.error.as_deref().unwrap().contains("too much"), "{failed:?}");
}

#[tokio::test]
async fn breakpoints_are_set_by_name_or_everywhere() {
    let orders = orders();
    let mut request = start("t");
    request.interrupt_after = Nodes::Named(vec!["greet".to_owned()]);
    let end = orders.run(request).await.unwrap().finish().await.unwrap();
    assert_eq!(end, ErasedEnd::Breakpoint { after: vec!["greet"], before: vec![] });
    let mut request = start("t");
    request.start = StartWith::Continue;
    request.interrupt_before = Nodes::All;
    let end = orders.run(request).await.unwrap().finish().await.unwrap();
    let ErasedEnd::Breakpoint { before, .. } = end else { panic!("{end:?}") };
    assert_eq!(before, ["name", "pay"]);
}

#[node]
fn plain(_: &Log) -> Line {
    line("plain")
}

#[node]
fn more(_: &Log) -> Line {
    line("more")
}

graph! {
    Plain<Log> {
        START -> plain -> more -> END;
    }
}

#[tokio::test]
async fn a_thread_is_read_forked_and_changed_by_name() {
    let graph = ErasedGraph::new(Plain::new().checkpointer(MemorySaver::new()));
    assert_eq!((graph.name(), graph.topology().nodes.len()), ("Plain", 2));
    graph.run(RunRequest::input("t", json!({"log": ["in"]}))).await.unwrap().finish().await.unwrap();
    let mut history = graph.history("t", &HistoryQuery::new());
    let (mut seen, mut before_more) = (Vec::new(), None);
    while let Some(snapshot) = history.next().await {
        let snapshot = snapshot.unwrap();
        before_more = if snapshot.next == ["more"] { snapshot.id } else { before_more };
        seen.push((snapshot.step, snapshot.next, snapshot.values["log"].as_array().map(Vec::len)));
    }
    let expected = [
        (2, vec![], Some(3)),
        (1, vec!["more"], Some(2)),
        (0, vec!["plain"], Some(1)),
        (-1, vec!["__start__"], Some(0)),
    ];
    assert_eq!(seen, expected);
    let mut one = graph.history("t", &HistoryQuery::new().limit(1));
    assert!(one.next().await.is_some() && one.next().await.is_none());

    let updated = graph.update("t", before_more, "plain", json!({"log": ["instead"]})).await.unwrap();
    assert_eq!((updated.values, updated.next), (json!({"log": ["in", "plain", "instead"]}), vec!["more"]));
    assert_eq!(updated.parent, before_more);
    assert_eq!(decode_error(graph.update("t", None, "plain", json!({"log": [1]})).await).1, "plain.log[0]");
    let unknown = graph.update("t", None, "nope", json!({})).await.unwrap_err();
    assert_eq!(unknown.to_string(), "`Plain` has no node `nope`; it has `plain`, `more`");
    let mut request = RunRequest::new("t", StartWith::Continue);
    request.at = before_more;
    let end = graph.run(request).await.unwrap().finish().await.unwrap();
    assert_eq!(end, ErasedEnd::Done);
    assert_eq!(graph.state("t", None).await.unwrap().values, json!({"log": ["in", "plain", "more"]}), "a fork");
}
