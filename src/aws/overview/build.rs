//! An estate as rows: one pass, every lookup from the spans.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use jiff::{SignedDuration, Timestamp};

use super::facts::{Facts, Known};
use super::{DefaultState, Kind, Overview, Problem, Renewal, Row, SessionRow, SessionState, account};
use crate::aws::beside::from_both_ends;
use crate::aws::ini::{FileKind, SectionKind};
use crate::aws::lint::lint;
use crate::aws::production;
use crate::aws::profile::{Estate, FileState, Profile};
use crate::aws::session::{self, Owner};

/// How far a role's sources are followed for its session.
const HOPS: usize = 8;

/// What a session lives: `GetSessionToken`'s default, and its longest.
const USUAL: SignedDuration = SignedDuration::from_hours(12);
const LONGEST: SignedDuration = SignedDuration::from_hours(36);

impl Overview {
    /// What there is to show of an estate. `now` only sizes the gauges: states carry their expiry.
    #[must_use]
    pub fn of(estate: &Estate, default: &DefaultState, now: Timestamp) -> Self {
        let mut overview = Self::survey(estate, default, now);
        overview.mark(lint(estate));
        overview
    }

    /// The same before anybody looked for problems.
    #[must_use]
    pub fn survey(estate: &Estate, default: &DefaultState, now: Timestamp) -> Self {
        let facts = Facts::of(estate);
        let rows = from_both_ends(facts.known.len(), |at| row(&facts, &facts.known[at], default));
        let holding = facts.known.iter().zip(&rows).filter(|(_, row)| row.kind == Kind::Session);
        let sessions =
            holding.filter_map(|(known, row)| session_row(&facts, &known.profile, row, now)).collect();
        Self {
            rows,
            sessions: own_sessions(sessions),
            problems: Vec::new(),
            default: default.clone(),
            sso_sessions: sso_sessions(estate),
            files: files(estate),
        }
    }

    /// These problems in place of those known so far, here and on the rows they concern.
    pub fn mark(&mut self, problems: Vec<Problem>) {
        let mut codes = codes(&problems);
        for row in &mut self.rows {
            row.problems = codes.remove(row.name.as_str()).unwrap_or_default();
        }
        self.problems = problems;
    }
}

fn sso_sessions(estate: &Estate) -> Vec<String> {
    let sections = estate.config().sections().filter(|section| section.kind() == SectionKind::SsoSession);
    let mut names: Vec<String> = sections.map(|section| section.identifier().to_owned()).collect();
    names.dedup();
    names
}

fn files(estate: &Estate) -> Vec<(std::path::PathBuf, bool)> {
    let both = [FileKind::Config, FileKind::Credentials];
    both.map(|file| (estate.path(file).to_owned(), *estate.state(file) != FileState::Missing)).into()
}

fn codes(problems: &[Problem]) -> HashMap<&str, Vec<String>> {
    let mut codes: HashMap<&str, Vec<String>> = HashMap::new();
    for problem in problems {
        let Some(profile) = &problem.profile else { continue };
        let of_profile = codes.entry(profile).or_default();
        if of_profile.iter().all(|known| known != problem.code) {
            of_profile.push(problem.code.to_owned());
        }
    }
    codes
}

fn row<'a>(facts: &Facts<'a>, Known { profile, key }: &Known<'a>, default: &DefaultState) -> Row {
    let name = profile.name();
    let text = |key| profile.text(key).map(Cow::into_owned);
    let kind = profile.kind();
    let long_term = session_of(facts, profile, kind);
    let keys = long_term.as_deref().and_then(|name| facts.estate.profile(name));
    let session_profile = key.as_deref().and_then(|key| facts.session_profile_of(profile, key));
    let serial = facts.serial(profile);
    let base = Base { kind, session_profile: session_profile.as_deref(), has_device: serial.is_some() };
    let place = |file| profile.header(file).map(|line| (file, line));
    Row {
        kind,
        account: account::of(profile).or_else(|| account::of(keys.as_ref()?)),
        alias: text("sso_account_name").or_else(|| text("account_alias")),
        role: text("role_arn")
            .as_deref()
            .and_then(|arn| arn.rsplit('/').next())
            .map(str::to_owned)
            .or_else(|| text("sso_role_name")),
        sso_session: text("sso_session"),
        used: None,
        region: text("region"),
        production: production::is_called_so(name),
        is_default: matches!(default, DefaultState::Managed { profile } if profile == name),
        session: state(facts, profile, &base, HOPS),
        session_profile,
        mfa_serial: serial.or_else(|| facts.serial(keys.as_ref()?)).map(Cow::into_owned),
        code_from: None,
        source_profile: text("source_profile"),
        problems: Vec::new(),
        place: place(FileKind::Credentials).or_else(|| place(FileKind::Config)),
        session_of: long_term,
        name: name.to_owned(),
    }
}

