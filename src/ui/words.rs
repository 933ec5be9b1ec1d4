//! The words of the screen: durations, states, reasons, messages.

use std::path::Path;

use jiff::{SignedDuration, Timestamp};

use super::{profiles, settings, text};

use crate::app::effect::Copied;
use crate::app::log::{Came, What};
use crate::app::{Job, JobKind, Said, Stage, Why};
use crate::aws::change::{Change, Written};
use crate::aws::overview::{DefaultState, Kind, Row, SessionState};

/// Under this a session is about to end (design, *Sessions*: fresh means at least 15 minutes left).
const FRESH: SignedDuration = SignedDuration::from_mins(15);

/// How a session stands at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Band {
    Fresh,
    Soon,
    Expired,
    Missing,
    Ready,
    Unknown,
}

/// The band of an expiry.
#[must_use]
pub fn band(end: Timestamp, now: Timestamp) -> Band {
    let left = end.duration_since(now);
    match left {
        left if left.is_zero() || left.is_negative() => Band::Expired,
        left if left < FRESH => Band::Soon,
        _ => Band::Fresh,
    }
}

/// `11h 32m`, `58m 04s`, `9s`, in constant width per band; seconds only in the last hour.
#[must_use]
pub fn remaining(left: SignedDuration) -> String {
    let seconds = left.as_secs().max(0);
    let (days, hours, minutes) = (seconds / 86_400, seconds / 3600, seconds / 60);
    match seconds {
        ..60 => format!("{seconds}s"),
        60..=3600 => format!("{minutes}m {:02}s", seconds % 60),
        3601..172_800 => format!("{hours}h {:02}m", minutes % 60),
        _ => format!("{days} days"),
    }
}

/// The state of a row's session in words.
#[must_use]
pub fn session(row: &Row, now: Timestamp) -> (Band, String) {
    match (row.session, row.kind) {
        (SessionState::Until(end), _) => match band(end, now) {
            Band::Expired => (Band::Expired, "expired".to_owned()),
            band => (band, remaining(end.duration_since(now))),
        },
        (SessionState::Unknown, _) => (Band::Unknown, "unknown".to_owned()),
        (SessionState::None, Kind::Sso | Kind::Login) => (Band::Missing, "sign in".to_owned()),
        (SessionState::None, _) => (Band::Missing, "none".to_owned()),
        (SessionState::NotNeeded, Kind::Empty) => (Band::Missing, "nothing".to_owned()),
        (SessionState::NotNeeded, _) => (Band::Ready, "ready".to_owned()),
    }
}

/// A profile's kind.
#[must_use]
pub const fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Static => "IAM user",
        Kind::Session => "session",
        Kind::AssumeRole => "role",
        Kind::Sso => "SSO",
        Kind::WebIdentity => "web id",
        Kind::Process => "process",
        Kind::Login => "login",
        Kind::CredentialSource => "instance",
        Kind::Empty => "settings",
    }
}

/// An account as AWS prints it: `1111-2222-3333`.
#[must_use]
pub fn account(digits: &str) -> String {
    match (digits.get(..4), digits.get(4..8), digits.get(8..12)) {
        (Some(a), Some(b), Some(c)) if digits.len() == 12 => format!("{a}-{b}-{c}"),
        _ => digits.to_owned(),
    }
}

/// What `[default]` is.
#[must_use]
pub fn default(state: &DefaultState) -> String {
    match state {
        DefaultState::Absent => "none".to_owned(),
        DefaultState::Unmanaged => "its own section".to_owned(),
        DefaultState::Managed { profile } => profile.clone(),
        DefaultState::Drifted { profile } => format!("{profile} (edited since)"),
    }
}

/// A job under way.
#[must_use]
pub fn job(job: &Job) -> String {
    let doing = match (job.kind, &job.stage) {
        (_, Stage::Waiting) => "waiting for another awsprof that renews".to_owned(),
        (_, Stage::Retrying { attempt, .. }) => format!("asking again ({attempt}) for"),
        (_, Stage::NextCode { .. }) => "waiting for the next code of".to_owned(),
        (JobKind::Renew | JobKind::Keep, Stage::Writing) | (JobKind::Write, _) => "writing".to_owned(),
        (JobKind::Renew | JobKind::Keep, _) => "renewing".to_owned(),
        (JobKind::Portal, _) => "asking Identity Center".to_owned(),
        (JobKind::SignIn, _) => "signing in for".to_owned(),
        (JobKind::Identify, _) => "asking who you are".to_owned(),
        (JobKind::Devices, _) => "asking for MFA devices".to_owned(),
        (JobKind::Look, _) => "looking at the files".to_owned(),
        (JobKind::Probe, _) => "asking the links of".to_owned(),
        (JobKind::Metadata, _) => "asking the metadata service".to_owned(),
    };
    if job.profile.is_empty() { doing } else { format!("{doing} {}", job.profile) }
}

