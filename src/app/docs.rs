//! The table of keys as people read it: the help page's lines and the README's table.

use std::fmt::Write as _;

use super::bindings::{BINDINGS, Binding, Heading, Scope};
use super::keymap::{Bound, Keymap};

/// The headings in the order of the help page.
pub const HEADINGS: &[(Heading, &str)] = &[
    (Heading::Doing, "Do"),
    (Heading::Looking, "Look"),
    (Heading::Moving, "Move"),
    (Heading::Program, "Program"),
    (Heading::Dialogs, "In dialogs"),
];

impl Scope {
    /// The word before a dialog's keys.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Always => "anywhere",
            Self::Main => "panes",
            Self::Links => "chain",
            Self::Filter => "filter",
            Self::Mfa => "MFA code",
            Self::Unlock => "passphrase",
            Self::SignIn => "sign-in",
            Self::Portal => "Identity Center",
            Self::Confirm => "question",
            Self::Naming => "question with a name",
            Self::Form => "forms",
            Self::Doctor => "doctor",
            Self::Past => "past writes",
            Self::Help => "help",
            Self::Command => "command line",
            Self::List => "lists",
            Self::Reading => "pages",
            Self::Page => "link page",
            Self::Compare => "compare page",
            Self::Imds => "metadata page",
            Self::Settings => "settings",
            Self::Value => "a setting's value",
        }
    }
}

/// The bindings under one heading.
pub fn under(heading: Heading) -> impl Iterator<Item = &'static Binding> {
    BINDINGS.iter().filter(move |binding| binding.heading == heading)
}

/// The help's lines that match `filter` (case does not count), in the table's order, dialogs left out:
/// what stands there can be done from the panes.
#[must_use]
pub fn matching<'a>(keymap: &'a Keymap, filter: &str) -> Vec<&'a Bound> {
    let wanted = filter.to_lowercase();
    let matches = |b: &&Bound| {
        b.binding.label.to_lowercase().contains(&wanted)
            || b.keys.iter().any(|keys| keys.text.to_lowercase() == wanted)
    };
    keymap.iter().filter(|b| b.binding.heading != Heading::Dialogs).filter(matches).collect()
}

/// What can be done from the panes, in Markdown: the README's table.
#[must_use]
pub fn of_the_panes() -> String {
    let mut out = String::from("| keys | what they do |\n|---|---|\n");
    for binding in HEADINGS.iter().flat_map(|(heading, _)| under(*heading)) {
        if matches!(binding.scope, Scope::Main | Scope::Links | Scope::Always) {
            let _ = writeln!(out, "| {} | {} |", keys(binding), binding.label);
        }
    }
    out
}

fn keys(binding: &Binding) -> String {
    let keys: Vec<String> = binding.keys.iter().map(|key| format!("`{key}`")).collect();
    keys.join(" ")
}

/// How `config.toml` names it: `use` in `[keys]`, `doctor: fix` in `[keys.in.doctor]`.
fn named(binding: &Binding) -> String {
    let name = binding.intent.name();
    binding.scope.name().map_or_else(|| format!("`{name}`"), |scope| format!("`{scope}`: `{name}`"))
}

/// The table of keys in Markdown.
#[must_use]
pub fn markdown() -> String {
    let mut out = String::from("| keys | in | name | what they do |\n|---|---|---|---|\n");
    for (heading, _) in HEADINGS {
        for binding in under(*heading) {
            let (keys, place, name) = (keys(binding), binding.scope.word(), named(binding));
            let _ = writeln!(out, "| {keys} | {place} | {name} | {} |", binding.label);
        }
    }
    out
}
