//! Texts that are statements, patterns, paths or operators elsewhere.

const SEEDS: [&str; 42] = [
    "'",
    "''",
    "\"",
    "`",
    "\\",
    "\\'",
    "' OR '1'='1",
    "' OR 1=1 --",
    "'; DROP TABLE store_items; --",
    "\"; DELETE FROM store_items; --",
    "') UNION SELECT 1, 2, 3 --",
    "1; SELECT pg_sleep(10)",
    "/* */",
    "--",
    "$.a')--",
    "$.a') = 1 OR ('1",
    "$.*",
    "$[0]",
    "a.b",
    "a->>'b'",
    "{a,b}",
    "{\"$ne\":1}",
    "{$ne:1}",
    "$gt",
    "*",
    "**",
    "?",
    "%",
    "_",
    "%%",
    "[a-z]",
    "^a",
    ".*",
    "$1",
    "?1",
    ":name",
    "@name",
    "{}",
    "null",
    "true",
    "\u{2019}",
    "日本語 🦀",
];

/// More than 200 of them, each once: every seed by itself, and in the middle of something else.
pub(super) fn payloads() -> Vec<String> {
    let around = |seed: &str| {
        [seed.to_owned(), format!("a{seed}"), format!("{seed}a"), format!("k'{seed}"), format!("{seed}\u{1}\n{seed}")]
    };
    let mut payloads: Vec<String> = SEEDS.iter().flat_map(|seed| around(seed)).collect();
    payloads.extend(["a", "A", "é", "e\u{301}", "ß", "SS", " ", "a ", "0", "00", "\u{200b}"].map(str::to_owned));
    payloads.sort();
    payloads.dedup();
    assert!(payloads.len() >= 200, "there are {} payloads", payloads.len());
    payloads
}
