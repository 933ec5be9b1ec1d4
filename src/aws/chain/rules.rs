//! What the tools differ in, as data: one struct a subject, read by the link or the step it is about.

use super::asking::RoleAsks;
use super::files::Grammar;
use super::scene::Check;
use super::tool::{Step, ToolError};
use super::trace::ProfileFrom;

/// Which variables name the profile, and what becomes of a name that no file has.
#[derive(Debug)]
pub struct ProfileRule {
    /// In the order they are read.
    pub variables: &'static [(&'static str, ProfileFrom)],
    /// Whether a variable set to the empty string names a profile called "".
    pub empty_is_a_name: bool,
    /// Whether an explicit "" counts as given.
    pub empty_explicit_is_given: bool,
    /// The error when a named profile is in neither file; `None` if the tool goes on without it.
    pub missing: Option<fn(&str) -> ToolError>,
    /// By what a profile has to be named for that error.
    pub missing_stops: &'static [ProfileFrom],
}

/// The environment's key variables, each list in reading order.
#[derive(Debug)]
pub struct EnvRule {
    pub ids: &'static [&'static str],
    pub secrets: &'static [&'static str],
    pub tokens: &'static [&'static str],
    /// The variable that holds the expiry, if the tool reads one.
    pub expiry: Option<&'static str>,
    pub blanks: Blanks,
    /// The error for a key id without its secret; `None` if the pair is then ignored.
    pub partial: Option<fn(&'static str) -> ToolError>,
}

/// What a value of spaces is, and spaces round one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blanks {
    /// They count like any character.
    Count,
    /// They count, and a variable that is set to nothing hides the ones behind it.
    Hide,
    /// Spaces alone are no value.
    Unset,
    /// Spaces are taken off both ends first.
    Trimmed,
    /// The same, and a variable that is set to nothing hides the ones behind it.
    TrimmedHide,
}

/// Whether and where there is a config file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Config {
    Never,
    /// Where this variable says, else `~/.aws/config`.
    In(&'static str),
    /// `~/.aws/config`, whatever the environment says.
    Fixed,
}

/// How the two files are found and read.
#[derive(Debug)]
pub struct FileRule {
    pub config: Config,
    /// The variable that names the credentials file.
    pub credentials: &'static str,
    pub paths: PathRule,
    pub grammar: Grammar,
    /// The error when a file cannot be read by that grammar; `None` if the file then counts as empty.
    pub unreadable: Option<fn(&std::path::Path) -> ToolError>,
    /// The error when a folder stands where a file should; `None` if that counts as no file.
    pub folder: Option<fn(&std::path::Path) -> ToolError>,
    /// The keys that hold a session token, in reading order.
    pub tokens: &'static [&'static str],
}

/// What may stand in the variables that name the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathRule {
    /// `~` and `$VAR` are expanded; the empty string is no file at all (Python's `expandvars`, `expanduser`).
    Shell,
    /// Taken as it is; the empty string counts as unset.
    Literal,
    /// A leading `~/` is expanded; the empty string counts as unset.
    Tilde,
    /// A leading `~/` is expanded; the empty string is the current folder (Ruby's `File.expand_path`).
    TildeOrHere,
    /// A leading `~/` is expanded; the empty string is no file at all.
    TildeOrNone,
    /// Taken as it is; where there is no such file the usual one is read.
    IfThere,
}

/// How roles in profiles are assumed.
#[derive(Debug)]
pub struct RoleRule {
    /// The links of a source profile, in the order they are tried.
    pub source: &'static [Step],
    /// What an `mfa_serial` means.
    pub mfa: Mfa,
    pub cache: RoleCache,
    pub asks: RoleAsks,
    /// What it takes to ask STS without a region; `None` if it is asked all the same.
    pub regionless: Option<Regionless>,
    /// What keeps the tool from making a client for STS at all.
    pub client: Option<Check>,
}

/// A tool that does not ask STS without a region.
#[derive(Clone, Copy, Debug)]
pub struct Regionless {
    pub error: fn() -> ToolError,
    /// Whether a request that is signed needs a region; a web identity's is not signed.
    pub unset: bool,
    /// Whether a region that is set to nothing is refused, also where nothing is signed.
    pub empty: bool,
    /// Whether the profile's own `region` comes before what the variables say.
    pub own_first: bool,
}

