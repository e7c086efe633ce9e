//! The request body.
use graph_core::message::{ContentBlock, MediaSource, Message, Role};
use graph_core::model::{ModelError, ModelOptions, Prompt, ResponseFormat, ToolChoice, ToolSpec};
use serde_json::{Map, Value, json};

use super::builder::RequestOptions;
use crate::decimal::decimal;
use crate::history::{data_of, is_of, remove_message, tool_name, unsupported};
use crate::schema::{Dialect, lower};

/// The request body for `prompt`, without its further options.
pub(super) fn body(
    model: &str,
    streaming: bool,
    request: &RequestOptions,
    prompt: &Prompt,
) -> Result<Map<String, Value>, ModelError> {
    let messages: Vec<Value> = prompt.messages.iter().map(|m| message(m, prompt)).collect::<Result<_, _>>()?;
    let choice = prompt.options.tool_choice.as_ref();
    let is_allowed = |spec: &&ToolSpec| match choice {
        Some(ToolChoice::None) => false,
        Some(ToolChoice::Tool(name)) => spec.name == *name,
        _ => true,
    };
    let tools: Vec<Value> = prompt.tools.iter().filter(is_allowed).map(tool).collect();
    let options = options(request.options.clone(), &prompt.options);
    let mut body = Map::new();
    body.insert("model".into(), model.into());
    body.insert("messages".into(), messages.into());
    body.insert("stream".into(), streaming.into());
    let format = prompt.options.response_format.as_ref().map(format);
    for (key, value) in [
        ("tools", Some(Value::from(tools)).filter(|tools| *tools != json!([]))),
        ("options", Some(Value::from(options)).filter(|options| *options != json!({}))),
        ("format", format),
        ("think", request.think.clone()),
        ("keep_alive", request.keep_alive.clone()),
    ] {
        if let Some(value) = value {
            body.insert(key.into(), value);
        }
    }
    Ok(body)
}

fn options(mut all: Map<String, Value>, options: &ModelOptions) -> Map<String, Value> {
    for (key, value) in [
        ("temperature", options.temperature.map(decimal)),
        ("top_p", options.top_p.map(decimal)),
        ("num_predict", options.max_tokens.map(Value::from)),
        ("seed", options.seed.map(Value::from)),
        ("stop", Some(json!(options.stop)).filter(|_| !options.stop.is_empty())),
    ] {
        if let Some(value) = value {
            all.insert(key.into(), value);
        }
    }
    all
}

fn tool(spec: &ToolSpec) -> Value {
    let ToolSpec { name, description, .. } = spec;
    let parameters = lower(&spec.parameters, Dialect::Plain);
    json!({"type": "function", "function": {"name": name, "description": description, "parameters": parameters}})
}

fn format(format: &ResponseFormat) -> Value {
    match format {
        ResponseFormat::JsonSchema { schema, .. } => lower(schema, Dialect::Plain),
        _ => "json".into(),
    }
}

fn message(message: &Message, prompt: &Prompt) -> Result<Value, ModelError> {
    if message.role() == Role::Remove {
        return Err(remove_message());
    }
    let mut json = json!({"role": message.role().as_str(), "content": message.text()});
    let images = images(message)?;
    if !images.is_empty() {
        json["images"] = images.into();
    }
    match message.role() {
        Role::Tool => {
            if let Some(name) = tool_name(message, &prompt.messages) {
                json["tool_name"] = name.into();
            }
            json["tool_call_id"] = message.tool_call_id().into();
        }
        Role::Assistant => assistant(&mut json, message),
        _ => {}
    }
    Ok(json)
}

