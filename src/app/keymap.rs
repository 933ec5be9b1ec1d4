//! What a key means now: the table of bindings with the user's own keys in it, read by scope.

use super::bindings::{BINDINGS, Binding, Scope};
use super::intent::Intent;
use super::model::{Model, Pane};
use super::{Chord, Dialog};

/// One chord, or two that follow each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keys {
    /// As it is written and shown.
    pub text: String,
    pub first: Chord,
    pub second: Option<Chord>,
}

impl Keys {
    /// Reads `C-d` or `g g`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut chords = text.split(' ').map(Chord::parse);
        let (first, second) = (chords.next()??, chords.next());
        let fits = chords.next().is_none() && second != Some(None);
        fits.then(|| Self { text: text.to_owned(), first, second: second.flatten() })
    }

    /// Whether one of the two would never be reached beside the other.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        self.first == other.first
            && (self.second == other.second || self.second.is_none() || other.second.is_none())
    }
}

/// A line of the table and the keys it has now.
#[derive(Clone, Debug)]
pub struct Bound {
    pub binding: &'static Binding,
    pub keys: Vec<Keys>,
}

impl Bound {
    /// Its first key as shown; empty if it has none.
    #[must_use]
    pub fn key(&self) -> &str {
        self.keys.first().map_or("", |keys| &keys.text)
    }

    /// All its keys as shown.
    #[must_use]
    pub fn shown(&self) -> String {
        let keys: Vec<&str> = self.keys.iter().map(|keys| keys.text.as_str()).collect();
        keys.join("  ")
    }
}

/// Every line of the table, in its order.
#[derive(Clone, Debug)]
pub struct Keymap(pub(super) Vec<Bound>);

impl Default for Keymap {
    fn default() -> Self {
        let keys = |binding: &Binding| binding.keys.iter().filter_map(|keys| Keys::parse(keys)).collect();
        Self(BINDINGS.iter().map(|binding| Bound { binding, keys: keys(binding) }).collect())
    }
}

/// What a key comes to.
#[derive(Clone, Copy, Debug)]
pub enum Found {
    Binding(&'static Binding),
    /// The first chord of a sequence.
    Prefix,
    Nothing,
}

/// The scope keys are read in.
#[must_use]
pub fn scope(model: &Model) -> Scope {
    match &model.dialog {
        Some(Dialog::Mfa(_)) => Scope::Mfa,
        Some(Dialog::Confirm(confirm)) if confirm.typing.is_some() => Scope::Naming,
        Some(Dialog::Unlock(_)) => Scope::Unlock,
        Some(Dialog::SignIn(_)) => Scope::SignIn,
        Some(Dialog::Portal(_)) => Scope::Portal,
        Some(Dialog::Confirm(_)) => Scope::Confirm,
        Some(Dialog::Form(_)) => Scope::Form,
        Some(Dialog::Doctor(_)) => Scope::Doctor,
        Some(Dialog::Past(_)) => Scope::Past,
        Some(Dialog::Help(_)) => Scope::Help,
        Some(Dialog::Command(_)) => Scope::Command,
        Some(Dialog::Link(_)) => Scope::Page,
        Some(Dialog::Copy(_) | Dialog::Choose(_)) => Scope::List,
        Some(Dialog::Compare(_)) => Scope::Compare,
        Some(Dialog::Imds(_)) => Scope::Imds,
        Some(Dialog::Settings(page)) if page.typing.is_some() => Scope::Value,
        Some(Dialog::Settings(_)) => Scope::Settings,
        Some(
            Dialog::Messages(_)
            | Dialog::Log(_)
            | Dialog::Timeline
            | Dialog::About(_)
            | Dialog::Who(_)
            | Dialog::Warnings(_)
            | Dialog::Finishing,
        ) => Scope::Reading,
        None if model.filter.editing => Scope::Filter,
        None if model.pane == Pane::Chain => Scope::Links,
        None => Scope::Main,
    }
}

impl Keymap {
    /// The bindings that hold in `scope`: a scope's own come before those it inherits.
    fn holding(&self, scope: Scope) -> impl Iterator<Item = &Bound> {
        let inherited = (scope == Scope::Links).then_some(Scope::Main);
        let own = move |bound: &&Bound| [Scope::Always, scope].contains(&bound.binding.scope);
        let more = move |bound: &&Bound| Some(bound.binding.scope) == inherited;
        self.0.iter().filter(own).chain(self.0.iter().filter(more))
    }

