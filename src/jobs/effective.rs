//! A profile's effective credentials, as the contract means them for `export`, `exec` and `whoami`.
//!
//! An IAM user with an MFA device acts with its MFA session, and so does a session profile; a role that wants a code
//! is taken with the session of the user it rests on. Any other profile gives what AWS CLI v2's chain yields.
//!
//! [`at_hand`] looks at the files alone: no socket, no runtime, no prompt. What it cannot answer it names as data
//! ([`AtHand`]), and whoever asked decides whether a person may be bothered or the network used.

use jiff::SignedDuration;

use super::probe::{Asking, Prober};
use super::role::{self, Role};
use super::{Class, Context, Failure, RenewRequest, Renewed, guard};
use crate::aws::chain::trace::{Link, LinkReport, Trace, Verdict};
use crate::aws::chain::{self, Facts, Resolution, Selection, limits};
use crate::aws::overview::Kind;
use crate::aws::profile::Estate;
use crate::aws::secret::Credentials;
use crate::aws::session::{self, Target};

/// Whose credentials are wanted, and which.
#[derive(Clone, Debug, Default)]
pub struct Wish {
    /// The environment decides without one.
    pub profile: Option<String>,
    /// The long-term keys instead of the MFA session.
    pub no_session: bool,
    /// A session with less than this to live does not do.
    pub min_ttl: SignedDuration,
    /// Nor when there is no better one.
    pub insist: bool,
}

/// What the files alone come to.
#[derive(Debug)]
pub enum AtHand {
    /// Here they are.
    Ready(Credentials),
    /// A session is missing, over, or too short.
    Stale(Box<Stale>),
    /// A role to be taken.
    Role(Box<Role>),
    /// The chain has to ask a process or the network: [`asked`].
    Ask(Selection),
}

/// A session that does not do.
#[derive(Debug)]
pub struct Stale {
    /// Makes a new one, once a code is there; `None` where awsprof cannot.
    pub renewal: Option<RenewRequest>,
    /// The session as it is, while it still lives.
    pub left: Option<Credentials>,
    /// What is wrong with it.
    pub why: Failure,
}

/// What can be said without asking anybody.
///
/// # Errors
/// No such profile, no credentials, a cycle of commands.
pub fn at_hand(context: &Context, estate: &Estate, wish: &Wish) -> Result<AtHand, Failure> {
    let Some(name) = &wish.profile else { return chained(context, Selection::Environment) };
    guard::check(&context.world.env, name)?;
    let Some(profile) = estate.profile(name) else {
        return if paired(estate, name) {
            Ok(session(context, estate, wish, None))
        } else {
            Err(Failure::no_profile(name))
        };
    };
    let has_device = profile.has("mfa_serial") || profile.has("aws_mfa_device");
    match profile.kind() {
        Kind::Static if wish.no_session => {
            profile.credentials().map(AtHand::Ready).ok_or_else(|| nothing(name))
        }
        Kind::Session if wish.no_session => {
            Ok(AtHand::Ready(Target::plan(estate, name, None, None)?.credentials))
        }
        Kind::Static if has_device => Ok(session(context, estate, wish, None)),
        Kind::Session => Ok(session(context, estate, wish, None)),
        Kind::Empty if paired(estate, name) => Ok(session(context, estate, wish, None)),
        Kind::AssumeRole => {
            role::used(context, estate, name);
            role::at_hand(context, estate, name, wish.min_ttl)
        }
        Kind::CredentialSource | Kind::Sso => match role::kept(context, estate, name) {
            Some(keys) if role::left(context, &keys) >= wish.min_ttl => {
                role::used(context, estate, name);
                Ok(AtHand::Ready(keys))
            }
            _ => chained(context, Selection::Explicit(name.clone())),
        },
        _ => chained(context, Selection::Explicit(name.clone())),
    }
}

/// What AWS CLI v2's chain yields when it may run processes and use the network.
///
/// # Errors
/// The chain's own reason why there are none.
pub async fn asked(context: &Context, selection: &Selection) -> Result<Credentials, Failure> {
    let mut prober = Prober::of(context);
    let Resolution { trace, needs, .. } = prober.resolve_now(chain::own(), selection);
    if let Some(refused) =
        trace.warnings.iter().find(|warning| needs.is_some() && warning.code == limits::CODE)
    {
        return Err(Failure::new(Class::Guard, refused.code, refused.message.as_str())
            .hint("correct duration_seconds; nothing was sent"));
    }
    let Resolution { trace, credentials, .. } = prober.resolve(chain::own(), selection, Asking::Links).await;
    credentials.ok_or_else(|| stopped(trace))
}

