//! Which saved result a call gets.

use graph_core::interrupt::Answers;
use graph_core::prelude::*;
use graph_tests::kit::RecordingSaver;

use crate::Ran;

#[derive(Interrupt, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[interrupt(resume = u64)]
struct Number {
    of: String,
}

#[task]
async fn twice(text: &str, cx: &Context<Order>) -> NodeResult<String> {
    cx.deps().note(text);
    Ok(format!("{text}{text}"))
}

/// The order of the calls is what the dependencies say.
#[workflow(Order, tasks(twice), interrupts(Number), deps = Ran)]
async fn order(names: Vec<String>, by_key: bool, cx: &Context<Order>) -> NodeResult<String> {
    // As a map in random order: reversed once it runs again.
    let mut names = names;
    if cx.thread_was_resumed() {
        names.reverse();
    }
    let mut all = Vec::new();
    for name in &names {
        let call = twice(name, cx);
        all.push(if by_key { call.key(name).await? } else { call.await? });
    }
    cx.interrupt(Number { of: "n".into() }).await?;
    Ok(all.join(" "))
}

/// Whether a node runs for the second time: its dependencies have noted something.
trait Resumed {
    fn thread_was_resumed(&self) -> bool;
}

impl Resumed for Context<Order> {
    fn thread_was_resumed(&self) -> bool {
        !self.deps().0.lock().unwrap().is_empty()
    }
}

async fn ordered(by_key: bool) -> (String, usize) {
    let ran = Ran::default();
    let thread = Order::new(ran.clone()).checkpointer(MemorySaver::new()).thread("t");
    let names = vec!["a".to_owned(), "b".to_owned()];
    thread.run(OrderInput { names, by_key }).outcome().await.unwrap();
    (thread.resume(7_u64).await.unwrap(), ran.take().len())
}

#[tokio::test]
async fn results_are_matched_by_the_order_of_the_calls_or_by_key() {
    // By order, a reversed list gets the results of the other: what the keys are for.
    assert_eq!(ordered(false).await, ("aa bb".to_owned(), 2));
    assert_eq!(ordered(true).await, ("bb aa".to_owned(), 2));
}

#[task]
async fn ask(who: &str, cx: &Context<Asking>) -> NodeResult<u64> {
    // The others go first now and then.
    for _ in 0..cx.deps().take().len() {
        tokio::task::yield_now().await;
    }
    let first = cx.interrupt(Number { of: format!("{who} 1") }).await?;
    Ok(first * 10)
}

#[workflow(Asking, tasks(ask), interrupts(Number), deps = Ran)]
async fn asking(cx: &Context<Asking>) -> NodeResult<Vec<u64>> {
    let (a, b) = tokio::try_join!(ask("a", cx), ask("b", cx))?;
    Ok(vec![a, b])
}

#[tokio::test]
async fn interrupts_in_tasks_side_by_side_have_answers_of_their_own() {
    let thread = Asking::new(Ran::default()).checkpointer(MemorySaver::new()).thread("t");
    let outcome = thread.run(AskingInput::default()).outcome().await.unwrap();
    let pending = outcome.interrupted().unwrap();
    let asked = |who: &str| {
        let of = format!("{who} 1");
        pending.iter().find(|asked| asked.value == AskingInterrupt::Number(Number { of: of.clone() })).unwrap().id
    };
    let (a, b) = (asked("a"), asked("b"));
    let outcome = thread.resume_with(Answers::new().to(b, 2_u64)).outcome().await.unwrap();
    assert_eq!(outcome.interrupted().unwrap().iter().map(|asked| asked.id).collect::<Vec<_>>(), [a]);
    assert_eq!(thread.resume_with(Answers::new().to(a, 1_u64)).await.unwrap(), [10, 20]);
}

#[task]
async fn one(_cx: &RunContext) -> NodeResult<u64> {
    Ok(1)
}

#[workflow(Twice, tasks(one))]
async fn twice_one_key(cx: &Context<Twice>) -> NodeResult<u64> {
    Ok(one(cx).key("k").await? + one(cx).key("k").await?)
}

#[tokio::test]
async fn a_key_belongs_to_one_call() {
    let thread = Twice::new().checkpointer(MemorySaver::new()).thread("t");
    let error = thread.run(TwiceInput::default()).await.unwrap_err().to_string();
    assert!(error.contains("two calls of the task `one` in `twice_one_key` have one key"), "{error}");
}

#[workflow(Mixed, tasks(one))]
async fn mixed(cx: &Context<Mixed>) -> NodeResult<u64> {
    // A call by key does not count among those without.
    Ok(one(cx).await? + one(cx).key("k").await? + one(cx).await?)
}

#[tokio::test]
async fn results_are_saved_before_the_caller_goes_on_and_only_on_a_thread() {
    let saver = RecordingSaver::default();
    let thread = Mixed::new().checkpointer(saver.clone()).thread("t");
    assert_eq!(thread.run(MixedInput::default()).await.unwrap(), 3);
    let pending = saver.records().into_iter().filter_map(|record| match record.kind {
        graph_core::checkpoint::RecordKind::Pending(pending) => Some(pending.remembered.len()),
        _ => None,
    });
    assert_eq!(pending.collect::<Vec<_>>(), [1, 1, 1]);
    assert_eq!(Mixed::new().run(MixedInput::default()).await.unwrap(), 3);
}

/// The same workflow before and after a release that changes what its task returns.
macro_rules! release {
    ($module:ident, $ty:ty, $value:expr) => {
        mod $module {
            use graph_core::prelude::*;

            use super::Number;

            #[task]
            async fn made(_cx: &RunContext) -> NodeResult<$ty> {
                Ok($value)
            }

            #[workflow(Waiting, tasks(made), interrupts(Number))]
            pub(super) async fn waiting(cx: &Context<Waiting>) -> NodeResult<u64> {
                let made = made(cx).await?;
                cx.interrupt(Number { of: format!("{made:?}") }).await
            }
        }
    };
}

release!(before, Vec<u8>, vec![7, 8]);
release!(after, u64, 7);

#[tokio::test]
async fn a_result_whose_type_has_changed_is_an_error_that_names_the_task() {
    let saver = MemorySaver::new();
    let thread = before::Waiting::new().checkpointer(saver.clone()).thread("t");
    thread.run(before::WaitingInput::default()).outcome().await.unwrap();
    let thread = after::Waiting::new().checkpointer(saver).thread("t");
    let error = thread.resume(7_u64).await.unwrap_err().to_string();
    assert!(error.contains("the saved result of the step `made` cannot be read"), "{error}");
}