/// The fields of assistant messages. Between a call and its result the model needs its own thinking.
fn assistant(json: &mut Value, message: &Message) {
    let call =
        |id: &str, name: &str, arguments: Value| json!({"id": id, "function": {"name": name, "arguments": arguments}});
    let valid = message.tool_calls().iter().map(|c| call(&c.id, &c.name, c.args.clone()));
    let invalid = message.invalid_tool_calls().iter();
    let invalid = invalid.map(|c| call(&c.id, &c.name, json!({"invalid_arguments": c.args})));
    let calls: Vec<Value> = valid.chain(invalid).collect();
    if calls.is_empty() {
        return;
    }
    json["tool_calls"] = calls.into();
    let thinking = message.blocks().iter().filter_map(|block| match block {
        ContentBlock::Reasoning(block) => Some(block.reasoning.as_str()),
        _ => None,
    });
    let thinking: String = thinking.collect();
    if !thinking.is_empty() && is_of(message, "ollama") {
        json["thinking"] = thinking.into();
    }
}

fn images(message: &Message) -> Result<Vec<Value>, ModelError> {
    let mut images = Vec::new();
    for block in message.blocks() {
        match block {
            ContentBlock::Image(image) => match &image.source {
                MediaSource::Base64(data) => images.push(data.as_str().into()),
                MediaSource::Url(url) => match data_of(url) {
                    Some((_, data)) => images.push(data.into()),
                    None => return Err(unsupported("an image by URL; send it in base64")),
                },
                _ => return Err(unsupported("an image by file id")),
            },
            ContentBlock::File(_) => return Err(unsupported("a file")),
            _ => {}
        }
    }
    Ok(images)
}

#[cfg(test)]
mod tests {
    use graph_core::message::ToolCall;

    use super::*;

    fn body_of(prompt: impl Into<Prompt>) -> Value {
        let options = Map::from_iter([("num_ctx".to_owned(), json!(9)), ("seed".to_owned(), json!(1))]);
        let request = RequestOptions { options, think: Some(true.into()), keep_alive: None };
        body("m", true, &request, &prompt.into()).unwrap().into()
    }

    #[test]
    fn options_have_the_providers_names() {
        let schema = json!({"type": "object"});
        let prompt =
            Prompt::new("hi").temperature(0.7).max_tokens(5).stop("x").seed(2).json_schema("p", schema.clone());
        let want = json!({"model": "m", "stream": true, "think": true, "format": schema,
            "messages": [{"role": "user", "content": "hi"}],
            "options": {"num_ctx": 9, "temperature": 0.7, "num_predict": 5, "stop": ["x"], "seed": 2}});
        assert_eq!(body_of(prompt), want);
    }

    #[test]
    fn calls_are_objects_and_results_name_their_tool() {
        let call = ToolCall::new("c", "add", json!({"a": 1}));
        let reply = Message::assistant(vec![ContentBlock::reasoning("hm")]).with_tool_calls([call]);
        let body = body_of(vec![reply, Message::tool("c", "1")]);
        let call = json!({"id": "c", "function": {"name": "add", "arguments": {"a": 1}}});
        let want = json!([
            {"role": "assistant", "content": "", "tool_calls": [call], "thinking": "hm"},
            {"role": "tool", "content": "1", "tool_name": "add", "tool_call_id": "c"}]);
        assert_eq!(body["messages"], want);
    }

    #[test]
    fn the_choice_of_tools_is_which_are_sent() {
        let tools = ["f", "g"].map(|name| ToolSpec::new(name, "", json!({"type": "object"})));
        let names = |choice: ToolChoice| {
            let body = body_of(Prompt::new("hi").tools(tools.clone()).tool_choice(choice));
            let tools = body["tools"].as_array().cloned().unwrap_or_default();
            tools.iter().map(|tool| tool["function"]["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(names(ToolChoice::Auto), ["f", "g"]);
        assert_eq!(names(ToolChoice::Tool("g".to_owned())), ["g"]);
        assert!(names(ToolChoice::None).is_empty());
    }

    #[test]
    fn images_go_in_base64_and_others_are_refused() {
        let image = |block| body("m", true, &RequestOptions::default(), &Message::user(vec![block]).into());
        let sent = image(ContentBlock::image_url("data:image/png;base64,AA==")).unwrap();
        assert_eq!(sent["messages"][0]["images"], json!(["AA=="]));
        let error = image(ContentBlock::image_url("https://x/y.png")).unwrap_err();
        assert!(matches!(error, ModelError::Unsupported { .. }), "{error:?}");
    }
}
