//! `sso sync`: the profiles that Identity Center comes to, in the block that is ours.

use std::collections::{BTreeMap, BTreeSet};

use super::StoreError;
use super::draft::Draft;
use super::journal::List;
use super::objects::check::exists;
use super::plan::{Ground, Plan};
use crate::aws::ini::{FileKind, SectionId};
use crate::aws::sync::{Block, Grant, Rules, Wanted, entering, named};

/// So many names of one kind are told.
const TOLD: usize = 5;

pub(super) fn plan(
    ground: &Ground<'_>,
    session: &str,
    grants: &[Grant],
    rules: &Rules,
) -> Result<Plan, StoreError> {
    exists(ground, &SectionId::sso_session(session))?;
    let block = Block::find(ground.estate.config(), session);
    let (ours, mut theirs) = (block.ours(), block.theirs());
    theirs.extend(ground.estate.credentials().sections().map(|section| section.id().name));
    let wanted = named(grants, session, rules, |name| theirs.contains(name));
    let text = block.with(&wanted, &rules.region);
    let found = Found::of(ground, &ours, &wanted, session, &rules.region);
    let gone = found.gone.iter().map(|name| (SectionId::profile(name), Vec::new()));
    let settings = |own: &Wanted| {
        let settings =
            own.settings(session, &rules.region).map(|(key, value)| (key.to_owned(), value.to_owned()));
        (SectionId::profile(&own.name), settings.to_vec())
    };
    let mut draft = Draft::of(&ground.estate);
    draft.put(FileKind::Config, text, wanted.iter().map(settings).chain(gone));
    let mut plan = Plan::new("sso sync", session, List::User, draft);
    plan.notes = renamed(&wanted, &named(grants, session, rules, |_| false));
    if found.any() {
        plan.confirm = found.reasons(ground);
    }
    Ok(plan)
}

/// What becomes of the profiles.
struct Found {
    added: Vec<String>,
    changed: Vec<String>,
    gone: Vec<String>,
    /// Profiles outside the block whose roles get one in it.
    beside: Vec<String>,
}

impl Found {
    fn of(
        ground: &Ground<'_>,
        ours: &BTreeSet<String>,
        wanted: &[Wanted],
        session: &str,
        region: &str,
    ) -> Self {
        let config = ground.estate.config();
        let same = |own: &Wanted| {
            let id = SectionId::profile(&own.name);
            let is =
                |(key, value): (&str, &str)| config.get(&id, key).is_some_and(|found| found.text == value);
            own.settings(session, region).into_iter().all(is)
        };
        let names: BTreeSet<&String> = wanted.iter().map(|own| &own.name).collect();
        let (there, new): (Vec<&Wanted>, Vec<&Wanted>) =
            wanted.iter().partition(|own| ours.contains(&own.name));
        let outside = entering(&ground.estate, session, |name| !ours.contains(name));
        let beside = |own: &&Wanted| outside.get(&(own.account.clone(), own.role.clone())).cloned();
        Self {
            beside: new.iter().filter_map(beside).collect(),
            added: new.into_iter().map(|own| own.name.clone()).collect(),
            changed: there.into_iter().filter(|own| !same(own)).map(|own| own.name.clone()).collect(),
            gone: ours.iter().filter(|name| !names.contains(name)).cloned().collect(),
        }
    }

    const fn any(&self) -> bool {
        !(self.added.is_empty() && self.changed.is_empty() && self.gone.is_empty())
    }

    /// Why a person is asked.
    fn reasons(&self, ground: &Ground<'_>) -> Vec<String> {
        let rows = [("added", &self.added), ("changed", &self.changed), ("removed", &self.gone)];
        let rows = rows.into_iter().filter(|(_, names)| !names.is_empty());
        let mut reasons: Vec<String> = rows.map(|(what, names)| counted(names, what)).collect();
        reasons.extend(beside(&self.beside));
        let gone: BTreeSet<&str> = self.gone.iter().map(String::as_str).collect();
        for profile in ground.estate.profiles().filter(|profile| !gone.contains(profile.name())) {
            let source = profile.text("source_profile").filter(|source| gone.contains(source.as_ref()));
            reasons
                .extend(source.map(|source| format!("`{}` rests on `{source}`, which goes", profile.name())));
        }
        reasons
    }
}

/// Which profiles could not have the name that they have where nothing is in the way.
fn renamed(wanted: &[Wanted], plain: &[Wanted]) -> Vec<String> {
    let plain: BTreeMap<_, _> = plain.iter().map(|own| ((&own.account, &own.role), &own.name)).collect();
    let other = |own: &&Wanted| plain.get(&(&own.account, &own.role)).is_some_and(|name| **name != own.name);
    let other: Vec<String> = wanted.iter().filter(other).map(|own| own.name.clone()).collect();
    if other.is_empty() {
        return Vec::new();
    }
    vec![format!("{}: a profile of your own has the shorter name", counted(&other, "named with more"))]
}

/// Why there will be more profiles than roles.
fn beside(own: &[String]) -> Option<String> {
    let have = if own.len() == 1 { "has a profile" } else { "have profiles" };
    let stay = if own.len() == 1 { "stays" } else { "stay" };
    let told =
        format!("{} of these roles {have} of your own already, which {stay}: {}", own.len(), listed(own));
    (!own.is_empty()).then_some(told)
}

/// `3 profiles are added: a, b, c`.
fn counted(names: &[String], what: &str) -> String {
    let are = if names.len() == 1 { "profile is" } else { "profiles are" };
    format!("{} {are} {what}: {}", names.len(), listed(names))
}

fn listed(names: &[String]) -> String {
    let (told, rest) = names.split_at(names.len().min(TOLD));
    let more = if rest.is_empty() { String::new() } else { format!(" and {} more", rest.len()) };
    format!("{}{more}", told.join(", "))
}
