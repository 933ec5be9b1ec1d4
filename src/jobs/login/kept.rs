//! What stays of a sign-in: two files in botocore's cache, each replaced whole under the lock that renewals take.

use std::path::Path;

use super::{Class, Context, Failure, Going, Issued, Registering, Registration};
use crate::aws::overview::Kind;
use crate::aws::profile::Estate;
use crate::aws::sign_in::{self, Place};
use crate::aws::store::{self, Shared};
use crate::jobs::probe::sign_in::taken;

impl Going<'_> {
    /// The client registered before for the same grant, while it may be used.
    pub(super) fn known(&self, asked: &Registering<'_>) -> Option<Registration> {
        let file = self.place.registration_file(&self.home());
        let bytes = self.context.world.fs.read_file(&file).ok()?;
        Registration::parse(&bytes, asked.grant_types.first()?, self.client.now())
    }

    /// Writes the registration and the token.
    pub(super) async fn keep(&self, registration: &Registration, issued: &Issued) -> Result<(), Failure> {
        let (home, place) = (self.home(), self.place);
        let file = place.registration_file(&home);
        put(&file, &registration.text(&place.scopes)).await?;
        put(&place.file(&home), &sign_in::written(place, registration, issued)).await
    }
}

/// Lets go of the role sessions that came of sign-ins at a place: whoever signs in next may be somebody else.
///
/// # Errors
/// A cache folder that cannot be written.
pub(super) fn forget_roles(context: &Context, place: &Place) -> Result<(), Failure> {
    let estate = Estate::read(&context.world);
    let here = |name: &str| Place::of(&estate, name).is_ok_and(|own| own.name() == place.name());
    let profiles = estate.profiles().filter(|profile| profile.kind() == Kind::Sso && here(profile.name()));
    for key in profiles.filter_map(|profile| store::role_key(&context.world.env, &estate, profile.name())) {
        store::forget_role(&context.cache, &key)?;
    }
    Ok(())
}

async fn put(file: &Path, text: &[u8]) -> Result<(), Failure> {
    let shared = held(file).await?;
    shared.replace(text).map_err(|error| unkept(file, &error.to_string()))
}

/// The right to change the file.
pub(super) async fn held(file: &Path) -> Result<Shared, Failure> {
    taken(file).await.map_err(|why| unkept(file, &why))
}

fn unkept(file: &Path, why: &str) -> Failure {
    Failure::new(Class::File, "io", format!("the cached sign-in {} cannot be changed: {why}", file.display()))
        .hint("see whose the folder is, and try again")
}
