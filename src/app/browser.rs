//! The page of instance metadata: which folders were opened, what stands in them, what was read last.
//!
//! Every request is made by a key. What was read stays until the page is closed, so going up asks nothing.

use jiff::Timestamp;

use super::msg::{JobId, Trouble};
use crate::aws::metadata::{Found, Metadata, ROOT, child};

/// The page's state.
#[derive(Debug, Default)]
pub struct Browser {
    /// The folders on the way to where the cursor is, the root first.
    pub levels: Vec<Level>,
    /// The value read last.
    pub value: Option<Value>,
    /// Lines of the value scrolled.
    pub scroll: usize,
    pub service: Option<Service>,
    pub asking: Option<Asking>,
    pub trouble: Option<Trouble>,
}

/// A folder.
#[derive(Debug, PartialEq, Eq)]
pub struct Level {
    /// The whole path, with a slash at the end.
    pub path: String,
    pub entries: Vec<String>,
    pub cursor: usize,
}

/// A value, its credentials masked.
#[derive(Debug, PartialEq, Eq)]
pub struct Value {
    pub path: String,
    pub text: String,
}

/// Who answered.
#[derive(Debug, PartialEq, Eq)]
pub struct Service {
    pub endpoint: String,
    pub version: u8,
    /// Seconds the token is good for.
    pub token_ttl: Option<u32>,
    /// The instance's role and when its credentials expire.
    pub role: Option<(String, Option<Timestamp>)>,
}

/// A request under way.
#[derive(Debug, PartialEq, Eq)]
pub struct Asking {
    pub job: JobId,
    pub path: String,
    pub since: Timestamp,
}

impl Browser {
    /// The folder shown.
    #[must_use]
    pub fn folder(&self) -> Option<&Level> {
        self.levels.last()
    }

    /// The path under the cursor; the root before anything was read.
    #[must_use]
    pub fn chosen(&self) -> String {
        let chosen =
            self.folder().and_then(|level| Some(child(&level.path, level.entries.get(level.cursor)?)));
        chosen.unwrap_or_else(|| ROOT.to_owned())
    }

    /// The value of the path under the cursor, if it was read.
    #[must_use]
    pub fn shown(&self) -> Option<&Value> {
        self.value.as_ref().filter(|value| value.path == self.chosen())
    }

    /// Moves the cursor within its folder.
    pub fn step(&mut self, by: isize) {
        if let Some(level) = self.levels.last_mut() {
            let last = level.entries.len().saturating_sub(1);
            level.cursor = level.cursor.saturating_add_signed(by).min(last);
        }
    }

    /// Back to the folder above; the root stays.
    pub fn up(&mut self) {
        if self.levels.len() > 1 {
            self.levels.pop();
        }
    }

    /// Takes an answer in.
    pub fn learn(&mut self, seen: Metadata) {
        let Metadata { endpoint, version, token_ttl, path, found, role } = seen;
        let role = role.or_else(|| self.service.take().and_then(|service| service.role));
        self.service = Some(Service { endpoint, version, token_ttl, role });
        match found {
            Found::Entries(entries) => self.levels.push(Level { path, entries, cursor: 0 }),
            Found::Value(text) => {
                self.value = Some(Value { path, text: crate::aws::metadata::pretty(&text) });
                self.scroll = 0;
            }
        }
    }
}
