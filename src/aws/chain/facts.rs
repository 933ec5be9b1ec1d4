//! What is known: the environment, the moment, and the answers to the probes so far. Secrets live here and
//! nowhere else: a trace made from these facts holds none.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use secrecy::ExposeSecret as _;

use super::files::chunks::Chunks;
use super::files::{Grammar, LazyFile, ReadFile, Reading};
use super::probe::Probe;
use super::trace::Identity;

use crate::aws::ini::{Document, FileKind, Text, text};
use crate::aws::profile::{Estate, FileState};
use crate::aws::secret::{Credentials, Secret};
use crate::aws::world::{Env, World};

/// Reads a local file as the answer to [`Probe::File`].
#[must_use]
pub fn read(world: &World, path: &Path) -> Answer {
    match world.fs.read_file(path) {
        Ok(bytes) => Answer::File(Some(text(bytes))),
        Err(error) if error.kind() == std::io::ErrorKind::IsADirectory => {
            Answer::Failed("it is a folder".to_owned())
        }
        Err(_) => Answer::File(None),
    }
}

/// The facts a chain is resolved over. `Debug` shows no values.
pub struct Facts {
    pub env: Env,
    pub home: PathBuf,
    pub now: Timestamp,
    answers: BTreeMap<String, Arc<Answer>>,
    /// Questions whose answers were looked at since the last [`Facts::take_used`], files left out.
    used: Mutex<BTreeSet<String>>,
    /// Files already parsed, so that seventeen tools do not parse the same bytes seventeen times.
    parsed: Mutex<Parsed>,
}

#[derive(Default)]
struct Parsed {
    /// Each file cut into chunks, which all tools share.
    chunks: BTreeMap<(PathBuf, FileKind), Arc<Chunks>>,
    /// What is not plain, by path, kind of file and name of the grammar.
    odd: BTreeMap<(PathBuf, FileKind, &'static str), Arc<ReadFile>>,
}

/// A sign-in, renewed or found renewed.
#[derive(Clone, Debug)]
pub struct SignedIn {
    pub access_token: Secret,
    pub expires_at: Timestamp,
    /// `renewed just now, good until …`
    pub said: String,
}

/// What a probe came back with.
pub enum Answer {
    /// A file's bytes, or `None` where there is no such file.
    File(Option<Text>),
    Keys(Credentials),
    /// A sign-in to Identity Center that is good now.
    SignIn(SignedIn),
    /// A plain text: an availability zone.
    Text(String),
    /// Who the keys are.
    Who(Identity),
    /// It answered that it has none, or did not answer: one sentence.
    Nothing(String),
    /// It failed: one sentence.
    Failed(String),
}

impl Facts {
    /// What a world says by itself: no file read, nothing asked.
    #[must_use]
    pub fn of(world: &World) -> Self {
        Self {
            env: world.env.clone(),
            home: world.home().unwrap_or_default(),
            now: world.now(),
            answers: BTreeMap::new(),
            used: Mutex::default(),
            parsed: Mutex::default(),
        }
    }

    /// Remembers the answer to a probe.
    pub fn learn(&mut self, probe: &Probe, answer: Answer) {
        self.answers.insert(probe.key(), Arc::new(answer));
    }

    /// Takes over the two files as they were read for an estate.
    pub fn share(&mut self, estate: &Estate) {
        for kind in [FileKind::Config, FileKind::Credentials] {
            let (path, document) = (estate.path(kind), estate.shared(kind));
            let probe = Probe::File(path.to_owned());
            // A path that is both files is one text.
            if *estate.state(kind) != FileState::Present || self.answers.contains_key(&probe.key()) {
                continue;
            }
            self.learn(&probe, Answer::File(Some(document.text())));
            let parsed = self.parsed.get_mut().unwrap_or_else(PoisonError::into_inner);
            parsed.chunks.insert((path.to_owned(), kind), Arc::new(Chunks::of(document)));
        }
    }

    /// Takes over what was asked elsewhere, by the probes' keys, in place of what was known before; files stay.
    pub fn adopt(&mut self, asked: impl IntoIterator<Item = (String, Arc<Answer>)>) {
        self.answers.retain(|_, answer| matches!(**answer, Answer::File(_)));
        self.answers.extend(asked);
    }

    /// The questions whose answers were looked at since the last call, files left out.
    pub fn take_used(&mut self) -> BTreeSet<String> {
        std::mem::take(self.used.get_mut().unwrap_or_else(PoisonError::into_inner))
    }

    /// Forgets every local file: they may have changed. What was asked elsewhere stays answered.
    pub fn forget_files(&mut self) {
        self.answers.retain(|name, _| !name.starts_with("file "));
        *self.parsed.lock().unwrap_or_else(PoisonError::into_inner) = Parsed::default();
    }

    /// The answer to a probe, if it was asked.
    #[must_use]
    pub fn answer(&self, probe: &Probe) -> Option<&Answer> {
        let key = probe.key();
        let answer = self.answers.get(&key)?;
        if !probe.is_local() {
            self.used.lock().unwrap_or_else(PoisonError::into_inner).insert(key);
        }
        Some(answer)
    }

    /// A local file's bytes (`Some(None)`: there is no such file), or `None` if it was not read yet.
    #[must_use]
    pub fn file(&self, path: &Path) -> Option<Option<&[u8]>> {
        match self.answer(&Probe::File(path.to_owned()))? {
            Answer::File(bytes) => Some(bytes.as_ref().map(|bytes| bytes.expose_secret())),
            _ => Some(None),
        }
    }

    /// An AWS file as a grammar reads it; `None` if it was not read yet.
    pub(super) fn parsed(&self, path: &Path, kind: FileKind, grammar: Grammar) -> Option<LazyFile> {
        let text = match self.answer(&Probe::File(path.to_owned()))? {
            Answer::File(text) => text.as_ref(),
            Answer::Failed(_) => {
                let folder = Arc::new(ReadFile::empty(path, Reading::Folder));
                return Some(LazyFile::new(grammar, kind, folder, None));
            }
            _ => None,
        };
        let mut parsed = self.parsed.lock().unwrap_or_else(PoisonError::into_inner);
        let Parsed { chunks, odd } = &mut *parsed;
        let chunks = text.map(|text| {
            let cut = || Arc::new(Chunks::of(Arc::new(Document::of(kind, Arc::clone(text)))));
            Arc::clone(chunks.entry((path.to_owned(), kind)).or_insert_with(cut))
        });
        let odd = odd
            .entry((path.to_owned(), kind, grammar.name()))
            .or_insert_with(|| Arc::new(LazyFile::odd(grammar, path, kind, chunks.as_deref())));
        Some(LazyFile::new(grammar, kind, Arc::clone(odd), chunks))
    }
}

impl std::fmt::Debug for Facts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Facts")
            .field("env", &self.env)
            .field("asked", &self.answers.keys())
            .finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::File(Some(_)) => "a file",
            Self::File(None) => "no file",
            Self::Keys(_) => "keys",
            Self::Text(text) | Self::Nothing(text) | Self::Failed(text) => text,
            Self::SignIn(_) => "a sign-in",
            Self::Who(_) => "an identity",
        })
    }
}
