//! Caches of what nodes wrote: `#[node(cache(ttl = "5m"))]`.
//!
//! A node with a cache policy is not run where it was run before with what it reads now: what it wrote then counts again.
//! The policy says for how long and by which key; the app brings the cache. Without one, the node just runs. What a node
//! wrote that pushed a message or failed is not kept, and what it emitted is not emitted again.
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
//!     report: Late<String>,
//! }
//!
//! #[derive(Update, Clone, Debug, Serialize, Deserialize)]
//! #[update(Weather)]
//! struct Reported {
//!     report: String,
//! }
//!
//! /// Reads the city only, so that it is fetched once for all users.
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
//!     assert_eq!(*parts.finish().await?.report, "sunny in Rome");
//! }
//! # Ok(())
//! # }
//! ```
mod memory;
mod node_cache;

pub use memory::MemoryCache;
pub use node_cache::{CacheError, CacheKey, NodeCache};
