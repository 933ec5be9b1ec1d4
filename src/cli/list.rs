//! `awsprof list`: profiles as lines or as the contract's JSON.

use std::borrow::Cow;

use jiff::Timestamp;
use serde::Serialize;

use super::args::List;
use super::out::{Out, columns};
use super::{Done, Verbs};
use crate::aws::overview::{Kind, Overview, Row, SessionState};
use crate::aws::text::cleaned;
use crate::jobs;

/// One profile in `list --json`.
#[derive(Serialize)]
struct Line<'a> {
    name: &'a str,
    kind: Kind,
    account: Option<&'a str>,
    region: Option<&'a str>,
    default: bool,
    session_of: Option<&'a str>,
    expires_at: Option<Timestamp>,
    problems: &'a [String],
    production: bool,
}

/// Prints the profiles that match the filter.
///
/// # Errors
/// A stdout that cannot be written to.
pub fn run(verbs: &Verbs, args: &List) -> Done {
    let overview = jobs::load(&verbs.context);
    let rows: Vec<&Row> = overview.rows.iter().filter(|row| matches(row, args.filter.as_deref())).collect();
    if verbs.out.json {
        let lines: Vec<Line> = rows.iter().map(|row| line(row)).collect();
        return verbs.out.answer_json(&lines);
    }
    if overview.rows.is_empty() {
        say_where(verbs.out, &overview);
        return Ok(());
    }
    let stale = overview.problems.iter().filter(|problem| problem.code == "default-out-of-step");
    stale.for_each(|problem| verbs.out.say(&problem.message));
    let now = verbs.context.world.now();
    let mut table = vec![header()];
    table.extend(rows.iter().map(|row| cells(row, now)));
    verbs.out.answer_lines(&columns(&table), |at, _| at == 0)
}

fn matches(row: &Row, filter: Option<&str>) -> bool {
    let Some(filter) = filter.map(str::to_lowercase) else { return true };
    let fields = [Some(row.name.as_str()), row.account.as_deref(), row.region.as_deref()];
    fields.into_iter().flatten().any(|field| field.to_lowercase().contains(&filter))
}

fn line(row: &Row) -> Line<'_> {
    Line {
        name: &row.name,
        kind: row.kind,
        account: row.account.as_deref(),
        region: row.region.as_deref(),
        default: row.is_default,
        session_of: row.session_of.as_deref(),
        expires_at: match row.session {
            SessionState::Until(at) => Some(at),
            _ => None,
        },
        problems: &row.problems,
        production: row.production,
    }
}

fn header() -> Vec<Cow<'static, str>> {
    ["", "PROFILE", "KIND", "ACCOUNT", "REGION", "SESSION", "PROBLEMS"].map(Cow::Borrowed).to_vec()
}

/// Borrowed as far as can be: ten thousand rows are made at once.
fn cells(row: &Row, now: Timestamp) -> Vec<Cow<'_, str>> {
    vec![
        match (row.is_default, row.production) {
            (true, true) => "* PROD",
            (true, false) => "*",
            (false, true) => "PROD",
            (false, false) => "",
        }
        .into(),
        cleaned(&row.name),
        super::words::kind(row.kind).into(),
        shown(row.account.as_deref()),
        shown(row.region.as_deref()),
        match row.session {
            SessionState::NotNeeded => "-".into(),
            state => super::words::session(state, now).into(),
        },
        match row.problems.as_slice() {
            [one] => one.as_str().into(),
            all => all.join(" ").into(),
        },
    ]
}

fn shown(value: Option<&str>) -> Cow<'_, str> {
    value.map_or(Cow::Borrowed("-"), cleaned)
}

fn say_where(out: Out, overview: &Overview) {
    let there = |found: bool| if found { "has no profiles" } else { "is not there" };
    for (path, found) in &overview.files {
        out.say(&format!("{} {}", path.display(), there(*found)));
    }
    out.say("hint: `awsprof add NAME` makes a first profile");
}
