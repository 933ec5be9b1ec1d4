//! Signing out: the portal is told that the token is over, and the file goes whether or not it listened.

use serde::Serialize;

use super::{Context, Failure, Place, ProfileSettings, Service, Stage, endpoint, kept};
use crate::aws::sign_in::SignIn;
use crate::net::{Client, Kind, NetError, sso};

/// What became of a sign-in.
#[derive(Clone, Debug, Serialize)]
pub struct LoggedOut {
    /// The sso-session, or the start URL.
    pub name: String,
    /// Whether there was a sign-in at all.
    pub was_signed_in: bool,
    /// Why the portal was not told: the token then lives there until it ends.
    pub not_told: Option<String>,
}

/// Signs out, and lets go of the role sessions in awsprof's cache. Credentials that were given out before stay good
/// until they end: nobody can take those back.
///
/// # Errors
/// A file that cannot be removed.
pub async fn logout(
    context: &Context,
    place: &Place,
    watch: &mut (dyn FnMut(Stage) + Send),
) -> Result<LoggedOut, Failure> {
    kept::forget_roles(context, place)?;
    let file = place.file(&context.world.home().unwrap_or_default());
    let name = place.name().to_owned();
    let Ok(bytes) = context.world.fs.read_file(&file) else {
        return Ok(LoggedOut { name, was_signed_in: false, not_told: None });
    };
    let shared = kept::held(&file).await?;
    let signed_in = SignIn::parse(&bytes, context.world.now());
    let not_told = match signed_in.filter(|found| found.expires_at > context.world.now()) {
        Some(found) => tell(context, place, &found, watch).await.err(),
        None => None,
    };
    shared.remove()?;
    // One that is over there already needs no telling.
    let not_told = not_told.filter(|error| error.kind != Kind::Expired).map(|error| error.to_string());
    Ok(LoggedOut { name, was_signed_in: true, not_told })
}

async fn tell(
    context: &Context,
    place: &Place,
    found: &SignIn,
    watch: &mut (dyn FnMut(Stage) + Send),
) -> Result<(), NetError> {
    let client = Client::new(&context.world)?;
    let settings = ProfileSettings { region: Some(&place.region), ..ProfileSettings::default() };
    let portal = endpoint(Service::Sso, &context.world.env, settings, None)?;
    let mut observer = |stage| watch(Stage::Net(stage));
    sso::logout(&client, &portal.url, &found.access_token, &mut observer).await
}
