//! Searches by text.

use async_trait::async_trait;
use graph_core::store::{EmbedError, Embedder, Filter, Index, Search, Store, StoreError};
use serde_json::{Value, json};

use super::{keys, ok};

/// Texts that are vectors: `1 0 -2.5`.
struct Numbers(usize);

#[async_trait]
impl Embedder for Numbers {
    fn dimensions(&self) -> usize {
        self.0
    }

    async fn embed(&self, texts: &[String]) -> Result<Vec<Vec<f32>>, EmbedError> {
        let numbers = |text: &String| text.split(' ').map(str::parse).collect::<Result<Vec<f32>, _>>();
        texts.iter().map(|text| numbers(text).map_err(EmbedError::new)).collect()
    }
}

/// The items whose vectors are most similar come first, with their scores; filters, pages and prefixes apply.
pub async fn vectors(store: Store) {
    let plain = store.collection::<Value>(["a"]);
    ok("put", plain.put("plain", &json!({ "one": "1 0", "even": true })).await);
    let indexed = store.index(Index::new(Numbers(2)).fields(["one", "two"]));
    let items = indexed.collection::<Value>(["a"]);
    for (key, value) in [
        ("right", json!({ "one": "3 0", "even": true })),
        ("up", json!({ "one": "0 0.5", "even": false })),
        ("both", json!({ "one": "-1 -1", "two": "1 1", "even": true })),
        ("left", json!({ "one": "-2 0", "even": false })),
        ("again", json!({ "one": "100 0", "even": true })),
        ("nothing", json!({ "one": "0 0", "even": true })),
        ("no text", json!({ "even": true })),
    ] {
        ok("put", items.put(key, &value).await);
    }
    ok("put", items.put("gone", &json!({ "one": "1 0" })).ttl(std::time::Duration::ZERO).await);
    ok("put", indexed.collection::<Value>(["ab"]).put("other", &json!({ "one": "1 0" })).await);

    let find = async |search: Search| ok("search", items.search(&search).await);
    let right = Search::new().text("1 0").limit(usize::MAX);
    let found = find(right.clone()).await;
    assert_eq!(keys(&found), ["again", "right", "both", "nothing", "up", "left"], "of equal scores, the newest first");
    let scores = [1.0, 1.0, 0.5_f32.sqrt(), 0.0, 0.0, -1.0];
    for (item, expected) in found.iter().zip(scores) {
        let off = item.score.map(|score| (score - expected).abs());
        assert!(off.is_some_and(|off| off < 1e-5), "`{}` has {:?} and not {expected}", item.key, item.score);
    }
    assert_eq!(keys(&find(right.clone().limit(2).offset(1)).await), ["right", "both"]);
    assert_eq!(find(right.clone().offset(6)).await, []);
    assert_eq!(find(right.clone().limit(0)).await, []);
    let odd = right.clone().filter(Filter::new().eq("even", false));
    assert_eq!(keys(&find(odd.limit(1)).await), ["up"]);
    assert_eq!(keys(&find(Search::new().text("-1 -1").limit(2)).await), ["both", "left"], "the best of its vectors");
    assert!(find(Search::new()).await.iter().all(|item| item.score.is_none()), "without a text, there are no scores");

    ok("put", items.put("right", &json!({ "one": "0 1" })).await);
    ok("put", items.put("again", &json!({ "one": "1 0" })).unindexed().await);
    assert_eq!(keys(&find(right.limit(1)).await), ["both"], "vectors are replaced, or removed, with the value");

    for at in 0..100 {
        let key = format!("many {at}");
        ok("put", indexed.collection(["many"]).put(key, &json!({ "one": format!("{at} {}", 99 - at) })).await);
    }
    let many = indexed.collection::<Value>(["many"]);
    let best = ok("search", many.search(&Search::new().text("1 1").limit(4)).await);
    assert_eq!(keys(&best), ["many 50", "many 49", "many 51", "many 48"], "of many");
}

/// A vector of another number of dimensions is an error that names the item, unless the filter leaves it out.
pub async fn dimensions(store: Store) {
    let two = store.clone().index(Index::new(Numbers(2)).fields(["one"])).collection::<Value>(["a"]);
    let three = store.index(Index::new(Numbers(3)).fields(["one"])).collection::<Value>(["a"]);
    ok("put", two.put("old", &json!({ "one": "1 0", "by": 2 })).await);
    ok("put", three.put("new", &json!({ "one": "1 0 0", "by": 3 })).await);
    let search = Search::new().text("1 0 0");
    match three.search(&search).await {
        Err(StoreError::Dimensions { place, expected: 3, found: 2 }) if place.contains("`old`") => {}
        other => panic!("a search with another number of dimensions gave {other:?}"),
    }
    let found = ok("search", three.search(&search.filter(Filter::new().eq("by", 3))).await);
    assert_eq!(keys(&found), ["new"]);
    assert_eq!(ok("search", two.search(&Search::new()).await).len(), 2, "without a text, all are found");
}
