//! An IAM user's access keys: which there are, and a new one in the place of an old one ([`rotate`]).
//!
//! IAM is asked with the user's effective credentials, its MFA session where there is a device: that one code serves
//! every request of a rotation, so that no second one is needed within its half minute (aws-vault #1110).

mod rotate;

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

pub use rotate::{Finished, Rotated, finish, rotate};

use super::code::Codes;
use super::endpoints::{Route, Service};
use super::{Class, Context, Failure, Stage, Wish, obtain};
use crate::aws::profile::Estate;
use crate::aws::secret::Credentials;
use crate::aws::session::{FRESH, Target};
use crate::net::endpoint::Endpoint;
use crate::net::sts::Caller;
use crate::net::{Client, iam_keys};

/// IAM gives a user two keys at most.
pub const SLOTS: usize = 2;

/// An access key (contract, `keys list`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Key {
    pub access_key_id: String,
    /// `Active` or `Inactive`.
    pub status: &'static str,
    pub created: Timestamp,
    /// Null also where the user may not ask.
    pub last_used: Option<Timestamp>,
    /// The profile holds this one.
    pub in_profile: bool,
}

impl Key {
    /// Whether AWS takes it.
    #[must_use]
    pub fn is_active(&self) -> bool {
        self.status == ACTIVE
    }
}

const ACTIVE: &str = "Active";

/// The keys of the user behind a profile.
///
/// # Errors
/// A profile without long-term keys behind it, a code that cannot be had, a refusal by AWS.
pub async fn keys(
    context: &Context,
    profile: &str,
    codes: Codes<'_>,
    watch: &mut (dyn FnMut(Stage) + Send),
) -> Result<Vec<Key>, Failure> {
    let estate = Estate::read(&context.world);
    let user = User::of(context, &estate, profile, codes, watch).await?;
    user.keys(watch).await
}

/// An IAM user by one of its profiles, as somebody who asks IAM.
struct User {
    /// The profile with the long-term keys.
    profile: String,
    /// Those.
    keys: Credentials,
    /// What signs.
    signer: Credentials,
    client: Client,
    iam: Endpoint,
    sts: Endpoint,
}

impl User {
    async fn of(
        context: &Context,
        estate: &Estate,
        profile: &str,
        codes: Codes<'_>,
        watch: &mut (dyn FnMut(Stage) + Send),
    ) -> Result<Self, Failure> {
        let into = context.session_profiles.get(profile).map(String::as_str);
        let target = Target::plan(estate, profile, into, None)?;
        let name = target.long_term;
        let min_ttl = FRESH.min(SignedDuration::from_mins(5));
        let wish = Wish { profile: Some(name.clone()), min_ttl, ..Wish::default() };
        let signer = obtain(context, &wish, Some(codes), watch).await?;
        let route = Route { estate, env: &context.world.env, profile: &name };
        let serial = target.serial.as_deref();
        Ok(Self {
            client: route.client(&context.world)?,
            iam: route.endpoint(Service::Iam, serial)?,
            sts: route.endpoint(Service::Sts, serial)?,
            keys: target.credentials,
            signer,
            profile: name,
        })
    }

    fn caller(&self) -> Caller<'_> {
        Caller { credentials: &self.signer, endpoint: &self.iam }
    }

    async fn keys(&self, watch: &mut (dyn FnMut(Stage) + Send)) -> Result<Vec<Key>, Failure> {
        let mut observer = |stage| watch(Stage::Net(stage));
        let listed = iam_keys::list(&self.client, self.caller(), &mut observer).await?.value;
        let mut keys = Vec::with_capacity(SLOTS);
        for iam_keys::AccessKey { id, active, created } in listed {
            let used = iam_keys::last_used(&self.client, self.caller(), &id, &mut observer).await;
            keys.push(Key {
                in_profile: id == self.keys.access_key_id,
                // Many users may list their keys and not ask this.
                last_used: used.ok().and_then(|answer| answer.value),
                status: if active { ACTIVE } else { "Inactive" },
                access_key_id: id,
                created,
            });
        }
        Ok(keys)
    }
}

/// Refuses to go on.
fn refused(code: &str, message: String, hint: impl Into<String>) -> Failure {
    Failure::new(Class::Guard, code, message).hint(hint)
}
