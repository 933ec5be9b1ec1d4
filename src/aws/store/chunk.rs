//! A text cut into its sections, byte for byte: what the journal keeps and what `undo` puts back.
//!
//! A chunk is a section's header and body with the blank and comment lines above the header; the lines
//! before the first section and after the last key are chunks of their own. Put together again the chunks
//! are the text. Working on raw bytes, an undo restores comments, spacing and line ends too, and a foreign
//! edit to another section is simply another chunk.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use super::raw::Raw;

/// The id of what stands above the first section's own comments.
const TOP: &str = "";
/// The id of what stands below the last key.
const END: &str = "\u{0}end";

/// One section's bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Chunk {
    /// The text between the brackets, inner blanks made one; a second section of that name has `#2`.
    pub id: String,
    pub bytes: Vec<u8>,
}

/// What happened to one section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct SectionEdit {
    pub id: String,
    /// The chunk above it, where it is added or put back.
    pub above: Option<String>,
    pub before: Option<Raw>,
    pub after: Option<Raw>,
}

/// Cuts a text.
pub(super) fn split(text: &[u8]) -> Vec<Chunk> {
    let mut chunks = vec![Chunk { id: TOP.to_owned(), bytes: Vec::new() }];
    let mut seen = BTreeMap::<String, usize>::new();
    let mut loose = Vec::new();
    for line in text.split_inclusive(|&byte| byte == b'\n') {
        if let Some(name) = header(line) {
            let count = seen.entry(name.clone()).and_modify(|count| *count += 1).or_insert(1);
            let id = if *count == 1 { name } else { format!("{name}#{count}") };
            loose.extend_from_slice(line);
            chunks.push(Chunk { id, bytes: std::mem::take(&mut loose) });
        } else if is_loose(line) {
            loose.extend_from_slice(line);
        } else if let Some(chunk) = chunks.last_mut() {
            chunk.bytes.append(&mut loose);
            chunk.bytes.extend_from_slice(line);
        }
    }
    chunks.push(Chunk { id: END.to_owned(), bytes: loose });
    chunks
}

/// The text again.
pub(super) fn join(chunks: &[Chunk]) -> Vec<u8> {
    chunks.iter().flat_map(|chunk| chunk.bytes.iter().copied()).collect()
}

/// Whether an id is that of a section, and not of what stands round the sections.
pub(super) fn is_section(id: &str) -> bool {
    id != TOP && id != END
}

/// The names of the sections.
pub(super) fn names(text: &[u8]) -> BTreeSet<String> {
    split(text).into_iter().map(|chunk| chunk.id).filter(|id| is_section(id)).collect()
}

/// What a write changed, section by section.
pub(super) fn edits(before: &[u8], after: &[u8]) -> Vec<SectionEdit> {
    let (old, new) = (split(before), split(after));
    let (old_by_id, new_by_id) = (by_id(&old), by_id(&new));
    let changed = old.iter().enumerate().filter_map(|(at, chunk)| {
        let now = new_by_id.get(chunk.id.as_str()).copied();
        (now != Some(&chunk.bytes)).then(|| edit(&chunk.id, above(&old, at), Some(&chunk.bytes), now))
    });
    let added = new.iter().enumerate().filter_map(|(at, chunk)| {
        let known = old_by_id.contains_key(chunk.id.as_str());
        (!known).then(|| edit(&chunk.id, above(&new, at), None, Some(&chunk.bytes)))
    });
    changed.chain(added).collect()
}

/// The bytes of each chunk.
pub(super) fn by_id(chunks: &[Chunk]) -> HashMap<&str, &Vec<u8>> {
    chunks.iter().map(|chunk| (chunk.id.as_str(), &chunk.bytes)).collect()
}

fn edit(id: &str, above: Option<String>, before: Option<&Vec<u8>>, after: Option<&Vec<u8>>) -> SectionEdit {
    SectionEdit { id: id.to_owned(), above, before: before.cloned().map(Raw), after: after.cloned().map(Raw) }
}

fn above(chunks: &[Chunk], at: usize) -> Option<String> {
    Some(chunks.get(at.checked_sub(1)?)?.id.clone())
}

/// Puts each section's `after` in the place of its `before`. `Err` names a section that is neither.
pub(super) fn replay(text: &[u8], edits: &[SectionEdit]) -> Result<Vec<u8>, String> {
    let mut chunks = split(text);
    for edit in edits {
        let at = chunks.iter().position(|chunk| chunk.id == edit.id);
        let now = at.map(|at| &chunks[at].bytes);
        if now == edit.after.as_ref().map(|raw| &raw.0) {
            continue;
        }
        if now != edit.before.as_ref().map(|raw| &raw.0) {
            return Err(edit.id.clone());
        }
        put(&mut chunks, at, edit);
    }
    Ok(join(&chunks))
}

