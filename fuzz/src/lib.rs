//! What must hold of the document whatever bytes it is made from: it prints as it was read, an edit does what it says
//! and nothing else, and nothing panics.
//!
//! The first bytes choose the file, the edit, and its section and key; the rest is the text.

#[allow(dead_code, unused_imports, reason = "the crate uses more of it than this")]
#[path = "../../src/aws/ini/mod.rs"]
pub mod ini;

use ini::{Document, FileKind, SectionId, SectionKind};

const NAMES: [&str; 5] = ["a", "b", "default", "a-mfa", "work"];
const KEYS: [&str; 6] = ["k", "j", "s3", "aws_session_token", "region", "new"];
const VALUES: [&str; 6] = ["", "v", "a=b", "x/y+z==", "v w", "\u{e9}"];

/// Panics if something does not hold.
pub fn document(data: &[u8]) {
    let Some((&[choice, which, key, value], text)) = data.split_first_chunk::<4>() else { return };
    let kind = if choice & 1 == 0 { FileKind::Config } else { FileKind::Credentials };
    let pick = |of: &[&'static str], at: u8| of[usize::from(at) % of.len()];
    let id = SectionId::profile(pick(&NAMES, which));
    let other = SectionId::profile(pick(&NAMES, which / 16));
    let (key, value) = (pick(&KEYS, key), pick(&VALUES, value));
    let doc = Document::parse(kind, text.to_vec());
    assert_eq!(doc.bytes(), text, "prints as it was read");
    look_at(&doc);
    match (choice >> 1) % 6 {
        0 => set(doc, &id, key, value),
        1 => unset(doc, &id, key),
        2 => remove(doc, &id),
        3 => copy(doc, &id, &other),
        4 => rename(doc, &id),
        _ => repair(doc, &id, key),
    }
}

/// Every view of every part.
fn look_at(doc: &Document) {
    for problem in doc.problems() {
        assert!(problem.line > 0 && problem.column > 0);
    }
    for section in doc.sections() {
        assert!(doc.kind() == FileKind::Config || section.kind() != SectionKind::Services);
        for entry in section.entries() {
            entry.nested().for_each(drop);
            let _ = (entry.inline_comment(), entry.value());
            assert!(entry.line() > section.line());
        }
    }
    let _ = (values(doc), doc.line_ends(), doc.sdk_error());
}

/// Every effective value of every section that counts.
fn values(doc: &Document) -> Vec<(SectionId, String, String)> {
    let ids = doc.sections().map(|section| section.id()).filter(|id| id.kind != SectionKind::Other);
    let keys = ids.flat_map(|id| doc.body(&id).into_iter().map(move |entry| (id.clone(), entry.key)));
    let all = keys.filter_map(|(id, key)| {
        let text = doc.get(&id, &key)?.text.into_owned();
        Some((id, key, text))
    });
    let mut all: Vec<_> = all.collect();
    all.sort();
    all.dedup();
    all
}

fn others(doc: &Document, not: impl Fn(&SectionId, &str) -> bool) -> Vec<(SectionId, String, String)> {
    values(doc).into_iter().filter(|(id, key, _)| !not(id, key)).collect()
}

/// Its spans are those of its text.
fn sound(doc: &Document) {
    let again = Document::parse(doc.kind(), doc.bytes().to_vec());
    assert_eq!(values(doc), values(&again), "the spans are those of the text");
}

fn set(mut doc: Document, id: &SectionId, key: &str, value: &str) {
    let is_it = |i: &SectionId, k: &str| (i, k) == (id, key);
    let before = others(&doc, is_it);
    if doc.set(id, key, value).is_err() {
        return;
    }
    assert_eq!(doc.get(id, key).expect("it was set").text, value);
    assert_eq!(others(&doc, is_it), before, "nothing else changed");
    sound(&doc);
    let once = doc.bytes().to_vec();
    doc.set(id, key, value).expect("it could be set before");
    assert_eq!(doc.bytes(), once, "setting twice is setting once");
}

fn unset(mut doc: Document, id: &SectionId, key: &str) {
    let before = others(&doc, |i, k| (i, k) == (id, key));
    let had = doc.get(id, key).is_some();
    assert_eq!(doc.unset(id, key), had);
    assert_eq!(values(&doc), before, "nothing else changed");
    sound(&doc);
}

fn remove(mut doc: Document, id: &SectionId) {
    let before = others(&doc, |i, _| i == id);
    let had = doc.contains(id);
    assert_eq!(doc.remove_section(id), had);
    assert_eq!(values(&doc), before, "nothing else changed");
    sound(&doc);
}

fn copy(mut doc: Document, from: &SectionId, to: &SectionId) {
    let before = others(&doc, |i, _| i == to);
    let body = doc.body(from);
    if doc.set_body(to, &body).is_err() {
        return;
    }
    let of = |id: &SectionId| -> Vec<_> {
        values(&doc).into_iter().filter(|(i, ..)| i == id).map(|(_, k, v)| (k, v)).collect()
    };
    assert_eq!(of(to), of(from), "the copy reads the same");
    assert_eq!(others(&doc, |i, _| i == to), before, "nothing else changed");
    sound(&doc);
}

fn rename(mut doc: Document, id: &SectionId) {
    let to = SectionId::profile("renamed");
    if doc.contains(&to) || id.name == "default" {
        return;
    }
    let before = others(&doc, |i, _| i == id);
    let had = doc.contains(id);
    assert_eq!(doc.rename_section(id, "renamed").expect("the name is a good one"), had);
    assert_eq!(others(&doc, |i, _| *i == to), before, "nothing else changed");
    sound(&doc);
}

/// Repairs end: what they did needs no doing again.
fn repair(mut doc: Document, id: &SectionId, key: &str) {
    doc.strip_bom();
    doc.end_last_line();
    doc.unify_line_ends();
    let (plain, returns) = doc.line_ends();
    assert!(plain == 0 || returns == 0, "{plain} {returns}");
    doc.gather(id, false);
    doc.drop_repeats(id, false);
    doc.rename_key(id, key, "renamed_key");
    sound(&doc);
    look_at(&doc);
}
