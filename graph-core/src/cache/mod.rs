//! Caching of updates: `#[node(cache(ttl = "5m"))]`.
//!
//! A cached node is skipped if it has run with the same inputs; its earlier update is applied again. The policy names a
//! time to live and a key; the app provides the cache, and without one the node just runs. The update of a task that
//! failed or pushed a message is not cached, and a cached task's custom events are not emitted again.
//!
//! ```
//! use graph_core::cache::MemoryCache;
//! use graph_core::prelude::*;
//!
//! #[derive(State, Clone, Debug, Default)]
//! struct Weather {
//!     #[state(input)]
//!     city: String,
//!     #[state(input)]
//!     user: String,
//!     #[state(output)]
//!     report: Late<String>,
//! }
//!
//! #[derive(Update, Clone, Debug, Serialize, Deserialize)]
//! #[update(Weather)]
//! struct Reported {
//!     report: String,
//! }
//!
//! /// Reads only the city, so that it is fetched once for all users.
//! #[node(cache(ttl = "5m"))]
//! async fn fetch(Weather { city, .. }: &Weather) -> Reported {
//!     Reported { report: format!("sunny in {city}") }
//! }
//!
//! graph! {
//!     WeatherGraph<Weather> {
//!         START -> fetch -> END;
//!     }
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> graph_core::Result<()> {
//! let app = WeatherGraph::new().cache(MemoryCache::new());
//! for (user, cached) in [("Ada", false), ("Bob", true)] {
//!     let input = WeatherInput { city: "Rome".into(), user: user.into() };
//!     let mut parts = app.run(input).stream(Mode::UPDATES);
//!     while let Some(part) = parts.next().await {
//!         if let Part::Update(update) = part? {
//!             assert_eq!(update.cached, cached);
//!         }
//!     }
//!     assert_eq!(parts.finish().await?.report, "sunny in Rome");
//! }
//! # Ok(())
//! # }
//! ```
mod memory;
mod node_cache;

pub use memory::MemoryCache;
pub use node_cache::{CacheError, CacheKey, NodeCache};