fn put(chunks: &mut Vec<Chunk>, at: Option<usize>, edit: &SectionEdit) {
    match (at, &edit.after) {
        (Some(at), Some(raw)) => chunks[at].bytes.clone_from(&raw.0),
        (Some(at), None) => drop(chunks.remove(at)),
        (None, Some(raw)) => insert(chunks, edit, raw.0.clone()),
        (None, None) => {}
    }
}

/// Below the chunk it stood below, else above the end.
fn insert(chunks: &mut Vec<Chunk>, edit: &SectionEdit, bytes: Vec<u8>) {
    let below = edit.above.as_ref().and_then(|id| chunks.iter().position(|chunk| chunk.id == *id));
    let at = below.map_or(chunks.len().saturating_sub(1), |at| at + 1).min(chunks.len());
    if let Some(previous) = chunks[..at].iter_mut().rev().find(|chunk| !chunk.bytes.is_empty())
        && !previous.bytes.ends_with(b"\n")
    {
        previous.bytes.push(b'\n');
    }
    chunks.insert(at, Chunk { id: edit.id.clone(), bytes });
}

/// The same edits the other way round.
pub(super) fn reversed(edits: &[SectionEdit]) -> Vec<SectionEdit> {
    let turn = |edit: &SectionEdit| SectionEdit {
        before: edit.after.clone(),
        after: edit.before.clone(),
        ..edit.clone()
    };
    edits.iter().map(turn).collect()
}

/// The name in a header line: `[` in the first column, as the SDKs' grammar has it.
fn header(line: &[u8]) -> Option<String> {
    let rest = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line).strip_prefix(b"[")?;
    let end = rest.iter().position(|&byte| byte == b']').unwrap_or(rest.len());
    let name = String::from_utf8_lossy(&rest[..end]);
    Some(name.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Blank or a comment: it goes with what follows.
fn is_loose(line: &[u8]) -> bool {
    let text = line.trim_ascii();
    text.is_empty() || line.starts_with(b"#") || line.starts_with(b";")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TEXT: &[u8] = b"# top\n\n[a]\nx = 1\n\n# about b\n[b]\ny = 2\n# end\n";

    #[test]
    fn comments_above_a_header_go_with_it() {
        let chunks = split(TEXT);
        assert_eq!(chunks.iter().map(|c| c.id.as_str()).collect::<Vec<_>>(), ["", "a", "b", END]);
        assert_eq!(chunks[2].bytes, b"\n# about b\n[b]\ny = 2\n");
    }

    #[test]
    fn undoing_survives_a_foreign_edit_of_another_section() {
        let after = b"# top\n\n[a]\nx = 9\n\n# about b\n[b]\ny = 2\n# end\n";
        let edits = edits(TEXT, after);
        let foreign = b"# top\n\n[a]\nx = 9\n\n# about b\n[b]\ny = 3 # mine\n# end\n[c]\n";
        let undone = replay(foreign, &reversed(&edits)).unwrap();
        assert_eq!(undone, b"# top\n\n[a]\nx = 1\n\n# about b\n[b]\ny = 3 # mine\n# end\n[c]\n");
    }

    #[test]
    fn a_section_changed_since_is_named() {
        let edits = edits(TEXT, b"# top\n\n[a]\nx = 9\n\n# about b\n[b]\ny = 2\n# end\n");
        assert_eq!(replay(b"[a]\nx = 10\n", &reversed(&edits)), Err("a".to_owned()));
    }

    #[test]
    fn a_removed_section_comes_back_where_it_was() {
        let edits = edits(TEXT, b"# top\n\n# about b\n[b]\ny = 2\n# end\n");
        let back = replay(b"# top\n\n# about b\n[b]\ny = 2\n# end\n", &reversed(&edits)).unwrap();
        assert_eq!(back, TEXT);
    }

    proptest! {
        #[test]
        fn the_chunks_are_the_text(text in proptest::collection::vec(any::<u8>(), 0..200)) {
            prop_assert_eq!(join(&split(&text)), text);
        }

        #[test]
        fn reversed_edits_give_the_text_back(
            before in "(\\[[a-d]\\]\n|[xy]=1\n|# c\n|\n){0,8}", after in "(\\[[a-e]\\]\n|[xy]=[12]\n|\n){0,8}",
        ) {
            // A second section of one name is known by its number; no write of ours makes or moves one.
            let twice = |text: &str| split(text.as_bytes()).iter().any(|chunk| chunk.id.contains('#'));
            prop_assume!(!twice(&before) && !twice(&after));
            let edits = edits(before.as_bytes(), after.as_bytes());
            let there = replay(before.as_bytes(), &edits).unwrap();
            let back = replay(&there, &reversed(&edits)).unwrap();
            let sorted = |text: &[u8]| { let mut c = split(text); c.sort_by(|a, b| a.id.cmp(&b.id)); c };
            prop_assert_eq!(sorted(&there), sorted(after.as_bytes()));
            prop_assert_eq!(sorted(&back), sorted(before.as_bytes()));
        }
    }
}
