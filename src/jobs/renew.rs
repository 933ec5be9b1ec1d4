//! Renewing an MFA session: plan, refuse the impossible, ask STS, write the session profile.
//!
//! Everything that can be refused is refused before a request leaves, and the file is opened for writing only when
//! AWS's answer has been believed whole. Whoever renews holds the session's lock ([`super::flight`]) from the last look
//! at the files to the write, the question for the code included: a hundred processes ask once.

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use super::code::{self, Codes, Wanted};
use super::endpoints::{Route, Service};
use super::{Class, Context, Failure, Stage, flight, possible, settled, turn};
use crate::aws::profile::Estate;
use crate::aws::secret::Credentials;
use crate::aws::session::{FRESH, Target};
use crate::aws::store;
use crate::net::sts::{Caller, Mfa};
use crate::net::{Client, NetError, iam, sts};

/// What to renew and how.
#[derive(Clone, Debug, Default)]
pub struct RenewRequest {
    pub profile: String,
    /// Length of the new session; the context's default otherwise.
    pub duration: Option<SignedDuration>,
    /// The device, when the profile does not name it.
    pub serial: Option<String>,
    /// Another session profile than the rules would choose.
    pub into: Option<String>,
    /// A session with at least this long to live is left as it is; [`FRESH`] otherwise.
    pub min_ttl: Option<SignedDuration>,
    /// Renew although the session is fresh.
    pub force: bool,
}

/// A session profile that is good now (contract, `renew --json`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Renewed {
    pub profile: String,
    pub session_profile: String,
    pub access_key_id: String,
    pub expires_at: Option<Timestamp>,
    /// `false` when a fresh session was already there.
    pub renewed: bool,
    /// How many requests were sent to AWS.
    pub requests: u32,
}

/// Renews the MFA session of a profile; `codes` is asked when a code turns out to be needed.
///
/// # Errors
/// What the rules, AWS or the files refuse; nothing is written then.
pub async fn renew(
    context: &Context,
    request: &RenewRequest,
    codes: Codes<'_>,
    watch: &mut (dyn FnMut(Stage) + Send),
) -> Result<Renewed, Failure> {
    let first = settled::look(context, |estate| Planned::of(context, request, estate))?;
    if let Some(renewed) = first.fresh(context, request.force) {
        return Ok(renewed);
    }
    let key = &first.target.credentials.access_key_id;
    let words = ["session", key, first.target.serial.as_deref().unwrap_or_default()];
    let flight = flight::enter(context, &words, watch).await?;
    let estate = store::settled(&context.world, &context.store())?;
    let planned = Planned::of(context, request, &estate)?;
    // One that somebody else made since the first look is as good as ours would be, whoever insists.
    if let Some(renewed) = planned.fresh(context, request.force && planned.current() == first.current()) {
        return Ok(renewed);
    }
    let made = planned.made(context, &estate, codes, watch).await;
    drop(flight);
    made
}

/// A renewal that is possible as far as the files tell.
struct Planned {
    target: Target,
    /// Of the new session.
    seconds: u32,
    /// What a session must have left to be left as it is.
    min_ttl: SignedDuration,
}

impl Planned {
    fn of(context: &Context, request: &RenewRequest, estate: &Estate) -> Result<Self, Failure> {
        let into = request.into.clone().or_else(|| context.session_profile(&request.profile));
        let target = Target::plan(estate, &request.profile, into.as_deref(), request.serial.as_deref())?;
        store::readable(estate, &[&target.long_term, &target.session_profile])?;
        possible::device(estate, &target)?;
        let seconds = possible::session_length(request.duration, context.duration, target.serial.as_deref())?;
        Ok(Self { target, seconds, min_ttl: request.min_ttl.unwrap_or(FRESH) })
    }

    /// The access key id of the session that is there.
    fn current(&self) -> Option<&str> {
        self.target.current.as_ref().map(|(id, _)| id.as_str())
    }

    /// The session that is already there, if it lasts and nobody insists on another.
    fn fresh(&self, context: &Context, force: bool) -> Option<Renewed> {
        let (access_key_id, expires_at) = self.target.current.clone()?;
        let left = expires_at?.duration_since(context.world.now());
        (left >= self.min_ttl && !force).then(|| self.renewed(access_key_id, expires_at, 0))
    }

    fn renewed(&self, access_key_id: String, expires_at: Option<Timestamp>, requests: u32) -> Renewed {
        Renewed {
            profile: self.target.long_term.clone(),
            session_profile: self.target.session_profile.clone(),
            access_key_id,
            expires_at,
            renewed: requests > 0,
            requests,
        }
    }

