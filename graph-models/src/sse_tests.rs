use super::*;

fn event(event: &str, data: &str) -> SseEvent {
    SseEvent { event: event.into(), data: data.into() }
}

/// All events of `bytes`, pushed in chunks of `size`.
fn decode(bytes: &[u8], size: usize) -> Vec<SseEvent> {
    let mut decoder = SseDecoder::default();
    let mut events = Vec::new();
    for piece in bytes.chunks(size) {
        decoder.push(piece);
        while let Some(event) = decoder.next_event().unwrap() {
            events.push(event);
        }
    }
    events
}

#[test]
fn line_ends_comments_marks_and_fields_in_any_chunking() {
    let cases: [(&[u8], Vec<SseEvent>); 12] = [
        (b"data: a\n\ndata: b\n\n", vec![event("", "a"), event("", "b")]),
        (b"data: a\r\n\r\ndata: b\r\n\r\n", vec![event("", "a"), event("", "b")]),
        (b"data: a\r\rdata: b\r\r", vec![event("", "a"), event("", "b")]),
        (b"data: a\r\n\ndata: b\n\r\n", vec![event("", "a"), event("", "b")]),
        (b"\xef\xbb\xbfdata: a\n\n", vec![event("", "a")]),
        (b":\n\n: ping - now\r\n\r\ndata: a\n\n:\n", vec![event("", "a")]),
        (b"event: x\ndata: a\ndata: b\nid: 7\nretry: 1\nodd: y\n\n", vec![event("x", "a\nb")]),
        (b"event: x\n\ndata: a\n\n", vec![event("", "a")]),
        (b"data:a\ndata:  b\n\n", vec![event("", "a\n b")]),
        (b"data\n\ndata:\n\n", vec![event("", ""), event("", "")]),
        ("data: é😀\n\n".as_bytes(), vec![event("", "é😀")]),
        (b"data: a\xff\n\ndata: b\n\n", vec![event("", "a\u{fffd}"), event("", "b")]),
    ];
    for (bytes, want) in cases {
        for size in 1..=bytes.len() {
            assert_eq!(decode(bytes, size), want, "{bytes:?} in pieces of {size}");
        }
    }
}

#[test]
fn an_event_is_emitted_as_soon_as_its_blank_line_begins() {
    let mut decoder = SseDecoder::default();
    decoder.push(b"data: a\r\n\r");
    assert_eq!(decoder.next_event(), Ok(Some(event("", "a"))));
    decoder.push(b"\ndata: b\r\n\r\n");
    assert_eq!(decoder.next_event(), Ok(Some(event("", "b"))));
}

#[test]
fn an_event_without_its_blank_line_is_not_emitted() {
    for bytes in [&b"data: a"[..], b"data: a\n", b"data: a\r\n", b"da"] {
        let mut decoder = SseDecoder::default();
        decoder.push(bytes);
        assert_eq!(decoder.next_event(), Ok(None));
        assert!(decoder.is_amid_event());
    }
}

#[test]
fn a_too_large_event_is_refused_in_any_chunking() {
    for line in [&b"data: aaaa\n"[..], b"aaaa"] {
        let mut decoder = SseDecoder::with_limit(100);
        let refused = (0..100).any(|_| {
            decoder.push(line);
            decoder.next_event().is_err()
        });
        assert!(refused);
    }
}

#[test]
fn a_megabyte_in_single_bytes_is_fast() {
    let bytes = format!("data: {}\n\n", "x".repeat(1 << 20));
    let start = std::time::Instant::now();
    assert_eq!(decode(bytes.as_bytes(), 1).len(), 1);
    assert!(start.elapsed() < std::time::Duration::from_secs(5), "{:?}", start.elapsed());
}
