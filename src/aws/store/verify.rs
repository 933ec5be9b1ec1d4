//! Reading a new text back before it may replace a file: by our own parser and by an independent one.
//!
//! Both must agree that what was meant is there and that every other section is as it was. `configparser`
//! knows nothing of how the text was made, has other rules for comments and continuations (near to
//! boto3's), and so catches an edit that only our own grammar would read as we meant it.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

use configparser::ini::Ini;

use super::StoreError;
use super::draft::{Meant, Wanted, values};
use super::header::{Header, headers, named, spellings};
use crate::aws::ini::{Document, Entry, FileKind, SectionId};
use crate::aws::secret::Secret;

/// A section as `configparser` reads it, its keys in lower case.
type Foreign = BTreeMap<String, Option<String>>;

/// Accepts `after` or names the section that is not as it should be.
pub(super) fn verify(
    path: &Path,
    before: &Document,
    after: &Document,
    meant: &Meant,
) -> Result<(), StoreError> {
    let fail = |reader, (section, what): (String, &str)| StoreError::Verify {
        path: path.to_owned(),
        section,
        reader,
        what: what.to_owned(),
    };
    by_us(before, after, meant).map_err(|wrong| fail("awsprof", wrong))?;
    independently(before, after, meant).map_err(|wrong| fail("configparser", wrong))
}

fn by_us(before: &Document, after: &Document, meant: &Meant) -> Result<(), (String, &'static str)> {
    let added = after.ids().filter(|id| before.find(id).is_none());
    for id in before.ids().chain(added) {
        let wanted = meant.get(&id);
        if wanted.is_none() && reads_alike(before, after, &id) {
            continue;
        }
        let (old, new) = (values(before, &id), values(after, &id));
        match wanted {
            None if same(&old, &new) => {}
            None => return Err((id.name, "would change as well")),
            Some(wanted) if same(&expected(old, wanted, &new), &new) => {}
            Some(_) => return Err((id.name, "does not say what it should")),
        }
    }
    Ok(())
}

/// Whether a section has the same keys with the same values in the same order: so it is with all but a few.
fn reads_alike(before: &Document, after: &Document, id: &SectionId) -> bool {
    let entries = |doc| Document::sections_of(doc, id).flat_map(|section| section.entries());
    let read = |entry: Entry<'_>, other: Entry<'_>| {
        entry.key() == other.key() && entry.value().text == other.value().text
    };
    let (mut old, mut new) = (entries(before), entries(after));
    loop {
        match (old.next(), new.next()) {
            (None, None) => return true,
            (Some(one), Some(other)) if read(one, other) => {}
            _ => return false,
        }
    }
}

fn expected(
    mut old: BTreeMap<String, Secret>,
    wanted: &Wanted,
    new: &BTreeMap<String, Secret>,
) -> BTreeMap<String, Secret> {
    match wanted {
        Wanted::Whole(all) | Wanted::Moved { keys: all, .. } => all.clone(),
        Wanted::Restored => new.clone(),
        Wanted::Keys(keys) => {
            for (key, value) in keys {
                match value {
                    Some(value) => drop(old.insert(key.clone(), value.clone())),
                    None => drop(old.remove(key)),
                }
            }
            old
        }
    }
}

fn same(one: &BTreeMap<String, Secret>, other: &BTreeMap<String, Secret>) -> bool {
    one.iter().map(plain).eq(other.iter().map(plain))
}

fn plain<'a>((key, value): (&'a String, &'a Secret)) -> (&'a str, &'a str) {
    (key, value.expose())
}