    /// What `chord` means in `scope`, after `pending`.
    #[must_use]
    pub fn find(&self, scope: Scope, pending: Option<Chord>, chord: Chord) -> Found {
        let mut found = Found::Nothing;
        for (bound, keys) in self.sequences(scope) {
            match (pending, keys.second) {
                (None, None) if keys.first == chord => return Found::Binding(bound.binding),
                (Some(before), Some(second)) if (keys.first, second) == (before, chord) => {
                    return Found::Binding(bound.binding);
                }
                (None, Some(_)) if keys.first == chord => found = Found::Prefix,
                _ => {}
            }
        }
        found
    }

    fn sequences(&self, scope: Scope) -> impl Iterator<Item = (&Bound, &Keys)> {
        self.holding(scope).flat_map(|bound| bound.keys.iter().map(move |keys| (bound, keys)))
    }

    /// Whether its first key comes to it in `scope`.
    fn reaches(&self, scope: Scope, bound: &Bound) -> bool {
        bound.keys.first().is_some_and(|keys| {
            let found = self.find(scope, keys.second.map(|_| keys.first), keys.second.unwrap_or(keys.first));
            matches!(found, Found::Binding(found) if found.intent == bound.binding.intent)
        })
    }

    /// The bindings of `scope` that stand in its footer.
    pub fn hints(&self, scope: Scope) -> impl Iterator<Item = &Bound> {
        let hinted = move |bound: &&Bound| bound.binding.footer.is_some() && self.reaches(scope, bound);
        self.holding(scope).filter(hinted)
    }

    /// The binding of an intent in `scope`, if a key comes to it.
    #[must_use]
    pub fn bound(&self, scope: Scope, intent: Intent) -> Option<&Bound> {
        let of = |bound: &&Bound| bound.binding.intent == intent && self.reaches(scope, bound);
        self.holding(scope).find(of)
    }

    /// The second chords that `first` can go on with.
    pub fn after(&self, scope: Scope, first: Chord) -> impl Iterator<Item = (&str, &'static Binding)> {
        let on = self.sequences(scope).filter(move |(_, keys)| keys.first == first);
        on.filter_map(|(bound, keys)| Some((keys.text.split_once(' ')?.1, bound.binding)))
    }

    /// The key of an intent of the panes, as shown; empty if it has none.
    #[must_use]
    pub fn key(&self, intent: Intent) -> &str {
        let of = |bound: &&Bound| bound.binding.intent == intent && bound.binding.scope.name().is_none();
        self.0.iter().find(of).map_or("", Bound::key)
    }

    /// A text with the keys of the intents it names: `{undo} undo`, `{doctor:fix} mends it`. Without a key the name
    /// stands there: `:undo`, as the command line takes it; `[fix]` in a dialog, which has no command line.
    #[must_use]
    pub fn fill(&self, text: &str) -> String {
        let mut filled = text.to_owned();
        for bound in self.0.iter().filter(|_| text.contains('{')) {
            let name = bound.binding.intent.name();
            let (place, unbound) = match bound.binding.scope.name() {
                Some(scope) => (format!("{{{scope}:{name}}}"), format!("[{name}]")),
                None => (format!("{{{name}}}"), format!(":{name}")),
            };
            let key = bound.keys.first().map_or(unbound.as_str(), |keys| &keys.text);
            filled = filled.replace(&place, key);
        }
        filled
    }

    /// Every line of the table.
    pub fn iter(&self) -> impl Iterator<Item = &Bound> {
        self.0.iter()
    }
}
