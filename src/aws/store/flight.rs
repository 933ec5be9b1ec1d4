//! One asking at a time: a lock in our own state folder for each session that is made at AWS.
//!
//! Ten programs may find the same session over in the same second. Who holds its lock asks the person and AWS;
//! everybody else waits here and finds the session in the file. The kernel gives the lock back when its holder dies,
//! so there is nothing stale to clean up; the files (0600, named by a hash) stay, see [`super::lock`].

use std::fs::{File, TryLockError};
use std::path::PathBuf;

use super::{StateDir, StoreError, digest, platform};

/// The folder of these locks below the state folder.
const FOLDER: &str = "asking";

/// The sole right to make one session. Dropping it gives it back.
#[derive(Debug)]
pub struct Flight(#[expect(dead_code, reason = "held for its drop")] File);

/// What came of asking for it.
#[derive(Debug)]
pub enum Boarding {
    Ours(Flight),
    /// Somebody else has it.
    Taken(Queue),
}

/// A place behind whoever has it now.
#[derive(Debug)]
pub struct Queue {
    file: File,
    path: PathBuf,
}

/// Asks for the right to make the session that these words name: its key id and its device, say.
///
/// # Errors
/// A state folder that cannot be written.
pub fn board(state: &StateDir, words: &[&str]) -> Result<Boarding, StoreError> {
    let folder = state.dir.join(FOLDER);
    let path = folder.join(format!("{}.lock", &digest::digest(words.join("\n").as_bytes())[..32]));
    let io = |source| StoreError::io("lock", &path, source);
    platform::make_dirs(&folder).map_err(io)?;
    let file = platform::open_own(&path).map_err(io)?;
    platform::hand_over(&file, &folder).map_err(io)?;
    match file.try_lock() {
        Ok(()) => Ok(Boarding::Ours(Flight(file))),
        Err(TryLockError::WouldBlock) => Ok(Boarding::Taken(Queue { file, path })),
        Err(TryLockError::Error(source)) => Err(io(source)),
    }
}

impl Queue {
    /// Waits in the kernel on a thread of its own and hands the right on; whoever has left by then drops it.
    pub fn wait(self, then: impl FnOnce(Result<Flight, StoreError>) + Send + 'static) {
        let Self { file, path } = self;
        std::thread::spawn(move || {
            let locked = file.lock();
            then(locked.map(|()| Flight(file)).map_err(|source| StoreError::io("lock", &path, source)));
        });
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;
    use std::sync::mpsc::channel;

    use super::*;

    #[test]
    fn the_second_gets_it_when_the_first_lets_go_and_another_session_is_free() {
        let home = tempfile::tempdir().unwrap();
        let state = StateDir::new(home.path().join("state"));
        let Boarding::Ours(first) = board(&state, &["AKIA", "mfa"]).unwrap() else { panic!("it is free") };
        assert!(matches!(board(&state, &["AKIA", "other"]).unwrap(), Boarding::Ours(_)));
        let Boarding::Taken(queue) = board(&state, &["AKIA", "mfa"]).unwrap() else { panic!("it is taken") };
        let (send, receive) = channel();
        queue.wait(move |got| send.send(got.is_ok()).unwrap());
        assert!(receive.try_recv().is_err());
        drop(first);
        assert!(receive.recv().unwrap());
        let files: Vec<_> = std::fs::read_dir(state.dir.join(FOLDER)).unwrap().flatten().collect();
        assert_eq!(files.len(), 2);
        for file in files {
            assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
            assert!(!file.file_name().to_string_lossy().contains("AKIA"));
        }
    }
}