/// A message: what happened, and what can be done about it.
#[must_use]
pub fn said(said: &Said) -> (String, Option<String>) {
    match said {
        Said::Written { change, written } => {
            let back = if matches!(change, Change::Undo { .. }) { "{redo} redo" } else { "{undo} undo" };
            let back = (!written.files.is_empty()).then(|| back.to_owned());
            (self::written(change, written), back)
        }
        Said::Renewed { profile, session_profile, .. } => {
            (format!("renewed {profile}, saved in [{session_profile}]"), None)
        }
        Said::CodeFrom { profile, source } => (format!("renewing {profile}: code from {source}"), None),
        Said::SignedIn { name } => (format!("signed in to {name}"), None),
        Said::Assumed { profile, .. } => (format!("took the role of {profile}"), None),
        Said::Kept { .. } | Said::NotKept { .. } | Said::NeedsCode { .. } => {
            super::keeping::said(said).unwrap_or_default()
        }
        Said::Trouble(trouble) => (trouble.message.clone(), trouble.hint.clone()),
        Said::Disabled(reason) => (why(*reason).to_owned(), None),
        Said::Copied(what) => (format!("asked the terminal to copy the {} (OSC 52)", copied(*what)), None),
        Said::Restricted(count) => {
            let what = if *count == 1 { "1 mode is".to_owned() } else { format!("{count} modes are") };
            (format!("{what} set: nobody else may look in there"), None)
        }
        Said::Cancelled => ("cancelled".to_owned(), None),
        Said::Mouse(true) => ("the mouse works here again".to_owned(), Some("Shift selects text".to_owned())),
        Said::Mouse(false) => {
            ("the mouse is the terminal's: select text".to_owned(), Some("{mouse} takes it back".to_owned()))
        }
        Said::Set(setter) => (format!("wrote {}", settings::setter(setter)), None),
        Said::Arranged(order, group) => (profiles::arranged(*order, *group), None),
        Said::Reloaded => ("reading the files again".to_owned(), None),
        Said::Finishing => ("quitting as soon as the file is written".to_owned(), None),
    }
}

fn written(change: &Change, written: &Written) -> String {
    let act = format!("{} {}", written.verb, written.profile);
    let what = match change {
        Change::Forget { .. } => format!("forgot the session of {}", written.profile),
        _ if written.files.is_empty() => "nothing had to change".to_owned(),
        Change::Undo { .. } => format!("took back \"{}\"", act.trim_end()),
        Change::Redo { .. } => format!("did \"{}\" again", act.trim_end()),
        Change::UseClear => "gave back the default that was there before".to_owned(),
        Change::Use { .. } | Change::UsePrevious => format!("{} is the default now", written.profile),
        _ => format!("wrote \"{}\"", act.trim_end()),
    };
    std::iter::once(what).chain(written.notes.iter().cloned()).collect::<Vec<_>>().join("; ")
}

/// What was done, as the log says it.
#[must_use]
pub fn deed(what: &What, home: Option<&Path>) -> String {
    match what {
        What::Renew { profile } => format!("renew the session of {profile}"),
        What::Offers { session } => format!("list accounts and roles of {session}"),
        What::Login { profile } => format!("sign in for {profile}"),
        What::Assume { profile } => format!("take the role of {profile}"),
        What::Write { change: Change::Use { profile } } => format!("make {profile} the default"),
        What::Write { change: Change::UsePrevious } => "go back to the previous default".to_owned(),
        What::Write { change: Change::UseClear } => "give back the default from before awsprof".to_owned(),
        What::Write { change: Change::Undo { id: None } } => "undo the last write".to_owned(),
        What::Write { change: Change::Undo { id: Some(id) } } => format!("undo write {id}"),
        What::Write { change: Change::Redo { .. } } => "do again what was undone".to_owned(),
        What::Write { change: Change::SetupProcess { profile, .. } } => {
            format!("have awsprof serve {profile}")
        }
        What::Write { change: Change::Add { profile, .. } } => format!("add {profile}"),
        What::Write { change: Change::Edit { section, .. } } => format!("edit {}", section.name),
        What::Write { change: Change::Rename { section, to } } => format!("rename {} to {to}", section.name),
        What::Write { change: Change::Copy { section, to } } => format!("copy {} to {to}", section.name),
        What::Write { change: Change::Remove { section, .. } } => format!("remove {}", section.name),
        What::Write { change: Change::Forget { profile: Some(profile) } } => {
            format!("forget the session of {profile}")
        }
        What::Write { change: Change::Forget { profile: None } } => "forget every session".to_owned(),
        What::Write { change: Change::Rotate { profile, .. } } => format!("rotate the key of {profile}"),
        What::Write { change: Change::Import { .. } } => "import profiles".to_owned(),
        What::Write { change: Change::Sync { session, .. } } => format!("make the profiles of {session}"),
        What::Write { change: Change::Mend { .. } } => "mend the files".to_owned(),
        What::Restrict { .. } => "keep others out of the files".to_owned(),
        What::Set(setter) => format!("set {}", settings::setter(setter)),
        What::Devices => "ask AWS for the MFA devices of new keys".to_owned(),
        What::Identify => "ask AWS who the default is".to_owned(),
        What::Metadata { path } => format!("read {path} of the instance metadata"),
        What::Probe { profile, .. } => format!("ask the links of {profile}"),
        What::Copy(what) => format!("copy the {}", copied(*what)),
        What::Edit { path, line } => format!("edit {}:{line}", text::path(path, home)),
    }
}

