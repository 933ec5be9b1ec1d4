//! A line of the table of keys, and how the table's lines are written.

use super::enabled as when;
use super::intent::Intent as I;
use super::model::Model;
use super::said::Why;

/// Where a binding holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Everywhere, before anything else.
    Always,
    /// No dialog is open.
    Main,
    /// The chain has the focus: its own keys, then those of [`Scope::Main`].
    Links,
    /// The filter is being typed.
    Filter,
    Mfa,
    /// The passphrase is being typed.
    Unlock,
    /// A person is at a browser.
    SignIn,
    /// The page of Identity Center: letters narrow it.
    Portal,
    Confirm,
    /// A question that a name must be typed for.
    Naming,
    Form,
    Doctor,
    /// The page of past writes.
    Past,
    Help,
    /// The command line.
    Command,
    /// A list to pick from.
    List,
    /// A page to read.
    Reading,
    /// The page about a link.
    Page,
    /// The page that compares the tools.
    Compare,
    /// The page of instance metadata.
    Imds,
    /// The page of awsprof's own settings.
    Settings,
    /// A setting's value is being typed.
    Value,
}

/// The heading a binding stands under in the help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heading {
    Doing,
    Looking,
    Moving,
    Program,
    Dialogs,
}

/// A line of the table.
#[derive(Clone, Copy, Debug)]
pub struct Binding {
    pub intent: I,
    /// Text forms of chords; two of them with a space between are a sequence.
    pub keys: &'static [&'static str],
    pub scope: Scope,
    pub heading: Heading,
    pub label: &'static str,
    /// The word in the footer and its rank there (1 stays longest).
    pub footer: Option<(u8, &'static str)>,
    /// May change a file.
    pub danger: bool,
    pub enabled: fn(&Model) -> Result<(), Why>,
}

pub(super) const fn key(
    scope: Scope,
    heading: Heading,
    intent: I,
    keys: &'static [&'static str],
    label: &'static str,
) -> Binding {
    Binding { intent, keys, scope, heading, label, footer: None, danger: false, enabled: when::always }
}

pub(super) const fn does(intent: I, keys: &'static [&'static str], label: &'static str) -> Binding {
    key(Scope::Main, Heading::Doing, intent, keys, label).danger()
}

pub(super) const fn looks(intent: I, keys: &'static [&'static str], label: &'static str) -> Binding {
    key(Scope::Main, Heading::Looking, intent, keys, label)
}

pub(super) const fn moves(intent: I, keys: &'static [&'static str], label: &'static str) -> Binding {
    key(Scope::Main, Heading::Moving, intent, keys, label)
}

pub(super) const fn dialog(
    scope: Scope,
    intent: I,
    keys: &'static [&'static str],
    label: &'static str,
) -> Binding {
    key(scope, Heading::Dialogs, intent, keys, label)
}

pub(super) const fn program(
    scope: Scope,
    intent: I,
    keys: &'static [&'static str],
    label: &'static str,
) -> Binding {
    key(scope, Heading::Program, intent, keys, label)
}

impl Binding {
    pub(super) const fn danger(self) -> Self {
        Self { danger: true, ..self }
    }

    pub(super) const fn footer(self, rank: u8, word: &'static str) -> Self {
        Self { footer: Some((rank, word)), ..self }
    }

    pub(super) const fn when(self, enabled: fn(&Model) -> Result<(), Why>) -> Self {
        Self { enabled, ..self }
    }
}
