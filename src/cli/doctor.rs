//! `awsprof doctor`: what is wrong with the files, with what may read them and with the environment; `--fix`
//! mends what can be mended, after it has shown how.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde_json::json;

use super::args::{Consent, Doctor};
use super::out::columns;
use super::tty::Tty;
use super::{Done, Verbs, block_on, consent, words};
use crate::aws::change::{Change, Spot};
use crate::aws::overview::{Problem, Severity};
use crate::aws::text::clean;
use crate::aws::world::Env;
use crate::jobs::{self, Class, Diagnosis, Failure};
use crate::vault::keyring::KeyringError;

/// Prints the problems; with `--fix` mends first. The exit code is 1 while an error is left.
///
/// # Errors
/// Whatever keeps a file from being mended.
pub fn run(verbs: &Verbs, args: &Doctor) -> Done<ExitCode> {
    let mut found = jobs::diagnose(&verbs.context);
    if args.fix {
        if args.consent.dry_run {
            return dry_run(verbs, &found);
        }
        mend(verbs, &found, args.consent)?;
        found = jobs::diagnose(&verbs.context);
    }
    let keyring = block_on(jobs::source::keyring(&verbs.context))?;
    found.problems.extend(jobs::source::keyring_note(&verbs.context, &keyring));
    found.problems.extend(jobs::tmux(&verbs.context));
    found.problems.extend(clock(verbs, args.no_probe)?);
    if verbs.out.json {
        verbs.out.answer_json(&found.problems)?;
    } else {
        let home = verbs.context.world.home();
        let report = report(verbs, &found, home.as_deref(), &keyring);
        verbs.out.answer_lines(&report, |_, line| !line.starts_with(' '))?;
    }
    let is_error = |problem: &Problem| problem.severity == Severity::Error;
    Ok(ExitCode::from(u8::from(found.problems.iter().any(is_error))))
}

/// What is wrong with the clock; that it was not looked at is said.
fn clock(verbs: &Verbs, no_probe: bool) -> Done<Option<Problem>> {
    if no_probe {
        verbs.out.say("the clock was not compared with that of AWS (--no-probe)");
        return Ok(None);
    }
    block_on(jobs::clock(&verbs.context))
}

/// The repairs of the two files, if there are any.
fn repairs(found: &Diagnosis) -> Option<Change> {
    let mine = |problem: &&Problem| problem.fixable && !found.is_mode(problem);
    let problems: Vec<Spot> = found.problems.iter().filter(mine).filter_map(Spot::of).collect();
    (!problems.is_empty()).then_some(Change::Mend { problems })
}

fn mend(verbs: &Verbs, found: &Diagnosis, consent: Consent) -> Done {
    let change = repairs(found);
    if change.is_none() && found.modes.is_empty() {
        verbs.out.say("there is nothing that can be mended by itself");
        return Ok(());
    }
    if let Some(change) = change
        && let Some(written) = consent::write(verbs, &change, consent)?
    {
        for note in &written.notes {
            verbs.out.say(&format!("note: {note}"));
        }
        if !written.files.is_empty() {
            verbs.out.say("mended (`awsprof undo` takes it back)");
        }
    }
    restrict(verbs, &found.modes, consent)
}

/// Modes are no text: no diff and no journal, but a question of their own.
fn restrict(verbs: &Verbs, modes: &[(PathBuf, u32)], consent: Consent) -> Done {
    if modes.is_empty() {
        return Ok(());
    }
    if !consent.yes {
        let mut tty = Tty::open("your consent", "add --yes to do it without being asked")?;
        if !tty.agrees(&format!("{}Do this?", commands(modes)))? {
            return Err(Failure::new(Class::Guard, "declined", "the modes are as they were: you said no"));
        }
    }
    jobs::restrict(modes)?;
    verbs.out.say(commands(modes).trim_end());
    Ok(())
}

fn commands(modes: &[(PathBuf, u32)]) -> String {
    let command = |(path, mode): &(PathBuf, u32)| [format!("chmod {mode:o} {}", path.display()), "\n".into()];
    modes.iter().flat_map(command).collect()
}

