//! Notices when somebody else changes one of the two files.
//!
//! The kernel tells (`notify` watches the *directories*, because most programs replace the file); reading a file
//! is not a change. What was read is remembered by its stat, so that our own writes and a mere touch lead nowhere.

use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::time::SystemTime;

use notify::event::{AccessKind, AccessMode, EventKind};
use notify::{RecommendedWatcher, RecursiveMode, Watcher as _};

use super::event::Event;
use crate::aws::world::AwsFiles;

/// Length, modification time and identity of a file; `None` when it is not there.
type Stamp = Option<(u64, Option<SystemTime>, u64)>;

/// Watches both files.
pub struct Watch {
    files: [PathBuf; 2],
    stamps: [Stamp; 2],
    /// Kept alive; without one (no inotify left) there is still the look on focus.
    watcher: Option<RecommendedWatcher>,
    started: bool,
}

impl Watch {
    pub fn new(files: &AwsFiles) -> Self {
        Self {
            files: [files.config.clone(), files.credentials.clone()],
            stamps: [None, None],
            watcher: None,
            started: false,
        }
    }

    /// Remembers the files as they are: called before they are read.
    pub fn remember(&mut self) {
        self.stamps = [stamp(&self.files[0]), stamp(&self.files[1])];
    }

    /// Whether one of them is another than the one remembered.
    pub fn differs(&self) -> bool {
        self.files.iter().zip(&self.stamps).any(|(file, before)| stamp(file) != *before)
    }

    /// Asks the kernel to tell; false if it was asked before.
    pub fn starts(&mut self, send: &Sender<Event>) -> bool {
        if self.started {
            return false;
        }
        self.started = true;
        self.start(send.clone());
        true
    }

    fn start(&mut self, send: Sender<Event>) {
        let names: Vec<_> = self
            .files
            .iter()
            .flat_map(|file| [Some(file.clone()), file.canonicalize().ok()])
            .flatten()
            .collect();
        let folders: Vec<_> = names.iter().filter_map(|file| nearest(file)).collect();
        let on_event = move |event: notify::Result<notify::Event>| {
            if event.is_ok_and(|event| changes(event.kind) && concerns(&event.paths, &names)) {
                let _ = send.send(Event::Touched);
            }
        };
        let Ok(mut watcher) = notify::recommended_watcher(on_event) else { return };
        let mut seen: Vec<PathBuf> = Vec::new();
        for folder in folders {
            if !seen.contains(&folder) && watcher.watch(&folder, RecursiveMode::NonRecursive).is_ok() {
                seen.push(folder);
            }
        }
        self.watcher = Some(watcher);
    }
}

/// The folder of a file, or the nearest one above it that is there.
fn nearest(file: &Path) -> Option<PathBuf> {
    file.ancestors().skip(1).find(|folder| folder.is_dir()).map(Path::to_owned)
}

/// One of the files, or the folder on the way to one, was meant.
fn concerns(paths: &[PathBuf], names: &[PathBuf]) -> bool {
    paths.iter().any(|path| names.iter().any(|name| name.starts_with(path)))
}

const fn changes(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
        EventKind::Access(_) => false,
        _ => true,
    }
}

fn stamp(file: &Path) -> Stamp {
    use std::os::unix::fs::MetadataExt as _;
    let metadata = file.metadata().ok()?;
    Some((metadata.len(), metadata.modified().ok(), metadata.ino()))
}
