use graph_core::model::OfflineModel;
use graph_core::prelude::*;

#[derive(Deserialize, Debug)]
struct Order {
    item: String,
}

fn main() {
    let _ = OfflineModel::new().structured::<Order>();
}
