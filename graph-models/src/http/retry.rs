//! Retries of requests.
use std::time::{Duration, SystemTime};

use reqwest::header::HeaderMap;

/// The longest wait that a server may ask for; if it asks for more, the error is returned.
const LONGEST_ASKED: Duration = Duration::from_mins(2);
/// The first wait, doubled for each retry.
const FIRST: Duration = Duration::from_millis(500);
/// The longest wait without a server's request.
const LONGEST: Duration = Duration::from_secs(8);

/// The wait before retry number `retry`, counted from 0; `None` if the server asks for too long a wait. The rules are
/// those of OpenAI's clients: 0.5 s, doubled each time, at most 8 s, minus a random quarter, so that clients that
/// failed together do not retry together.
pub(crate) fn wait(retry: u32, asked: Option<Duration>) -> Option<Duration> {
    match asked {
        Some(asked) if asked > LONGEST_ASKED => None,
        Some(asked) if !asked.is_zero() => Some(asked),
        _ => {
            let wait = FIRST.saturating_mul(2_u32.saturating_pow(retry)).min(LONGEST);
            Some(wait.mul_f64(1.0 - 0.25 * fastrand::f64()))
        }
    }
}

/// The wait that a server asks for: `retry-after-ms`, or `retry-after` in seconds or as a date.
pub(crate) fn asked_wait(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = |name: &str| headers.get(name)?.to_str().ok().map(str::trim);
    if let Some(wait) = text("retry-after-ms").and_then(|ms| ms.parse::<f64>().ok()).and_then(|ms| seconds(ms / 1000.0))
    {
        return Some(wait);
    }
    let after = text("retry-after")?;
    match after.parse::<f64>() {
        Ok(value) => seconds(value),
        Err(_) => httpdate::parse_http_date(after).ok()?.duration_since(now).ok(),
    }
}

fn seconds(value: f64) -> Option<Duration> {
    Duration::try_from_secs_f64(value).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::header::{HeaderName, HeaderValue};

    fn asked(pairs: &[(&'static str, &'static str)]) -> Option<Duration> {
        let header = |&(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value));
        let now = httpdate::parse_http_date("Sat, 21 Nov 2026 16:00:00 GMT").unwrap();
        asked_wait(&pairs.iter().map(header).collect(), now)
    }

    #[test]
    fn all_forms_of_the_header_are_read() {
        assert_eq!(asked(&[("retry-after-ms", "250"), ("retry-after", "9")]), Some(Duration::from_millis(250)));
        assert_eq!(asked(&[("retry-after", "1.5")]), Some(Duration::from_millis(1500)));
        assert_eq!(asked(&[("retry-after", "Sat, 21 Nov 2026 16:00:07 GMT")]), Some(Duration::from_secs(7)));
        for bad in ["-1", "NaN", "soon", "1e300", "Sat, 21 Nov 2026 15:00:00 GMT", ""] {
            assert_eq!(asked(&[("retry-after", bad)]), None, "{bad}");
        }
        assert_eq!(asked(&[("retry-after-ms", "x"), ("retry-after", "2")]), Some(Duration::from_secs(2)));
    }

    #[test]
    fn waits_double_up_to_a_limit_and_a_too_long_wait_is_refused() {
        for (retry, longest) in [(0, 500), (1, 1000), (2, 2000), (4, 8000), (40, 8000)] {
            let wait = wait(retry, None).unwrap().as_millis();
            assert!(wait <= longest && wait >= longest * 3 / 4 - 1, "{wait}");
        }
        assert_eq!(wait(0, Some(Duration::from_secs(3))), Some(Duration::from_secs(3)));
        assert_eq!(wait(0, Some(Duration::from_secs(121))), None);
    }
}
