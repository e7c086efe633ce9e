//! The request body.
use graph_core::message::{Message, Role};
use graph_core::model::{ModelError, ModelOptions, Prompt, ResponseFormat, ToolChoice, ToolSpec};
use serde_json::{Map, Value, json};

use super::content;
use crate::decimal::decimal;
use crate::history::{remove_message, tool_name};
use crate::schema::{Dialect, lower};

/// The request body for `prompt`, without its further options.
pub(super) fn body(config: &Map<String, Value>, prompt: &Prompt) -> Result<Map<String, Value>, ModelError> {
    let (system, contents) = conversation(&prompt.messages)?;
    let mut body = Map::new();
    let mut add = |key: &str, value: Option<Value>| {
        if let Some(value) = value {
            body.insert(key.to_owned(), value);
        }
    };
    add("contents", Some(contents.into()));
    add("systemInstruction", (!system.is_empty()).then(|| json!({ "parts": system })));
    let has_tools = !prompt.tools.is_empty();
    let declarations = || prompt.tools.iter().map(declaration).collect::<Vec<_>>();
    add("tools", has_tools.then(|| json!([{"functionDeclarations": declarations()}])));
    add("toolConfig", prompt.options.tool_choice.as_ref().filter(|_| has_tools).map(tool_config));
    let config = generation_config(config.clone(), &prompt.options);
    add("generationConfig", Some(Value::from(config)).filter(|config| *config != json!({})));
    Ok(body)
}

/// The system prompt, and the messages: neighbours of one role are one.
fn conversation(messages: &[Message]) -> Result<(Vec<Value>, Vec<Value>), ModelError> {
    let mut system = Vec::new();
    let mut turns: Vec<(&str, Vec<Value>)> = Vec::new();
    for message in messages {
        let (role, parts) = match message.role() {
            Role::System => {
                system.extend(content::parts(message)?);
                continue;
            }
            Role::User => ("user", content::parts(message)?),
            Role::Tool => ("user", content::result(message, tool_name(message, messages).unwrap_or_default())?),
            Role::Assistant => ("model", content::of_model(message)),
            _ => return Err(remove_message()),
        };
        match turns.last_mut() {
            Some((last, all)) if *last == role => all.extend(parts),
            // An empty reply is refused.
            _ if parts.is_empty() && role == "model" => {}
            _ => turns.push((role, parts)),
        }
    }
    Ok((system, turns.into_iter().map(|(role, parts)| json!({"role": role, "parts": parts})).collect()))
}

fn declaration(spec: &ToolSpec) -> Value {
    let ToolSpec { name, description, .. } = spec;
    json!({"name": name, "description": description, "parametersJsonSchema": lower(&spec.parameters, Dialect::Plain)})
}

fn tool_config(choice: &ToolChoice) -> Value {
    let config = match choice {
        ToolChoice::None => json!({"mode": "NONE"}),
        ToolChoice::Required => json!({"mode": "ANY"}),
        ToolChoice::Tool(name) => json!({"mode": "ANY", "allowedFunctionNames": [name]}),
        _ => json!({"mode": "AUTO"}),
    };
    json!({ "functionCallingConfig": config })
}

fn generation_config(mut config: Map<String, Value>, options: &ModelOptions) -> Map<String, Value> {
    let format = options.response_format.as_ref();
    let of_schema = |format: &ResponseFormat| match format {
        ResponseFormat::JsonSchema { schema, .. } => Some(lower(schema, Dialect::Plain)),
        _ => None,
    };
    for (key, value) in [
        ("temperature", options.temperature.map(decimal)),
        ("topP", options.top_p.map(decimal)),
        ("maxOutputTokens", options.max_tokens.map(Value::from)),
        ("stopSequences", Some(json!(options.stop)).filter(|_| !options.stop.is_empty())),
        ("seed", options.seed.map(Value::from)),
        ("responseMimeType", format.map(|_| "application/json".into())),
        ("responseJsonSchema", format.and_then(of_schema)),
    ] {
        if let Some(value) = value {
            config.insert(key.to_owned(), value);
        }
    }
    config
}

#[cfg(test)]
mod tests {
    use graph_core::message::{ContentBlock, ToolCall, ToolStatus};

    use super::*;

    fn body_of(prompt: impl Into<Prompt>) -> Value {
        body(&Map::new(), &prompt.into()).unwrap().into()
    }

    #[test]
    fn options_have_the_providers_names() {
        let parameters = json!({"$schema": "x", "type": "object"});
        let add = ToolSpec::new("add", "Adds.", parameters.clone());
        let prompt = Prompt::new("hi").system("s").temperature(0.7).max_tokens(5).stop("x").seed(1);
        let prompt = prompt.json_schema("p", parameters).tools([add]).tool_choice(ToolChoice::Tool("add".into()));
        let want = json!({
            "contents": [{"role": "user", "parts": [{"text": "hi"}]}],
            "systemInstruction": {"parts": [{"text": "s"}]},
            "tools": [{"functionDeclarations": [
                {"name": "add", "description": "Adds.", "parametersJsonSchema": {"type": "object"}}]}],
            "toolConfig": {"functionCallingConfig": {"mode": "ANY", "allowedFunctionNames": ["add"]}},
            "generationConfig": {"temperature": 0.7, "maxOutputTokens": 5, "stopSequences": ["x"], "seed": 1,
                "responseMimeType": "application/json", "responseJsonSchema": {"type": "object"}}});
        assert_eq!(body_of(prompt), want);
    }

    #[test]
    fn results_name_their_tool_and_are_objects() {
        let made_up = format!("{}1", super::super::MADE_UP);
        let calls = [ToolCall::new("a", "f", json!({"x": 1})), ToolCall::new(&*made_up, "g", json!({}))];
        let body = body_of(vec![
            Message::user("hi"),
            Message::assistant("").with_tool_calls(calls),
            Message::tool("a", "{\"y\":2}"),
            Message::tool(&*made_up, "no").with_status(ToolStatus::Error),
        ]);
        let want = json!([
            {"role": "user", "parts": [{"text": "hi"}]},
            {"role": "model", "parts": [
                {"functionCall": {"name": "f", "args": {"x": 1}, "id": "a"}},
                {"functionCall": {"name": "g", "args": {}}}]},
            {"role": "user", "parts": [
                {"functionResponse": {"name": "f", "response": {"y": 2}, "id": "a"}},
                {"functionResponse": {"name": "g", "response": {"error": "no"}}}]},
        ]);
        assert_eq!(body["contents"], want);
    }

    #[test]
    fn pictures_are_inline_or_at_their_address() {
        let blocks = vec![ContentBlock::image_base64("AA==", "image/gif"), ContentBlock::image_url("https://x/y.png")];
        let want = json!([
            {"inlineData": {"mimeType": "image/gif", "data": "AA=="}},
            {"fileData": {"fileUri": "https://x/y.png"}}]);
        assert_eq!(body_of(Message::user(blocks))["contents"][0]["parts"], want);
    }
}
