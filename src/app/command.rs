//! The command line (`:`): what can be typed there, how it is completed, and what a line means.
//!
//! Its words are those of the verbs where there is one (`use`, `renew`, `chain`), and each stands for a binding of
//! the table, so that a command is refused for the same reason as its key.

use super::bindings::{BINDINGS, Binding, Scope};
use super::effect::Theme;
use super::intent::Intent;
use super::model::{Model, Pane};

/// A line being typed.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Command {
    pub text: String,
    /// Which completion Enter takes.
    pub selected: usize,
}

/// What may follow a command's word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Argument {
    None,
    Profile,
    /// A profile and a new name.
    Renaming,
    /// A new name.
    Name,
    Tool,
}

/// One way to go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The whole line.
    pub line: String,
    pub label: String,
    /// Enter does it; else it is only filled in.
    pub whole: bool,
}

/// What a line means.
#[derive(Clone, Debug)]
pub enum Order {
    /// A binding, after another profile or tool was chosen; `to` is a new name.
    Do {
        binding: &'static Binding,
        profile: Option<String>,
        tool: Option<usize>,
        to: Option<String>,
    },
    Theme(Theme),
}

const THEMES: [(&str, Theme, &str); 7] = [
    ("color", Theme::Color, "the terminal's own colours"),
    ("night", Theme::Named("night"), "dark: blue-grey, soft colours (24-bit)"),
    ("paper", Theme::Named("paper"), "light: warm paper, dark ink (24-bit)"),
    ("contrast", Theme::Named("contrast"), "as much contrast as there is (24-bit)"),
    ("mono", Theme::Mono, "no colour"),
    ("unicode", Theme::Unicode, "lines and round marks"),
    ("ascii", Theme::Ascii, "plain ASCII"),
];

/// The intents that have a word on the command line, and what may follow it.
const WORDS: &[(Intent, Argument)] = &[
    (Intent::Use, Argument::Profile),
    (Intent::Renew, Argument::Profile),
    (Intent::Forget, Argument::Profile),
    (Intent::Probe, Argument::Profile),
    (Intent::Copy, Argument::Profile),
    (Intent::Edit, Argument::Profile),
    (Intent::Add, Argument::Name),
    (Intent::Settings, Argument::Profile),
    (Intent::Rename, Argument::Renaming),
    (Intent::Duplicate, Argument::Renaming),
    (Intent::Remove, Argument::Profile),
    (Intent::Preferences, Argument::None),
    (Intent::Doctor, Argument::None),
    (Intent::Problems, Argument::Profile),
    (Intent::Past, Argument::None),
    (Intent::Pane(Pane::Profiles), Argument::Profile),
    (Intent::Pane(Pane::Chain), Argument::Profile),
    (Intent::Pane(Pane::Sessions), Argument::None),
    (Intent::NextTool, Argument::Tool),
    (Intent::Compare, Argument::Profile),
    (Intent::Warnings, Argument::Profile),
    (Intent::Who, Argument::None),
    (Intent::Imds, Argument::None),
    (Intent::Previous, Argument::None),
    (Intent::Undo, Argument::None),
    (Intent::Redo, Argument::None),
    (Intent::Filter, Argument::None),
    (Intent::Explain, Argument::None),
    (Intent::Explicit, Argument::None),
    (Intent::Group, Argument::None),
    (Intent::Order, Argument::None),
    (Intent::MarkAll, Argument::None),
    (Intent::Reload, Argument::None),
    (Intent::Zoom, Argument::None),
    (Intent::Unzoom, Argument::None),
    (Intent::Mouse, Argument::None),
    (Intent::Timeline, Argument::None),
    (Intent::About, Argument::None),
    (Intent::Log, Argument::None),
    (Intent::Messages, Argument::None),
    (Intent::Help, Argument::None),
    (Intent::Redraw, Argument::None),
    (Intent::Suspend, Argument::None),
    (Intent::Quit, Argument::None),
];

fn word(intent: Intent) -> Option<(&'static str, Argument)> {
    WORDS.iter().find(|(known, _)| *known == intent).map(|(_, argument)| (intent.name(), *argument))
}

/// Every binding that has a word, in the table's order.
fn words() -> impl Iterator<Item = (&'static str, Argument, &'static Binding)> {
    let open = BINDINGS.iter().filter(|b| matches!(b.scope, Scope::Always | Scope::Main | Scope::Links));
    open.filter_map(|binding| word(binding.intent).map(|(word, argument)| (word, argument, binding)))
}

