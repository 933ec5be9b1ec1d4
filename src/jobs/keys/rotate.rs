//! A new access key for an old one, in two phases.
//!
//! First: create, write, verify by a call with the new key as it stands in the file, make the old one inactive. What
//! fails before the old key is touched is taken back, at AWS and in the file. Then, some day: delete the old one
//! ([`finish`]). In between everything that still holds the old key fails, and one call makes it work again.

use std::time::Duration;

use super::{Key, SLOTS, User, refused};
use crate::aws::change::{Change, Written};
use crate::aws::profile::Estate;
use crate::aws::secret::{Credentials, Secrets};
use crate::aws::store;
use crate::jobs::code::Codes;
use crate::jobs::{Class, Context, Failure, Stage, files, flight};
use crate::net::sts::{self, Caller};
use crate::net::{Kind, NetError, iam_keys};

/// IAM needs some seconds until a key is known everywhere: the waits between the calls that try it, about a minute.
const WAITS: [u64; 9] = [250, 500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000];

/// What a rotation came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rotated {
    pub profile: String,
    /// The key that is in the file now.
    pub new: String,
    /// The one that was, inactive now.
    pub old: String,
    pub written: Written,
}

/// What [`finish`] deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finished {
    pub profile: String,
    pub deleted: String,
}

/// Gives the user behind a profile a new key.
///
/// # Errors
/// Both slots taken, a refusal by AWS, a file that cannot be written: everything is as before then, or the failure says
/// what is not.
pub async fn rotate(
    context: &Context,
    profile: &str,
    codes: Codes<'_>,
    watch: &mut (dyn FnMut(Stage) + Send),
) -> Result<Rotated, Failure> {
    let estate = store::settled(&context.world, &context.store())?;
    let user = User::of(context, &estate, profile, codes, watch).await?;
    let old = user.keys.access_key_id.clone();
    let _alone = flight::enter(context, &["keys", &old], watch).await?;
    let before = user.keys(watch).await?;
    free_slot(&user, &before)?;
    let new = create(&user, &before, watch).await?;
    let change =
        Change::Rotate { profile: user.profile.clone(), from: old.clone(), to: new.access_key_id.clone() };
    watch(Stage::Writing);
    let written = match put(context, &user, &change, &new) {
        Ok(written) => written,
        Err(failure) => return Err(back(context, &user, &new, None, failure).await),
    };
    if let Err(failure) = verified(context, &user, &new.access_key_id, watch).await {
        return Err(back(context, &user, &new, Some(&written), failure).await);
    }
    let off = iam_keys::set_active(&user.client, user.caller(), (&old, false), &mut |_| {}).await;
    off.map_err(|error| still_active(&old, error))?;
    Ok(Rotated { profile: user.profile, new: new.access_key_id, old, written })
}

/// Deletes the key that a rotation made inactive.
///
/// # Errors
/// There is none, or the other key is active.
pub async fn finish(
    context: &Context,
    profile: &str,
    codes: Codes<'_>,
    watch: &mut (dyn FnMut(Stage) + Send),
) -> Result<Finished, Failure> {
    let estate = Estate::read(&context.world);
    let user = User::of(context, &estate, profile, codes, watch).await?;
    let keys = user.keys(watch).await?;
    let name = &user.profile;
    let other = keys.iter().find(|key| !key.in_profile);
    let other = other.filter(|_| keys.iter().any(|key| key.in_profile)).ok_or_else(|| {
        let message = format!("the user of `{name}` has no other key than the profile's");
        Failure::new(Class::NotFound, "nothing-to-finish", message)
            .hint(format!("`awsprof keys rotate {name}` makes a new one"))
    })?;
    if other.is_active() {
        let message = format!("the other key, {}, is active: something may be using it", other.access_key_id);
        return Err(refused("key-active", message, "make it inactive first and see what fails"));
    }
    iam_keys::delete(&user.client, user.caller(), &other.access_key_id, &mut |_| {}).await?;
    Ok(Finished { profile: user.profile, deleted: other.access_key_id.clone() })
}

