//! Which header stands for which section, to a reader that knows nothing of kinds: looked up, not searched, because a
//! write may mean ten thousand sections.

use std::borrow::Cow;

use crate::aws::ini::{FileKind, SectionId, SectionKind};

/// A header: its words, or (`Whole`) all of it as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Header {
    Words(String),
    Whole(String),
}

/// The headers that stand for a section.
pub(super) fn headers(file: FileKind, id: &SectionId) -> impl Iterator<Item = Header> {
    let name = id.name.as_str();
    let (first, second) = match (id.kind, file) {
        (SectionKind::Profile, FileKind::Credentials) => (Header::Words(name.to_owned()), None),
        (SectionKind::Profile, FileKind::Config) => {
            let bare = (name == "default").then(|| Header::Words(name.to_owned()));
            (Header::Words(format!("profile {name}")), bare)
        }
        (SectionKind::SsoSession, _) => (Header::Words(format!("sso-session {name}")), None),
        (SectionKind::Services, _) => (Header::Words(format!("services {name}")), None),
        (SectionKind::Other, _) => (Header::Whole(named(name).into_owned()), None),
    };
    std::iter::once(first).chain(second)
}

/// What a header may be known by.
pub(super) fn spellings(header: &str) -> [Header; 2] {
    let words = header.split_whitespace().collect::<Vec<_>>().join(" ");
    [Header::Words(words), Header::Whole(header.to_owned())]
}

/// The name in a header as `configparser` gives it.
pub(super) fn named(header: &str) -> Cow<'_, str> {
    let name = header.split(']').next().unwrap_or_default().trim_end();
    let blanks = |pair: &[u8]| pair[0] == b'\t' || pair[0] == b' ' && pair[1].is_ascii_whitespace();
    if name.as_bytes().windows(2).any(blanks) {
        Cow::Owned(name.split_whitespace().collect::<Vec<_>>().join(" "))
    } else {
        Cow::Borrowed(name)
    }
}
