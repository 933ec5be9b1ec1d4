//! The files as the other SDKs read them: one reader for the grammar they share, led by the table of what each family
//! makes of it.

use std::collections::HashSet;
use std::path::Path;

use secrecy::zeroize::Zeroizing;

use super::above::Above;
pub(in crate::aws::chain) use super::quirks::{Encoding, Name, Quirk, Rules};
use super::{Broken, Entry, FileKind, ReadFile, Reading, Section};
use crate::aws::ini::lex::{BOM, EntryLine, Line, LineKind, Span, lex};

/// Whether one thing anywhere in a file makes all of it count as empty.
pub(super) fn empties(rules: &Rules, bytes: &[u8]) -> bool {
    let marked = rules.has(Quirk::BomEmpties) && bytes.starts_with(BOM);
    marked || rules.encoding == Encoding::Empties && std::str::from_utf8(bytes).is_err()
}

/// Reads a file by these rules.
pub(super) fn read(rules: &Rules, path: &Path, kind: FileKind, bytes: &[u8]) -> ReadFile {
    let empty = |reading| ReadFile::empty(path, reading);
    if empties(rules, bytes) {
        return empty(Reading::Read);
    }
    if rules.has(Quirk::BomRefuses) && bytes.starts_with(BOM) {
        return empty(Reading::Broken(Broken { line: 1, reason: "a byte order mark".to_owned() }));
    }
    let text = match (std::str::from_utf8(bytes), rules.encoding) {
        (Ok(text), _) => std::borrow::Cow::Borrowed(text),
        (Err(_), Encoding::Lossy) => String::from_utf8_lossy(bytes),
        (Err(_), Encoding::Empties | Encoding::Refuses) => {
            return empty(Reading::Broken(Broken { line: 1, reason: "not UTF-8".to_owned() }));
        }
    };
    let mut reader = Reader {
        rules,
        kind,
        text: &text,
        blocks: Vec::new(),
        odd: None,
        refused: None,
        above: Above::default(),
        ended: false,
    };
    lex(text.as_bytes(), &rules.dialect).take_while(|line| reader.line(line)).for_each(drop);
    let ended = reader.ended || reader.above.unknown;
    let strict = rules.has(Quirk::Strict) || rules.has(Quirk::RefusesJunk);
    match reader.odd.take().filter(|_| strict).or(reader.refused) {
        Some(odd) => ReadFile { ended, ..empty(Reading::Broken(odd)) },
        None => ReadFile { ended, ..assembled(rules, reader.blocks, empty(Reading::Read)) },
    }
}

const fn range(span: Span) -> std::ops::Range<usize> {
    span.start as usize..span.end as usize
}

/// A header and the keys under it; a header that names nothing keeps its keys to itself.
type Block = (Option<Name>, Vec<Entry>);

struct Reader<'a> {
    rules: &'a Rules,
    kind: FileKind,
    text: &'a str,
    blocks: Vec<Block>,
    /// The first odd line.
    odd: Option<Broken>,
    /// The first line that refuses the file, however lenient the family is.
    refused: Option<Broken>,
    above: Above,
    /// Whether a line ended the reading.
    ended: bool,
}

/// C++ passes over lines this short (`ASSUME_EMPTY_LEN`).
const SHORT: usize = 3;

