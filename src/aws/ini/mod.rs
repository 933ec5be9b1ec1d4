//! The two AWS files as text that is never damaged.
//!
//! [`lex`] cuts bytes into lines with spans, driven by a [`Dialect`], which is data: every tool reads the
//! same lexer's lines its own way. [`Document`] is the file as the SDKs' shared grammar understands it
//! (sdkref guide, *Format of the config and credentials files*), and prints byte for byte as it was found.
//! [`edit`](Document::set) changes single spans of it; everything else stays as it is.
//!
//! Nothing is refused: any bytes are a document, what is wrong with them is in [`Document::problems`].

mod colon;
mod dialect;
mod document;
mod edit;
mod heading;
mod index;
mod keys;
pub mod lex;
mod named;
mod nested;
mod parse;
mod place;
mod plain;
mod problem;
mod repair;
mod replace;
mod section;
mod style;

#[cfg(test)]
mod tests;

pub use colon::Colon;
pub use dialect::{Delimiters, Dialect, InlineComments};
pub(crate) use document::Found;
pub use document::{Document, Value};
pub use edit::{EditError, RawEntry};
pub use heading::Straight;
pub use keys::KeySet;
pub(crate) use named::Named;
pub use problem::{Fault, Problem};
pub(crate) use replace::CREDENTIAL_KEYS;
pub use replace::is_credential_key;
pub use section::{Entry, Section};

use std::sync::Arc;

use secrecy::SecretSlice;
use secrecy::zeroize::Zeroize as _;

/// The bytes of a file, which may hold secrets: shared by all who look at them, zeroed when the last one is done. A slice
/// is zeroed in bulk, where `zeroize` (1.9) takes a vector byte by byte.
pub type Text = Arc<SecretSlice<u8>>;

/// Bytes as a text. A vector with room to spare would be moved to fit, and what it held would stay behind: it is copied,
/// and zeroed.
#[must_use]
pub fn text(mut bytes: Vec<u8>) -> Text {
    if bytes.len() == bytes.capacity() {
        return Arc::new(bytes.into());
    }
    let text = SecretSlice::from(Box::<[u8]>::from(&bytes[..]));
    bytes.as_mut_slice().zeroize();
    Arc::new(text)
}

/// Which of the two files a text is: their headers differ (`[profile x]` against `[x]`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FileKind {
    Config,
    Credentials,
}

/// What a section is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SectionKind {
    Profile,
    SsoSession,
    Services,
    /// Anything no SDK reads as one of the above: `[plugins]`, `[name]` without `profile `, invalid names.
    Other,
}

/// A section by kind and name. For [`SectionKind::Other`] the name is all that stands between the brackets.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SectionId {
    pub kind: SectionKind,
    pub name: String,
}

impl SectionId {
    /// The profile `name`, whichever way the file spells its header.
    pub fn profile(name: impl Into<String>) -> Self {
        Self { kind: SectionKind::Profile, name: name.into() }
    }

    /// `[sso-session name]`.
    pub fn sso_session(name: impl Into<String>) -> Self {
        Self { kind: SectionKind::SsoSession, name: name.into() }
    }

    /// `[services name]`.
    pub fn services(name: impl Into<String>) -> Self {
        Self { kind: SectionKind::Services, name: name.into() }
    }

    /// The header line a new section of this id gets, without a line break.
    #[must_use]
    pub fn header(&self, file: FileKind) -> String {
        let prefix = match (self.kind, file) {
            (SectionKind::Profile, FileKind::Config) if self.name != "default" => "profile ",
            (SectionKind::SsoSession, _) => "sso-session ",
            (SectionKind::Services, _) => "services ",
            _ => "",
        };
        format!("[{prefix}{}]", self.name)
    }
}

/// Whether `name` may name a profile or a key: ASCII letters, digits and `_ - / . % @ : +`
/// (`validate_identifier` of the SDKs).
#[must_use]
pub fn is_identifier(name: &[u8]) -> bool {
    !name.is_empty() && name.iter().all(|b| IDENTIFIER[usize::from(*b)])
}

/// The bytes an identifier may have: a table, because every key of every profile is checked.
const IDENTIFIER: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte: u8 = 0;
    while byte < 128 {
        table[byte as usize] = byte.is_ascii_alphanumeric()
            || matches!(byte, b'_' | b'-' | b'/' | b'.' | b'%' | b'@' | b':' | b'+');
        byte += 1;
    }
    table
};
