//! Everything the core may ask for. Plain data: it can be compared, listed and refused.

use std::path::PathBuf;

use jiff::Timestamp;

use super::code::Code;
use super::hidden::{Hidden, Typed};
use super::keeping::Desktop;
use super::msg::{JobId, Signal};
use super::said::Said;
use super::settings::Setter;
use crate::aws::change::Change;
use crate::aws::ini::SectionId;

/// What the loop is asked to do.
#[derive(Debug, PartialEq, Eq)]
pub enum Effect {
    /// Read both files.
    Load,
    /// Compare the files' stat with the last one read; load if it differs.
    Check,
    /// Resolve the chain. Without `ask` no process runs and nothing is sent; with it a job asks the links.
    Trace {
        ask: Option<JobId>,
        profile: String,
        explicit: bool,
        tool: &'static str,
    },
    /// Compare the chains of all tools, without asking anybody. `load` counts how often the files were read.
    Compare {
        job: JobId,
        profile: String,
        explicit: bool,
        load: u64,
    },
    /// Ask the machine itself what it is, once in a run (instance metadata, the container endpoint), and find out the
    /// default's region.
    LookAround {
        tool: &'static str,
    },
    /// Read a path of the instance metadata; with `role` also whose role it is.
    Metadata {
        job: JobId,
        path: String,
        role: bool,
    },
    /// `GetCallerIdentity` with the credentials a tool would pick without being told a profile.
    Identify {
        job: JobId,
    },
    /// A new MFA session.
    Renew {
        job: JobId,
        profile: String,
        given: Given,
        into: Option<String>,
    },
    /// A role's session into the cache; with a code if the session it rests on is over.
    Assume {
        job: JobId,
        profile: String,
        given: Given,
    },
    /// Sign in to the Identity Center of a profile.
    Login {
        job: JobId,
        profile: String,
    },
    /// Ask Identity Center for accounts and roles.
    Offers {
        job: JobId,
        session: String,
    },
    /// Renew a session because it is time: nobody is asked, and one that lasts beyond the known end will do.
    Keep {
        job: JobId,
        profile: String,
        role: bool,
        beyond: Timestamp,
    },
    /// Call a person who may not be looking: by the bell, by a notification on the desktop.
    Alert {
        bell: bool,
        desktop: Option<Desktop>,
        said: Said,
    },
    /// Write a change. `confirmed`: the user has accepted the dialog that showed the diff. `typed` are the values
    /// that go with it and are never seen.
    Write {
        job: JobId,
        change: Change,
        typed: Typed,
        confirmed: bool,
    },
    /// Change a setting of awsprof's own; unless `confirmed` only say what that would change.
    Set {
        job: JobId,
        setter: Setter,
        confirmed: bool,
    },
    /// Read awsprof's own settings again and go by them.
    Prefer,
    /// Set modes, after a question of their own.
    Restrict {
        job: JobId,
        modes: Vec<(PathBuf, u32)>,
    },
    /// Which MFA devices the user of these keys has: they stand in no file yet.
    Devices {
        job: JobId,
        access_key_id: String,
        secret: Hidden,
        region: Option<String>,
    },
    /// Look at the files for a form or a page.
    Look {
        job: JobId,
        at: Look,
    },
    Cancel(JobId),
    /// Hand a text to the terminal's clipboard.
    Copy {
        what: Copied,
        text: String,
    },
    /// Open `$EDITOR` at a line: the only child that gets the terminal.
    Edit {
        path: PathBuf,
        line: u32,
    },
    /// Look otherwise from now on.
    Theme(Theme),
    /// Ask the terminal for clicks and the wheel, or no longer.
    Mouse(bool),
    /// Stop this process as `Ctrl-Z` does.
    Suspend,
    /// Draw every cell anew.
    Redraw,
    Quit(Leaving),
}

/// What a form or a page needs to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Look {
    /// The keys of a section.
    Settings(SectionId),
    /// Everything that is wrong.
    Problems,
    /// The writes that can be taken back.
    Past,
    /// awsprof's own settings.
    Preferences,
}

/// What a person gave for a renewal.
#[derive(Debug, PartialEq, Eq)]
pub enum Given {
    Code(Code),
    /// Of the sealed seeds, which make the code.
    Passphrase(Hidden),
    /// Nothing: the profile's own source makes the code.
    Nothing,
}

/// What was copied, for the toast.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Copied {
    Name,
    Account,
    Arn,
    Export,
    /// Where to sign in.
    Address,
    /// What uses a role in a shell.
    Command,
}

/// A change of looks; what it does not name stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    Color,
    Mono,
    Unicode,
    Ascii,
    /// A theme that comes along.
    Named(&'static str),
}

/// Why the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaving {
    Asked,
    Signal(Signal),
}

impl Effect {
    /// Whether it may change a file: refused with `--read-only`.
    #[must_use]
    pub const fn writes(&self) -> bool {
        matches!(
            self,
            Self::Write { .. }
                | Self::Set { .. }
                | Self::Restrict { .. }
                | Self::Renew { .. }
                | Self::Assume { .. }
                | Self::Login { .. }
                | Self::Keep { .. }
        )
    }
}