impl Reader<'_> {
    /// One line; `false` is the end of the reading.
    fn line(&mut self, line: &Line) -> bool {
        self.look_above(line);
        self.look_for_brackets(line);
        match line.kind {
            LineKind::Blank | LineKind::Comment => {}
            _ if self.is_cut(line) => self.blocks.push((None, Vec::new())),
            _ if self.ends(line) => {
                self.blocks.pop();
                self.ended = true;
            }
            LineKind::Header { closed, .. } if self.passed_over(line, closed) => {}
            LineKind::Header { name, closed } => {
                if line.indent > 0 && self.rules.has(Quirk::Strict) {
                    self.note(line.number, "a section is indented");
                }
                self.header(line.number, name, closed);
            }
            LineKind::Entry(_) if line.indent > 0 && self.hangs() => self.more(line.number, line.text),
            LineKind::Entry(entry) => self.entry(line, &entry),
            LineKind::Continuation(span) => self.more(line.number, span),
            LineKind::Junk { .. } => self.note(line.number, "a line is neither a section nor a key"),
        }
        !self.ended
    }

    /// What stands above, for the family that wants to know.
    fn look_above(&mut self, line: &Line) {
        if !self.rules.has(Quirk::IndentNeedsKey) || self.blocks.is_empty() {
            return;
        }
        if let LineKind::Header { closed: true, .. } = line.kind {
            self.above.section();
        } else if self
            .above
            .hangs_in_the_air(line.indent > 0, self.text.get(range(line.text)).unwrap_or_default())
        {
            let reason = "an indented key has no key above it".to_owned();
            self.refused.get_or_insert(Broken { line: line.number, reason });
        }
    }

    /// Half a header, for the family that stops at it.
    fn look_for_brackets(&mut self, line: &Line) {
        let half = match line.kind {
            LineKind::Header { closed, .. } => !closed,
            LineKind::Junk { .. } => self.slice(line.text).starts_with(']'),
            _ => false,
        };
        if half && self.rules.has(Quirk::BracketsRefuse) {
            let reason = "a section is not opened or not closed".to_owned();
            self.refused.get_or_insert(Broken { line: line.number, reason });
        }
    }

    /// A line with both brackets that is no header.
    fn is_cut(&self, line: &Line) -> bool {
        let text = self.slice(line.text);
        let cut = self.rules.has(Quirk::BracketsCut) && text.contains('[') && text.contains(']');
        cut && !matches!(line.kind, LineKind::Header { closed: true, .. })
    }

    /// A line that makes no sense, unless it stands in a section that nobody reads.
    fn ends(&self, line: &Line) -> bool {
        let sense = match line.kind {
            LineKind::Header { closed, .. } => closed,
            LineKind::Entry(_) => !self.blocks.is_empty(),
            _ => false,
        };
        let unread = self.blocks.last().is_some_and(|(name, _)| name.is_none());
        self.rules.has(Quirk::JunkEnds) && !sense && !unread && self.slice(line.text).len() >= SHORT
    }

    fn slice(&self, span: Span) -> &str {
        self.text.get(range(span)).unwrap_or_default().trim()
    }

    fn note(&mut self, line: u32, reason: &str) {
        self.odd.get_or_insert(Broken { line, reason: reason.to_owned() });
    }

    /// A comment needs a blank in front of it here.
    fn passed_over(&self, line: &Line, closed: bool) -> bool {
        let text = self.slice(line.text);
        let glued = text.find(['#', ';']).is_some_and(|at| !text[..at].ends_with(char::is_whitespace));
        let unclosed = !closed && self.rules.has(Quirk::UnclosedPassedOver);
        unclosed || self.rules.has(Quirk::OddHeadersPassedOver) && (!closed || glued)
    }

    fn header(&mut self, line: u32, name: Span, closed: bool) {
        if !closed {
            self.note(line, "a section has no ']'");
        }
        let before = name.start.checked_sub(1).and_then(|at| self.text.as_bytes().get(at as usize));
        let pad = if before == Some(&b'[') { "" } else { " " };
        let behind = self.text.as_bytes().get(name.end as usize);
        let tail = if behind.is_some_and(|b| b" \t".contains(b)) { " " } else { "" };
        let text = format!("{pad}{}{tail}", self.slice(name));
        let name = (self.rules.names)(self.kind, &text).filter(|_| closed);
        self.blocks.push((name, Vec::new()));
    }

    fn entry(&mut self, line: &Line, entry: &EntryLine) {
        if line.indent > 0 && self.rules.has(Quirk::Strict) {
            self.note(line.number, "a key is indented");
        }
        let key = self.slice(entry.key);
        let key = if self.rules.has(Quirk::KeysFolded) { key.to_lowercase() } else { key.to_owned() };
        let value = Zeroizing::new(shown(self.rules, self.slice(entry.value)).to_owned());
        let nested = self.rules.has(Quirk::EmptyIsBlock) && value.is_empty();
        match self.blocks.last_mut() {
            Some((_, entries)) => entries.push(Entry { key, value, line: line.number, nested }),
            None => self.note(line.number, "a key stands before the first section"),
        }
    }

    fn last(&mut self) -> Option<&mut Entry> {
        self.blocks.last_mut().and_then(|(_, entries)| entries.last_mut())
    }

    /// Whether an indented key belongs to what stands above.
    fn hangs(&mut self) -> bool {
        self.rules.has(Quirk::IndentNeedsKey) || self.last().is_some_and(|entry| entry.nested)
    }

    /// A line that belongs to the key above it: of a block, or of a value that goes on.
    fn more(&mut self, line: u32, span: Span) {
        let text = self.slice(span).to_owned();
        let is_key = text.contains(['=', ':']) && self.rules.has(Quirk::KeysNotJoined);
        let joined = self.rules.has(Quirk::ValuesJoined) && !is_key;
        let Some(entry) = self.last() else { return self.note(line, "an indented line has no key above it") };
        entry.nested |= entry.value.is_empty();
        let nested = entry.nested;
        if entry.nested || joined {
            entry.value.push('\n');
            entry.value.push_str(&text);
        }
        if nested && text.split_once('=').is_none_or(|(key, _)| key.trim().is_empty()) {
            self.note(line, "a line of a block is no key");
        }
    }
}

