//! References are replaced by what they refer to.

use serde_json::{Map, Value, json};

use super::Dialect;
use super::walk::each_inside;

const DEFINITIONS: [&str; 2] = ["$defs", "definitions"];

/// The schema without references. One to a type that contains itself stays, alone, with its definition; a dialect without
/// references has an object of any form in its place.
pub(super) fn references(root: &Value, dialect: Dialect) -> Value {
    let mut inliner = Inliner { root, dialect, open: Vec::new(), kept: Vec::new() };
    let mut schema = root.clone();
    if let Value::Object(keys) = &mut schema {
        DEFINITIONS.iter().for_each(|key| drop(keys.remove(*key)));
    }
    inliner.inline(&mut schema);
    let mut definitions = Map::new();
    while let Some(path) = inliner.kept.iter().find(|path| !definitions.contains_key(name(path))).cloned() {
        let mut definition = inliner.target(&path).cloned().unwrap_or(Value::Bool(true));
        inliner.open = vec![path.clone()];
        inliner.inline(&mut definition);
        definitions.insert(name(&path).to_owned(), definition);
    }
    if !definitions.is_empty() {
        schema["$defs"] = definitions.into();
    }
    schema
}

/// `#/$defs/Tree` -> `Tree`
fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

struct Inliner<'a> {
    root: &'a Value,
    dialect: Dialect,
    /// The references that are being inlined.
    open: Vec<String>,
    /// Those that stay, because their types contain themselves.
    kept: Vec<String>,
}

impl<'a> Inliner<'a> {
    fn target(&self, path: &str) -> Option<&'a Value> {
        self.root.pointer(path.strip_prefix('#')?)
    }

    fn inline(&mut self, schema: &mut Value) {
        let Value::Object(keys) = schema else { return };
        let Some(Value::String(path)) = keys.get("$ref").cloned() else {
            each_inside(keys, |inside| self.inline(inside));
            return;
        };
        keys.remove("$ref");
        if self.open.contains(&path) {
            *schema = match self.dialect {
                Dialect::Full => json!({"$ref": format!("#/$defs/{}", name(&path))}),
                Dialect::Plain => json!({"type": "object"}),
            };
            self.kept.extend(Some(path).filter(|_| self.dialect == Dialect::Full));
            return;
        }
        let mut inner = self.target(&path).cloned().unwrap_or(Value::Bool(true));
        self.open.push(path);
        self.inline(&mut inner);
        self.open.pop();
        *schema = match inner {
            // What stands beside the reference, such as a description, is about this place.
            Value::Object(mut inner) => {
                inner.append(keys);
                inner.into()
            }
            _ => std::mem::take(keys).into(),
        };
    }
}