/// What came of it.
#[must_use]
pub const fn came(came: &Came) -> &'static str {
    match came {
        Came::Underway => "under way",
        Came::Done => "done",
        Came::Asked => "asked first",
        Came::Failed(_) => "failed",
        Came::Cancelled => "cancelled",
    }
}

/// What was or can be copied.
#[must_use]
pub const fn copied(what: Copied) -> &'static str {
    match what {
        Copied::Name => "name",
        Copied::Account => "account",
        Copied::Arn => "ARN",
        Copied::Export => "export line",
        Copied::Address => "address",
        Copied::Command => "command",
    }
}

/// Why a key does nothing now.
#[must_use]
pub const fn why(why: Why) -> &'static str {
    match why {
        Why::ReadOnly => "read-only: nothing is written in this run",
        Why::NoProfile => "no profile is selected",
        Why::AlreadyDefault => "this is the default section itself",
        Why::Busy => "busy with it: wait, or press {back} to cancel",
        Why::RoleHasNoSession => "takes its credentials by itself: nothing to renew",
        Why::NothingToForget => "awsprof keeps no session of it",
        Why::LoginElsewhere => "signs in to the console: run aws login",
        Why::NoSsoSession => "there is no [sso-session] in the config file",
        Why::NoSignIn => "does not sign in to Identity Center",
        Why::ProcessRenewsItself => "its program gives fresh credentials each time",
        Why::NoLongTermKeys => "its long-term keys are not in the files: nothing can renew it",
        Why::NothingToRenew => "no credentials here, so nothing to renew",
        Why::NoFilter => "no filter is set: press {filter} first",
        Why::NoLink => "the chain is not known yet",
        Why::NoWarnings => "there is nothing to warn of",
        Why::NoPlace => "not in a file",
        Why::Writing => "writing the file: this part cannot be cancelled",
        Why::NothingLoaded => "the files are not read yet",
        Why::OneTool => "no other tool is known",
        Why::NoProblem => "nothing is wrong with it",
        Why::NothingToMend => "nothing here mends itself: {doctor:editor} edits the file",
        Why::NotTyped => "type the profile's name first",
        Why::NothingToRemove => "not a key that can be taken away",
        Why::NoKeysYet => "type the access key and its secret first",
        Why::TakenBack => "taken back already",
        Why::NotSet => "its default holds already",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_in_words() {
        let words = |seconds| remaining(SignedDuration::from_secs(seconds));
        assert_eq!(words(41_520), "11h 32m");
        assert_eq!(words(3_600), "60m 00s");
        assert_eq!(words(724), "12m 04s");
        assert_eq!(words(9), "9s");
        assert_eq!(words(-5), "0s");
        assert_eq!(words(300_000), "3 days");
    }

    #[test]
    fn what_was_taken_back_can_be_put_back() {
        let written = |change| {
            let written = Written {
                id: 1,
                verb: "use".to_owned(),
                profile: "work".to_owned(),
                previous: None,
                files: vec!["config".into()],
                notes: Vec::new(),
            };
            said(&Said::Written { change, written })
        };
        let hint = |text: &str| Some(text.to_owned());
        let used = Change::Use { profile: "work".to_owned() };
        assert_eq!(written(used), ("work is the default now".to_owned(), hint("{undo} undo")));
        let undo = Change::Undo { id: None };
        assert_eq!(written(undo), ("took back \"use work\"".to_owned(), hint("{redo} redo")));
        assert_eq!(
            written(Change::Redo { id: None }),
            ("did \"use work\" again".to_owned(), hint("{undo} undo"))
        );
    }
}
