//! What is written must be what boto3 and the AWS CLI then read.
//!
//! They take some headers for another name than the SDKs do (`[ default ]`, `[default] ; see [x]`, `[profile "x"]`). A
//! write into such a section would not reach them, and a new section beside it would hide it from them. They read
//! `key: value`, too: a key set beside it would stand twice, a copy would lack it. So none of it is done before the line
//! is put right.

use super::StoreError;
use super::draft::BOTH;
use super::plan::{Ground, Plan};
use crate::aws::chain::headings;
use crate::aws::ini::{FileKind, Section, SectionId, SectionKind};
use crate::aws::profile::Estate;

/// Refuses a plan that touches a section whose header is read in two ways.
pub(super) fn check(ground: &Ground<'_>, plan: &Plan) -> Result<(), StoreError> {
    let touched = |id: &SectionId| plan.meant.iter().any(|meant| meant.contains_key(id));
    heard(&ground.estate, |id| touched(id) || *id == SectionId::profile(plan.profile.as_str()))
}

/// Refuses what boto3 and the AWS CLI would not find under the name of one of these profiles: asked before a code is
/// spent on it.
///
/// # Errors
/// [`StoreError::Refused`] with the line and what to do about it.
pub fn readable(estate: &Estate, profiles: &[&str]) -> Result<(), StoreError> {
    heard(estate, |id| profiles.iter().any(|profile| *id == SectionId::profile(*profile)))
}

/// Refuses the first header that `concerns` somebody and is read in two ways.
pub(super) fn heard(estate: &Estate, concerns: impl Fn(&SectionId) -> bool) -> Result<(), StoreError> {
    for file in BOTH {
        let mut odd = estate.document(file).sections().filter(|section| !section.is_straight());
        odd.try_for_each(|section| one(estate, file, section, &concerns))?;
        colons(estate, file, &concerns)?;
    }
    Ok(())
}

fn colons(estate: &Estate, file: FileKind, concerns: impl Fn(&SectionId) -> bool) -> Result<(), StoreError> {
    let Some(colon) = estate.document(file).colons().into_iter().find(|colon| concerns(&colon.section))
    else {
        return Ok(());
    };
    let (place, key) = (format!("{}:{}", estate.path(file).display(), colon.line), colon.key);
    let by = if colon.may_be_equals { ": `awsprof doctor --fix` does" } else { " by hand" };
    Err(StoreError::refused(
        format!("{place}: `{key}` is set by `:`, which the SDKs do not read and boto3 and the AWS CLI do"),
        format!("write `{key} = …` there{by}"),
    ))
}

fn one(
    estate: &Estate,
    file: FileKind,
    section: Section<'_>,
    concerns: impl Fn(&SectionId) -> bool,
) -> Result<(), StoreError> {
    let Some(straight) = section.straight().filter(|straight| concerns(&straight.id)) else { return Ok(()) };
    let (header, unread) = (section.header(), section.kind() == SectionKind::Other);
    let others = headings::read_otherwise(file, &header, &straight.header);
    if !unread && others.iter().all(|tool| tool.id != "boto3") {
        return Ok(());
    }
    let who = if unread { "the SDKs do" } else { "boto3 and the AWS CLI do" };
    let place = format!("{}:{}", estate.path(file).display(), section.line());
    let fix = if estate.document(file).may_straighten(section) {
        format!("write it {} there: `awsprof doctor --fix` does", straight.header)
    } else {
        format!("move its keys to the other {} of that file and remove it", straight.header)
    };
    Err(StoreError::refused(format!("{place}: {who} not read `{header}` as {}", straight.header), fix))
}
