//! Facts as sentences: one line each, the name first, nothing by position or colour alone.

use jiff::Timestamp;

use crate::aws::chain::trace::{Evidence, LinkReport, Trace, Verdict};
use crate::aws::overview::{Kind, Overview, Row, SessionRow, SessionState};
use crate::aws::secret::masked;
use crate::ui::words;

/// The first line.
pub fn greeting(overview: &Overview, read_only: bool) -> String {
    let count = match overview.rows.len() {
        1 => "1 profile".to_owned(),
        many => format!("{many} profiles"),
    };
    let read_only = if read_only { "; read-only" } else { "" };
    format!("awsprof: {count}; the default is {}{read_only}", words::default(&overview.default))
}

/// A profile in the list.
pub fn row(row: &Row, now: Timestamp) -> String {
    let account = row.account.as_deref().map(|account| format!(", account {account}")).unwrap_or_default();
    let production = if row.production { ", PRODUCTION" } else { "" };
    let default = if row.is_default { ", the default" } else { "" };
    let problems = match row.problems.len() {
        0 => String::new(),
        1 => ", 1 problem".to_owned(),
        many => format!(", {many} problems"),
    };
    format!(
        "{}, {}{account}{}{production}{default}{problems}",
        row.name,
        words::kind(row.kind),
        session_of(row, now)
    )
}

/// What a row's short word for its session is in a sentence.
fn session_of(row: &Row, now: Timestamp) -> String {
    match (row.session, row.kind) {
        (SessionState::NotNeeded, Kind::Empty) => " only".to_owned(),
        (SessionState::NotNeeded, _) => ", ready".to_owned(),
        (SessionState::None, Kind::Sso | Kind::Login) => ", not signed in".to_owned(),
        (SessionState::None, _) => ", no session".to_owned(),
        (SessionState::Unknown, _) => ", a session whose end is unknown".to_owned(),
        (SessionState::Until(end), _) if end <= now => ", session expired".to_owned(),
        (SessionState::Until(end), _) => {
            format!(", session ends in {}", words::remaining(end.duration_since(now)))
        }
    }
}

/// A profile by itself.
pub fn profile(overview: &Overview, of: &Row, now: Timestamp) -> String {
    let region = of.region.as_deref().map(|region| format!(", region {region}")).unwrap_or_default();
    let source = of.source_profile.as_deref().map(|name| format!(", rests on {name}")).unwrap_or_default();
    let about = overview.problems.iter().filter(|problem| problem.profile.as_deref() == Some(&of.name));
    let problems: Vec<String> = about.map(|problem| format!("; problem: {}", problem.message)).collect();
    format!("{}{region}{source}{}", row(of, now), problems.concat())
}

/// A session.
pub fn session(session: &SessionRow, now: Timestamp) -> String {
    let left = match session.expires_at {
        None => "its end is unknown".to_owned(),
        Some(end) if end <= now => "expired".to_owned(),
        Some(end) => format!("{} left", words::remaining(end.duration_since(now))),
    };
    let riders = if session.riders.is_empty() {
        String::new()
    } else {
        format!("; carries {}", session.riders.join(", "))
    };
    format!("{}, {left}{riders}", session.profile)
}

/// A chain: the outcome first, then every link in order.
pub fn chain(trace: &Trace) -> Vec<String> {
    let won = trace.links.iter().find(|link| link.verdict == Verdict::Won);
    let outcome = match (won, &trace.error, trace.would_ask) {
        (Some(link), ..) => format!("credentials come from: {}", told(link)),
        (None, Some(error), _) => format!("the tool stops: {error}"),
        (None, None, Some(link)) => format!("not known: {} has not been asked", link.label()),
        (None, None, None) => "no credentials are found".to_owned(),
    };
    let links = trace.links.iter().enumerate().map(|(at, link)| format!("link {}: {}", at + 1, told(link)));
    let warnings = trace.warnings.iter().map(|warning| format!("warning: {}", warning.message));
    std::iter::once(outcome).chain(links).chain(warnings).collect()
}

fn told(link: &LinkReport) -> String {
    let key = link.access_key_id.as_deref().map(|key| format!(", key {}", masked(key))).unwrap_or_default();
    let place = match &link.evidence {
        Some(Evidence::Place { file, line }) => format!(", {} line {line}", file.display()),
        Some(Evidence::Variable { variable }) => format!(", variable {variable}"),
        Some(Evidence::Url { url }) => format!(", {url}"),
        Some(Evidence::Cache { file }) => format!(", {}", file.display()),
        None => String::new(),
    };
    format!("{}, {}, {}{key}{place}", link.link.label(), link.verdict.word(), link.reason)
}
