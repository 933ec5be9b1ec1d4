//! How a reader cuts a file into lines: a dialect is data.
//!
//! The differences were measured by running the tools (`reference/chain.md`, B). What a tool then makes of
//! the lines (prefixes, duplicates, quotes) is not lexical and lives with the tools in `aws::chain`.

/// The lexical rules of one reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dialect {
    /// What parts a key from its value; the first one in the line counts.
    pub delimiters: Delimiters,
    /// Whether ` # …` after a value is cut off.
    pub inline_comments: InlineComments,
    /// A comment line may be indented. Otherwise an indented `#` under a key continues its value.
    pub indented_comments: bool,
    /// What a header line is.
    pub headers: Headers,
    /// A deeper-indented line belongs to the key above it. Otherwise it is a line of its own.
    pub continuations: bool,
    /// What ends a line.
    pub newlines: Newlines,
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

/// How a header line is recognized.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Headers {
    /// A comment is cut first (no white space needed), `]` must then be last, the name is trimmed.
    Trimmed,
    /// All between the first `[` and the last `]` of the line, spaces included (`\[(?P<header>.+)\]`).
    Greedy,
}

/// What ends a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Newlines {
    /// A line feed; carriage returns before it do not count.
    LineFeed,
    /// A carriage return alone, too (Python's text mode).
    Universal,
}

impl Dialect {
    /// The grammar all SDKs share (smithy-rs `aws-runtime/src/env_config/parse.rs` and its vectors), read
    /// leniently: what that parser refuses is read as well as it can be, and reported.
    pub const SDK: Self = Self {
        delimiters: Delimiters::Equals,
        inline_comments: InlineComments::AfterWhitespace,
        indented_comments: false,
        headers: Headers::Trimmed,
        continuations: true,
        newlines: Newlines::LineFeed,
        skip_bom: true,
    };

    /// Python's `RawConfigParser` as botocore uses it (`botocore/configloader.py`).
    pub const BOTOCORE: Self = Self {
        delimiters: Delimiters::EqualsOrColon,
        inline_comments: InlineComments::Never,
        indented_comments: true,
        headers: Headers::Greedy,
        continuations: true,
        newlines: Newlines::Universal,
        skip_bom: false,
    };
}