/// What a tool does with `mfa_serial`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mfa {
    /// A code is asked for; without a terminal that is an error.
    Asks,
    /// The program would have to bring a code; without one that is an error, in these words.
    Error(&'static str),
    /// It is not looked at: the role is asked for without a code.
    Ignored,
}

/// Where role sessions are kept between two runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoleCache {
    None,
    /// `~/.aws/cli/cache`: whether Identity Center sessions are kept there too, and whether the name of a
    /// web identity's entry depends on its token.
    Cli {
        sso: bool,
        web_identity_token: bool,
    },
}

/// How `credential_process` is run, and what its output may be.
#[derive(Debug)]
pub struct ProcessRule {
    pub run: Run,
    /// What a command that fails means, given why.
    pub failed: Wrong,
    /// What expired output means.
    pub expired: Wrong,
}

/// What something wrong in a link means.
#[derive(Clone, Copy, Debug)]
pub enum Wrong {
    /// The tool stops with this error, given why.
    Stops(fn(&str) -> ToolError),
    /// The tool goes on behind the profile.
    LeavesProfile,
    /// Nothing: it is taken as it is.
    Taken,
}

/// How the container endpoint is asked.
#[derive(Debug)]
pub struct ContainerRule {
    /// Whether the full URI beats the relative one.
    pub full_first: bool,
    /// Whether white space at the end of a token's file is taken off instead of refused.
    pub trims_token: bool,
    /// Whether a variable that is set to nothing counts as set.
    pub empty_counts: bool,
}

impl ContainerRule {
    /// The relative URI first, the token as it is.
    pub const STRICT: Self = Self { full_first: false, trims_token: false, empty_counts: false };
    /// The relative URI first, the token as it is, and a variable set to nothing is set.
    pub const EXACT: Self = Self { full_first: false, trims_token: false, empty_counts: true };
    /// The relative URI first, the token trimmed.
    pub const TRIMS: Self = Self { full_first: false, trims_token: true, empty_counts: false };
}

/// How a command line becomes a process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Run {
    /// Split as a POSIX shell would, without a shell.
    Argv,
    /// Given to `sh -c`.
    Shell,
}

/// How instance metadata is asked.
#[derive(Clone, Copy, Debug)]
pub struct ImdsRule {
    /// Which values of `AWS_EC2_METADATA_DISABLED` turn it off.
    pub off: fn(&str) -> bool,
    /// Whether version 1 is tried where there is no token to be had.
    pub v1: bool,
}

/// Where the region comes from.
#[derive(Debug)]
pub struct RegionRule {
    /// In reading order.
    pub variables: &'static [&'static str],
    pub empty: Empty,
    pub profile: ProfileRegion,
    pub imds: ImdsRegion,
    /// The region when nothing names one.
    pub fallback: Option<&'static str>,
    /// What happens when nothing names one, in a few words.
    pub without: &'static str,
}

/// What a region variable is that is set to the empty string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Empty {
    /// The next one is read.
    Unset,
    /// It names the empty region.
    Counts,
    /// It hides the other variables, and the profile is read.
    Hides,
}

/// Which profile's `region` counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProfileRegion {
    None,
    /// That of the chosen profile.
    Chosen,
    /// That of the chosen profile, else of its source, and so on (aws-config `profile/region.rs`).
    AlongSources,
    /// That of the chosen profile in the config file alone.
    OfConfigFile,
    /// That of the chosen profile, but `AWS_DEFAULT_PROFILE` is not looked at.
    NotByDefaultProfile,
}

/// Whether instance metadata is asked for the region.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImdsRegion {
    Never,
    /// `placement/availability-zone` without its last letter.
    AvailabilityZone,
    /// `placement/region`.
    Region,
    /// `placement/region`, unless `AWS_EC2_METADATA_DISABLED` is set to anything, also to `false`.
    RegionUnlessSet,
    /// `placement/region`, and only when the credentials came from there, too.
    WithImdsKeys,
}