/// The long-term profile whose session this one holds, or would hold.
fn session_of(facts: &Facts<'_>, profile: &Profile<'_>, kind: Kind) -> Option<String> {
    let can_hold = matches!(kind, Kind::Session | Kind::Empty);
    can_hold.then(|| session::long_term_of(facts.estate, profile.name())).flatten()
}

/// What decides which session a profile's credentials rest on.
struct Base<'n> {
    kind: Kind,
    session_profile: Option<&'n str>,
    has_device: bool,
}

/// The session a profile's credentials rest on.
fn state<'a>(facts: &Facts<'a>, profile: &Profile<'a>, base: &Base<'_>, hops: usize) -> SessionState {
    match base.kind {
        Kind::Session => facts.stored(profile.name()).unwrap_or(SessionState::Unknown),
        Kind::Static => {
            let stored = base.session_profile.and_then(|name| facts.stored(name));
            stored.unwrap_or(if base.has_device { SessionState::None } else { SessionState::NotNeeded })
        }
        Kind::AssumeRole if hops > 0 => {
            let source = profile.text("source_profile").and_then(|name| facts.estate.profile(&name));
            let beneath = |source: Profile<'a>| {
                let session_profile = facts.session_profile(&source);
                let has_device = facts.serial(&source).is_some();
                let session_profile = session_profile.as_deref();
                state(facts, &source, &Base { kind: source.kind(), session_profile, has_device }, hops - 1)
            };
            match source.map(beneath) {
                Some(SessionState::NotNeeded) | None if profile.has("mfa_serial") => SessionState::None,
                state => state.unwrap_or(SessionState::NotNeeded),
            }
        }
        Kind::Sso | Kind::Login => SessionState::None,
        Kind::Empty if session_of(facts, profile, base.kind).is_some() => SessionState::None,
        _ => SessionState::NotNeeded,
    }
}

fn session_row<'a>(
    facts: &Facts<'a>,
    profile: &Profile<'a>,
    row: &Row,
    now: Timestamp,
) -> Option<(Cow<'a, str>, SessionRow)> {
    let key = profile.access_key()?.id;
    let of = row.session_of.clone();
    let expires_at = session::expiry(profile);
    let is_long = expires_at.is_some_and(|at| at.duration_since(now) > USUAL);
    let bases = std::iter::once(profile.name()).chain(of.as_deref());
    let riders = bases.flat_map(|base| facts.riders(base)).map(|rider| rider.name().to_owned()).collect();
    let tail = key.char_indices().rev().nth(3).map_or(0, |(at, _)| at);
    let row = SessionRow {
        renewal: renewal(facts, profile, of.as_deref()),
        profile: profile.name().to_owned(),
        of,
        expires_at,
        lifetime: if is_long { LONGEST } else { USUAL },
        access_key_tail: key[tail..].to_owned(),
        riders,
        ours: session::owner(profile) == Owner::Awsprof,
        code_from: None,
        used: false,
    };
    Some((key, row))
}

/// Who can renew a session: aws-mfa's own pair is ours to renew too, its marks are kept.
fn renewal(facts: &Facts<'_>, profile: &Profile<'_>, of: Option<&str>) -> Renewal {
    let owner = session::owner(profile);
    let keys = of.and_then(|name| facts.estate.profile(name));
    let pair = of.is_some_and(|name| name.strip_suffix("-long-term") == Some(profile.name()));
    match (owner.tool(), keys) {
        (Some(tool), _) if !(owner == Owner::AwsMfa && pair) => Renewal::Other { tool },
        (_, Some(keys)) => Renewal::Code { serial: facts.serial(&keys).map(Cow::into_owned) },
        (_, None) => Renewal::Nothing,
    }
}

/// Session profiles only: a `[default]` that is a copy of one of them is not one itself.
fn own_sessions(sessions: Vec<(Cow<'_, str>, SessionRow)>) -> Vec<SessionRow> {
    let others = sessions.iter().filter(|(_, row)| row.profile != "default");
    let keys: HashSet<Cow<'_, str>> = others.map(|(key, _)| key.clone()).collect();
    let is_own = |(key, row): &(Cow<'_, str>, SessionRow)| row.profile != "default" || !keys.contains(key);
    sessions.into_iter().filter(is_own).map(|(_, row)| row).collect()
}
