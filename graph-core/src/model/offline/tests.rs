//! Conversations with the offline model.
use serde_json::{Value, json};

use super::super::{ChatModel, Prompt, ToolChoice, ToolSpec};
use super::OfflineModel;
use crate::message::Message;

async fn ask(prompt: impl Into<Prompt>) -> Message {
    OfflineModel::new().complete(prompt.into()).await.unwrap()
}

/// The answers to each message of a conversation, in turn.
async fn chat(said: &[&str]) -> Vec<String> {
    let mut messages = Vec::new();
    let mut answers = Vec::new();
    for text in said {
        messages.push(Message::user(*text));
        messages.push(ask(&messages).await);
        answers.push(messages[messages.len() - 1].text());
    }
    answers
}

fn maths() -> Vec<ToolSpec> {
    let two = json!({"type": "object", "properties": {"a": {"type": "integer"}, "b": {"type": "integer"}}, "required": ["a", "b"]});
    [("add", "Adds a and b."), ("multiply", "Multiply a and b."), ("divide", "Divide a and b.")]
        .map(|(name, about)| ToolSpec::new(name, about, two.clone()))
        .into()
}

/// Runs the calls of a prompt until the model answers in words; returns the calls and the answer.
async fn run_tools(text: &str, tools: &[ToolSpec], run: impl Fn(&str, &Value) -> String) -> (Vec<String>, Message) {
    let mut messages = vec![Message::user(text)];
    let mut made = Vec::new();
    loop {
        let reply = ask(Prompt::new(&messages).tools(tools)).await;
        if reply.tool_calls().is_empty() || made.len() > 10 {
            return (made, reply);
        }
        messages.push(reply.clone());
        for call in reply.tool_calls() {
            made.push(call.to_string());
            messages.push(Message::tool(&call.id, run(&call.name, &call.args)).with_name(&call.name));
        }
    }
}

fn calculate(name: &str, args: &Value) -> String {
    let (a, b) = (args["a"].as_i64().unwrap(), args["b"].as_i64().unwrap());
    match name {
        "add" => a + b,
        "multiply" => a * b,
        _ => a / b,
    }
    .to_string()
}

#[tokio::test]
async fn it_prints_its_notice_once_and_remembers_a_name() {
    let answers =
        chat(&["hi! I'm Lance", "what's my name?", "Tell me about the 49ers", "and the Giants?", "bye"]).await;
    assert!(answers[0].contains("offline model") && answers[0].contains("OPENAI_API_KEY"), "{}", answers[0]);
    assert!(answers[0].ends_with("Hello, Lance! What can I do?"), "{}", answers[0]);
    assert_eq!(answers[1], "Your name is Lance.");
    assert!(answers[2].starts_with("I know nothing about the 49ers:"), "{}", answers[2]);
    assert!(answers[3].starts_with("I know nothing about the Giants:"), "{}", answers[3]);
    assert_eq!(answers[4], "Goodbye, Lance!");
    assert!(answers[1..].iter().all(|answer| !answer.contains("OPENAI")));
}

#[tokio::test]
async fn the_summary_of_the_north_star_carries_the_name_on() {
    let mut messages = vec![
        Message::user("hi! I'm Lance"),
        Message::assistant("Hello"),
        Message::user("I like the 49ers"),
        Message::assistant("Good"),
    ];
    let create = Message::user("Create a summary of the conversation above:");
    let summary = ask(messages.iter().cloned().chain([create]).collect::<Vec<_>>()).await.text();
    assert_eq!(summary, "The user's name is Lance. The user said \"hi! I'm Lance\", then \"I like the 49ers\".");

    messages.drain(..2);
    messages.extend([Message::user("and jokes"), Message::assistant("Fine")]);
    let extend = format!(
        "This is summary of the conversation to date: {summary}\n\nExtend the summary by taking into account the new messages above:"
    );
    let longer = ask(messages.into_iter().chain([Message::user(extend)]).collect::<Vec<_>>()).await.text();
    assert_eq!(longer, format!("{summary} Then the user said \"and jokes\"."));

    let system = Message::system(format!("Summary of conversation earlier: {longer}"));
    let answer = ask([system, Message::assistant("hm"), Message::user("what's my name?")]).await;
    assert_eq!(answer.text(), "Your name is Lance.");
}