/// The session that a renewal has just stored.
///
/// # Errors
/// Somebody removed it in between.
pub fn stored(context: &Context, renewed: &Renewed) -> Result<Credentials, Failure> {
    let name = &renewed.session_profile;
    held(&Estate::read(&context.world), name).ok_or_else(|| nothing(name))
}

/// The MFA session of the wished profile, on `device` if that is known from elsewhere.
pub(super) fn session(context: &Context, estate: &Estate, wish: &Wish, device: Option<&str>) -> AtHand {
    let name = wish.profile.as_deref().unwrap_or("default");
    let into = context.session_profile(name);
    let target = Target::plan(estate, name, into.as_deref(), device).ok();
    let holder = target.as_ref().map_or(name, |target| &target.session_profile);
    let (left, why) = match held(estate, holder) {
        None => (None, "does not exist yet".to_owned()),
        Some(keys) => match keys.expires_at.map(|at| (at, at.duration_since(context.world.now()))) {
            None => return AtHand::Ready(keys),
            Some((at, left)) if !left.is_positive() => (None, format!("expired at {at}")),
            Some((_, left)) if left >= wish.min_ttl => return AtHand::Ready(keys),
            Some((at, _)) => (Some(keys), format!("ends at {at}, too soon")),
        },
    };
    let renewal = target.map(|target| RenewRequest {
        profile: name.to_owned(),
        serial: target.serial,
        min_ttl: Some(wish.min_ttl),
        ..RenewRequest::default()
    });
    let message = format!("the MFA session of `{name}` {why}");
    let why = Failure::new(Class::Refused, "no-session", message)
        .hint(format!("`awsprof renew {name}` makes a new one; --no-session uses the long-term keys"));
    AtHand::Stale(Box::new(Stale { renewal, left, why }))
}

/// The session a profile holds, with its expiry.
fn held(estate: &Estate, name: &str) -> Option<Credentials> {
    let profile = estate.profile(name)?;
    let keys = profile.credentials().filter(Credentials::is_session)?;
    Some(Credentials { expires_at: session::expiry(&profile), ..keys })
}

/// Whether it is, or would be, the session profile of long-term keys.
fn paired(estate: &Estate, name: &str) -> bool {
    session::long_term_of(estate, name).is_some()
}

/// What the chain yields from files and environment alone.
fn chained(context: &Context, selection: Selection) -> Result<AtHand, Failure> {
    let Resolution { trace, credentials, needs, .. } = settled(context, &selection);
    match credentials {
        Some(keys) => Ok(AtHand::Ready(keys)),
        None if needs.is_some() => Ok(AtHand::Ask(selection)),
        None => Err(stopped(trace)),
    }
}

/// AWS CLI v2's chain as far as it is known without asking.
pub(super) fn settled(context: &Context, selection: &Selection) -> Resolution {
    chain::settle(&context.world, &mut Facts::of(&context.world), chain::own(), selection)
}

/// [`unresolved`] for a chain that was gone through: where Identity Center was asked in vain, a sign-in is missing.
fn stopped(trace: Trace) -> Failure {
    let in_vain = |link: &LinkReport| {
        link.link == Link::Sso && matches!(link.verdict, Verdict::Expired | Verdict::Failed)
    };
    let signed_out = trace.links.iter().any(in_vain);
    let failure = unresolved(trace.error);
    if !signed_out || failure.class != Class::Refused {
        return failure;
    }
    failure.hint(format!("`awsprof login {0}` signs in; `awsprof chain {0}` shows every link", trace.profile))
}

/// The chain's own words, with what to do about them.
#[must_use]
pub fn unresolved(error: Option<String>) -> Failure {
    let words = error.unwrap_or_else(|| "no link of the chain has credentials".to_owned());
    if guard::refused(&words) {
        return guard::failure(words);
    }
    Failure::new(Class::Refused, "no-credentials", words)
        .hint("`awsprof chain` shows every link and its reason")
}

fn nothing(name: &str) -> Failure {
    Failure::new(Class::Refused, "no-credentials", format!("`{name}` has no credentials of its own"))
        .hint(format!("`awsprof chain {name}` shows every link and its reason"))
}
