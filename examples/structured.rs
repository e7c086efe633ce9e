//! A model that answers with a Rust type, shown while it arrives; its prompt is a template whose variables rustc checks.
use graph_core::JsonSchema;
use graph_core::model::PartialValue;
use graph_core::prelude::*;

/// What the model is asked to fill: the schema comes from the type.
#[derive(Deserialize, JsonSchema, Debug)]
struct Order {
    /// What is ordered.
    item: String,
    /// How many of it.
    quantity: u32,
}

prompt! {
    ReadOrder {
        system: "Read the order of a {kind} shop.",
        user: "{text}",
    }
}

#[tokio::main]
async fn main() -> graph_core::Result<()> {
    let model = graph_models::from_env()?;
    let cx = RunContext::detached();
    let prompt = ReadOrder { kind: "tea", text: "quantity 3, item \"green tea\"" };

    let mut order = model.structured::<Order>().stream(prompt, &cx).await?;
    while let Some(part) = order.next().await {
        match part? {
            PartialValue::SoFar(json) => println!("so far: {json}"),
            PartialValue::Whole(Order { item, quantity }) => println!("order:  {quantity} of {item}"),
            _ => {}
        }
    }
    Ok(())
}
