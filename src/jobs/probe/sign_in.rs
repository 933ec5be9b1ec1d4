//! Renewing a sign-in to Identity Center, by the file protocol of botocore: only when something needs it, once at a
//! time over all processes, and only if nobody else did in the meantime.
//!
//! The right to renew is held over the request: that is what makes twenty processes send one. Other tools do not know
//! our lock, so the file is read again before it is written, and one that is gone (somebody signed out) stays gone.

use std::path::Path;
use std::time::Duration;

use super::ask::{place, words};
use crate::aws::chain::Answer;
use crate::aws::chain::facts::SignedIn;
use crate::aws::chain::probe::SignInAsk;
use crate::aws::sign_in::{self, Issued, PAUSE, Renewal, SignIn};
use crate::aws::store::Shared;
use crate::aws::world::Fs;
use crate::net::endpoint::Service;
use crate::net::{Client, Kind, NetError, oidc};

/// How long a renewal by somebody else is waited for, and how often it is looked at.
const PATIENCE: Duration = Duration::from_secs(20);
const GLANCE: Duration = Duration::from_millis(20);

/// A token that is good: renewed here, by somebody else, or not yet due after all.
pub(in crate::jobs) async fn renewed(client: &Client, ask: &SignInAsk) -> Answer {
    if matches!(client.world().fs, Fs::Memory(_)) {
        return Answer::Failed("a sign-in in memory is not renewed".to_owned());
    }
    let answer = match taken(&ask.file).await {
        Ok(shared) => renew(client, ask, shared).await,
        Err(why) => Err(why),
    };
    answer.map_or_else(Answer::Failed, Answer::SignIn)
}

/// The right to renew what a file holds, once whoever has it lets go.
pub(in crate::jobs) async fn taken(file: &Path) -> Result<Shared, String> {
    match tokio::time::timeout(PATIENCE, take(file)).await {
        Ok(Ok(shared)) => Ok(shared),
        Ok(Err(error)) => Err(format!("it cannot be locked: {error}")),
        Err(_) => Err("another awsprof is renewing it and does not come to an end".to_owned()),
    }
}

async fn take(file: &Path) -> std::io::Result<Shared> {
    loop {
        match Shared::try_take_in(file)? {
            Some(shared) => return Ok(shared),
            None => tokio::time::sleep(GLANCE).await,
        }
    }
}

async fn renew(client: &Client, ask: &SignInAsk, mut shared: Shared) -> Result<SignedIn, String> {
    let now = client.world().now();
    let found = read(client, ask)?;
    if !found.is_due(now) {
        let said = format!("renewed elsewhere, good until {}", found.expires_at);
        return Ok(SignedIn { access_token: found.access_token, expires_at: found.expires_at, said });
    }
    let renewal = found.renewal?;
    if let Some(at) = shared.tried_at().filter(|at| *at <= now && now.duration_since(*at) < PAUSE) {
        return Err(format!("a renewal failed at {at}, and the next try is a minute later"));
    }
    // Before the request: whoever dies in it has tried, too.
    let noted = shared.remember(Some(now));
    noted.map_err(|error| format!("the attempt cannot be noted: {error}"))?;
    let issued = request(client, ask, &renewal).await.map_err(|error| refused(&error, &mut shared))?;
    let said = save(client, ask, &shared, &issued)?;
    let _ = shared.remember(None);
    Ok(SignedIn { access_token: issued.access_token, expires_at: issued.expires_at, said })
}

fn read(client: &Client, ask: &SignInAsk) -> Result<SignIn, String> {
    let bytes = client.world().fs.read(&ask.file).map_err(|error| format!("it cannot be read: {error}"))?;
    let read = SignIn::parse(&bytes, client.world().now());
    read.ok_or_else(|| "the cached sign-in is not complete".to_owned())
}

async fn request(client: &Client, ask: &SignInAsk, renewal: &Renewal) -> Result<Issued, NetError> {
    let oidc = place(client, Service::SsoOidc, &ask.endpoint, None)?;
    Ok(oidc::refresh(client, &oidc.url, renewal, &mut |_| {}).await?.value)
}

/// What never reached Identity Center was no attempt.
fn refused(error: &NetError, shared: &mut Shared) -> String {
    if matches!(error.kind, Kind::Setting | Kind::Dns | Kind::Connect | Kind::Tls | Kind::Proxy) {
        let _ = shared.remember(None);
    }
    words(error)
}

/// Into the file as it is now; what happened to the sign-in, in words.
fn save(client: &Client, ask: &SignInAsk, shared: &Shared, issued: &Issued) -> Result<String, String> {
    let until = issued.expires_at;
    let Ok(bytes) = client.world().fs.read(&ask.file) else {
        return Err("somebody signed out in the meantime".to_owned());
    };
    let text = sign_in::rewritten(&bytes, &ask.start_url, &ask.region, issued);
    let saved = text.map_err(std::io::Error::from).and_then(|text| shared.replace(&text));
    Ok(match saved {
        Ok(()) => format!("renewed just now, good until {until}"),
        Err(error) => format!("renewed just now, good until {until}, but it could not be saved: {error}"),
    })
}