    /// Asks for the code and for the session, and writes it.
    async fn made(
        &self,
        context: &Context,
        estate: &Estate,
        codes: Codes<'_>,
        watch: &mut (dyn FnMut(Stage) + Send),
    ) -> Result<Renewed, Failure> {
        let target = &self.target;
        let wanted = Wanted { profile: &target.long_term, serial: target.serial.as_deref() };
        let mut given = code::given(wanted, &mut *codes)?;
        let mut asker = Asker::new(context, estate, target)?;
        let serial = asker.serial(watch).await?;
        let wanted = Wanted { serial: Some(&serial), ..wanted };
        let mut corrected = false;
        let session = loop {
            let had = code::had(context, estate, wanted, given.take(), &mut *codes, watch).await?;
            let mfa = Mfa { serial: &serial, code: &had.code };
            let error = match asker.session(mfa, self.seconds, watch).await {
                Ok(session) => break session,
                Err(error) => error,
            };
            // By the right clock it is another code, and that one has its turn once.
            let Some(by) = had.explained(&error, context.skew.get()).filter(|_| !corrected) else {
                turn::give_back(context, &serial, &had.code, error.kind);
                return Err(had.refused(error));
            };
            context.skew.set(by);
            watch(Stage::CodeCorrected { by });
            corrected = true;
        };
        watch(Stage::Writing);
        store::write_session(&context.world, &context.store(), target, &session)?;
        Ok(self.renewed(session.access_key_id, session.expires_at, asker.requests))
    }
}

/// The long-term keys asking AWS, counting requests.
struct Asker<'a> {
    route: Route<'a>,
    client: Client,
    target: &'a Target,
    requests: u32,
}

impl<'a> Asker<'a> {
    fn new(context: &'a Context, estate: &'a Estate, target: &'a Target) -> Result<Self, Failure> {
        let route = Route { estate, env: &context.world.env, profile: &target.long_term };
        Ok(Self { route, client: route.client(&context.world)?, target, requests: 0 })
    }

    /// The device the code must be of.
    async fn serial(&mut self, watch: &mut (dyn FnMut(Stage) + Send)) -> Result<String, Failure> {
        match &self.target.serial {
            Some(serial) => Ok(serial.clone()),
            None => self.only_device(watch).await,
        }
    }

    async fn session(
        &mut self,
        mfa: Mfa<'_>,
        seconds: u32,
        watch: &mut (dyn FnMut(Stage) + Send),
    ) -> Result<Credentials, NetError> {
        let endpoint = self.route.endpoint(Service::Sts, Some(mfa.serial))?;
        let caller = Caller { credentials: &self.target.credentials, endpoint: &endpoint };
        let mut observer = |stage| watch(Stage::Net(stage));
        let answer = sts::get_session_token(&self.client, caller, seconds, Some(mfa), &mut observer).await;
        let answer = answer.inspect_err(|error| self.requests += error.requests)?;
        self.requests += answer.requests;
        Ok(answer.value)
    }

    /// The user's device, where AWS lists exactly one.
    async fn only_device(&mut self, watch: &mut (dyn FnMut(Stage) + Send)) -> Result<String, Failure> {
        let endpoint = self.route.endpoint(Service::Iam, None)?;
        let caller = Caller { credentials: &self.target.credentials, endpoint: &endpoint };
        let mut observer = |stage| watch(Stage::Net(stage));
        let unknown = |why: String| {
            let message = format!("no MFA device is known for `{}`: {why}", self.target.long_term);
            Failure::new(Class::Guard, "no-device", message)
                .hint("name it with --serial ARN, or with mfa_serial in the profile")
        };
        let answer = iam::list_mfa_devices(&self.client, caller, &mut observer).await;
        let answer = answer.map_err(|error| unknown(format!("AWS was asked and answered: {error}")))?;
        self.requests += answer.requests;
        let usable: Vec<_> = answer.value.iter().filter(|serial| !possible::is_fido(serial)).collect();
        match &usable[..] {
            [device] => Ok((*device).clone()),
            [] if !answer.value.is_empty() => Err(unknown(
                "the user has FIDO security keys only, which AWS takes in a browser only".to_owned(),
            )),
            [] => Err(unknown("the user has none".to_owned())),
            many => {
                let names: Vec<&str> = many.iter().map(|serial| serial.as_str()).collect();
                Err(unknown(format!("the user has {}: {}", many.len(), names.join(", "))))
            }
        }
    }
}