/// How a line can go on: what starts with it first, then what contains it.
#[must_use]
pub fn completions(model: &Model, text: &str) -> Vec<Completion> {
    match text.trim_start().split_once(' ') {
        None => best(text.trim(), first_words()),
        Some(("theme", begun)) => best(begun.trim(), themes()),
        Some((begun, argument)) => {
            let known = words().find(|(word, ..)| *word == begun);
            known.map_or_else(Vec::new, |(word, kind, _)| best(argument.trim(), arguments(model, word, kind)))
        }
    }
}

/// A candidate and the part of it that is compared.
type Candidate = (String, Completion);

fn best(begun: &str, candidates: Vec<Candidate>) -> Vec<Completion> {
    let wanted = begun.to_lowercase();
    let mut ranked: Vec<(usize, Completion)> = candidates
        .into_iter()
        .filter_map(|(key, completion)| Some((key.to_lowercase().find(&wanted)?, completion)))
        .collect();
    ranked.sort_by_key(|(at, _)| *at > 0);
    ranked.into_iter().map(|(_, completion)| completion).collect()
}

fn first_words() -> Vec<Candidate> {
    let candidate = |word: &str, label: &str| {
        let completion =
            Completion { line: word.to_owned(), label: label.to_owned(), whole: word != "theme" };
        (word.to_owned(), completion)
    };
    let theme = candidate("theme", "colours and glyphs");
    words().map(|(word, _, binding)| candidate(word, binding.label)).chain([theme]).collect()
}

fn themes() -> Vec<Candidate> {
    THEMES.iter().map(|(name, _, label)| argument("theme", name, label)).collect()
}

fn argument(word: &str, value: &str, label: &str) -> Candidate {
    let completion = Completion { line: format!("{word} {value}"), label: label.to_owned(), whole: true };
    (value.to_owned(), completion)
}

fn arguments(model: &Model, word: &str, kind: Argument) -> Vec<Candidate> {
    match kind {
        Argument::None | Argument::Name => Vec::new(),
        Argument::Tool => model.tools.iter().map(|tool| argument(word, tool.id, tool.name)).collect(),
        Argument::Profile | Argument::Renaming => {
            let rows = model.overview.rows.iter();
            rows.map(|row| argument(word, &row.name, row.account.as_deref().unwrap_or(""))).collect()
        }
    }
}

/// What is wrong with a line that means nothing.
#[must_use]
pub fn wrong(line: &str) -> String {
    let (word, argument) = line.split_once(' ').unwrap_or((line, ""));
    let kind = words().find(|(known, ..)| *known == word).map(|(_, kind, _)| kind);
    match (word, kind) {
        ("theme", _) => format!("no such theme: {argument}"),
        (_, Some(Argument::Tool)) => format!("no such tool: {argument}"),
        (_, Some(Argument::Profile)) => format!("no such profile: {argument}"),
        (_, Some(Argument::Renaming)) => {
            format!("no such profile: {}", argument.split(' ').next().unwrap_or(argument))
        }
        (_, Some(Argument::None)) => format!("nothing follows {word}"),
        (_, Some(Argument::Name) | None) => format!("no such command: {line}"),
    }
}

/// What a complete line means; `None` if it means nothing.
#[must_use]
pub fn parse(model: &Model, line: &str) -> Option<Order> {
    let line = line.trim();
    let (word, argument) = line.split_once(' ').unwrap_or((line, ""));
    let argument = argument.trim();
    if word == "theme" {
        return THEMES.iter().find(|(name, ..)| *name == argument).map(|(_, theme, _)| Order::Theme(*theme));
    }
    let word = if word == "q" { "quit" } else { word };
    let (_, kind, binding) = words().find(|(known, ..)| *known == word)?;
    let order = |profile, tool, to| Some(Order::Do { binding, profile, tool, to });
    let known = |name: &str| model.overview.rows.iter().any(|row| row.name == name).then(|| name.to_owned());
    match kind {
        _ if argument.is_empty() => order(None, None, None),
        Argument::None => None,
        Argument::Name => order(None, None, Some(argument.to_owned())),
        Argument::Profile => order(Some(known(argument)?), None, None),
        Argument::Renaming => match argument.split_once(' ') {
            Some((from, to)) => order(Some(known(from)?), None, Some(to.trim().to_owned())),
            None => order(Some(known(argument)?), None, None),
        },
        Argument::Tool => {
            let at = model.tools.iter().position(|tool| tool.id == argument)?;
            order(None, Some(at), None)
        }
    }
}
