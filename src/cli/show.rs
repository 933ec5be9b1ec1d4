//! `awsprof show`: every setting of a profile with the file and line it stands on, secrets masked.

use std::borrow::Cow;
use std::path::Path;

use serde::Serialize;

use super::args::Show;
use super::out::columns;
use super::{Done, Verbs, show_all, show_tool, words};
use crate::aws::ini::FileKind;
use crate::aws::overview::Kind;
use crate::aws::profile::{Estate, Setting};
use crate::aws::secret::is_secret_key;
use crate::aws::text::clean;
use crate::jobs::Failure;

/// A profile in `show --json`.
#[derive(Serialize)]
pub struct Shown<'a> {
    pub name: &'a str,
    pub kind: Kind,
    pub settings: Vec<Place<'a>>,
}

/// A setting in `show --json`.
#[derive(Serialize)]
pub struct Place<'a> {
    pub key: Cow<'a, str>,
    pub value: Cow<'a, str>,
    pub file: &'a Path,
    pub line: u32,
    pub shadowed: bool,
    #[serde(skip)]
    pub kind: FileKind,
}

/// Prints the settings of one profile, or of all.
///
/// # Errors
/// A profile that is in neither file; with `--tool` a file that the tool refuses.
pub fn run(verbs: &Verbs, args: &Show) -> Done {
    if let Some(tool) = &args.tool {
        return show_tool::run(verbs, args.profile.as_deref(), tool);
    }
    let estate = Estate::read(&verbs.context.world);
    let Some(name) = args.profile.as_deref() else {
        return verbs.out.answer_json(&show_all::everything(&estate));
    };
    let profile = estate.profile(name).ok_or_else(|| Failure::no_profile(name))?;
    let settings: Vec<Place> = profile.settings().into_iter().map(|setting| line(&estate, setting)).collect();
    print(verbs, &Shown { name, kind: profile.kind(), settings })
}

/// The answer, as JSON or as columns.
///
/// # Errors
/// A stdout that cannot be written to.
pub fn print(verbs: &Verbs, shown: &Shown<'_>) -> Done {
    if verbs.out.json {
        return verbs.out.answer_json(shown);
    }
    let home = verbs.context.world.home();
    let rows: Vec<Vec<String>> = shown.settings.iter().map(|line| cells(line, home.as_deref())).collect();
    verbs.out.answer(&columns(&rows))
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
