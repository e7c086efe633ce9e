//! The JSON Schema of a tool's parameters.

use schemars::Schema;
use schemars::generate::{SchemaGenerator, SchemaSettings};
use serde_json::{Map, Value};

/// A parameter of a tool, as `#[tool]` knows it.
#[doc(hidden)]
#[derive(Debug)]
pub struct Parameter {
    pub name: &'static str,
    /// The doc comment, as it stands in the source.
    pub docs: &'static str,
    pub schema: fn(&mut SchemaGenerator) -> Schema,
    /// Whether a call may leave it out.
    pub is_optional: fn() -> bool,
}

/// The schema of an object with these parameters.
#[doc(hidden)]
#[must_use]
pub fn parameters(parameters: &[Parameter]) -> Value {
    let mut generator = generator();
    let (mut properties, mut required) = (Map::new(), Vec::new());
    for parameter in parameters {
        let mut schema = (parameter.schema)(&mut generator);
        let docs = description(parameter.docs);
        if !docs.is_empty() {
            schema.insert("description".to_owned(), docs.into());
        }
        properties.insert(parameter.name.to_owned(), schema.to_value());
        if !(parameter.is_optional)() {
            required.push(parameter.name);
        }
    }
    let mut schema = Map::from_iter([
        ("type".to_owned(), "object".into()),
        ("properties".to_owned(), properties.into()),
        ("required".to_owned(), required.into()),
        ("additionalProperties".to_owned(), false.into()),
    ]);
    // Only types that contain themselves are not inlined.
    let definitions = generator.take_definitions(true);
    if !definitions.is_empty() {
        schema.insert("$defs".to_owned(), definitions.into());
    }
    schema.into()
}

/// What a type's schema is inlined by, for values that are read.
pub(crate) fn generator() -> SchemaGenerator {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.inline_subschemas = true;
        settings.meta_schema = None;
    });
    settings.into_generator()
}

/// A doc comment as text: without the space in front of its lines.
#[doc(hidden)]
#[must_use]
pub fn description(docs: &str) -> String {
    let lines: Vec<_> = docs.lines().map(|line| line.strip_prefix(' ').unwrap_or(line).trim_end()).collect();
    lines.join("\n").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use schemars::JsonSchema;
    use serde_json::json;

    #[derive(JsonSchema)]
    #[allow(dead_code)]
    struct Filter {
        /// The oldest year.
        from: Option<u32>,
        kind: Kind,
    }

    #[derive(JsonSchema)]
    #[allow(dead_code)]
    #[serde(rename_all = "lowercase")]
    enum Kind {
        Book,
        Film,
    }

    #[derive(JsonSchema)]
    #[allow(dead_code)]
    struct Tree {
        children: Vec<Tree>,
    }

    fn of<T: JsonSchema>(name: &'static str, docs: &'static str) -> Parameter {
        Parameter { name, docs, schema: |generator| generator.subschema_for::<T>(), is_optional: || false }
    }

    #[test]
    fn subschemas_are_inlined_and_docs_are_descriptions() {
        let optional = Parameter { is_optional: || true, ..of::<Option<u8>>("limit", "") };
        let schema = parameters(&[of::<Filter>("filter", " Which ones.\n\n All, without it. "), optional]);
        assert_eq!(schema["required"], json!(["filter"]));
        let filter = &schema["properties"]["filter"];
        assert_eq!(filter["description"], "Which ones.\n\nAll, without it.");
        assert_eq!(filter["properties"]["from"]["description"], "The oldest year.");
        assert_eq!(filter["properties"]["kind"]["enum"], json!(["book", "film"]));
        assert!(!schema.to_string().contains("$ref"), "{schema}");
    }

    #[test]
    fn a_type_that_contains_itself_has_a_definition() {
        let schema = parameters(&[of::<Tree>("tree", "")]);
        let inner = &schema["$defs"]["Tree"]["properties"]["children"]["items"]["$ref"];
        assert_eq!(*inner, "#/$defs/Tree", "{schema}");
    }

    #[test]
    fn a_tool_without_parameters_takes_an_empty_object() {
        let schema = parameters(&[]);
        assert_eq!(schema, json!({"type": "object", "properties": {}, "required": [], "additionalProperties": false}));
    }
}
