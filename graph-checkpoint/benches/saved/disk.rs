//! A folder for database files, deleted at its end.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

pub(crate) struct Folder(PathBuf);

impl Folder {
    /// In the folder for a bench's files, which is on a disk.
    pub(crate) fn new() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let name = format!("saved-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        std::fs::create_dir_all(&folder).expect("a folder can be made");
        Self(folder)
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// The bytes of all files, once the database is closed, so that its WAL is in the file.
    pub(crate) fn bytes_after<S>(&self, saver: S) -> u64 {
        drop(saver);
        // The connections close on a thread of their own.
        let size = || {
            let files = std::fs::read_dir(&self.0).expect("the folder is there").flatten();
            files.filter_map(|file| file.metadata().ok()).map(|file| file.len()).sum::<u64>()
        };
        let has_wal = || self.file("ours.db-wal").exists();
        for _ in 0..200 {
            if !has_wal() {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        size()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
