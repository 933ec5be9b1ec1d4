//! The user's own keys: what `[keys]` of `config.toml` says, checked against the table and put in its place.
//!
//! A name gets exactly the keys it is given. A key that then means two things is refused, and so is a letter where
//! letters are text: the file is corrected once, and no key ever does something else than it says.

use super::binding::Scope;
use super::intent::Intent;
use super::keymap::{Bound, Keymap, Keys};

/// A name and the keys it is to have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rebinding {
    /// The dialog (`[keys.in.SCOPE]`), or the panes.
    pub scope: Option<String>,
    pub name: String,
    pub keys: Vec<String>,
}

/// Which rebinding cannot be followed, and why: its index, and that of the key if it is one key's fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    pub at: usize,
    pub key: Option<usize>,
    pub why: String,
}

impl Keymap {
    /// The table with these keys in it.
    ///
    /// # Errors
    /// The first of them that names nothing, is no key, or would take another one's.
    pub fn with(rebindings: &[Rebinding]) -> Result<Self, Clash> {
        let mut keymap = Self::default();
        let mut changed = vec![None; keymap.0.len()];
        for (at, wanted) in rebindings.iter().enumerate() {
            let clash = |(key, why)| Clash { at, key, why };
            let line = keymap.line(wanted).map_err(|why| clash((None, why)))?;
            keymap.0[line].keys = keys(wanted, &keymap.0[line]).map_err(clash)?;
            changed[line] = Some(at);
        }
        for (line, at) in changed.iter().enumerate().filter_map(|(line, at)| Some((line, (*at)?))) {
            keymap.meets(line).map_or(Ok(()), |(key, why)| Err(Clash { at, key: Some(key), why }))?;
        }
        Ok(keymap)
    }

    /// The line of the table that is meant.
    fn line(&self, wanted: &Rebinding) -> Result<usize, String> {
        let scope = wanted.scope.as_deref();
        if !self.0.iter().any(|bound| bound.binding.scope.name() == scope) {
            let scopes = self.0.iter().filter_map(|bound| bound.binding.scope.name());
            return Err(format!("no dialog is called `{}`: there are {}", scope.unwrap_or(""), each(scopes)));
        }
        let here = |bound: &&Bound| bound.binding.scope.name() == scope;
        let is_it = |bound: &Bound| here(&bound) && bound.binding.intent.name() == wanted.name;
        self.0.iter().position(is_it).ok_or_else(|| {
            let names = self.0.iter().filter(here).map(|bound| bound.binding.intent.name());
            format!("nothing is called `{}` here: there are {}", wanted.name, each(names))
        })
    }

    /// The first key of a line that means something else as well.
    fn meets(&self, line: usize) -> Option<(usize, String)> {
        let bound = &self.0[line];
        let others = || self.0.iter().enumerate().filter(|(at, other)| *at != line && together(bound, other));
        bound.keys.iter().enumerate().find_map(|(at, key)| {
            let (_, other) = others().find(|(_, other)| other.keys.iter().any(|taken| taken.meets(key)))?;
            let name = other.binding.intent.name();
            Some((at, format!("`{}` is a key of `{name}` already: give `{name}` another one", key.text)))
        })
    }
}

/// Whether the keys of two lines are read at the same time.
fn together(one: &Bound, other: &Bound) -> bool {
    let (one, other) = (one.binding.scope, other.binding.scope);
    one == other || one == Scope::Always || other == Scope::Always
}

type Wrong = (Option<usize>, String);

fn keys(wanted: &Rebinding, bound: &Bound) -> Result<Vec<Keys>, Wrong> {
    let must =
        matches!(bound.binding.intent, Intent::Interrupt | Intent::Close | Intent::No | Intent::Accept);
    if must && wanted.keys.is_empty() {
        return Err((None, format!("`{}` needs a key", wanted.name)));
    }
    let one = |(at, text): (usize, &String)| key(text, bound.binding.scope).map_err(|why| (Some(at), why));
    wanted.keys.iter().enumerate().map(one).collect()
}

fn key(text: &str, scope: Scope) -> Result<Keys, String> {
    let keys = Keys::parse(text).ok_or_else(|| {
        format!("`{text}` is no key: write j, C-d, S-Tab, Enter, Space, F5, or two with a blank")
    })?;
    let is_text = scope.takes_text() && keys.first.typed().is_some();
    if is_text { Err(format!("`{text}` is text here")) } else { Ok(keys) }
}

/// Names in a row, each once.
fn each<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let mut each: Vec<&str> = Vec::new();
    names.for_each(|name| {
        if !each.contains(&name) {
            each.push(name);
        }
    });
    each.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::keymap::Found;
    use crate::app::{Chord, Key};

    fn one(scope: Option<&str>, name: &str, keys: &[&str]) -> Rebinding {
        let keys = keys.iter().map(|key| (*key).to_owned()).collect();
        Rebinding { scope: scope.map(str::to_owned), name: name.to_owned(), keys }
    }

    fn why(rebindings: &[Rebinding]) -> Clash {
        Keymap::with(rebindings).unwrap_err()
    }

    #[test]
    fn a_name_gets_exactly_the_keys_it_is_given() {
        let keymap = Keymap::with(&[one(None, "renew", &["C-r", "x x"]), one(None, "redo", &["U"])]).unwrap();
        let means = |pending: Option<&str>, key: &str| {
            let chord = |text| Chord::parse(text).unwrap();
            match keymap.find(Scope::Main, pending.map(chord), chord(key)) {
                Found::Binding(binding) => binding.intent.name(),
                Found::Prefix => "prefix",
                Found::Nothing => "",
            }
        };
        assert_eq!(
            (means(None, "C-r"), means(None, "x"), means(Some("x"), "x")),
            ("renew", "prefix", "renew")
        );
        assert_eq!((means(None, "r"), means(None, "U")), ("", "redo"));
        assert_eq!(keymap.key(Intent::Renew), "C-r");
    }

    #[test]
    fn a_key_that_means_two_things_is_refused() {
        let clash = why(&[one(None, "renew", &["r"]), one(None, "use", &["Enter", "u"])]);
        assert_eq!((clash.at, clash.key), (1, Some(1)));
        assert!(clash.why.contains("`undo`"), "{}", clash.why);
        assert!(why(&[one(None, "use", &["g"])]).why.contains("`top`"), "a prefix");
        assert!(why(&[one(Some("doctor"), "fix", &["C-c"])]).why.contains("`interrupt`"));
        assert!(Keymap::with(&[one(None, "explain", &["x"]), one(None, "undo", &["z"])]).is_ok());
        assert!(Keymap::with(&[one(None, "use", &["Enter", "u"]), one(None, "undo", &["z"])]).is_ok());
    }

    #[test]
    fn what_is_not_there_is_named() {
        assert!(why(&[one(None, "fly", &["f"])]).why.contains("use, renew"));
        assert!(why(&[one(Some("attic"), "close", &["f"])]).why.contains("doctor"));
        assert!(why(&[one(None, "use", &["Entre"])]).why.contains("is no key"));
        assert!(why(&[one(None, "use", &["a b c"])]).why.contains("is no key"));
        assert!(why(&[one(Some("form"), "finish", &["s"])]).why.contains("is text"));
        assert!(why(&[one(None, "interrupt", &[])]).why.contains("needs a key"));
        assert_eq!(
            Keys::parse("C-d").map(|keys| keys.first),
            Some(Chord { ctrl: true, ..Chord::plain(Key::Char('d')) })
        );
    }
}
