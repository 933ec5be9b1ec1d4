//! How a reader cuts a file into lines: a dialect is data.
//!
//! The differences were measured by running the tools (`reference/chain.md`, B). What a tool then makes of
//! the lines (prefixes, duplicates, quotes) is not lexical and lives with the tools in `aws::chain`, and so does
//! the one reader that cuts lines otherwise: Python's, which botocore uses.

/// The lexical rules of one reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dialect {
    /// What parts a key from its value; the first one in the line counts.
    pub delimiters: Delimiters,
    /// Whether ` # …` after a value is cut off.
    pub inline_comments: InlineComments,
    /// A comment line may be indented. Otherwise an indented `#` under a key continues its value.
    pub indented_comments: bool,
    /// A deeper-indented line belongs to the key above it. Otherwise it is a line of its own.
    pub continuations: bool,
    /// A byte order mark is skipped. Otherwise it is text, and usually spoils the first header.
    pub skip_bom: bool,
}

/// What parts a key from its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delimiters {
    Equals,
    EqualsOrColon,
}

/// What ends a value before the end of its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InlineComments {
    /// `#` or `;` behind white space.
    AfterWhitespace,
    Never,
}

impl Dialect {
    /// The grammar all SDKs share (smithy-rs `aws-runtime/src/env_config/parse.rs` and its vectors), read
    /// leniently: what that parser refuses is read as well as it can be, and reported.
    pub const SDK: Self = Self {
        delimiters: Delimiters::Equals,
        inline_comments: InlineComments::AfterWhitespace,
        indented_comments: false,
        continuations: true,
        skip_bom: true,
    };
}
