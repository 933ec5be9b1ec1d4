//! What was done: each effect that left the core for AWS, a file, the editor or the clipboard, as the command that
//! does the same, and what came of it.

use std::path::PathBuf;

use jiff::Timestamp;

use super::effect::{Copied, Effect};
use super::equivalent;
use super::msg::{JobId, Msg, Outcome};
use super::settings::Setter;
use crate::aws::change::Change;

/// Deeds that are kept.
const KEPT: usize = 200;

/// One thing done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed {
    pub at: Timestamp,
    pub job: Option<JobId>,
    pub what: What,
    pub came: Came,
}

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    Renew { profile: String },
    Assume { profile: String },
    Login { profile: String },
    Offers { session: String },
    Write { change: Change },
    Restrict { modes: Vec<(PathBuf, u32)> },
    Set(Setter),
    Devices,
    Identify,
    Metadata { path: String },
    Probe { profile: String, explicit: bool, tool: &'static str },
    Copy(Copied),
    Edit { path: PathBuf, line: u32 },
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Came {
    Underway,
    Done,
    /// Nothing was written: it has to be confirmed first.
    Asked,
    Failed(String),
    Cancelled,
}

/// Every deed, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Log(pub Vec<Deed>);

impl Log {
    /// Writes down what is being asked for.
    pub fn begin(&mut self, effects: &[Effect], at: Timestamp) {
        let deeds = effects.iter().filter_map(|effect| {
            let (job, what) = What::of(effect)?;
            let came = if job.is_some() { Came::Underway } else { Came::Done };
            Some(Deed { at, job, what, came })
        });
        self.0.extend(deeds);
        let surplus = self.0.len().saturating_sub(KEPT);
        self.0.drain(..surplus);
    }

    /// Writes down what came of a job.
    pub fn end(&mut self, ended: Option<(JobId, Came)>) {
        let Some((job, came)) = ended else { return };
        let open = |deed: &&mut Deed| deed.job == Some(job) && deed.came == Came::Underway;
        if let Some(deed) = self.0.iter_mut().rev().find(open) {
            deed.came = came;
        }
    }
}

/// The job that a message ends, and how.
#[must_use]
pub fn ending(msg: &Msg) -> Option<(JobId, Came)> {
    match msg {
        Msg::Traced { job: Some(job), .. }
        | Msg::Identified { job, result: Ok(_) }
        | Msg::Metadata { job, result: Ok(_) }
        | Msg::Offered { job, result: Ok(_) }
        | Msg::Devices { job, result: Ok(_) } => Some((*job, Came::Done)),
        Msg::Identified { job, result: Err(trouble) }
        | Msg::Metadata { job, result: Err(trouble) }
        | Msg::Offered { job, result: Err(trouble) }
        | Msg::Devices { job, result: Err(trouble) } => Some((*job, Came::Failed(trouble.message.clone()))),
        Msg::Done { job, outcome } => Some((*job, came(outcome))),
        _ => None,
    }
}

fn came(outcome: &Outcome) -> Came {
    match outcome {
        Outcome::Renewed { .. }
        | Outcome::Assumed { .. }
        | Outcome::SignedIn { .. }
        | Outcome::Kept { .. }
        | Outcome::Written { .. }
        | Outcome::Set(_)
        | Outcome::Restricted(_) => Came::Done,
        Outcome::NeedsConfirmation { .. } | Outcome::AskSetting { .. } | Outcome::Sealed { .. } => {
            Came::Asked
        }
        Outcome::Failed { trouble, .. }
        | Outcome::NotKept { trouble, .. }
        | Outcome::StillNamed { trouble, .. } => Came::Failed(trouble.message.clone()),
        Outcome::Cancelled => Came::Cancelled,
    }
}

impl What {
    /// What an effect does, if it is worth a line.
    fn of(effect: &Effect) -> Option<(Option<JobId>, Self)> {
        Some(match effect {
            Effect::Renew { job, profile, .. } => (Some(*job), Self::Renew { profile: profile.clone() }),
            Effect::Offers { job, session } => (Some(*job), Self::Offers { session: session.clone() }),
            Effect::Login { job, profile } => (Some(*job), Self::Login { profile: profile.clone() }),
            Effect::Assume { job, profile, .. } => (Some(*job), Self::Assume { profile: profile.clone() }),
            Effect::Keep { job, profile, role: false, .. } => {
                (Some(*job), Self::Renew { profile: profile.clone() })
            }
            Effect::Keep { job, profile, role: true, .. } => {
                (Some(*job), Self::Assume { profile: profile.clone() })
            }
            Effect::Write { job, change, .. } => (Some(*job), Self::Write { change: change.clone() }),
            Effect::Restrict { job, modes } => (Some(*job), Self::Restrict { modes: modes.clone() }),
            Effect::Set { job, setter, .. } => (Some(*job), Self::Set(setter.clone())),
            Effect::Devices { job, .. } => (Some(*job), Self::Devices),
            Effect::Identify { job } => (Some(*job), Self::Identify),
            Effect::Metadata { job, path, .. } => (Some(*job), Self::Metadata { path: path.clone() }),
            Effect::Trace { ask: Some(job), profile, explicit, tool } => {
                (Some(*job), Self::Probe { profile: profile.clone(), explicit: *explicit, tool })
            }
            Effect::Copy { what, .. } => (None, Self::Copy(*what)),
            Effect::Edit { path, line } => (None, Self::Edit { path: path.clone(), line: *line }),
            _ => return None,
        })
    }

    /// The command line that does the same; `None` where there is none.
    #[must_use]
    pub fn command(&self) -> Option<String> {
        Some(match self {
            Self::Renew { profile } => format!("awsprof renew {}", quoted(profile)),
            Self::Offers { session } => format!("awsprof sso list {}", quoted(session)),
            Self::Login { profile } => format!("awsprof login {}", quoted(profile)),
            Self::Assume { profile } => format!("awsprof assume {}", quoted(profile)),
            Self::Write { change } => equivalent::command(change),
            Self::Restrict { modes } => {
                let one = |(path, mode): &(PathBuf, u32)| {
                    format!("chmod {mode:o} {}", quoted(&path.display().to_string()))
                };
                modes.iter().map(one).collect::<Vec<_>>().join("; ")
            }
            Self::Devices => "aws iam list-mfa-devices".to_owned(),
            Self::Identify => "awsprof whoami".to_owned(),
            Self::Metadata { path } => format!("awsprof imds {}", quoted(path)),
            Self::Probe { profile, explicit: true, tool } => {
                format!("awsprof chain {} --tool {tool}", quoted(profile))
            }
            Self::Probe { profile, explicit: false, tool } => {
                format!("AWS_PROFILE={} awsprof chain --tool {tool}", quoted(profile))
            }
            Self::Edit { path, line } => format!("$EDITOR +{line} {}", quoted(&path.display().to_string())),
            Self::Copy(_) | Self::Set(_) => return None,
        })
    }
}

/// A word as a POSIX shell reads it back.
#[must_use]
pub fn quoted(word: &str) -> String {
    shlex::try_quote(word).map_or_else(|_| String::new(), std::borrow::Cow::into_owned)
}
