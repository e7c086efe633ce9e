//! The request body.
use graph_core::model::{ModelError, Prompt, ResponseFormat, ToolChoice, ToolSpec};
use serde_json::{Map, Value, json};

use super::builder::Options;
use super::input;
use crate::decimal::decimal;
use crate::history::unsupported;
use crate::schema;

/// The request body for `prompt`, without its further options.
pub(super) fn body(
    model: &str,
    streaming: bool,
    options: &Options,
    prompt: &Prompt,
) -> Result<Map<String, Value>, ModelError> {
    if !prompt.options.stop.is_empty() {
        return Err(unsupported("stop texts: the protocol has none"));
    }
    let mut items = Vec::new();
    for message in &prompt.messages {
        items.extend(input::items(message, options.store)?);
    }
    let mut body = Map::new();
    let mut add = |key: &str, value: Option<Value>| {
        if let Some(value) = value {
            body.insert(key.to_owned(), value);
        }
    };
    add("model", Some(model.into()));
    add("input", Some(items.into()));
    add("stream", Some(streaming.into()));
    add("store", Some(options.store.into()));
    add("max_output_tokens", prompt.options.max_tokens.map(Value::from));
    add("temperature", prompt.options.temperature.map(decimal));
    add("top_p", prompt.options.top_p.map(decimal));
    let has_tools = !prompt.tools.is_empty();
    let tools = prompt.tools.iter().map(|spec| tool(spec, options)).collect::<Result<_, _>>()?;
    add("tools", Some(tools).filter(|_| has_tools));
    add("tool_choice", prompt.options.tool_choice.as_ref().filter(|_| has_tools).map(tool_choice));
    add("parallel_tool_calls", prompt.options.parallel_tool_calls.filter(|_| has_tools).map(Value::from));
    let format = prompt.options.response_format.as_ref().map(format);
    add("text", format.map(|format| json!({ "format": format })));
    add("reasoning", reasoning(options));
    let is_lost = options.effort.is_some() && !options.store;
    add("include", is_lost.then(|| json!(["reasoning.encrypted_content"])));
    Ok(body)
}

fn reasoning(options: &Options) -> Option<Value> {
    let mut reasoning = Map::new();
    for (key, value) in [("effort", &options.effort), ("summary", &options.summary)] {
        if let Some(value) = value {
            reasoning.insert(key.to_owned(), value.as_str().into());
        }
    }
    Some(Value::from(reasoning)).filter(|reasoning| *reasoning != json!({}))
}

fn tool(spec: &ToolSpec, options: &Options) -> Result<Value, ModelError> {
    let ToolSpec { name, description, .. } = spec;
    let (parameters, is_strict) = schema::of_openai(spec, options.strict_tools)?;
    // The API's default is strict, which refuses many schemas.
    let mut tool = json!({"type": "function", "name": name, "parameters": parameters, "strict": is_strict});
    if !description.is_empty() {
        tool["description"] = description.as_str().into();
    }
    Ok(tool)
}

fn tool_choice(choice: &ToolChoice) -> Value {
    match choice {
        ToolChoice::None => "none".into(),
        ToolChoice::Required => "required".into(),
        ToolChoice::Tool(name) => json!({"type": "function", "name": name}),
        _ => "auto".into(),
    }
}

fn format(format: &ResponseFormat) -> Value {
    match format {
        ResponseFormat::JsonSchema { name, schema, strict } => {
            let (schema, strict) = schema::of_format(schema, *strict);
            json!({"type": "json_schema", "name": name, "schema": schema, "strict": strict})
        }
        _ => json!({"type": "json_object"}),
    }
}

#[cfg(test)]
mod tests {
    use graph_core::message::{ContentBlock, Message, ReasoningBlock, ToolCall};

    use super::*;

    fn body_of(options: &Options, prompt: impl Into<Prompt>) -> Value {
        body("m", true, options, &prompt.into()).unwrap().into()
    }

    #[test]
    fn options_have_the_providers_names() {
        let schema = json!({"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"], "additionalProperties": false});
        let add = ToolSpec::new("add", "Adds.", schema.clone());
        let prompt = Prompt::new("hi").temperature(0.7).max_tokens(5).json_schema("p", schema.clone()).tools([add]);
        let options = Options { effort: Some("low".into()), ..Options::default() };
        let want = json!({"model": "m", "stream": true, "store": false, "temperature": 0.7, "max_output_tokens": 5,
            "input": [{"role": "user", "content": "hi"}],
            "tools": [{"type": "function", "name": "add", "description": "Adds.", "parameters": schema, "strict": false}],
            "tool_choice": {"type": "function", "name": "add"},
            "text": {"format": {"type": "json_schema", "name": "p", "schema": schema, "strict": true}},
            "reasoning": {"effort": "low"}, "include": ["reasoning.encrypted_content"]});
        assert_eq!(body_of(&options, prompt.tool_choice(ToolChoice::Tool("add".into()))), want);
        let stop = body("m", true, &options, &Prompt::new("hi").stop("x"));
        assert!(matches!(stop, Err(ModelError::Unsupported { .. })), "{stop:?}");
    }

    #[test]
    fn reasoning_goes_back_in_its_place_and_not_to_another_provider() {
        let item = |id: &str, encrypted: Option<&str>| {
            let mut extra = Map::from_iter([("id".to_owned(), json!(id))]);
            extra.extend(encrypted.map(|text| ("encrypted_content".to_owned(), json!(text))));
            ContentBlock::Reasoning(ReasoningBlock { reasoning: "hm".into(), signature: None, extra })
        };
        let (old, new) = (ToolCall::new("a", "f", json!({"x": 1})), ToolCall::new("a", "f", json!({"x": 2})));
        let reply = Message::assistant(vec![
            item("rs_1", Some("e1")),
            ContentBlock::ToolCall(old),
            item("rs_2", Some("e2")),
            item("rs_3", None),
            ContentBlock::text("so"),
        ])
        .with_tool_calls([new, ToolCall::new("b", "g", json!({}))]);
        let call = |id: &str, name: &str, args: &str| json!({"type": "function_call", "call_id": id, "name": name, "arguments": args});
        let thought =
            |id: &str, text: &str| json!({"type": "reasoning", "id": id, "summary": [], "encrypted_content": text});
        let want = json!([
            thought("rs_1", "e1"),
            call("a", "f", "{\"x\":2}"),
            thought("rs_2", "e2"),
            {"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": "so"}]},
            call("b", "g", "{}"),
            {"type": "function_call_output", "call_id": "a", "output": "1"},
        ]);
        let options = Options::default();
        assert_eq!(body_of(&options, vec![reply.clone(), Message::tool("a", "1")])["input"], want);
        let stored = Options { store: true, ..Options::default() };
        assert_eq!(
            body_of(&stored, reply.clone())["input"][3],
            json!({"type": "reasoning", "id": "rs_3", "summary": []})
        );
        let foreign = body_of(&options, reply.with_response_metadata("model_provider", "anthropic"));
        assert!(!foreign.to_string().contains("reasoning"), "{foreign}");
    }

    #[test]
    fn pictures_and_files_are_parts() {
        let message = Message::user(vec![ContentBlock::text("a"), ContentBlock::image_base64("AA==", "image/gif")]);
        let want = json!([{"type": "input_text", "text": "a"},
            {"type": "input_image", "image_url": "data:image/gif;base64,AA=="}]);
        assert_eq!(body_of(&Options::default(), message)["input"][0]["content"], want);
    }
}