#[tokio::test]
async fn it_calls_the_tool_that_fits_in_fragments_and_answers_with_the_result() {
    let (calls, answer) = run_tools("Multiply 2 and 3", &maths(), calculate).await;
    assert_eq!(calls, [r#"multiply({"a":2,"b":3})"#]);
    assert!(answer.text().ends_with("The result is 6."), "{answer}");

    let (calls, answer) = run_tools("Multiply 2 and 3 and add 4 and 5", &maths(), calculate).await;
    assert_eq!(calls, [r#"multiply({"a":2,"b":3})"#, r#"add({"a":4,"b":5})"#]);
    assert!(answer.text().ends_with("multiply gave 6; add gave 9."), "{answer}");
}

#[tokio::test]
async fn steps_that_need_a_result_wait_for_it() {
    let text = "Add 3 and 4. Multiply the output by 2. Divide the output by 5";
    let (calls, answer) = run_tools(text, &maths(), calculate).await;
    assert_eq!(calls, [r#"add({"a":3,"b":4})"#, r#"multiply({"a":7,"b":2})"#, r#"divide({"a":14,"b":5})"#]);
    assert!(answer.text().ends_with("The result is 2."), "{answer}");
}

#[tokio::test]
async fn words_fill_text_arguments_and_no_tool_is_called_without_need() {
    let schema = json!({"type": "object", "required": ["city"], "properties": {
        "city": {"type": "string"}, "unit": {"enum": ["celsius", "fahrenheit"]}, "days": {"type": "integer"}}});
    let tools = [ToolSpec::new("get_weather", "Get the weather of a city.", schema)];
    let (calls, _) = run_tools("What's the weather in San Francisco?", &tools, |_, _| "sunny".into()).await;
    assert_eq!(calls, [r#"get_weather({"city":"San Francisco"})"#]);
    let text = json!({"type": "string"});
    let schema = json!({"type": "object", "required": ["to", "body"], "properties": {"to": text, "body": text}});
    let email = [ToolSpec::new("send_email", "Sends an email.", schema)];
    let (calls, _) = run_tools("Send an email to bob@x.org saying hi there.", &email, |_, _| "sent".into()).await;
    assert_eq!(calls, [r#"send_email({"body":"hi there","to":"bob@x.org"})"#]);
    let (calls, answer) = run_tools("hello there", &tools, |_, _| String::new()).await;
    assert!(calls.is_empty() && answer.text().contains("Hello"), "{answer}");
    let none = Prompt::new("weather in Rome").tools(&tools).tool_choice(ToolChoice::None);
    assert!(ask(none).await.tool_calls().is_empty());
    let forced = Prompt::new("hello").tools(&tools).tool_choice(ToolChoice::Required);
    assert_eq!(ask(forced).await.tool_calls()[0].name, "get_weather");
}

#[tokio::test]
async fn sums_counts_jokes_and_lists() {
    for (text, part) in [
        ("What is 6 times 7?", "6 * 7 = 42."),
        ("count to 4", "1, 2, 3, 4"),
        ("how many words are in \"a b c\"?", "There are 3 words"),
        ("How many messages are there?", "has 1 messages"),
        ("Tell me a joke about ice cream and cats", "ice cream and cats"),
        ("Count from 1 to 99999999999999999999", "1, 2, 3"),
        ("Write a short story about dragons", "Dragons: a real model would write a story here."),
        ("Tell me a joke", "a programmer"),
        ("Translate hello to French", "I have no answer to that."),
        ("who are you?", "not a language model"),
    ] {
        let answer = ask(text).await.text();
        assert!(answer.contains(part) && answer.contains("offline model"), "{text}: {answer}");
    }
    let list = ask("Generate a comma separated list of 2 examples related to: animals.").await.text();
    assert_eq!(list, "animals: history, animals: basics");
}

#[tokio::test]
async fn schemas_are_filled() {
    let schema = json!({"type": "object", "properties": {
        "name": {"type": "string"}, "age": {"type": "integer", "minimum": 0, "maximum": 120},
        "mood": {"enum": ["sad", "happy"]}, "friend": {"$ref": "#/$defs/friend"},
        "tags": {"type": "array", "items": {"type": "string", "maxLength": 3}, "minItems": 2},
        "note": {"anyOf": [{"type": "null"}, {"type": "number"}]}, "ok": {"type": ["null", "boolean"]}},
        "$defs": {"friend": {"type": "object", "properties": {"friend": {"$ref": "#/$defs/friend"}}}}});
    let reply = ask(Prompt::new("I'm Bo, I am 300 and happy").json_schema("person", schema)).await;
    let value: Value = serde_json::from_str(&reply.text()).unwrap();
    assert_eq!(
        (&value["name"], &value["age"], &value["mood"], &value["ok"]),
        (&json!("Bo"), &json!(120), &json!("happy"), &json!(true))
    );
    assert!(
        value["tags"].as_array().is_some_and(|tags| tags.len() == 2)
            && value["note"].is_number()
            && value["friend"].is_object()
    );
}

#[tokio::test]
async fn the_same_prompt_gives_the_same_text_and_unusual_ones_do_not_panic() {
    let odd = "(".repeat(500);
    for text in [
        "",
        " ",
        "?",
        "and",
        "and ",
        "’’’",
        "İ i̇ joke about",
        "count to",
        "how many words in",
        "summary:",
        "list",
        &odd,
    ] {
        let (first, second) = (ask(text).await, ask(text).await);
        assert_eq!(first.text(), second.text());
        assert_ne!(first.id(), second.id());
    }
    assert!(!ask(Vec::new()).await.text().is_empty());
    assert!(ask("hi").await.usage().is_some());
}
