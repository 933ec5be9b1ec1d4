//! A managed `[default]` and the profile it is a copy of: renamed together, edited together, not parted silently.

use super::super::StoreError;
use super::super::draft::{BOTH, Draft};
use super::super::journal::Turn;
use super::super::managed::{Managed, default_id};
use super::super::plan::{Ground, managed_as, managed_copy};
use super::super::renewal;
use crate::aws::ini::{SectionId, SectionKind};
use crate::aws::overview::DefaultState;

/// The managed state after profiles got other names, as `draft` leaves `[default]`.
pub(super) fn renamed(ground: &Ground<'_>, draft: &Draft, names: &[(SectionId, SectionId)]) -> Option<Turn> {
    let before = ground.managed.clone()?;
    let new = |name: String| {
        let found = names.iter().find(|(from, _)| from.kind == SectionKind::Profile && from.name == name);
        found.map_or(name, |(_, to)| to.name.clone())
    };
    let after = Managed {
        profile: new(before.profile.clone()),
        previous: before.previous.clone().map(new),
        original: before.original.clone().map(new),
        ..before.clone()
    };
    turn(ground, draft, before, after)
}

/// In step with a profile that was edited: `[default]` is made a copy of it again.
pub(in crate::aws::store) fn follow(
    ground: &Ground<'_>,
    draft: &mut Draft,
    id: &SectionId,
    new_key: bool,
) -> Result<Option<Turn>, StoreError> {
    let Some(before) = ground.managed.clone() else { return Ok(None) };
    let copied = DefaultState::Managed { profile: id.name.clone() };
    if id.kind != SectionKind::Profile || ground.default_state() != copied {
        return Ok(None);
    }
    for file in BOTH {
        draft.copy(file, id, &default_id())?;
    }
    if !new_key {
        renewal::copy_fresh_session(draft, ground, &id.name)?;
    }
    let after = managed_copy(ground, draft, before.clone());
    let digests = |managed: &Managed| (managed.digest.clone(), managed.source.clone().map(|it| it.digest));
    let changes = digests(&after) != digests(&before);
    Ok(changes.then_some(Turn { before: Some(before), after: Some(after) }))
}

/// The state for `[default]` as `draft` leaves it, where it was changed together with what it is a copy of.
pub(super) fn in_step(ground: &Ground<'_>, draft: &Draft) -> Option<Turn> {
    let before = ground.managed.clone()?;
    turn(ground, draft, before.clone(), before)
}

/// What parts when a profile goes: a `[default]` that is a copy of it, or the way back to the first `[default]`.
pub(super) fn parting(ground: &Ground<'_>, id: &SectionId) -> Option<&'static str> {
    let managed = ground.managed.as_ref().filter(|_| id.kind == SectionKind::Profile)?;
    let is_copy = ground.default_state() == DefaultState::Managed { profile: managed.profile.clone() };
    match () {
        () if *id == default_id() && is_copy => Some("[default] is a copy that `awsprof use` made"),
        () if managed.profile == id.name && is_copy => Some("[default] is a copy of it"),
        () if managed.original.as_deref() == Some(&id.name) => {
            Some("it is what `awsprof use --clear` gives back")
        }
        () => None,
    }
}

/// The state without a profile that goes: `[default]`, if it was a copy, is nobody's.
pub(super) fn parted(ground: &Ground<'_>, draft: &Draft, id: &SectionId) -> Option<Turn> {
    let before = ground.managed.clone()?;
    if id.kind != SectionKind::Profile {
        return turn(ground, draft, before.clone(), before);
    }
    let without = |name: &Option<String>| name.clone().filter(|name| *name != id.name);
    if before.profile == id.name || *id == default_id() {
        return Some(Turn { before: Some(before), after: None });
    }
    let (previous, original) = (without(&before.previous), without(&before.original));
    let after = Managed { previous, original, ..before.clone() };
    turn(ground, draft, before, after)
}

/// With the digest of `[default]` as it will be, unless somebody else had edited it.
fn turn(ground: &Ground<'_>, draft: &Draft, before: Managed, after: Managed) -> Option<Turn> {
    let in_step = matches!(ground.default_state(), DefaultState::Managed { .. });
    let after = if in_step { managed_as(ground, draft, after) } else { after };
    (after != before).then_some(Turn { before: Some(before), after: Some(after) })
}
