//! What the about page tells of the program and of where it runs.

use std::path::PathBuf;

/// Facts that do not change while the screen stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// awsprof's own folders and files: what each is, where it is.
    pub folders: Vec<(&'static str, PathBuf)>,
    /// What the environment says of the terminal.
    pub terminal: Vec<(&'static str, String)>,
}

/// The program's version.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Its licence.
pub const LICENCE: &str = env!("CARGO_PKG_LICENSE");

/// What the demo's authenticator shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authenticator {
    pub digits: String,
    pub seconds_left: u8,
    /// AWS has taken it already: the next one is needed.
    pub used: bool,
}
