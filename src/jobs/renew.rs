//! Renewing an MFA session: plan, refuse the impossible, ask STS, write the session profile.
//!
//! Everything that can be refused is refused before a request leaves, and the file is opened for writing only when
//! AWS's answer has been believed whole.

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use super::endpoints::{Route, Service};
use super::{Class, Context, Failure, Stage};
use crate::aws::profile::Estate;
use crate::aws::secret::{Credentials, Secret};
use crate::aws::session::{self, Target};
use crate::aws::store;
use crate::net::sts::{Caller, Mfa};
use crate::net::{Client, iam, sts};

/// GetSessionToken's limits in seconds (STS API reference).
const SHORTEST: i64 = 900;
const LONGEST: i64 = 129_600;

/// What to renew and how.
#[derive(Clone, Debug, Default)]
pub struct RenewRequest {
    pub profile: String,
    /// Six digits from the device.
    pub code: Option<Secret>,
    /// Length of the new session; the context's default otherwise.
    pub duration: Option<SignedDuration>,
    /// The device, when the profile does not name it.
    pub serial: Option<String>,
    /// Another session profile than the rules would choose.
    pub into: Option<String>,
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

/// What a renewal needs from a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Need {
    /// The session is fresh.
    Nothing,
    /// A code of this device (its name, or `your MFA device`).
    Code { device: String },
}

/// Says whether a renewal would need a code, without asking anybody.
///
/// # Errors
/// A renewal that cannot be: no such profile, no long-term keys, a duration out of range.
pub fn renewal_need(context: &Context, request: &RenewRequest) -> Result<Need, Failure> {
    let estate = store::settled(&context.world, &context.store())?;
    let target = plan(context, &estate, request)?;
    seconds(context, request)?;
    if fresh(context, &target, request).is_some() {
        return Ok(Need::Nothing);
    }
    Ok(Need::Code { device: target.serial.unwrap_or_else(|| "your MFA device".to_owned()) })
}

/// Renews the MFA session of a profile.
///
/// # Errors
/// What the rules, AWS or the files refuse; nothing is written then.
pub async fn renew(
    context: &Context,
    request: &RenewRequest,
    watch: &mut (dyn FnMut(Stage) + Send),
) -> Result<Renewed, Failure> {
    let estate = store::settled(&context.world, &context.store())?;
    let target = plan(context, &estate, request)?;
    let seconds = seconds(context, request)?;
    if let Some(renewed) = fresh(context, &target, request) {
        return Ok(renewed);
    }
    let code = six_digits(request.code.as_ref())?;
    let mut asker = Asker::new(context, &estate, &target)?;
    let session = asker.session(code, seconds, watch).await?;
    let requests = asker.requests;
    watch(Stage::Writing);
    store::write_session(&context.world, &context.store(), &target, &session)?;
    Ok(Renewed {
        profile: target.long_term,
        session_profile: target.session_profile,
        access_key_id: session.access_key_id,
        expires_at: session.expires_at,
        renewed: true,
        requests,
    })
}

fn plan(context: &Context, estate: &Estate, request: &RenewRequest) -> Result<Target, Failure> {
    let set = context.session_profiles.get(&request.profile).map(String::as_str);
    let into = request.into.as_deref().or(set);
    Ok(Target::plan(estate, &request.profile, into, request.serial.as_deref())?)
}

/// The length asked for, in seconds, if AWS would grant it.
fn seconds(context: &Context, request: &RenewRequest) -> Result<u32, Failure> {
    let asked = request.duration.unwrap_or(context.duration).as_secs();
    let too = |what: &str| {
        Failure::new(
            Class::Guard,
            "duration",
            format!("a session of {asked} s is too {what} for GetSessionToken"),
        )
        .hint("choose a duration from 15m to 36h")
    };
    match asked {
        ..SHORTEST => Err(too("short")),
        SHORTEST..=LONGEST => u32::try_from(asked).map_err(|_| too("long")),
        _ => Err(too("long")),
    }
}

/// The session that is already there, if it is fresh and need not be renewed.
fn fresh(context: &Context, target: &Target, request: &RenewRequest) -> Option<Renewed> {
    let (access_key_id, expires_at) = target.current.clone()?;
    if request.force || !session::is_fresh(expires_at, context.world.now()) {
        return None;
    }
    Some(Renewed {
        profile: target.long_term.clone(),
        session_profile: target.session_profile.clone(),
        access_key_id,
        expires_at,
        renewed: false,
        requests: 0,
    })
}

/// AWS takes exactly six digits; anything else would only cost a request.
fn six_digits(code: Option<&Secret>) -> Result<&Secret, Failure> {
    let code = code.ok_or_else(|| {
        Failure::new(Class::Guard, "no-code", "an MFA code is needed")
            .hint("type the six digits your device shows")
    })?;
    let text = code.expose();
    if text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(code);
    }
    Err(Failure::new(Class::Guard, "bad-code", "an MFA code is exactly six digits: nothing was sent")
        .hint("type the six digits your device shows"))
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

    async fn session(
        &mut self,
        code: &Secret,
        seconds: u32,
        watch: &mut (dyn FnMut(Stage) + Send),
    ) -> Result<Credentials, Failure> {
        let serial = match &self.target.serial {
            Some(serial) => serial.clone(),
            None => self.only_device(watch).await?,
        };
        let endpoint = self.route.endpoint(Service::Sts, Some(&serial))?;
        let caller = Caller { credentials: &self.target.credentials, endpoint: &endpoint };
        let mfa = Some(Mfa { serial: &serial, code });
        let mut observer = |stage| watch(Stage::Net(stage));
        let answer = sts::get_session_token(&self.client, caller, seconds, mfa, &mut observer).await?;
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
        match &answer.value[..] {
            [device] => Ok(device.clone()),
            [] => Err(unknown("the user has none".to_owned())),
            many => Err(unknown(format!("the user has {}: {}", many.len(), many.join(", ")))),
        }
    }
}
