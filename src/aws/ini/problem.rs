//! What is wrong with a text, and where.

/// A fault at a place. The text around it still counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Problem {
    pub fault: Fault,
    /// From 1.
    pub line: u32,
    /// From 1, in bytes.
    pub column: u32,
}

/// What can be wrong with one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    UnclosedHeader,
    NoSection,
    Indented,
    NoDelimiter,
    NoKey,
    NoSubDelimiter,
    NoSubKey,
    InvalidKey,
    InvalidName,
    /// `[name]` in the config file.
    NoPrefix,
    /// `[profile name]` in the credentials file.
    UnwantedPrefix,
    NotUtf8,
    Bom,
}

impl Problem {
    /// A short name for scripts.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.fault.code()
    }

    /// One sentence.
    #[must_use]
    pub const fn message(&self) -> &'static str {
        self.fault.message()
    }
}

impl Fault {
    /// A short name for scripts.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::UnclosedHeader => "unclosed-header",
            Self::NoSection => "no-section",
            Self::Indented => "indented-line",
            Self::NoDelimiter => "no-equals-sign",
            Self::NoKey => "no-key",
            Self::NoSubDelimiter => "no-equals-sign-nested",
            Self::NoSubKey => "no-key-nested",
            Self::InvalidKey => "invalid-key",
            Self::InvalidName => "invalid-section-name",
            Self::NoPrefix => "profile-prefix-missing",
            Self::UnwantedPrefix => "profile-prefix-in-credentials",
            Self::NotUtf8 => "not-utf-8",
            Self::Bom => "byte-order-mark",
        }
    }

    /// One sentence.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::UnclosedHeader => "a section header does not end with `]`",
            Self::NoSection => "a line stands before the first section header",
            Self::Indented => "an indented line does not continue a value",
            Self::NoDelimiter => "a line has no `=`",
            Self::NoKey => "a line has nothing before its `=`",
            Self::NoSubDelimiter => "a nested line has no `=`",
            Self::NoSubKey => "a nested line has nothing before its `=`",
            Self::InvalidKey => "a key has characters no SDK accepts, so it is ignored",
            Self::InvalidName => "a section name has characters no SDK accepts, so it is ignored",
            Self::NoPrefix => "a section of the config file lacks the word `profile`, so it is ignored",
            Self::UnwantedPrefix => {
                "a section of the credentials file has the word `profile`, so it is ignored"
            }
            Self::NotUtf8 => "a line is not UTF-8",
            Self::Bom => "the file starts with a byte order mark",
        }
    }

    /// The words of the SDKs' own parser when it refuses the whole file because of this
    /// (`aws-runtime/src/env_config/parse.rs`).
    #[must_use]
    pub const fn sdk_error(self) -> Option<&'static str> {
        match self {
            Self::UnclosedHeader => Some("Profile definition must end with ']'"),
            Self::NoSection | Self::Bom => Some("Expected a profile definition"),
            Self::Indented => Some("Expected a property definition, found continuation"),
            Self::NoDelimiter => Some("Expected an '=' sign defining a property"),
            Self::NoKey => Some("Property did not have a name"),
            Self::NoSubDelimiter => Some("Expected an '=' sign defining a sub-property"),
            Self::NoSubKey => Some("Sub-property did not have a name"),
            _ => None,
        }
    }
}
