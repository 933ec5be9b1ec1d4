//! Getting effective credentials where the files alone do not have them: a session is renewed, a role is taken, the chain
//! is asked.
//!
//! Sessions and roles are made under their lock, and looked for once more when it is held: of many processes that want
//! the same one, one asks. A role's lock is taken before that of the session it rests on, never after.

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use super::code::Codes;
use super::effective::{self, AtHand, Stale, Wish};
use super::role::{self, Role};
use super::{Class, Context, Failure, Stage, flight, renew, settled};
use crate::aws::chain::Selection;
use crate::aws::overview::Kind;
use crate::aws::profile::Estate;
use crate::aws::secret::Credentials;
use crate::aws::session::FRESH;
use crate::aws::store;

/// Gets what a wish means. Without `codes` nobody is bothered: a session that still lives must do.
///
/// # Errors
/// No such profile, no credentials, a code that cannot be had, a refusal by AWS.
pub async fn obtain(
    context: &Context,
    wish: &Wish,
    codes: Option<Codes<'_>>,
    watch: &mut (dyn FnMut(Stage) + Send),
) -> Result<Credentials, Failure> {
    let found = settled::look(context, |estate| effective::at_hand(context, estate, wish))?;
    let mut getting = Getting { context, codes, watch, requests: 0 };
    getting.get(found, Lasting { min_ttl: wish.min_ttl, insist: wish.insist }).await
}

/// Which role to take, and how.
#[derive(Clone, Debug, Default)]
pub struct AssumeRequest {
    pub profile: String,
    /// Length of the new session; the profile's `duration_seconds` otherwise.
    pub duration: Option<SignedDuration>,
    /// Take it although the cached session is fresh.
    pub force: bool,
    /// Nobody has asked for it yet: a cached session with less than this is too short, and nobody is bothered.
    pub ahead: Option<SignedDuration>,
}

/// A role's session that is good now (contract, `assume --json`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Assumed {
    pub profile: String,
    /// Always null: a role's session is in the cache, not in a profile.
    pub session_profile: Option<String>,
    pub access_key_id: String,
    pub expires_at: Option<Timestamp>,
    /// `false` when a fresh session was already there.
    pub renewed: bool,
    /// How many requests were sent to AWS.
    pub requests: u32,
}

/// Takes a role into the cache.
///
/// # Errors
/// As [`obtain`]; a profile that is no role.
pub async fn assume(
    context: &Context,
    request: &AssumeRequest,
    codes: Option<Codes<'_>>,
    watch: &mut (dyn FnMut(Stage) + Send),
) -> Result<Assumed, Failure> {
    let estate = Estate::read(&context.world);
    let name = request.profile.as_str();
    let profile = estate.profile(name).ok_or_else(|| Failure::no_profile(name))?;
    match profile.kind() {
        Kind::AssumeRole => {}
        Kind::CredentialSource => return of_the_machine(context, request, &estate, watch).await,
        _ => {
            let message = format!("`{name}` is no role");
            return Err(Failure::new(Class::Guard, "not-a-role", message)
                .hint(format!("`awsprof renew {name}` renews the MFA session of an IAM user")));
        }
    }
    role::length(&estate, name, request.duration)?;
    let mut getting = Getting { context, codes, watch, requests: 0 };
    let min_ttl = request.ahead.unwrap_or(FRESH);
    let found = role::at_hand(context, &estate, name, min_ttl)?;
    let keys = match found {
        AtHand::Ready(keys) if !request.force => keys,
        AtHand::Role(role) => getting.role(*role, min_ttl, request).await?,
        AtHand::Ready(keys) => {
            let role = Role { profile: name.to_owned(), left: Some(keys) };
            getting.role(role, min_ttl, request).await?
        }
        other => getting.get(other, Lasting { min_ttl, insist: true }).await?,
    };
    Ok(assumed(name, keys, getting.requests))
}

fn assumed(name: &str, keys: Credentials, requests: u32) -> Assumed {
    Assumed {
        profile: name.to_owned(),
        session_profile: None,
        access_key_id: keys.access_key_id,
        expires_at: keys.expires_at,
        renewed: requests > 0,
        requests,
    }
}

/// A role that rests on the environment, a container or the instance: the chain takes it.
async fn of_the_machine(
    context: &Context,
    request: &AssumeRequest,
    estate: &Estate,
    watch: &mut (dyn FnMut(Stage) + Send),
) -> Result<Assumed, Failure> {
    let name = request.profile.as_str();
    if request.duration.is_some() {
        let message = format!("`{name}` is taken by the chain, which knows no --duration");
        return Err(
            Failure::new(Class::Usage, "duration", message).hint("set duration_seconds in the profile")
        );
    }
    // No session lasts that long: what is kept does not do.
    let least = if request.force { SignedDuration::MAX } else { request.ahead.unwrap_or(FRESH) };
    let wish = Wish { profile: Some(name.to_owned()), min_ttl: least, ..Wish::default() };
    let found = effective::at_hand(context, estate, &wish)?;
    let requests = u32::from(matches!(found, AtHand::Ask(_)));
    let mut getting = Getting { context, codes: None, watch, requests };
    let keys = getting.get(found, Lasting { min_ttl: least, insist: false }).await?;
    Ok(assumed(name, keys, requests))
}

/// How long credentials must last.
#[derive(Clone, Copy)]
struct Lasting {
    min_ttl: SignedDuration,
    /// A person said so: shorter ones do not do.
    insist: bool,
}

