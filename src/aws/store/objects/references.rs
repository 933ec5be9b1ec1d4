//! What names a section: settings of profiles that would name nothing if it went or was called something else.

use super::super::StoreError;
use super::super::draft::{BOTH, Draft};
use super::check::said;
use super::process_line;
use crate::aws::ini::{FileKind, SectionId, SectionKind};

const PROCESS: &str = "credential_process";

/// One setting that names a section.
#[derive(Clone, Debug)]
pub(super) struct Reference {
    pub file: FileKind,
    pub holder: SectionId,
    pub key: &'static str,
    /// From 1.
    pub line: u32,
}

/// The keys with which a profile names a section of this kind (`include_profile`, `parent_profile`: aws-vault's).
const fn keys(kind: SectionKind) -> &'static [&'static str] {
    match kind {
        SectionKind::Profile => &["source_profile", "include_profile", "parent_profile", PROCESS],
        SectionKind::SsoSession => &["sso_session"],
        SectionKind::Services => &["services"],
        SectionKind::Other => &[],
    }
}

/// Everything in the draft that names `id`.
pub(super) fn to(draft: &Draft, id: &SectionId) -> Vec<Reference> {
    let in_file = |file: FileKind| {
        let doc = draft.doc(file);
        let holders: Vec<SectionId> = doc.ids().filter(|id| id.kind == SectionKind::Profile).collect();
        let of_holder = move |holder: SectionId| {
            let found = keys(id.kind).iter().filter_map(move |key| {
                let value = doc.get(&holder, key)?;
                let name = if *key == PROCESS { process_line::profile_in(&value.text)? } else { &value.text };
                (name == id.name).then_some((*key, value.line))
            });
            let found: Vec<_> = found.collect();
            found
        };
        holders.into_iter().flat_map(move |holder| {
            let found = of_holder(holder.clone()).into_iter();
            found.map(move |(key, line)| Reference { file, holder: holder.clone(), key, line })
        })
    };
    BOTH.into_iter().flat_map(in_file).collect()
}

/// Has them name `to`. Says which.
pub(super) fn follow(draft: &mut Draft, from: &SectionId, to: &str) -> Result<Vec<String>, StoreError> {
    let mut notes = Vec::new();
    for reference in self::to(draft, from) {
        let Reference { file, holder, key, .. } = reference;
        let now = draft.doc(file).get(&holder, key).map(|value| value.text.into_owned()).unwrap_or_default();
        let new =
            if key == PROCESS { process_line::renamed(&now, &from.name, to) } else { Some(to.to_owned()) };
        draft.set(file, &holder, key, &new.unwrap_or(now))?;
        notes.push(format!("{key} of [{}] now names [{to}]", holder.name));
    }
    Ok(notes)
}

/// The refusal that names them all.
pub(super) fn refusal(id: &SectionId, found: &[Reference]) -> StoreError {
    let place = |reference: &Reference| {
        let file = match reference.file {
            FileKind::Config => "config",
            FileKind::Credentials => "credentials",
        };
        format!("{} of `{}` ({file}:{})", reference.key, reference.holder.name, reference.line)
    };
    let places: Vec<String> = found.iter().map(place).collect();
    StoreError::StillNamed {
        what: format!("{} is named by {}", said(id), places.join(", ")),
        hint: "--retarget NAME has them name another one, --leave-references lets them name nothing"
            .to_owned(),
    }
}