fn independently(before: &Document, after: &Document, meant: &Meant) -> Result<(), (String, &'static str)> {
    let old = foreign(before.bytes());
    let changed = (before.bytes() != after.bytes()).then(|| foreign(after.bytes()));
    let Ok(new) = changed.as_ref().unwrap_or(&old) else {
        // A text that it could not read before either says nothing about the edit.
        return old.map_or(Ok(()), |_| Err((String::new(), "makes the file unreadable")));
    };
    let (old, new) = (by_name(old.as_ref().unwrap_or(new).get_map_ref()), by_name(new.get_map_ref()));
    let kind = before.kind();
    let mut by_header = HashMap::new();
    for (id, wanted) in meant {
        for header in headers(kind, id) {
            by_header.entry(header).or_insert(wanted);
        }
    }
    let added = new.keys().filter(|header| !old.contains_key(*header));
    for header in old.keys().chain(added) {
        let is = new.get(header).copied();
        let wanted = spellings(header).iter().find_map(|header| by_header.get(header).copied());
        let was = match wanted {
            Some(Wanted::Moved { from, .. }) => {
                let stands = |header: &str| {
                    spellings(header).iter().any(|one| headers(kind, from).any(|own| own == *one))
                };
                old.iter().find(|(header, _)| stands(header)).map(|(_, keys)| *keys)
            }
            _ => old.get(header).copied(),
        };
        match wanted {
            None if was == is || keys(was) == keys(is) => {}
            None => return Err((header.to_string(), "would change as well")),
            Some(wanted) if says(wanted, &keys(was), &keys(is)) => {}
            Some(_) => return Err((header.to_string(), "does not say what it should")),
        }
    }
    all_seen(kind, new.keys().map(AsRef::as_ref), meant)
}

/// Whether this reader finds every section that says something.
fn all_seen<'a>(
    kind: FileKind,
    found: impl Iterator<Item = &'a str>,
    meant: &Meant,
) -> Result<(), (String, &'static str)> {
    let seen: HashSet<Header> = found.flat_map(spellings).collect();
    let unseen = |(id, wanted): &(&SectionId, &Wanted)| {
        sets_something(wanted) && !headers(kind, id).any(|header| seen.contains(&header))
    };
    meant.iter().find(unseen).map_or(Ok(()), |(id, _)| Err((id.name.clone(), "is not seen at all")))
}

fn sets_something(wanted: &Wanted) -> bool {
    match wanted {
        Wanted::Keys(keys) => keys.values().any(Option::is_some),
        Wanted::Whole(keys) | Wanted::Moved { keys, .. } => !keys.is_empty(),
        Wanted::Restored => false,
    }
}

/// Case-sensitive, `=` only, continuation lines kept, no inline comments: what boto3 sees, nearly.
fn foreign(text: &[u8]) -> Result<Ini, ()> {
    let mut ini = Ini::new_cs();
    let mut rules = ini.defaults();
    "\u{0}top".clone_into(&mut rules.default_section);
    rules.delimiters = vec!['='];
    rules.multiline = true;
    rules.enable_inline_comments = false;
    ini.load_defaults(rules);
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    ini.read(String::from_utf8_lossy(text).into_owned()).map_err(drop)?;
    Ok(ini)
}

/// Its sections. It looks for the last `]` of a header line and keeps the blanks before it; the name ends at the first.
fn by_name<'a, K>(sections: impl IntoIterator<Item = (&'a String, &'a K)>) -> BTreeMap<Cow<'a, str>, &'a K> {
    sections.into_iter().map(|(header, keys)| (named(header), keys)).collect()
}

/// A section's keys in lower case, in the order of the file: of `key` and `KEY` the later one counts. A key without a
/// value or a line without a key is not ours to judge.
fn keys<'a>(section: Option<impl IntoIterator<Item = (&'a String, &'a Option<String>)>>) -> Foreign {
    let keys = section.into_iter().flatten();
    keys.map(|(key, value)| (key.to_ascii_lowercase(), value.clone())).collect()
}

