//! Damaged bytes are an error with the thread, the step and the field, whatever they say of themselves.

use fastrand::Rng;
use graph_core::checkpoint::{CheckpointError, Record};

use crate::random::{seed, update};
use crate::values::{RichInput, Writing};
use crate::{changed, checkpoint_error};
use graph_tests::kit::RecordingSaver;

async fn records(rng: &mut Rng) -> Vec<Record> {
    let saver = RecordingSaver::default();
    let app = Writing::new(update(rng)).checkpointer(saver.clone());
    app.thread("t").run(RichInput { n: 1 }).await.unwrap();
    saver.records()
}

async fn load(records: &[Record], change: impl FnMut(&mut Vec<u8>)) -> graph_core::Result<()> {
    let saver = changed(records, change).await;
    let app = Writing::new(update(&mut Rng::with_seed(1))).checkpointer(saver);
    app.thread("t").state().await.map(drop)
}

fn is_typed(result: graph_core::Result<()>) -> bool {
    match result {
        Ok(()) => false,
        Err(graph_core::Error::Checkpoint(CheckpointError::Decode { thread, .. })) => thread == "t",
        Err(graph_core::Error::Checkpoint(CheckpointError::Changed { .. } | CheckpointError::Removed { .. })) => true,
        Err(error) => panic!("{error}"),
    }
}

#[tokio::test]
async fn bytes_that_are_cut_off_are_an_error() {
    let mut rng = Rng::with_seed(seed());
    for _ in 0..30 {
        let records = records(&mut rng).await;
        for _ in 0..30 {
            let mut cut = rng.clone();
            // A cut never leaves a whole value.
            assert!(is_typed(load(&records, |bytes| bytes.truncate(cut.usize(..bytes.len()))).await));
            rng.u8(..);
        }
    }
}

#[tokio::test]
async fn flipped_and_random_bytes_never_panic() {
    let mut rng = Rng::with_seed(seed());
    let mut errors = 0;
    for _ in 0..60 {
        let records = records(&mut rng).await;
        for _ in 0..60 {
            let result = load(&records, |bytes| match rng.u8(0..4) {
                0 => rng.fill(bytes),
                1 => bytes.extend([0, 0]),
                _ => {
                    for _ in 0..rng.usize(1..4) {
                        let at = rng.usize(..bytes.len());
                        bytes[at] = rng.u8(..);
                    }
                }
            });
            errors += usize::from(is_typed(result.await));
        }
    }
    assert!(errors > 1000, "only {errors} of 3600 were damaged");
}

/// The bytes of an update of one field, whose value is `value`.
fn field(name: &str, value: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0x81, 0xa0 + name.len() as u8];
    bytes.extend(name.as_bytes());
    bytes.extend([0x92, 0xc0, 0xc6]);
    bytes.extend((value.len() as u32).to_be_bytes());
    bytes.extend(value);
    bytes
}

#[tokio::test]
async fn no_length_is_believed_and_no_depth_is_followed() {
    let records = records(&mut Rng::with_seed(1)).await;
    let claims: [&[u8]; 6] = [
        b"\xdd\xff\xff\xff\xff",
        b"\xdf\xff\xff\xff\xff\x00",
        b"\xdb\xff\xff\xff\xff",
        b"\xc6\xff\xff\xff\xff",
        b"\xc9\xff\xff\xff\xff\x01",
        b"\xc1",
    ];
    let deep: Vec<Vec<u8>> = [0x91_u8, 0x81].into_iter().map(|head| vec![head; 1_000_000]).collect();
    let values = claims.into_iter().chain(deep.iter().map(Vec::as_slice));
    for value in values {
        for name in ["tree", "json", "untagged", "bytes", "letter", "messages", "wide", "unit"] {
            let result = load(&records, |bytes| *bytes = field(name, value)).await;
            let error = checkpoint_error(result);
            let CheckpointError::Decode { field, .. } = &error else { panic!("{error}") };
            assert_eq!(field.as_deref(), Some(name), "{error}");
        }
    }
}

#[tokio::test]
async fn bytes_of_another_encoding_are_an_error() {
    let records = records(&mut Rng::with_seed(1)).await;
    for text in ["", "{\"n\":1}", "null", "\u{80}"] {
        assert!(is_typed(load(&records, |bytes| *bytes = text.as_bytes().to_vec()).await), "{text}");
    }
}
