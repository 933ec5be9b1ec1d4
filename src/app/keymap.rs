//! What a key means now: the table of bindings, read by scope.

use super::bindings::{BINDINGS, Binding, Scope};
use super::model::{Model, Pane};
use super::{Chord, Dialog};

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
        Some(
            Dialog::Messages(_)
            | Dialog::Log(_)
            | Dialog::Timeline
            | Dialog::Who(_)
            | Dialog::Warnings(_)
            | Dialog::Finishing,
        ) => Scope::Reading,
        None if model.filter.editing => Scope::Filter,
        None if model.pane == Pane::Chain => Scope::Links,
        None => Scope::Main,
    }
}

/// The bindings that hold in `scope`: a scope's own come before those it inherits.
fn holding(scope: Scope) -> impl Iterator<Item = &'static Binding> {
    let inherited = (scope == Scope::Links).then_some(Scope::Main);
    let own = BINDINGS.iter().filter(move |b| b.scope == Scope::Always || b.scope == scope);
    own.chain(BINDINGS.iter().filter(move |b| Some(b.scope) == inherited))
}

/// What `chord` means in `scope`, after `pending`.
#[must_use]
pub fn find(scope: Scope, pending: Option<Chord>, chord: Chord) -> Found {
    let mut found = Found::Nothing;
    for binding in holding(scope) {
        for keys in binding.keys.iter().map(|keys| chords(keys)) {
            match (keys, pending) {
                ((Some(first), None), None) if first == chord => return Found::Binding(binding),
                ((Some(first), Some(second)), Some(before)) if (first, second) == (before, chord) => {
                    return Found::Binding(binding);
                }
                ((Some(first), Some(_)), None) if first == chord => found = Found::Prefix,
                _ => {}
            }
        }
    }
    found
}

fn chords(keys: &str) -> (Option<Chord>, Option<Chord>) {
    let mut parts = keys.split(' ').map(Chord::parse);
    (parts.next().flatten(), parts.next().flatten())
}

/// The bindings of `scope` that stand in its footer.
pub fn hints(scope: Scope) -> impl Iterator<Item = &'static Binding> {
    let first = |binding: &Binding| binding.keys.first().and_then(|key| Chord::parse(key));
    let works = move |binding: &Binding| {
        first(binding).is_none_or(|chord| {
            matches!(find(scope, None, chord), Found::Binding(found) if found.intent == binding.intent)
        })
    };
    holding(scope).filter(move |binding| binding.footer.is_some() && works(binding))
}

/// The second chords that `first` can go on with.
pub fn after(scope: Scope, first: Chord) -> impl Iterator<Item = (&'static str, &'static Binding)> {
    let sequences = holding(scope).flat_map(|binding| binding.keys.iter().map(move |keys| (*keys, binding)));
    sequences.filter_map(move |(keys, binding)| {
        let (before, second) = keys.split_once(' ')?;
        (Chord::parse(before) == Some(first)).then_some((second, binding))
    })
}
