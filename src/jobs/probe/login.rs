//! Renewing a console sign-in (`aws login`): only when something needs it, once at a time over all processes.

use super::ask::{place, words};
use super::sign_in::taken;
use crate::aws::chain::Answer;
use crate::aws::chain::probe::LoginAsk;
use crate::aws::login::{self, Login};
use crate::aws::secret::Credentials;
use crate::aws::store::Shared;
use crate::aws::world::Fs;
use crate::net::endpoint::Service;
use crate::net::{Client, signin};

/// Credentials that are good: renewed here, or by somebody else in the meantime.
pub(super) async fn renewed(client: &Client, ask: &LoginAsk) -> Answer {
    if matches!(client.world().fs, Fs::Memory(_)) {
        return Answer::Failed("a sign-in in memory is not renewed".to_owned());
    }
    let answer = match taken(&ask.file).await {
        Ok(shared) => renew(client, ask, &shared).await,
        Err(why) => Err(why),
    };
    answer.map_or_else(Answer::Failed, Answer::Keys)
}

async fn renew(client: &Client, ask: &LoginAsk, shared: &Shared) -> Result<Credentials, String> {
    let read = || client.world().fs.read(&ask.file).map_err(|error| format!("it cannot be read: {error}"));
    let found = Login::parse(&read()?).map_err(|lacks| format!("the cached sign-in lacks {lacks}"))?;
    if !found.is_due(client.world().now()) {
        return Ok(found.credentials);
    }
    let mut at = ask.endpoint.clone();
    at.region = found.renewal.region.clone().or(at.region);
    let signin = place(client, Service::Signin, &at, None).map_err(|error| words(&error))?;
    let issued = signin::refresh(client, &signin.url, &found.renewal, &mut |_| {}).await;
    let issued = issued.map_err(|error| words(&error))?.value;
    // The refresh token is spent: what cannot be saved is lost with this process, and the credentials still work.
    let _ = read()
        .ok()
        .and_then(|bytes| login::rewritten(&bytes, &issued).ok())
        .map(|text| shared.replace(&text));
    Ok(Credentials {
        access_key_id: issued.access_key_id,
        secret_access_key: issued.secret_access_key,
        session_token: Some(issued.session_token),
        expires_at: Some(issued.expires_at),
        account: found.credentials.account,
    })
}