/// What `--fix` would do.
fn dry_run(verbs: &Verbs, found: &Diagnosis) -> Done<ExitCode> {
    let change = repairs(found);
    let preview = change.map(|change| jobs::preview(&verbs.context, &change)).transpose()?;
    let (diff, notes) = preview.map(|preview| (preview.diff, preview.notes)).unwrap_or_default();
    if verbs.out.json {
        let modes: Vec<_> = found
            .modes
            .iter()
            .map(|(path, mode)| json!({"file": path, "mode": format!("{mode:o}")}))
            .collect();
        verbs.out.answer_json(&json!({"diff": diff, "modes": modes, "notes": notes}))?;
    } else {
        for note in &notes {
            verbs.out.say(&format!("note: {note}"));
        }
        verbs.out.answer(&(diff + &commands(&found.modes)))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The problems under the file they are in, then what awsprof itself stands on.
fn report(
    verbs: &Verbs,
    found: &Diagnosis,
    home: Option<&Path>,
    keyring: &Result<(), KeyringError>,
) -> String {
    let mut text = String::new();
    for of_file in found.problems.chunk_by(|a, b| a.file == b.file) {
        let place = of_file[0]
            .file
            .as_ref()
            .map_or_else(|| "environment".to_owned(), |file| clean(&words::short(file, home)));
        let rows: Vec<Vec<String>> = of_file.iter().map(cells).collect();
        text.extend([&place, "\n", &columns(&rows), "\n"]);
    }
    text + &summary(&found.problems) + &facts(verbs, home, keyring)
}

fn cells(problem: &Problem) -> Vec<String> {
    let severity = match problem.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    };
    let line = problem.line.map(|line| line.to_string()).unwrap_or_default();
    let fix = if problem.fixable { "fix" } else { "" };
    let cells = [&format!("  {severity}"), &line, fix, problem.code, &clean(&problem.message)];
    cells.map(str::to_owned).to_vec()
}

fn summary(problems: &[Problem]) -> String {
    let count = |severity| problems.iter().filter(|problem| problem.severity == severity).count();
    let some = |count: usize, what: &str| match count {
        0 => None,
        1 => Some(format!("1 {what}")),
        _ => Some(format!("{count} {what}s")),
    };
    let counts = [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Info, "note")];
    let counts: Vec<String> =
        counts.into_iter().filter_map(|(level, what)| some(count(level), what)).collect();
    let fixable = problems.iter().filter(|problem| problem.fixable).count();
    match (counts.is_empty(), fixable) {
        (true, _) => "no problems\n".to_owned(),
        (false, 0) => format!("{}\n", counts.join(", ")),
        (false, _) => format!("{}; `awsprof doctor --fix` mends {fixable} of them\n", counts.join(", ")),
    }
}

/// Where awsprof keeps its own things and what it draws on.
fn facts(verbs: &Verbs, home: Option<&Path>, keyring: &Result<(), KeyringError>) -> String {
    let world = &verbs.context.world;
    let path = |path: &Path| words::short(path, home);
    let files = world.aws_files();
    let rows = [
        ("config", path(&files.config)),
        ("credentials", path(&files.credentials)),
        ("journal", path(&verbs.context.state)),
        ("role sessions", path(&verbs.context.cache)),
        ("keyring", keyring.as_ref().map_or_else(ToString::to_string, |()| "reachable".to_owned())),
        ("terminal", world.env.non_empty("TERM").unwrap_or("unknown").to_owned()),
        ("colours", colours(&world.env).to_owned()),
    ];
    let cells = |(what, value): &(&str, String)| vec![format!("  {what}"), clean(value)];
    let rows: Vec<Vec<String>> = rows.iter().map(cells).collect();
    format!("\nawsprof\n{}", columns(&rows))
}

/// The screen needs sixteen; none is enough to read it.
fn colours(env: &Env) -> &'static str {
    let term = env.non_empty("TERM").unwrap_or_default();
    match env.non_empty("COLORTERM") {
        _ if env.non_empty("NO_COLOR").is_some() => "none: NO_COLOR is set",
        _ if term == "dumb" => "none",
        Some("truecolor" | "24bit") => "16 million",
        _ if term.contains("256color") => "256",
        _ => "16",
    }
}
