//! Signing a browser in to the AWS console with a profile's credentials.
//!
//! Only the session of a role or of a federated user is taken there. For an IAM user a federated session is made of
//! its long-term keys (`GetFederationToken`, which knows no MFA), as aws-vault does it: with a policy that allows
//! everything, so that the user's own permissions are what decides.

use jiff::{SignedDuration, Timestamp};

use super::endpoints::{Route, Service};
use super::{Class, Context, Failure, Stage, possible};
use crate::aws::overview::Kind;
use crate::aws::profile::Estate;
use crate::aws::secret::{Credentials, Secret};
use crate::net::sts::{self, Caller};
use crate::net::{Client, console};

/// What a federated session may do is what both its user and this allow.
const EVERYTHING: &str =
    r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#;
/// The longest name of a federated user.
const LONGEST_NAME: usize = 32;
/// Of a federated session, unless somebody says otherwise: a working day.
const USUAL: SignedDuration = SignedDuration::from_hours(12);

/// Whom to sign in, and where to.
#[derive(Clone, Debug, Default)]
pub struct SignInRequest {
    pub profile: String,
    /// As in the console's addresses: `ec2`, `s3`; its first page without one.
    pub service: Option<String>,
    /// Another region than the profile's.
    pub region: Option<String>,
    /// Length of the console's session.
    pub duration: Option<SignedDuration>,
}

/// A way in, good for 15 minutes and for whoever has it.
#[derive(Clone, Debug)]
pub struct SignIn {
    pub url: Secret,
    pub destination: String,
    /// A federated session was made of long-term keys: policies that want MFA will refuse it.
    pub federated: bool,
    /// When the session ends that was signed in with.
    pub expires_at: Option<Timestamp>,
}

/// Whether the effective credentials of a profile would be refused because they are a user's MFA session: its
/// long-term keys are to be had instead.
#[must_use]
pub fn wants_long_term(estate: &Estate, profile: &str) -> bool {
    let kind = estate.profile(profile).map(|profile| profile.kind());
    match kind {
        Some(Kind::Session) => crate::aws::session::long_term_of(estate, profile).is_some(),
        Some(kind) => kind == Kind::Static,
        None => true,
    }
}

/// Gets a way in with `credentials`.
///
/// # Errors
/// A length or a region that cannot be, a refusal by AWS.
pub async fn sign_in(
    context: &Context,
    request: &SignInRequest,
    credentials: &Credentials,
    watch: &mut (dyn FnMut(Stage) + Send),
) -> Result<SignIn, Failure> {
    let estate = Estate::read(&context.world);
    let route = Route { estate: &estate, env: &context.world.env, profile: &request.profile };
    let federation = route.endpoint(Service::Federation, arn(&estate, &request.profile).as_deref())?;
    let region = request.region.clone().unwrap_or_else(|| federation.region.clone());
    let destination = destination(&region, request.service.as_deref())?;
    let duration = length(&estate, request, credentials)?;
    let client = route.client(&context.world)?;
    let federated = !credentials.is_session();
    let made = if federated {
        Some(federate(&route, &client, credentials, request.duration, watch).await?)
    } else {
        None
    };
    let session = made.as_ref().unwrap_or(credentials);
    let mut observer = |stage| watch(Stage::Net(stage));
    let asked = console::signin_token(&client, &federation.url, session, duration, &mut observer).await;
    let token = asked.map_err(|error| Failure::from(error).hint(REFUSED))?.value;
    let url = console::sign_in_url(&federation.url, &destination, &token);
    Ok(SignIn { url, destination, federated, expires_at: session.expires_at })
}

const REFUSED: &str = "sessions of roles and of Identity Center are taken; the MFA session of an IAM user is not: name \
                       the profile with its long-term keys, or a role. Without --duration the session itself decides";

/// What tells the partition where no region does.
fn arn(estate: &Estate, profile: &str) -> Option<String> {
    let profile = estate.profile(profile)?;
    let text = profile.text("role_arn").or_else(|| profile.text("mfa_serial"));
    text.map(std::borrow::Cow::into_owned)
}

fn destination(region: &str, service: Option<&str>) -> Result<String, Failure> {
    let plain = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-/_".contains(&b));
    if let Some(odd) = service.into_iter().chain([region]).find(|text| text.is_empty() || !plain(text)) {
        return Err(Failure::new(Class::Usage, "destination", format!("`{odd}` is no part of an address"))
            .hint("name a service as the console's addresses do: ec2, s3, cloudformation"));
    }
    console::destination(region, service).ok_or_else(|| {
        Failure::new(Class::Guard, "no-console", format!("the console of the region {region} is not known"))
            .hint("sign in by hand")
    })
}

/// The length to ask the console for. It is the session's own where that was made for a federated user or by another
/// role's session: the endpoint refuses a length then.
fn length(
    estate: &Estate,
    request: &SignInRequest,
    credentials: &Credentials,
) -> Result<Option<u32>, Failure> {
    let federated = !credentials.is_session();
    if federated {
        return Ok(None);
    }
    let seconds = possible::role_length(request.duration, false)?;
    if seconds.is_some() && super::role::is_chained(estate, &request.profile) {
        let message = format!("`{}` is taken by another role's session, whose hour decides", request.profile);
        return Err(Failure::new(Class::Guard, "duration", message).hint("leave --duration out"));
    }
    Ok(seconds)
}

/// A federated session of a user's long-term keys, under the user's own name.
async fn federate(
    route: &Route<'_>,
    client: &Client,
    keys: &Credentials,
    asked: Option<SignedDuration>,
    watch: &mut (dyn FnMut(Stage) + Send),
) -> Result<Credentials, Failure> {
    let seconds = possible::session_length(asked, USUAL, None)?;
    let endpoint = route.endpoint(Service::Sts, arn(route.estate, route.profile).as_deref())?;
    let caller = Caller { credentials: keys, endpoint: &endpoint };
    let mut observer = |stage| watch(Stage::Net(stage));
    let who = sts::get_caller_identity(client, caller, &mut observer).await?.value;
    let name = federated_name(&who.arn);
    let policy = (name.as_str(), EVERYTHING);
    Ok(sts::get_federation_token(client, caller, policy, seconds, &mut observer).await?.value)
}

/// The user's name in its ARN, as far as a federated user may be called so.
fn federated_name(arn: &str) -> String {
    let fits = |c: &char| c.is_ascii_alphanumeric() || "_+=,.@-".contains(*c);
    let name = arn.rsplit(['/', ':']).next().unwrap_or_default();
    let name: String = name.chars().filter(fits).take(LONGEST_NAME).collect();
    if name.len() < 2 { "awsprof".to_owned() } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_federated_user_is_called_as_the_user() {
        let name = |arn: &str| federated_name(arn);
        assert_eq!(name("arn:aws:iam::111122223333:user/team/alice@acme"), "alice@acme");
        assert_eq!(name("arn:aws:iam::111122223333:root"), "root");
        assert_eq!(name(&format!("arn:aws:iam::1:user/{}", "x".repeat(64))).len(), LONGEST_NAME);
        assert_eq!(name("arn:aws:iam::1:user/é"), "awsprof");
    }

    #[test]
    fn an_address_is_made_of_plain_words() {
        for (region, service) in [("eu-west-1", "ec2?x"), ("eu-west-1.evil.example", "ec2"), ("", "ec2")] {
            assert_eq!(destination(region, Some(service)).unwrap_err().class, Class::Usage);
        }
        assert_eq!(destination("us-iso-east-1", None).unwrap_err().class, Class::Guard);
    }
}
