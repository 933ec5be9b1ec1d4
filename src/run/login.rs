//! A sign-in to Identity Center as the screen asks for it.

use super::work::trouble;
use crate::app::sign_in::Invitation;
use crate::app::{Outcome, Stage};
use crate::aws::profile::Estate;
use crate::aws::sign_in::Place;
use crate::jobs::Context;
use crate::jobs::login::{self, Step, Way};

/// Signs in; `tell` learns what the person is asked to do.
pub async fn login(context: &Context, profile: String, tell: &mut (dyn FnMut(Stage) + Send)) -> Outcome {
    let place = match Place::of(&Estate::read(&context.world), &profile) {
        Ok(place) => place,
        Err(error) => return Outcome::Failed { trouble: trouble(error.into()), keep_dialog: false },
    };
    let mut told = |step| {
        if let Some(invitation) = invitation(step) {
            tell(Stage::Person(Box::new(invitation)));
        }
    };
    match login::login(context, &place, Way::Usual, &mut told).await {
        Ok(done) => Outcome::SignedIn { profile, name: place.name().to_owned(), expires_at: done.expires_at },
        Err(failure) => Outcome::Failed { trouble: trouble(failure), keep_dialog: false },
    }
}

fn invitation(step: Step) -> Option<Invitation> {
    match step {
        Step::Browser { url } => Some(Invitation { url, code: None, expires_at: None }),
        Step::Device { code, url, complete, expires_at } => {
            let url = complete.unwrap_or(url);
            Some(Invitation { url, code: Some(code), expires_at: Some(expires_at) })
        }
        Step::NoBrowser { .. } | Step::Stage(_) => None,
    }
}
