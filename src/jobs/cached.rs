//! What is in awsprof's role cache, by profile; and emptying it.

use std::collections::BTreeSet;

use super::{Context, Failure};
use crate::aws::overview::{Kind, RoleSession};
use crate::aws::profile::Estate;
use crate::aws::session;
use crate::aws::store;

/// How far sources are followed.
const HOPS: usize = 8;

/// The kinds whose sessions are kept.
const fn is_role(kind: Kind) -> bool {
    matches!(kind, Kind::AssumeRole | Kind::CredentialSource | Kind::Sso)
}

/// The sessions that live, of the profiles of this estate.
pub(super) fn sessions(context: &Context, estate: &Estate) -> Vec<RoleSession> {
    let kept: BTreeSet<String> = store::cached_roles(&context.cache).into_iter().collect();
    if kept.is_empty() {
        return Vec::new();
    }
    let now = context.world.now();
    let roles = estate.profiles().filter(|profile| is_role(profile.kind()));
    let found = roles.filter_map(|profile| {
        let key =
            store::role_key(&context.world.env, estate, profile.name()).filter(|key| kept.contains(key))?;
        let facts = store::cached_role_facts(&context.cache, &key).filter(|facts| facts.expires_at > now)?;
        let tail = facts.access_key_id.char_indices().rev().nth(3).map_or(0, |(at, _)| at);
        Some(RoleSession {
            profile: profile.name().to_owned(),
            expires_at: facts.expires_at,
            lifetime: facts.lifetime,
            used: facts.used,
            access_key_tail: facts.access_key_id[tail..].to_owned(),
        })
    });
    found.collect()
}

/// The role profiles with a cached session (a dead one too) that rest on `profile`, itself among them.
pub(super) fn resting_on(context: &Context, estate: &Estate, profile: &str) -> Vec<String> {
    let kept: BTreeSet<String> = store::cached_roles(&context.cache).into_iter().collect();
    let roles = estate.profiles().filter(|role| is_role(role.kind()));
    let cached = roles.filter(|role| {
        store::role_key(&context.world.env, estate, role.name()).is_some_and(|key| kept.contains(&key))
    });
    cached.map(|role| role.name().to_owned()).filter(|role| rests(estate, role, profile)).collect()
}

/// Whether `profile`, or the user whose session it holds, is below `role`.
fn rests(estate: &Estate, role: &str, profile: &str) -> bool {
    let user = session::long_term_of(estate, profile);
    let mut at = role.to_owned();
    for _ in 0..HOPS {
        if at == profile || Some(&at) == user.as_ref() {
            return true;
        }
        let source = estate.profile(&at).and_then(|found| found.text("source_profile"));
        match source {
            Some(source) if source != at => at = source.into_owned(),
            _ => return false,
        }
    }
    false
}

/// Empties the cache: of these roles, or (`None`) of everything.
///
/// # Errors
/// A cache folder that cannot be written.
pub(super) fn forget(context: &Context, estate: &Estate, roles: Option<&[String]>) -> Result<(), Failure> {
    let keys = match roles {
        None => store::cached_roles(&context.cache),
        Some(roles) => {
            roles.iter().filter_map(|role| store::role_key(&context.world.env, estate, role)).collect()
        }
    };
    for key in keys {
        store::forget_role(&context.cache, &key)?;
    }
    Ok(())
}
