//! `awsprof imds`: what the instance says about itself.

use serde_json::json;

use super::args::Imds;
use super::out::columns;
use super::{Done, Verbs};
use crate::aws::metadata::{self, Found, Metadata};
use crate::aws::text::{clean, clean_lines};
use crate::jobs::{self, MetadataRequest};

/// What people look for here in vain.
const POLICY: &str =
    "what the role may do cannot be read here: its policy is IAM's to tell (iam:GetRolePolicy)";

/// Prints an overview, the names in a folder, or a value with its credentials masked.
///
/// # Errors
/// A service that does not answer, a path with nothing at it.
pub fn run(verbs: &Verbs, args: Imds) -> Done {
    let role = args.path.is_none();
    let request = MetadataRequest { path: args.path, v1: args.v1, role };
    let seen = super::block_on(jobs::metadata(&verbs.context, &request))??;
    if verbs.out.json {
        return verbs.out.answer_json(&as_json(&seen));
    }
    if request.path.is_none() {
        return verbs.out.answer(&overview(&seen));
    }
    verbs.out.say(&format!("{} answered{}", seen.endpoint, version(&seen)));
    if seen.path.contains("/iam") {
        verbs.out.say(&format!("note: {POLICY}"));
    }
    verbs.out.answer(&match &seen.found {
        Found::Entries(names) => names.iter().map(|name| clean(name) + "\n").collect(),
        Found::Value(text) if seen.path.ends_with("/document") => clean_lines(&metadata::pretty(text)) + "\n",
        Found::Value(text) => clean_lines(text.trim_end_matches('\n')) + "\n",
    })
}

fn version(seen: &Metadata) -> String {
    let ttl = seen.token_ttl.map(|ttl| format!(", token good for {ttl} s")).unwrap_or_default();
    let bare = if seen.version == 1 { ", without a token" } else { "" };
    format!(" by IMDSv{}{ttl}{bare}", seen.version)
}

fn overview(seen: &Metadata) -> String {
    let role = match &seen.role {
        Some((name, Some(expires))) => format!("{name}, credentials (masked here) until {expires}"),
        Some((name, None)) => format!("{name}, but its credentials could not be read"),
        None => "none attached".to_owned(),
    };
    let mut rows = vec![
        vec!["answered".to_owned(), format!("{}{}", seen.endpoint, version(seen))],
        vec!["role".to_owned(), clean(&role)],
        vec!["policy".to_owned(), POLICY.to_owned()],
    ];
    if let Found::Entries(names) = &seen.found {
        let first = std::iter::once(seen.path.clone()).chain(std::iter::repeat(String::new()));
        rows.extend(first.zip(names).map(|(path, name)| vec![path, clean(name)]));
    }
    columns(&rows)
}

fn as_json(seen: &Metadata) -> serde_json::Value {
    let (entries, value) = match &seen.found {
        Found::Entries(names) => (Some(names), None),
        Found::Value(text) => (None, Some(text)),
    };
    let role = seen.role.as_ref().map(|(name, expires)| json!({"name": name, "expires_at": expires}));
    json!({
        "endpoint": seen.endpoint, "version": seen.version, "token_ttl": seen.token_ttl, "path": seen.path,
        "entries": entries, "value": value, "role": role,
    })
}
