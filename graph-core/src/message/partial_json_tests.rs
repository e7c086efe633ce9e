use super::parse_partial_json;
use serde_json::{Value, json};

#[test]
fn every_prefix_of_a_text_parses_as_a_prefix_of_its_value() {
    let text = r#"{"a": 2, "b": {"c": [1, 2.5e3, true, null], "d": "x\n\u00e9\ud83d\ude00é"}, "e": -1}"#;
    let whole: Value = serde_json::from_str(text).unwrap();
    for end in (1..=text.len()).filter(|end| text.is_char_boundary(*end)) {
        let part = parse_partial_json(&text[..end]);
        assert!(part.as_ref().is_some_and(Value::is_object), "cut at {end}: {part:?}");
    }
    assert_eq!(parse_partial_json(text), Some(whole));
}

#[test]
fn fragments_of_two_arguments_appear_one_by_one() {
    let seen: Vec<_> =
        ["{", r#"{"a""#, r#"{"a":2"#, r#"{"a":2,"b":"#, r#"{"a":2,"b":3}"#].map(parse_partial_json).into();
    let want = [json!({}), json!({}), json!({"a": 2}), json!({"a": 2}), json!({"a": 2, "b": 3})];
    assert_eq!(seen, want.map(Some));
}

#[test]
fn incomplete_parts_are_dropped() {
    for (text, want) in [
        (r#"{"a": tr"#, json!({})),
        (r#"{"a": 1."#, json!({"a": 1})),
        (r#"{"a": -"#, json!({})),
        (r#"{"a": 1e"#, json!({"a": 1})),
        (r#"{"a": "b\"#, json!({"a": "b"})),
        (r#"{"a": "b\u00"#, json!({"a": "b"})),
        (r#"{"a": "b\ud83d"#, json!({"a": "b"})),
        (r#"{"a": ["x", "y"#, json!({"a": ["x", "y"]})),
        ("[1,", json!([1])),
        ("\"ab", json!("ab")),
        ("{\"a\": \"x\ny\"}", json!({"a": "x\ny"})),
    ] {
        assert_eq!(parse_partial_json(text), Some(want), "{text}");
    }
}

#[test]
fn invalid_json_gives_nothing() {
    let deep = "[".repeat(100_000);
    for text in ["", " ", "}", "{]", r#"{"a" 1"#, r#"{"a":1}x"#, "hello", r"{a: 1}", r#"{"a":"\q"}"#, &deep] {
        assert_eq!(parse_partial_json(text), None, "{text:.20}");
    }
}
