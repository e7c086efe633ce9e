//! Which errors are retried: an error type decides through a trait.

use std::fmt;
use std::io;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use graph_core::model::{ApiError, ModelError};
use graph_core::prelude::*;
use tokio::time::Instant;

use crate::kit::{Line, Log, nothing};

#[derive(Clone, Copy, Debug)]
enum ShopError {
    Busy(Duration),
    SoldOut,
}

impl fmt::Display for ShopError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

impl std::error::Error for ShopError {}

impl Retryable for ShopError {
    fn is_retryable(&self) -> bool {
        matches!(self, Self::Busy(_))
    }

    fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Busy(after) => Some(*after),
            Self::SoldOut => None,
        }
    }
}

/// A shop with one error for all callers, and the number of its calls.
struct Shop {
    error: ShopError,
    asked: AtomicU32,
}

impl Shop {
    fn order(&self) -> Result<Line, ShopError> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        Err(self.error)
    }
}

fn shop(error: ShopError) -> Shop {
    Shop { error, asked: AtomicU32::new(0) }
}

/// The node's own error type decides.
#[node(retry(jitter = false))]
async fn own_error(_: &Log, cx: &Context<Own>) -> Result<Line, ShopError> {
    cx.deps().order()
}

/// A `NodeResult` takes any error; this one is passed on as `Retryable`.
#[node(retry(jitter = false))]
async fn handed_over(_: &Log, cx: &Context<HandedOver>) -> NodeResult<Line> {
    cx.deps().order().map_err(NodeError::retryable)
}

/// `?` loses the type.
#[node(retry(jitter = false))]
async fn unknown(_: &Log, cx: &Context<Unknown>) -> NodeResult<Line> {
    Ok(cx.deps().order()?)
}

graph! { Own<Log, Shop> { START -> own_error -> END; } }
graph! { HandedOver<Log, Shop> { START -> handed_over -> END; } }
graph! { Unknown<Log, Shop> { START -> unknown -> END; } }

const BUSY: ShopError = ShopError::Busy(Duration::from_millis(100));

#[tokio::test(start_paused = true)]
async fn an_error_says_whether_it_is_tried_again() {
    for (error, tries) in [(BUSY, 3), (ShopError::SoldOut, 1)] {
        let app = Own::new(shop(error));
        app.run(nothing()).await.unwrap_err();
        assert_eq!(app.deps().asked.load(Ordering::SeqCst), tries, "{error}");

        let app = HandedOver::new(shop(error));
        app.run(nothing()).await.unwrap_err();
        assert_eq!(app.deps().asked.load(Ordering::SeqCst), tries, "{error}");

        let app = Unknown::new(shop(error));
        app.run(nothing()).await.unwrap_err();
        assert_eq!(app.deps().asked.load(Ordering::SeqCst), 3, "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_pause_is_as_long_as_the_error_asks_for() {
    let begun = Instant::now();
    Own::new(shop(ShopError::Busy(Duration::from_secs(7)))).run(nothing()).await.unwrap_err();
    assert_eq!(begun.elapsed().as_secs(), 14);
    // An error that asks for a longer wait than the policy allows is not retried.
    let begun = Instant::now();
    let app = Own::new(shop(ShopError::Busy(Duration::from_hours(1))));
    app.run(nothing()).await.unwrap_err();
    assert_eq!((app.deps().asked.load(Ordering::SeqCst), begun.elapsed().as_secs()), (1, 0));
}

/// The errors of a node, one per attempt.
type Fails = (fn() -> NodeError, AtomicU32);

#[node(retry(jitter = false))]
async fn failing(_: &Log, cx: &Context<Failing>) -> NodeResult<Line> {
    cx.deps().1.fetch_add(1, Ordering::SeqCst);
    Err(cx.deps().0())
}

graph! { Failing<Log, Fails> { START -> failing -> END; } }

#[tokio::test(start_paused = true)]
async fn what_the_network_may_mend_is_tried_again_and_a_refusal_or_a_wrong_value_is_not() {
    fn api(status: u16) -> NodeError {
        ModelError::Api(Box::new(ApiError { status: Some(status), ..ApiError::default() })).into()
    }
    let cases: [(fn() -> NodeError, u32); 9] = [
        (|| api(503), 3),
        (|| api(429), 3),
        (|| api(400), 1),
        (|| ModelError::Connection { endpoint: "here".into(), problem: "broken".into() }.into(), 3),
        (|| io::Error::from(io::ErrorKind::ConnectionReset).into(), 3),
        (|| io::Error::from(io::ErrorKind::NotFound).into(), 1),
        (|| "seven".parse::<u32>().unwrap_err().into(), 1),
        (|| serde_json::from_str::<u32>("true").unwrap_err().into(), 1),
        (|| NodeError::msg("who knows"), 3),
    ];
    for (error, tries) in cases {
        let app = Failing::new((error, AtomicU32::new(0)));
        app.run(nothing()).await.unwrap_err();
        assert_eq!(app.deps().1.load(Ordering::SeqCst), tries, "{}", error());
    }
}
