//! Signing in to Identity Center: the dialog stands while a person is at a browser.

use super::{Effects, asking, portal, refuse};
use crate::app::dialog::Dialog;
use crate::app::effect::{Copied, Effect};
use crate::app::intent::Intent;
use crate::app::model::{JobKind, Model};
use crate::app::msg::JobId;
use crate::app::said::Why;
use crate::app::sign_in::SignIn;

/// Begins a sign-in for the profile under the cursor.
pub(super) fn open(model: &mut Model) -> Effects {
    let Some(profile) = model.subject().map(str::to_owned) else { return Vec::new() };
    begin(model, profile, None)
}

/// Begins one for the sso-session of a page.
pub(super) fn of_page(model: &mut Model, session: String) -> Effects {
    begin(model, session.clone(), Some(session))
}

fn begin(model: &mut Model, profile: String, page: Option<String>) -> Effects {
    if model.read_only {
        return refuse(model, Why::ReadOnly);
    }
    let job = model.start(JobKind::SignIn, &profile);
    model.dialog = Some(Dialog::SignIn(SignIn { profile: profile.clone(), job, page }));
    vec![Effect::Login { job, profile }]
}

pub(super) fn act(model: &mut Model, intent: Intent) -> Effects {
    let Some(Dialog::SignIn(dialog)) = &model.dialog else { return Vec::new() };
    let (job, invitation) = (dialog.job, dialog.invitation(model));
    match intent {
        Intent::Close => asking::cancel(model, job),
        Intent::Copy => {
            let text = invitation.map(|invitation| invitation.url.clone());
            text.map(|text| Effect::Copy { what: Copied::Address, text }).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// The dialog goes with the job it waits for, to where it came from.
pub(super) fn close(model: &mut Model, job: JobId) -> Effects {
    let page = match &mut model.dialog {
        Some(Dialog::SignIn(dialog)) if dialog.job == job => dialog.page.take(),
        _ => return Vec::new(),
    };
    model.dialog = None;
    page.map_or_else(Vec::new, |session| portal::of_session(model, session))
}
