//! What each family of tools makes of the grammar all SDKs share: a table of quirks, read by the one reader for all of
//! them (`reference/chain.md` B.3, measured by running the tools; C++, Java and PHP from their sources).

use super::FileKind;
use crate::aws::ini::Dialect;

/// What one family of tools makes of the shared grammar.
#[derive(Debug)]
pub(in crate::aws::chain) struct Rules {
    /// Under which its readings are remembered.
    pub name: &'static str,
    pub dialect: Dialect,
    /// What a header names.
    pub names: fn(FileKind, &str) -> Option<Name>,
    pub encoding: Encoding,
    pub quirks: &'static [Quirk],
}

impl Rules {
    /// Whether the family has this quirk.
    pub fn has(&self, quirk: Quirk) -> bool {
        self.quirks.contains(&quirk)
    }
}

/// What a family does that others do not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::aws::chain) enum Quirk {
    /// A byte order mark makes the whole file count as empty.
    BomEmpties,
    /// A byte order mark refuses the whole file.
    BomRefuses,
    /// ` ;` starts a comment behind a value, and ` #` does not.
    SemicolonComments,
    /// Any `;` starts a comment behind a value (PHP's `parse_ini_string`).
    AnySemicolon,
    /// `"…"` loses its quotes.
    QuotesStripped,
    /// `'…'` loses them too.
    SingleQuotesToo,
    /// An indented key is never the section's own. It needs a key above it, be it another section's; else reading fails
    /// (Ruby `ini_parser.rb`, where it asks what stood above for its value).
    IndentNeedsKey,
    /// `KEY` is `key`.
    KeysFolded,
    /// A value goes on over indented lines; else they are passed over.
    ValuesJoined,
    /// An empty value is no value, and opens a block whatever follows.
    EmptyIsBlock,
    /// `[profile default]` hides `[default]` wherever it stands.
    PrefixedDefault,
    /// Anything odd refuses the whole file.
    Strict,
    /// The same, but a key may be indented.
    RefusesJunk,
    /// A bracket that is not closed, or closes nothing, refuses the whole file (Go v1 `INIParseError`).
    BracketsRefuse,
    /// A header with anything but a comment of its own behind its `]` is no header: the section above goes on.
    OddHeadersPassedOver,
    /// A header without its `]` is no header: the section above goes on.
    UnclosedPassedOver,
    /// An indented line with a delimiter in it goes on no value (Go `asSubProperty`).
    KeysNotJoined,
    /// A later section takes the place of an earlier one of the same name.
    SectionsReplaced,
    /// Of two sections of one name, a later key id takes its secret and token with it.
    PairsReplaced,
    /// A line that is neither a header nor a key ends the reading, and the section it stands in is lost.
    JunkEnds,
    /// Any line with both brackets in it ends the section above; it names one only if it starts with its bracket.
    BracketsCut,
}

/// What becomes of bytes that are not UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::aws::chain) enum Encoding {
    Lossy,
    /// The file counts as empty.
    Empties,
    /// The file cannot be read.
    Refuses,
}

/// What a header names.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::aws::chain) enum Name {
    Profile(String),
    /// `[profile default]`.
    PrefixedDefault,
    /// Counts only where no header names the profile plainly.
    Fallback(String),
    SsoSession(String),
    Services(String),
}