/// The value without what the family does not count to it.
fn shown<'t>(rules: &Rules, value: &'t str) -> &'t str {
    let comment = [(Quirk::SemicolonComments, " ;"), (Quirk::AnySemicolon, ";")];
    let comment = comment.into_iter().find(|(quirk, _)| rules.has(*quirk));
    let cut = comment.and_then(|(_, mark)| value.split_once(mark));
    let value = cut.map_or(value, |(value, _)| value.trim_end());
    let quotes = [(Quirk::QuotesStripped, '"'), (Quirk::SingleQuotesToo, '\'')];
    let inside = |(quirk, quote)| value.strip_prefix(quote)?.strip_suffix(quote).filter(|_| rules.has(quirk));
    quotes.into_iter().find_map(inside).unwrap_or(value)
}

/// Sections of one name are one section; of a key that comes twice the last stands.
fn assembled(rules: &Rules, blocks: Vec<Block>, mut file: ReadFile) -> ReadFile {
    let hides = rules.has(Quirk::PrefixedDefault)
        && blocks.iter().any(|(name, _)| *name == Some(Name::PrefixedDefault));
    let plain: HashSet<String> = blocks.iter().filter_map(|(name, _)| plain(name.as_ref())).collect();
    for (name, entries) in blocks {
        let (map, name) = match name {
            Some(Name::Profile(name)) if !(hides && name == "default") => (&mut file.profiles, name),
            Some(Name::Fallback(name)) if !plain.contains(&name) => (&mut file.profiles, name),
            Some(Name::PrefixedDefault) => (&mut file.profiles, "default".to_owned()),
            Some(Name::SsoSession(name)) => (&mut file.sso_sessions, name),
            Some(Name::Services(name)) => (&mut file.services, name),
            Some(Name::Profile(_) | Name::Fallback(_)) | None => continue,
        };
        let section = map.entry(name).or_insert_with(|| Section { entries: Vec::new() });
        let has_id = || entries.iter().any(|entry| entry.key == "aws_access_key_id");
        if rules.has(Quirk::SectionsReplaced) {
            section.entries.clear();
        } else if rules.has(Quirk::PairsReplaced) && has_id() {
            section.entries.retain(|entry| !PAIR.contains(&entry.key.as_str()));
        }
        merge(section, entries);
    }
    file
}

/// What goes with a key id.
const PAIR: [&str; 2] = ["aws_secret_access_key", "aws_session_token"];

fn plain(name: Option<&Name>) -> Option<String> {
    match name {
        Some(Name::Profile(name)) => Some(name.clone()),
        _ => None,
    }
}

fn merge(section: &mut Section, entries: Vec<Entry>) {
    for entry in entries {
        match section.entries.iter_mut().find(|known| known.key == entry.key) {
            Some(known) => *known = entry,
            None => section.entries.push(entry),
        }
    }
}
