//! The recorded behaviour of LangGraph's `add_messages` (golden 08), and where ours differs.
use super::super::{Message, Messages};
use super::AddMessages;
use crate::state::Reducer;

fn ids(messages: &[Message]) -> Vec<&str> {
    messages.iter().map(Message::id).collect()
}

fn user(id: &str) -> Message {
    Message::user(id).with_id(id)
}

/// `current` after each of the writes.
fn fold(current: &[&str], writes: impl IntoIterator<Item = Messages>) -> Vec<Message> {
    let mut messages: Vec<_> = current.iter().map(|id| user(id)).collect();
    for mut write in writes {
        AddMessages::prepare(&mut write);
        AddMessages::reduce(&mut messages, write);
    }
    messages
}

#[test]
fn golden_08_append_overwrite_remove_remove_all() {
    let mut messages = vec![Message::user("hello").with_id("m1")];
    AddMessages::reduce(&mut messages, Message::assistant("hi").with_id("m2").into());
    assert_eq!(messages, [Message::user("hello").with_id("m1"), Message::assistant("hi").with_id("m2")]);

    AddMessages::reduce(&mut messages, Message::assistant("hi EDITED").with_id("m2").into());
    assert_eq!(messages, [Message::user("hello").with_id("m1"), Message::assistant("hi EDITED").with_id("m2")]);

    AddMessages::reduce(&mut messages, Message::remove("m1").into());
    assert_eq!(messages, [Message::assistant("hi EDITED").with_id("m2")]);

    AddMessages::reduce(&mut messages, vec![Message::remove_all(), Message::user("only").with_id("m9")].into());
    assert_eq!(messages, [Message::user("only").with_id("m9")]);
}

#[test]
fn a_replaced_message_keeps_its_place() {
    let messages = fold(&["a", "b", "c"], [Message::assistant("new").with_id("a").into()]);
    assert_eq!((ids(&messages), messages[0].text().as_str()), (vec!["a", "b", "c"], "new"));
}

#[test]
fn the_last_of_two_equal_ids_in_a_write_wins() {
    let write = vec![Message::user("1").with_id("x"), user("y"), Message::user("2").with_id("x")];
    let messages = fold(&["a"], [write.into()]);
    assert_eq!((ids(&messages), messages[1].text().as_str()), (vec!["a", "x", "y"], "2"));
}

#[test]
fn messages_without_id_get_different_ids_once() {
    let mut write: Messages = vec![Message::user("same"), Message::user("same")].into();
    AddMessages::prepare(&mut write);
    let given: Vec<_> = ids(&write).into_iter().map(str::to_owned).collect();
    assert!(given[0].len() == 36 && given[0] != given[1]);
    AddMessages::prepare(&mut write);
    assert_eq!(ids(&write), given);
    let mut messages = vec![];
    AddMessages::reduce(&mut messages, write);
    assert_eq!(ids(&messages), given);
}

#[test]
fn messages_without_id_are_never_merged() {
    let mut messages = vec![Message::user("a")];
    AddMessages::reduce(&mut messages, Message::user("b").into());
    assert_eq!(messages.len(), 2);
}

#[test]
fn removing_an_unknown_id_is_ignored() {
    assert_eq!(ids(&fold(&["a"], [Message::remove("zzz").into()])), ["a"]);
    assert_eq!(ids(&fold(&["a"], [vec![Message::remove_all(), Message::remove("a")].into()])), [""; 0]);
}

#[test]
fn removed_and_written_again_in_one_write_is_replaced() {
    let write = vec![Message::remove("a"), Message::user("new").with_id("a")];
    let messages = fold(&["a", "b"], [write.into()]);
    assert_eq!((ids(&messages), messages[0].text().as_str()), (vec!["a", "b"], "new"));
    let write = vec![user("x"), Message::remove("x")];
    assert_eq!(ids(&fold(&["a"], [write.into()])), ["a"]);
}

#[test]
fn remove_all_keeps_later_messages() {
    let write = vec![user("x"), Message::remove_all(), user("y"), Message::remove_all(), user("z")];
    assert_eq!(ids(&fold(&["a"], [write.into()])), ["z"]);
}

#[test]
fn big_writes_follow_the_same_rules_as_small_ones() {
    let current: Vec<String> = (0..100).map(|n| format!("m{n}")).collect();
    let current: Vec<&str> = current.iter().map(String::as_str).collect();
    let write: Vec<Message> = (0..60)
        .map(|n| match n % 3 {
            0 => Message::remove(format!("m{n}")),
            1 => Message::assistant("new").with_id(format!("m{n}")),
            _ => user(&format!("n{}", n / 6)),
        })
        .collect();
    let at_once = fold(&current, [write.clone().into()]);
    let one_by_one = fold(&current, write.into_iter().map(Messages::from));
    assert_eq!(at_once, one_by_one);
    assert_eq!(at_once.len(), 100 - 20 + 10);
}

#[test]
fn one_message_into_a_thousand_is_fast_and_so_is_a_copy() {
    let mut messages: Vec<_> = (0..1000).map(|n| user(&format!("m{n}"))).collect();
    let start = std::time::Instant::now();
    for n in 0..100 {
        let copy = messages.clone();
        AddMessages::reduce(&mut messages, user(&format!("x{n}")).into());
        assert_eq!(copy.len() + 1, messages.len());
    }
    // About 10 us each when optimised; the bound only catches another order of magnitude, on slow machines too.
    assert!(start.elapsed() < std::time::Duration::from_millis(500), "{:?}", start.elapsed());
}