fn says(wanted: &Wanted, was: &Foreign, is: &Foreign) -> bool {
    match wanted {
        Wanted::Restored => true,
        Wanted::Whole(all) => moved(all, &Foreign::new(), is),
        Wanted::Moved { keys, .. } => moved(keys, was, is),
        Wanted::Keys(set) => {
            // `key: value` is all key to this reader, and gone when `=` is written for the `:`.
            let name = |key: &str| key.split(':').next().unwrap_or_default().trim_end().to_owned();
            let untouched = |keys: &Foreign| -> Foreign {
                keys.iter()
                    .filter(|(k, _)| !set.contains_key(*k) && !set.contains_key(&name(k)))
                    .map(|(k, v)| (k.clone(), v.clone()))
                    .collect()
            };
            let done = set.iter().all(|(key, value)| match value {
                Some(value) => has(is, key, value),
                None => !is.contains_key(key),
            });
            done && untouched(was) == untouched(is)
        }
    }
}

/// A line that only stands elsewhere now may go on saying what it said, a comment behind a key too.
fn moved(all: &BTreeMap<String, Secret>, was: &Foreign, is: &Foreign) -> bool {
    let as_it_was = |key: &str| was.contains_key(key) && was.get(key) == is.get(key);
    all.iter().all(|(key, value)| has(is, key, value) || as_it_was(key)) && no_others(all, is)
}

/// A credential key that is not wanted must not be left over.
fn no_others(all: &BTreeMap<String, Secret>, is: &Foreign) -> bool {
    is.keys().all(|key| all.contains_key(key) || !key.starts_with("aws_"))
}

/// A value of several lines is only looked for: the two readers join lines differently.
fn has(is: &Foreign, key: &str, value: &Secret) -> bool {
    let Some(read) = is.get(key) else { return false };
    let read = read.as_deref().unwrap_or_default();
    value.expose().contains('\n') || read == value.expose() || commented(key, read, value.expose())
}

/// It keeps an inline comment in the value: on a credential line that is just what must not happen.
fn commented(key: &str, read: &str, value: &str) -> bool {
    !key.starts_with("aws_")
        && read.strip_prefix(value).is_some_and(|rest| rest.trim_start().starts_with(['#', ';']))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEFORE: &str = "\u{feff}[a]\nregion = x\n[b]\nk = 1 # c\ns3 =\n  n = 1\n";

    /// What is wrong with `after` if `[a]` was meant to get an id and to lose its region.
    fn wrong(after: &str) -> Option<(&'static str, String)> {
        let doc = |text: &str| Document::parse(FileKind::Credentials, text.into());
        let keys =
            [("aws_access_key_id".to_owned(), Some(Secret::new("AKIA1"))), ("region".to_owned(), None)];
        let meant = Meant::from([(SectionId::profile("a"), Wanted::Keys(keys.into_iter().collect()))]);
        match verify(Path::new("/k"), &doc(BEFORE), &doc(after), &meant) {
            Ok(()) => None,
            Err(StoreError::Verify { section, reader, .. }) => Some((reader, section)),
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn what_was_meant_passes() {
        let good = BEFORE.replace("region = x", "aws_access_key_id = AKIA1");
        assert_eq!(wrong(&good), None);
    }

    #[test]
    fn every_deviation_is_named() {
        let with = |line: &str| BEFORE.replace("region = x", line);
        let rows = [
            (BEFORE.to_owned(), "awsprof", "a"),
            (with("aws_access_key_id = AKIA2"), "awsprof", "a"),
            (with("aws_access_key_id = AKIA1\nregion = x"), "awsprof", "a"),
            (with("aws_access_key_id = AKIA1").replace("k = 1", "k = 2"), "awsprof", "b"),
            (with("aws_access_key_id = AKIA1").replace("  n = 1", "  n = 2"), "awsprof", "b"),
            (with("aws_access_key_id = AKIA1") + "[c]\nx = 1\n", "awsprof", "c"),
            // Only a reader without inline comments sees these.
            (with("aws_access_key_id = AKIA1 # new"), "configparser", "a"),
            (with("aws_access_key_id = AKIA1").replace("# c", "# d"), "configparser", "b"),
        ];
        for (after, reader, section) in rows {
            assert_eq!(wrong(&after), Some((reader, section.to_owned())), "{after}");
        }
    }
}