struct Getting<'a, 'c, 'w> {
    context: &'a Context,
    codes: Option<Codes<'c>>,
    watch: &'w mut (dyn FnMut(Stage) + Send),
    requests: u32,
}

impl Getting<'_, '_, '_> {
    async fn get(&mut self, found: AtHand, lasting: Lasting) -> Result<Credentials, Failure> {
        match found {
            AtHand::Ready(keys) => Ok(keys),
            AtHand::Ask(selection) => self.asked(&selection, lasting).await,
            AtHand::Stale(stale) => self.session(*stale, lasting).await,
            AtHand::Role(role) => {
                let estate = Estate::read(&self.context.world);
                let longest = role::length(&estate, &role.profile, None)?;
                let longest = longest.map_or(role::USUAL, |secs| SignedDuration::from_secs(secs.into()));
                can_last(lasting, longest, "duration_seconds of the role")?;
                let (left, request) = (role.left.clone(), AssumeRequest::default());
                let made = self.role(*role, lasting.min_ttl, &request).await;
                self.or_left(made, left, lasting)
            }
        }
    }

    /// What the chain yields. The session of a role without a profile behind it is kept as any other role's.
    async fn asked(&mut self, selection: &Selection, lasting: Lasting) -> Result<Credentials, Failure> {
        let (context, env) = (self.context, &self.context.world.env);
        let Selection::Explicit(name) = selection else { return effective::asked(context, selection).await };
        let Some(key) = store::role_key(env, &Estate::read(&context.world), name) else {
            return effective::asked(context, selection).await;
        };
        let _flight = flight::enter(context, &["role", &key], self.watch).await?;
        let kept = store::cached_role(&context.cache, &key, context.world.now());
        if let Some(keys) = kept.filter(|keys| role::left(context, keys) >= lasting.min_ttl) {
            return Ok(keys);
        }
        let keys = effective::asked(context, selection).await?;
        store::cache_role(&context.cache, &key, &keys, (context.world.now(), false))?;
        Ok(keys)
    }

    /// A new MFA session.
    async fn session(&mut self, stale: Stale, lasting: Lasting) -> Result<Credentials, Failure> {
        let Stale { renewal, left, why } = stale;
        let (Some(renewal), Some(codes)) = (renewal, self.codes.as_mut()) else {
            return left.filter(|_| !lasting.insist).ok_or(why);
        };
        can_last(lasting, self.context.duration, "session.duration in awsprof's config.toml")?;
        let made = match renew::renew(self.context, &renewal, &mut **codes, self.watch).await {
            Ok(renewed) => {
                self.requests += renewed.requests;
                effective::stored(self.context, &renewed)
            }
            Err(failure) => Err(failure),
        };
        self.or_left(made, left, lasting)
    }

    /// One that still lives will do instead, unless a person said how long it must last.
    fn or_left(
        &mut self,
        made: Result<Credentials, Failure>,
        left: Option<Credentials>,
        lasting: Lasting,
    ) -> Result<Credentials, Failure> {
        made.or_else(|failure| match left.filter(|_| !lasting.insist) {
            Some(keys) => {
                let ends = keys.expires_at.map(|at| format!(" that ends at {at}")).unwrap_or_default();
                (self.watch)(Stage::Kept(format!("a session{ends} was not renewed: {}", failure.message)));
                Ok(keys)
            }
            None => Err(failure),
        })
    }

    /// A role taken anew, unless somebody else has just done it.
    async fn role(
        &mut self,
        role: Role,
        min_ttl: SignedDuration,
        request: &AssumeRequest,
    ) -> Result<Credentials, Failure> {
        let (context, name) = (self.context, role.profile.as_str());
        let key = store::role_key(&context.world.env, &Estate::read(&context.world), name);
        let words = ["role", key.as_deref().unwrap_or(name)];
        let flight = flight::enter(context, &words, self.watch).await?;
        let estate = Estate::read(&context.world);
        let before = role.left.map(|keys| keys.access_key_id);
        let lasts = |keys: &Credentials| role::left(context, keys) >= min_ttl;
        let kept = role::kept(context, &estate, name).filter(lasts);
        if let Some(keys) = kept.filter(|keys| !request.force || before.as_ref() != Some(&keys.access_key_id))
        {
            return Ok(keys);
        }
        let source = role::source(context, &estate, name)?;
        let seconds = role::length(&estate, name, request.duration)?;
        let keys = Box::pin(self.get(source, Lasting { min_ttl: FRESH, insist: false })).await?;
        let taken = role::taken(context, &estate, name, &keys, seconds, self.watch).await?;
        self.requests += taken.requests;
        let session = taken.value.credentials;
        if let Some(key) = store::role_key(&context.world.env, &estate, name) {
            let made = (context.world.now(), request.ahead.is_some());
            store::cache_role(&context.cache, &key, &session, made)?;
        }
        drop(flight);
        Ok(session)
    }
}

/// A session shorter than what is asked for would be renewed at every call.
fn can_last(lasting: Lasting, longest: SignedDuration, setting: &str) -> Result<(), Failure> {
    let asked = lasting.min_ttl;
    if !lasting.insist || asked <= longest {
        return Ok(());
    }
    let message = format!("--min-ttl {asked:#} is longer than a new session, which lasts {longest:#}");
    Err(Failure::new(Class::Usage, "min-ttl", message).hint(format!("raise {setting}")))
}
