//! Signing in to Identity Center: a person says yes in a browser, and a token comes back that all tools share.
//!
//! Two ways ([`Way`]): the browser of this machine comes back to a port of it ([`loopback`]), or the person takes a
//! code to any browser ([`device`]). Registration and token are kept where botocore keeps them ([`kept`]); nothing is
//! written before the token is here.

mod device;
mod kept;
mod logout;
mod loopback;
mod way;

use jiff::Timestamp;
use serde::Serialize;

use super::{Class, Context, Failure, Stage};
use crate::aws::secret::Secret;
use crate::aws::sign_in::{Issued, NoPlace, Place, Registration};
use crate::net::Client;
use crate::net::endpoint::{ProfileSettings, Service, endpoint};
use crate::net::oidc::{self, Pkce, Registering};

pub use logout::{LoggedOut, logout};
pub use way::Way;

/// What the person is told while it is waited for them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The browser was started with this address.
    Browser {
        url: String,
    },
    /// The code is to be confirmed in any browser.
    Device {
        code: String,
        url: String,
        complete: Option<String>,
        expires_at: Timestamp,
    },
    /// Why it is the code and not this machine's browser.
    NoBrowser {
        why: String,
    },
    Stage(Stage),
}

/// A sign-in that worked.
#[derive(Clone, Debug, Serialize)]
pub struct Login {
    /// The sso-session, or `null` for an old profile.
    pub session: Option<String>,
    pub start_url: String,
    pub region: String,
    pub expires_at: Timestamp,
    /// Whether it renews itself.
    pub renews: bool,
    /// Where the token is kept.
    pub file: std::path::PathBuf,
}

/// Signs in.
///
/// # Errors
/// Declined, too late, not reached; a file that cannot be written.
pub async fn login(
    context: &Context,
    place: &Place,
    way: Way,
    told: &mut (dyn FnMut(Step) + Send),
) -> Result<Login, Failure> {
    let going = Going::new(context, place)?;
    let way = if way == Way::Usual { way::usual(&context.world.env, &context.world.fs) } else { way };
    let (registration, issued) = match way {
        Way::Device => device::sign_in(&going, told).await?,
        _ => match loopback::sign_in(&going, told).await? {
            Some(done) => done,
            None => device::sign_in(&going, told).await?,
        },
    };
    going.keep(&registration, &issued).await?;
    kept::forget_roles(context, place)?;
    Ok(Login {
        session: place.session.clone(),
        start_url: place.start_url.clone(),
        region: place.region.clone(),
        expires_at: issued.expires_at,
        renews: issued.refresh_token.is_some(),
        file: place.file(&going.home()),
    })
}

/// A sign-in under way.
struct Going<'a> {
    context: &'a Context,
    place: &'a Place,
    client: Client,
    oidc: reqwest::Url,
}

impl<'a> Going<'a> {
    fn new(context: &'a Context, place: &'a Place) -> Result<Self, Failure> {
        let client = Client::new(&context.world)?;
        let settings = ProfileSettings { region: Some(&place.region), ..ProfileSettings::default() };
        let oidc = endpoint(Service::SsoOidc, &context.world.env, settings, None)?.url;
        Ok(Self { context, place, client, oidc })
    }

    fn home(&self) -> std::path::PathBuf {
        self.context.world.home().unwrap_or_default()
    }

    /// The client that is registered for a grant, or a new one.
    async fn registration(
        &self,
        asked: &Registering<'_>,
        told: &mut (dyn FnMut(Step) + Send),
    ) -> Result<Registration, Failure> {
        if let Some(known) = self.known(asked) {
            return Ok(known);
        }
        let mut observer = |stage| told(Step::Stage(Stage::Net(stage)));
        Ok(oidc::register(&self.client, &self.oidc, asked, &mut observer).await?.value)
    }

    fn client_name(&self) -> String {
        let of = self.place.session.clone();
        format!("botocore-client-{}", of.unwrap_or_else(|| self.context.world.now().as_second().to_string()))
    }
}

impl From<NoPlace> for Failure {
    fn from(error: NoPlace) -> Self {
        let (class, code) = match &error {
            NoPlace::Unknown(_) => (Class::NotFound, "not-found"),
            NoPlace::NoSession { .. } | NoPlace::Lacks { .. } => (Class::File, "sso-incomplete"),
            NoPlace::Console(_) | NoPlace::Other(_) => (Class::Usage, "no-sign-in"),
        };
        let hint = match &error {
            NoPlace::Console(profile) => Some(format!("aws login --profile {profile}")),
            NoPlace::Other(profile) => Some(format!("`awsprof show {profile}` says what it is")),
            NoPlace::Unknown(_) => Some("`awsprof list` shows the profiles".to_owned()),
            _ => None,
        };
        Self { hint, ..Self::new(class, code, error.to_string()) }
    }
}
