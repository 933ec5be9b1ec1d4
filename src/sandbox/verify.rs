//! Who signed a request, if the signature is good: AWS's checks, in its order and its words.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::canonical::{Arrived, Scope, signature};
use super::form;
use super::state::{Caller, Principal, State};
use super::xml::Refused;

/// How far a clock may be off (five minutes).
const WINDOW: SignedDuration = SignedDuration::from_mins(5);
/// The longest a presigned URL may live (a week).
const LONGEST: i64 = 604_800;

/// What a request says about its own signature.
#[derive(Debug)]
struct Claim {
    key_id: String,
    day: String,
    region: String,
    service: String,
    signed: Vec<String>,
    signature: String,
    time: String,
    token: Option<String>,
    /// Of a presigned URL, in seconds.
    expires: Option<i64>,
}

/// The key id a request claims, signed or not.
#[must_use]
pub fn claimed_key(request: &Arrived) -> Option<String> {
    claim(request).ok().map(|claim| claim.key_id)
}

/// Checks everything.
///
/// # Errors
/// AWS's refusal.
pub fn verify(state: &State, request: &Arrived, service: &str) -> Result<Caller, Refused> {
    let claim = claim(request)?;
    check_coverage(&claim, request)?;
    let (secret, caller) = look_up(state, &claim)?;
    check_scope(state, &claim, service)?;
    check_time(&claim, state.clock.now())?;
    let signed: Vec<&str> = claim.signed.iter().map(String::as_str).collect();
    let scope = Scope { time: &claim.time, region: &claim.region, service: &claim.service };
    if signature(&secret, scope, &request.canonical(&signed, true)) != claim.signature {
        return Err(mismatch(
            "The request signature we calculated does not match the signature you provided. Check your AWS Secret \
             Access Key and signing method. Consult the service documentation for details.",
        ));
    }
    Ok(caller)
}

/// Reads `Authorization`, else the query.
fn claim(request: &Arrived) -> Result<Claim, Refused> {
    let query = form::decode(&request.query);
    let (fields, presigned) = match request.header("authorization") {
        Some(header) => (from_header(&header)?, false),
        None if form::get(&query, "X-Amz-Algorithm").is_some() => (query, true),
        None => {
            return Err(Refused::new(
                403,
                "MissingAuthenticationToken",
                "Request is missing Authentication Token",
            ));
        }
    };
    let get = |name: &str| form::get(&fields, name).map(str::to_owned).ok_or_else(|| incomplete(name));
    let header = |name: &str| request.header(name);
    let credential = get("X-Amz-Credential")?;
    let parts: Vec<&str> = credential.split('/').collect();
    let [key_id, day, region, service, "aws4_request"] = parts[..] else {
        return Err(incomplete("Credential"));
    };
    let time = if presigned { get("X-Amz-Date").ok() } else { header("x-amz-date") };
    let token = get("X-Amz-Security-Token").ok().or_else(|| header("x-amz-security-token"));
    let expires = if presigned { Some(get("X-Amz-Expires")?) } else { None };
    Ok(Claim {
        key_id: key_id.to_owned(),
        day: day.to_owned(),
        region: region.to_owned(),
        service: service.to_owned(),
        signed: get("X-Amz-SignedHeaders")?.split(';').map(str::to_owned).collect(),
        signature: get("X-Amz-Signature")?,
        time: time.ok_or_else(|| incomplete("X-Amz-Date"))?,
        token,
        expires: expires.map(|text| text.parse().map_err(|_| incomplete("X-Amz-Expires"))).transpose()?,
    })
}

/// `AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…` under the names the query uses.
fn from_header(header: &str) -> Result<Vec<(String, String)>, Refused> {
    let rest = header.strip_prefix("AWS4-HMAC-SHA256 ").ok_or_else(|| incomplete("algorithm"))?;
    let pairs = rest.split(',').filter_map(|part| part.trim().split_once('='));
    Ok(pairs.map(|(name, value)| (format!("X-Amz-{name}"), value.to_owned())).collect())
}

