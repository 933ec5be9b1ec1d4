//! `awsprof show --tool`: the files as one tool's own parser reads them.

use std::borrow::Cow;

use serde_json::{Map, Value, json};

use super::show::{Place, Shown};
use super::{Done, Verbs, chain as chain_verb, show};
use crate::aws::chain::view::{Refused, Seen};
use crate::aws::chain::{self, View};
use crate::aws::ini::SectionKind;
use crate::aws::secret::is_secret_key;
use crate::jobs::{Class, Failure};

const MASK: &str = "****";

/// Prints one profile, or everything as JSON.
///
/// # Errors
/// An unknown tool, a file the tool refuses, a profile the tool does not see.
pub fn run(verbs: &Verbs, profile: Option<&str>, tool: &str) -> Done {
    let tool = chain::tool(tool).ok_or_else(|| chain_verb::unknown(tool))?;
    let view = View::read(&verbs.context.world, tool).map_err(|why| refused(&why))?;
    let Some(name) = profile else { return verbs.out.answer_json(&everything(&view)) };
    let Some(seen) = view.section(SectionKind::Profile, name) else {
        return Err(Failure::new(
            Class::NotFound,
            "profile-not-found",
            format!("{} sees no profile `{name}`", tool.name),
        )
        .hint(format!("`awsprof show {name}` shows it as the SDKs read it")));
    };
    let settings = seen.iter().map(place).collect();
    show::print(verbs, &Shown { name, kind: view.kind(name), settings })
}

fn refused(refused: &Refused) -> Failure {
    let failure = Failure::new(Class::File, "refused-by-tool", refused.to_string());
    match refused.hint() {
        Some(hint) => failure.hint(hint),
        None => failure,
    }
}

fn place<'a>(seen: &Seen<'a>) -> Place<'a> {
    let secret = is_secret_key(seen.key);
    Place {
        key: Cow::Borrowed(seen.key),
        value: Cow::Borrowed(if secret { MASK } else { seen.text }),
        file: seen.path,
        line: seen.line,
        shadowed: seen.shadowed,
        kind: seen.file,
    }
}

/// The contract's document, as [`super::show_all`] makes it for the shared grammar.
fn everything(view: &View) -> Value {
    let problem = |ignored: &Refused| {
        json!({
            "code": "ignored-by-tool", "message": ignored.reason, "file": ignored.path, "line": ignored.line,
        })
    };
    json!({
        "profiles": all(view, SectionKind::Profile),
        "sso_sessions": all(view, SectionKind::SsoSession),
        "services": all(view, SectionKind::Services),
        "problems": view.ignored().iter().map(problem).collect::<Vec<_>>(),
    })
}

fn all(view: &View, kind: SectionKind) -> Map<String, Value> {
    let keys = |name: &str| {
        let seen = view.section(kind, name).unwrap_or_default();
        let winners = seen.iter().filter(|seen| !seen.shadowed);
        winners.map(|seen| (seen.key.to_owned(), value(seen))).collect::<Map<_, _>>()
    };
    view.names(kind).into_iter().map(|name| (name.to_owned(), Value::Object(keys(name)))).collect()
}

fn value(seen: &Seen<'_>) -> Value {
    let shown = |key: &str, text: &str| Value::from(if is_secret_key(key) { MASK } else { text });
    if seen.nested {
        let pairs = seen.pairs();
        Value::Object(pairs.into_iter().map(|(key, text)| (key.to_owned(), shown(key, text))).collect())
    } else {
        shown(seen.key, seen.text)
    }
}
