//! `awsprof show`: every setting of a profile with the file and line it stands on, secrets masked.

use std::borrow::Cow;
use std::path::Path;

use serde::Serialize;

use super::args::Show;
use super::out::columns;
use super::{Done, Verbs, show_all, words};
use crate::aws::ini::FileKind;
use crate::aws::overview::Kind;
use crate::aws::profile::{Estate, Setting};
use crate::aws::secret::is_secret_key;
use crate::aws::text::clean;
use crate::jobs::{Class, Failure};

/// A profile in `show --json`.
#[derive(Serialize)]
struct Shown<'a> {
    name: &'a str,
    kind: Kind,
    settings: Vec<Place<'a>>,
}

/// A setting in `show --json`.
#[derive(Serialize)]
struct Place<'a> {
    key: Cow<'a, str>,
    value: Cow<'a, str>,
    file: &'a Path,
    line: u32,
    shadowed: bool,
    #[serde(skip)]
    kind: FileKind,
}

/// Prints the settings of one profile, or of all.
///
/// # Errors
/// A profile that is in neither file.
pub fn run(verbs: &Verbs, args: &Show) -> Done {
    let estate = Estate::read(&verbs.context.world);
    let Some(name) = args.profile.as_deref() else {
        return verbs.out.answer_json(&show_all::everything(&estate));
    };
    let profile = estate.profile(name).ok_or_else(|| not_found(name))?;
    let settings: Vec<Place> = profile.settings().into_iter().map(|setting| line(&estate, setting)).collect();
    if verbs.out.json {
        return verbs.out.answer_json(&Shown { name, kind: profile.kind(), settings });
    }
    let home = verbs.context.world.home();
    let rows: Vec<Vec<String>> = settings.iter().map(|line| cells(line, home.as_deref())).collect();
    verbs.out.answer(&columns(&rows))
}

/// The failure for a profile that is in neither file.
#[must_use]
pub fn not_found(name: &str) -> Failure {
    Failure::new(Class::NotFound, "profile-not-found", format!("profile `{name}` is in neither file"))
        .hint("`awsprof list` shows the profiles there are")
}

fn line<'a>(estate: &'a Estate, setting: Setting<'a>) -> Place<'a> {
    let Setting { key, text, file, line, shadowed } = setting;
    let value = if is_secret_key(&key) { Cow::Borrowed("****") } else { text };
    Place { key, value, file: estate.path(file), line, shadowed, kind: file }
}

fn cells(line: &Place, home: Option<&Path>) -> Vec<String> {
    let place = format!("{}:{}", words::short(line.file, home), line.line);
    let value = clean(&line.value).replace('\n', " ");
    let shadowed = match (line.shadowed, line.kind) {
        (false, _) => "",
        (true, FileKind::Config) => "shadowed by the credentials file, or by a later line",
        (true, FileKind::Credentials) => "shadowed by a later line",
    };
    vec![clean(&line.key), value, place, shadowed.to_owned()]
}