/// The signature must cover `host` and every `x-amz-` header that is there.
fn check_coverage(claim: &Claim, request: &Arrived) -> Result<(), Refused> {
    let must = |name: &str| name == "host" || name.starts_with("x-amz-");
    let covered = |name: &str| claim.signed.iter().any(|signed| signed == name);
    let names = request.headers.iter().map(|(name, _)| name.as_str()).chain(["host"]);
    match names.into_iter().find(|name| must(name) && !covered(name)) {
        Some(name) => {
            let message = format!("'{name}' must be a 'SignedHeader' in the AWS Authorization.");
            Err(Refused::new(400, "IncompleteSignature", message))
        }
        None => Ok(()),
    }
}

/// The secret of the claimed key and who it acts as.
fn look_up(state: &State, claim: &Claim) -> Result<(String, Caller), Refused> {
    let unknown = || {
        Refused::new(403, "InvalidClientTokenId", "The security token included in the request is invalid.")
    };
    if let Some(key) = state.key(&claim.key_id) {
        let caller = Caller { principal: Principal::User(key.user.clone()), session: false, mfa: false };
        return if claim.token.is_some() { Err(unknown()) } else { Ok((key.secret.clone(), caller)) };
    }
    let session = state.session(&claim.key_id).ok_or_else(unknown)?;
    if claim.token.as_ref() != Some(&session.token) {
        return Err(unknown());
    }
    if session.expires_at <= state.clock.now() {
        let message = "The security token included in the request is expired";
        return Err(Refused::new(403, "ExpiredToken", message));
    }
    let caller = Caller { principal: session.principal.clone(), session: true, mfa: session.mfa };
    Ok((session.secret_access_key.clone(), caller))
}

fn check_scope(state: &State, claim: &Claim, service: &str) -> Result<(), Refused> {
    // IAM too takes them all: with an endpoint set by hand botocore signs it for the profile's region.
    if !state.cast.regions.contains(&claim.region.as_str()) {
        return Err(mismatch("Credential should be scoped to a valid region."));
    }
    if claim.service != service {
        return Err(mismatch(format!("Credential should be scoped to correct service: '{service}'.")));
    }
    Ok(())
}

/// The time is a time, its day is the scope's, and it is near enough.
fn check_time(claim: &Claim, now: Timestamp) -> Result<(), Refused> {
    let signed_at = moment(&claim.time).ok_or_else(|| incomplete("X-Amz-Date"))?;
    let (day, time) = (&claim.day, &claim.time);
    if time.get(..8) != Some(day) {
        return Err(mismatch(format!(
            "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '{day}' != \
             '{}', from '{time}'.",
            time.get(..8).unwrap_or_default()
        )));
    }
    let lifetime = match claim.expires {
        Some(seconds) if (1..=LONGEST).contains(&seconds) => SignedDuration::from_secs(seconds),
        Some(_) => return Err(incomplete("X-Amz-Expires")),
        None => WINDOW,
    };
    let off = now.duration_since(signed_at);
    if off > lifetime {
        let limit = stamp(now.saturating_sub(lifetime).unwrap_or(now));
        let (now, minutes) = (stamp(now), lifetime.as_mins());
        return Err(mismatch(format!(
            "Signature expired: {time} is now earlier than {limit} ({now} - {minutes} min.)"
        )));
    }
    if -off > WINDOW {
        let limit = stamp(now.saturating_add(WINDOW).unwrap_or(now));
        let now = stamp(now);
        return Err(mismatch(format!(
            "Signature not yet current: {time} is still later than {limit} ({now} + 5 min.)"
        )));
    }
    Ok(())
}

fn moment(text: &str) -> Option<Timestamp> {
    let at = DateTime::strptime("%Y%m%dT%H%M%SZ", text).ok()?;
    Some(at.to_zoned(TimeZone::UTC).ok()?.timestamp())
}

fn stamp(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

fn mismatch(message: impl Into<String>) -> Refused {
    Refused::new(403, "SignatureDoesNotMatch", message)
}

fn incomplete(what: &str) -> Refused {
    Refused::new(400, "IncompleteSignature", format!("Authorization header requires '{what}' parameter."))
}

#[cfg(test)]
mod tests;
