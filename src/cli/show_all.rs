//! `awsprof show --all --json`: everything in both files, merged as the SDKs merge.

use serde_json::{Map, Value, json};

use crate::aws::ini::{Entry, FileKind, SectionId, SectionKind};
use crate::aws::profile::Estate;
use crate::aws::secret::is_secret_key;

/// The files in the order in which their keys win: a later one's override.
const FILES: [FileKind; 2] = [FileKind::Config, FileKind::Credentials];

/// The contract's document: profiles, sso-sessions, services, problems.
#[must_use]
pub fn everything(estate: &Estate) -> Value {
    json!({
        "profiles": all(estate, SectionKind::Profile),
        "sso_sessions": all(estate, SectionKind::SsoSession),
        "services": all(estate, SectionKind::Services),
        "problems": problems(estate),
    })
}

fn all(estate: &Estate, kind: SectionKind) -> Map<String, Value> {
    let mut sections: Map<String, Value> = Map::new();
    for file in FILES {
        for section in estate.document(file).sections().filter(|section| section.kind() == kind) {
            let name = section.name().into_owned();
            if !sections.contains_key(&name) {
                let merged = merged(estate, &SectionId { kind, name: name.clone() });
                sections.insert(name, Value::Object(merged));
            }
        }
    }
    sections
}

fn merged(estate: &Estate, id: &SectionId) -> Map<String, Value> {
    let mut keys = Map::new();
    for file in FILES {
        for section in estate.document(file).sections_of(id) {
            keys.extend(section.entries().map(|entry| (entry.key().into_owned(), value(&entry))));
        }
    }
    keys
}

/// The text, the nested block as an object, or the mask.
fn value(entry: &Entry) -> Value {
    let shown =
        |key: &str, text: String| if is_secret_key(key) { "****".into() } else { Value::String(text) };
    let nested: Map<String, Value> = entry
        .nested()
        .map(|(key, text)| (key.clone().into_owned(), shown(&key, text.into_owned())))
        .collect();
    if nested.is_empty() {
        shown(&entry.key(), entry.value().text.into_owned())
    } else {
        Value::Object(nested)
    }
}

fn problems(estate: &Estate) -> Vec<Value> {
    let of = |file: FileKind| {
        estate.document(file).problems().iter().map(move |problem| {
            json!({
                "code": problem.code(), "message": problem.message(),
                "file": estate.path(file), "line": problem.line,
            })
        })
    };
    FILES.into_iter().flat_map(of).collect()
}
