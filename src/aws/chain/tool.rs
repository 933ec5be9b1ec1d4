//! What a tool is made of. A tool is data: a new one is a new file in `tools/` that fits a screen, and no
//! code asks which tool it is. What is peculiar to one tool is a named function whose doc names the source.

pub use super::asking::{RoleAsks, SessionName};
use super::rule::Rule;
pub use super::rules::{
    Blanks, Config, ContainerRule, Empty, EnvRule, FileRule, ImdsRegion, ImdsRule, Mfa, PathRule,
    ProcessRule, ProfileRegion, ProfileRule, RegionRule, Regionless, RoleCache, RoleRule, Run, Wrong,
};
use super::scene::{Check, Scene};
use super::trace::Link;
use crate::aws::secret::Credentials;
use crate::aws::world::Env;

/// How the profile is chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selection {
    /// The environment decides.
    Environment,
    /// The environment decides, with `AWS_PROFILE` set to this name.
    AsIf(String),
    /// Given explicitly: `--profile`, `profile_name=`, the SDK's own argument.
    Explicit(String),
}

/// A program that resolves credentials.
#[derive(Debug)]
pub struct Tool {
    /// What it becomes when the environment says so.
    pub variant: Option<Variant>,
    /// The contract's id: `aws-cli-v2`, `boto3`, …
    pub id: &'static str,
    /// The name a person knows: `AWS CLI v2`.
    pub name: &'static str,
    pub profile: ProfileRule,
    pub env: EnvRule,
    pub files: FileRule,
    /// Every link in the order it is tried.
    pub chain: &'static [Step],
    /// The order with a profile given explicitly, where it is another one.
    pub explicit_chain: Option<&'static [Step]>,
    pub role: RoleRule,
    /// What else can be wrong with a profile before the first link is tried.
    pub loads: Option<Check>,
    pub process: ProcessRule,
    pub container: ContainerRule,
    pub imds: ImdsRule,
    pub region: RegionRule,
    pub errors: ErrorStyle,
    /// What it says when no link has anything; `None` if it stays silent until a request is made.
    pub nothing: Option<&'static str>,
    /// A last check on credentials that were found: the tool's own error if it cannot use them.
    pub refuses: Option<Refusal>,
    /// What else it takes in this tool for a link to win, for a person.
    pub remarks: &'static [(Link, &'static str)],
}

/// What makes credentials useless that were found.
#[derive(Clone, Copy, Debug)]
pub struct Refusal(pub(super) fn(&Scene<'_>, &Credentials) -> Option<ToolError>);

/// Another table, and when it holds.
pub type Variant = (fn(&Env) -> bool, &'static Tool);

/// One link of a chain.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    pub link: Link,
    pub rule: Rule,
    /// Whether it belongs to the profile: an error that only the profile's provider has takes all of these out.
    pub in_profile: bool,
    pub dropped: Dropped,
    pub on_error: OnError,
}

/// What an error in a link means to the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnError {
    /// The tool stops with it.
    Stops,
    /// The next link is tried.
    GoesOn,
    /// The next link behind the profile is tried.
    LeavesProfile,
}

/// What takes a link out of the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dropped {
    Never,
    /// A profile given explicitly.
    ByExplicit,
    /// A profile named in any way.
    ByAnyName,
}

impl Step {
    /// A link that reads the profile.
    #[must_use]
    pub const fn profile(link: Link, rule: Rule) -> Self {
        Self { link, rule, in_profile: true, dropped: Dropped::Never, on_error: OnError::Stops }
    }

    /// A link that is always tried.
    #[must_use]
    pub const fn new(link: Link, rule: Rule) -> Self {
        Self { link, rule, in_profile: false, dropped: Dropped::Never, on_error: OnError::Stops }
    }

    /// A link that an explicit profile removes.
    #[must_use]
    pub const fn implicit(link: Link, rule: Rule) -> Self {
        Self { link, rule, in_profile: false, dropped: Dropped::ByExplicit, on_error: OnError::Stops }
    }

    /// The same link, passed over when it fails.
    #[must_use]
    pub const fn lenient(self) -> Self {
        Self { on_error: OnError::GoesOn, ..self }
    }

    /// The same link, whose failure is that of the whole profile.
    #[must_use]
    pub const fn leaving(self) -> Self {
        Self { on_error: OnError::LeavesProfile, ..self }
    }

    /// The same link, taken out by a profile given explicitly.
    #[must_use]
    pub const fn unless_explicit(self) -> Self {
        Self { dropped: Dropped::ByExplicit, ..self }
    }
}

/// A tool's own error, in its own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToolError {
    /// The name of the exception or error type.
    pub class: &'static str,
    pub message: String,
}

impl ToolError {
    pub fn new(class: &'static str, message: impl Into<String>) -> Self {
        Self { class, message: message.into() }
    }

    /// As the tool prints it.
    #[must_use]
    pub fn words(&self, style: ErrorStyle) -> String {
        match style {
            ErrorStyle::Class => format!("{}: {}", self.class, self.message),
            ErrorStyle::Message => self.message.clone(),
        }
    }
}

/// How a tool prints an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorStyle {
    /// `ProfileNotFound: The config profile (x) could not be found`
    Class,
    /// `The config profile (x) could not be found`
    Message,
}