/// # Errors
/// There is none, or the profile's key is not among the user's.
fn free_slot(user: &User, keys: &[Key]) -> Result<(), Failure> {
    let name = &user.profile;
    if !keys.iter().any(|key| key.in_profile) {
        let message = format!("AWS does not list the key of `{name}` among its user's");
        return Err(refused("foreign-key", message, format!("`awsprof keys list {name}` shows them")));
    }
    let Some(other) = keys.iter().find(|key| !key.in_profile).filter(|_| keys.len() >= SLOTS) else {
        return Ok(());
    };
    let message =
        format!("both slots of the user of `{name}` are taken: {} is the other key", other.access_key_id);
    let hint = if other.is_active() {
        "find out what uses it (`awsprof keys list`), make it inactive and delete it".to_owned()
    } else {
        format!("it is inactive: `awsprof keys rotate {name} --finish` deletes it")
    };
    Err(refused("slots-taken", message, hint))
}

/// A key that nobody got to know is deleted again: its secret is lost.
async fn create(
    user: &User,
    before: &[Key],
    watch: &mut (dyn FnMut(Stage) + Send),
) -> Result<Credentials, Failure> {
    let mut observer = |stage| watch(Stage::Net(stage));
    let error = match iam_keys::create(&user.client, user.caller(), &mut observer).await {
        Ok(made) => return Ok(made.value),
        Err(error) => error,
    };
    let maybe = error.status.is_none_or(|status| !(400..500).contains(&status));
    if maybe && let Ok(now) = iam_keys::list(&user.client, user.caller(), &mut observer).await {
        let known = |id: &str| before.iter().any(|key| key.access_key_id == id);
        for key in now.value.iter().filter(|key| !known(&key.id)) {
            let _ = iam_keys::delete(&user.client, user.caller(), &key.id, &mut observer).await;
        }
    }
    Err(error.into())
}

fn put(context: &Context, user: &User, change: &Change, new: &Credentials) -> Result<Written, Failure> {
    let mut secrets = Secrets::default();
    secrets.insert(&user.profile, "aws_secret_access_key", new.secret_access_key.clone());
    files::write_with(context, change, &secrets, true)
}

/// Asks AWS who the key is that stands in the file, until AWS knows.
async fn verified(
    context: &Context,
    user: &User,
    id: &str,
    watch: &mut (dyn FnMut(Stage) + Send),
) -> Result<(), Failure> {
    let estate = Estate::read(&context.world);
    let found = estate.profile(&user.profile).and_then(|profile| profile.credentials());
    let keys = found.filter(|keys| keys.access_key_id == id).ok_or_else(|| {
        Failure::new(Class::File, "overwritten", "another program has changed the file meanwhile")
            .hint("end it and try again")
    })?;
    let caller = Caller { credentials: &keys, endpoint: &user.sts };
    let mut waits = WAITS.into_iter();
    loop {
        let mut observer = |stage| watch(Stage::Net(stage));
        let Err(error) = sts::get_caller_identity(&user.client, caller, &mut observer).await else {
            return Ok(());
        };
        match waits.next().filter(|_| error.kind == Kind::UnknownKey) {
            Some(millis) => {
                watch(Stage::Settling);
                tokio::time::sleep(Duration::from_millis(millis)).await;
            }
            None => return Err(error.into()),
        }
    }
}

/// Everything as before: the file first, because a file must never hold a key that is gone.
async fn back(
    context: &Context,
    user: &User,
    new: &Credentials,
    written: Option<&Written>,
    failure: Failure,
) -> Failure {
    let undone = written.map(|written| {
        let undo = Change::Undo { id: Some(written.id) };
        files::write_with(context, &undo, &Secrets::default(), true)
    });
    let id = &new.access_key_id;
    let (message, hint) = match undone {
        Some(Err(error)) => (
            format!("{}; the file could not be put back: {error}", failure.message),
            format!("it holds the new key {id}, and both keys work; `awsprof undo` puts it back"),
        ),
        undone => match iam_keys::delete(&user.client, user.caller(), id, &mut |_| {}).await {
            Ok(_) => {
                let file = if undone.is_some() { "the file is as it was and " } else { "" };
                let hint = failure.hint.clone().unwrap_or_else(|| "nothing is left of it".to_owned());
                (format!("{}; {file}the new key is deleted", failure.message), hint)
            }
            Err(error) => (
                format!("{}; the new key {id} could not be deleted: {error}", failure.message),
                format!("delete it: `aws iam delete-access-key --access-key-id {id}`"),
            ),
        },
    };
    Failure { message, hint: Some(hint), ..failure }
}

fn still_active(old: &str, error: NetError) -> Failure {
    let failure = Failure::from(error);
    let message = format!(
        "the new key is written and works, but the old one could not be made inactive: {}",
        failure.message
    );
    let hint = format!("`aws iam update-access-key --status Inactive --access-key-id {old}` does it");
    Failure { message, hint: Some(hint), ..failure }
}
