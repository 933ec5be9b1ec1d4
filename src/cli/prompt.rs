//! `awsprof prompt`: which profile this shell uses and what is left of its session, in a few milliseconds.
//!
//! It runs before every prompt, so it reads the files it must and nothing else, and says nothing when something is
//! wrong: a prompt is no place for errors, `awsprof doctor` is.

use std::process::ExitCode;

use jiff::Timestamp;

use super::args::{Color, Prompt, Shell};
use super::out::Out;
use super::{Done, words};
use crate::aws::overview::{DefaultState, Kind};
use crate::aws::production::{self, Production};
use crate::aws::profile::Estate;
use crate::aws::session::{self, Target};
use crate::aws::store::{self, StateDir};
use crate::aws::text::clean;
use crate::aws::world::{Env, World};
use crate::config::{Folders, Settings};

/// From when on a session that ends is worth a colour, in seconds.
const SOON: i64 = 900;

/// Prints the segment; nothing where there is no profile.
///
/// # Errors
/// A stdout that cannot be written to.
pub fn run(args: &Prompt, world: &World, out: Out, color: Color) -> Done<ExitCode> {
    let Some(folders) = Folders::of(world) else { return Ok(ExitCode::SUCCESS) };
    let settings = Settings::read(world, &folders).unwrap_or_default();
    let estate = Estate::read(world);
    let default = store::default_state(&estate, &StateDir::new(folders.state.clone()));
    let Some(name) = current(world, &estate, &default) else { return Ok(ExitCode::SUCCESS) };
    let segment = Segment {
        paint: Paint::of(args.shell, world, color),
        production: is_production(&estate, &name, &settings, (&default, world.now())),
        left: ends((&world.env, &estate), &folders, &settings, &name)
            .map(|at| at.duration_since(world.now()).as_secs()),
        name,
    };
    let text = fill(&settings.prompt.format, |key| segment.part(key));
    let end = if args.shell.is_some() && !text.is_empty() { " " } else { "" };
    let line = if args.shell.is_some() { "" } else { "\n" };
    out.answer(&format!("{text}{end}{line}"))?;
    Ok(ExitCode::SUCCESS)
}

/// What the variables name, else what `[default]` is a copy of, else `default` where it stands.
fn current(world: &World, estate: &Estate, default: &DefaultState) -> Option<String> {
    let named = ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"].into_iter().find_map(|name| world.env.non_empty(name));
    let copied = || match default {
        DefaultState::Managed { profile } => Some(profile.clone()),
        _ => estate.profile("default").map(|_| "default".to_owned()),
    };
    named.map(str::to_owned).or_else(copied)
}

fn is_production(
    estate: &Estate,
    name: &str,
    settings: &Settings,
    (default, now): (&DefaultState, Timestamp),
) -> bool {
    let patterns = Production::new(&settings.guard.production);
    let guarded = || {
        let overview = crate::aws::overview::Overview::survey(estate, default, now);
        patterns.of(estate, &overview).contains(name)
    };
    production::is_called_so(name) || (patterns.asks() && guarded())
}

/// When the session ends that the profile's credentials rest on.
fn ends(
    (env, estate): (&Env, &Estate),
    folders: &Folders,
    settings: &Settings,
    name: &str,
) -> Option<Timestamp> {
    let profile = estate.profile(name)?;
    match profile.kind() {
        Kind::AssumeRole | Kind::CredentialSource => {
            let key = store::role_key(env, estate, name)?;
            Some(store::cached_role_facts(&folders.cache, &key)?.expires_at)
        }
        Kind::Session => session::expiry(&profile),
        Kind::Static | Kind::Empty => {
            let into = settings.session.profiles.get(name).map(String::as_str);
            Target::plan(estate, name, into, None).ok()?.current?.1
        }
        _ => None,
    }
}

/// What there is to say, and how it is painted.
struct Segment {
    name: String,
    production: bool,
    left: Option<i64>,
    paint: Paint,
}

impl Segment {
    fn part(&self, key: &str) -> Option<String> {
        match key {
            "profile" => Some(self.paint.plain(&clean(&self.name))),
            "prod" => self.production.then(|| self.paint.with("1;31", "PROD")),
            "left" => self.left.map(|left| match left {
                ..=0 => self.paint.with("31", "expired"),
                left if left < SOON => self.paint.with("33", &words::remaining(left)),
                left => self.paint.with("32", &words::remaining(left)),
            }),
            _ => None,
        }
    }
}

/// Colours, as a shell's prompt wants them marked.
struct Paint {
    shell: Option<Shell>,
    color: bool,
}

impl Paint {
    /// A prompt is read from a pipe, so that it is one says nothing: for a shell there is colour unless `NO_COLOR` or a
    /// dumb terminal forbids it.
    fn of(shell: Option<Shell>, world: &World, asked: Color) -> Self {
        let bare = world.env.non_empty("NO_COLOR").is_some() || world.env.get("TERM") == Some("dumb");
        Self { shell, color: asked.asked().unwrap_or(shell.is_some() && !bare) }
    }

    /// zsh reads a `%` in a prompt as its own.
    fn plain(&self, text: &str) -> String {
        if self.shell == Some(Shell::Zsh) { text.replace('%', "%%") } else { text.to_owned() }
    }

    fn with(&self, code: &str, text: &str) -> String {
        let text = self.plain(text);
        if !self.color {
            return text;
        }
        let (open, close) = match self.shell {
            Some(Shell::Bash) => ("\u{1}", "\u{2}"),
            Some(Shell::Zsh) => ("%{", "%}"),
            _ => ("", ""),
        };
        format!("{open}\u{1b}[{code}m{close}{text}{open}\u{1b}[0m{close}")
    }
}

/// A format with its parts filled in: `{ left}` is the part with a blank before it, or nothing.
fn fill(format: &str, part: impl Fn(&str) -> Option<String>) -> String {
    let mut text = String::new();
    let mut rest = format;
    while let Some((before, inside)) = rest.split_once('{') {
        text.push_str(before);
        let Some((key, after)) = inside.split_once('}') else { return text + "{" + inside };
        if let Some(value) = part(key.trim()) {
            text.push_str(&key.replace(key.trim(), &value));
        }
        rest = after;
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_go_with_what_is_empty() {
        let part = |key: &str| (key == "profile" || key == "left").then(|| key.to_uppercase());
        assert_eq!(fill("({profile}{ prod}{ left })", part), "(PROFILE LEFT )");
        assert_eq!(fill("{profile", part), "{profile");
        assert_eq!(fill("", part), "");
    }

    #[test]
    fn a_shell_is_told_which_bytes_have_no_width() {
        let painted = |shell| Paint { shell, color: true }.with("32", "5%");
        assert_eq!(painted(Some(Shell::Bash)), "\u{1}\u{1b}[32m\u{2}5%\u{1}\u{1b}[0m\u{2}");
        assert_eq!(painted(Some(Shell::Zsh)), "%{\u{1b}[32m%}5%%%{\u{1b}[0m%}");
        assert_eq!(painted(None), "\u{1b}[32m5%\u{1b}[0m");
        assert_eq!(Paint { shell: Some(Shell::Fish), color: false }.with("32", "5%"), "5%");
    }
}
