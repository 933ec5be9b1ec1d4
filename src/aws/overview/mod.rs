//! What a list and the screen show of an estate: plain data, no secrets, no file contents.
//!
//! The screen's model holds exactly this, so nothing that could sign a request ever enters it.

mod account;
mod build;
mod facts;
mod roles;
mod shown;

#[cfg(test)]
mod tests;

pub use shown::{Held, Shown};

use std::path::{Path, PathBuf};

pub use account::in_arn as account_in;
pub use roles::RoleSession;

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use crate::aws::ini::FileKind;

/// All profiles, sessions and problems at one moment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overview {
    /// In file order, `default` where it stands.
    pub rows: Vec<Row>,
    pub sessions: Vec<SessionRow>,
    pub problems: Vec<Problem>,
    pub default: DefaultState,
    /// The names of the `[sso-session]`s.
    pub sso_sessions: Vec<String>,
    /// The files that were looked for, in the order of [`FileKind`], and whether they were there.
    pub files: Vec<(PathBuf, bool)>,
}

impl Overview {
    /// The row of a profile.
    #[must_use]
    pub fn row(&self, name: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.name == name)
    }

    /// Where one of the two files is.
    #[must_use]
    pub fn path(&self, file: FileKind) -> Option<&Path> {
        self.files.get(file as usize).map(|(path, _)| path.as_path())
    }
}

/// One profile as a line.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub name: String,
    pub kind: Kind,
    /// Twelve digits, from `aws_account_id`, `sso_account_id`, or the ARN in `mfa_serial` / `role_arn`.
    pub account: Option<String>,
    /// What some tools call the account (`sso_account_name`, `account_alias`).
    pub alias: Option<String>,
    /// The role's own name: the end of `role_arn`, or `sso_role_name`.
    pub role: Option<String>,
    /// The `[sso-session]` it signs in with.
    pub sso_session: Option<String>,
    /// How often and lately it was used; later is more.
    pub used: Option<Timestamp>,
    pub region: Option<String>,
    /// Its name or a pattern of the user's says production.
    pub production: bool,
    /// `[default]` was made from this profile by `use`.
    pub is_default: bool,
    /// The long-term profile whose MFA session this profile holds.
    pub session_of: Option<String>,
    /// The profile its MFA session is (or would be) written into.
    pub session_profile: Option<String>,
    pub session: SessionState,
    /// The device, when the profile (or its long-term profile) names one.
    pub mfa_serial: Option<String>,
    /// Where a code of the device comes from without a person: `keyring`, `mfa_process`, …
    pub code_from: Option<&'static str>,
    /// The profile it takes credentials from.
    pub source_profile: Option<String>,
    /// Codes of the problems that concern it.
    pub problems: Vec<String>,
    /// File and line of its header, credentials file first; [`Overview::path`] says where the file is.
    pub place: Option<(FileKind, u32)>,
}

/// What AWS CLI v2 would try first in a profile (contract, `kind`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    Static,
    Session,
    AssumeRole,
    Sso,
    WebIdentity,
    Process,
    Login,
    CredentialSource,
    Empty,
}

/// What stands behind the word in a row's session column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionState {
    /// Nothing that expires: plain keys without a device, a process, an instance role.
    NotNeeded,
    /// An MFA session or a sign-in is possible and there is none.
    None,
    /// There is one; whether it is fresh depends on the clock.
    Until(Timestamp),
    /// A session token without a known expiry.
    Unknown,
}

/// One session profile.
#[derive(Clone, Debug, PartialEq)]
pub struct SessionRow {
    pub profile: String,
    /// The profile with the long-term keys.
    pub of: Option<String>,
    pub expires_at: Option<Timestamp>,
    /// What the whole length was, where known (12 h otherwise): for the gauge.
    pub lifetime: SignedDuration,
    pub access_key_tail: String,
    /// Role profiles that ride on it.
    pub riders: Vec<String>,
    pub renewal: Renewal,
    /// awsprof wrote it: renewing it needs no consent.
    pub ours: bool,
    /// Where its code comes from without a person; `None` while the passphrase of a sealed seed is not known.
    pub code_from: Option<&'static str>,
    /// A role's: somebody has had it since it was made.
    pub used: bool,
}

/// What renews a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Renewal {
    /// A person types a code for this device.
    Code { serial: Option<String> },
    /// A role's session: taken anew with this profile's, without a person.
    Rides { on: String },
    /// Another tool wrote it and renews it.
    Other { tool: &'static str },
    /// Its long-term keys are gone: nothing can.
    Nothing,
}

/// What `[default]` is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum DefaultState {
    #[default]
    Absent,
    /// Somebody's own.
    Unmanaged,
    /// A copy made by `use`.
    Managed { profile: String },
    /// A copy made by `use` that somebody edited since.
    Drifted { profile: String },
}

/// Something wrong in a file or the environment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    pub code: &'static str,
    pub severity: Severity,
    pub message: String,
    pub file: Option<PathBuf>,
    pub line: Option<u32>,
    /// `awsprof doctor --fix` can mend it.
    pub fixable: bool,
    /// The profile it concerns.
    #[serde(skip)]
    pub profile: Option<String>,
}

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    Info,
    Warning,
    Error,
}
