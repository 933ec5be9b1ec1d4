//! Whether a key does something now, and if not, why.

use super::dialog::Dialog;
use super::doctor::Doctor;
use super::form::{Purpose, Rule};
use super::intent::Chooses;
use super::model::{Model, Pane};
use super::said::Why;
use crate::aws::overview::{Kind, Renewal, Row, SessionRow};

pub(super) type Enabled = Result<(), Why>;

pub(super) const fn unless(disabled: bool, why: Why) -> Enabled {
    if disabled { Err(why) } else { Ok(()) }
}

/// Always.
///
/// # Errors
/// None: it has the shape of its siblings.
pub const fn always(_: &Model) -> Enabled {
    Ok(())
}

/// Whether anything may be written at all.
///
/// # Errors
/// `--read-only`, or nothing was read yet.
pub fn can_write(model: &Model) -> Enabled {
    unless(model.read_only, Why::ReadOnly)?;
    unless(!model.loaded, Why::NothingLoaded)
}

/// A profile is selected.
///
/// # Errors
/// The list is empty.
pub fn has_profile(model: &Model) -> Enabled {
    unless(model.subject().is_none(), Why::NoProfile)
}

/// The selected profile can become the default.
///
/// # Errors
/// No profile, read-only, or another write of the same kind is under way.
pub fn can_use(model: &Model) -> Enabled {
    if model.choosing.does != Chooses::Default {
        return has_profile(model);
    }
    can_write(model)?;
    let name = model.subject().ok_or(Why::NoProfile)?;
    unless(name == "default", Why::AlreadyDefault)?;
    unless(model.is_busy(name), Why::Busy)
}

/// The selected profile has an MFA session to renew.
///
/// # Errors
/// What it has instead.
pub fn can_renew(model: &Model) -> Enabled {
    can_write(model)?;
    let row = model.subject_row().ok_or(Why::NoProfile)?;
    renewable(row)?;
    unless(model.is_busy(&row.name), Why::Busy)
}

/// The selected profile signs in to Identity Center.
///
/// # Errors
/// It does not; it is being done.
pub fn can_sign_in(model: &Model) -> Enabled {
    can_write(model)?;
    let row = model.subject_row().ok_or(Why::NoProfile)?;
    match row.kind {
        Kind::Sso => unless(model.is_busy(&row.name), Why::Busy),
        Kind::Login => Err(Why::LoginElsewhere),
        _ => Err(Why::NoSignIn),
    }
}

/// There is an sso-session to look into.
///
/// # Errors
/// There is none.
pub fn has_portal(model: &Model) -> Enabled {
    unless(model.overview.sso_sessions.is_empty(), Why::NoSsoSession)
}

/// awsprof keeps a session of the selected profile, or of a role that rests on it.
///
/// # Errors
/// It keeps none.
pub fn can_forget(model: &Model) -> Enabled {
    can_write(model)?;
    let row = model.subject_row().ok_or(Why::NoProfile)?;
    let names = [Some(&row.name), row.session_profile.as_ref()];
    let is_its = |session: &SessionRow| {
        names.contains(&Some(&session.profile)) || session.of.as_ref() == Some(&row.name)
    };
    let kept = model
        .overview
        .sessions
        .iter()
        .any(|session| is_its(session) && !matches!(session.renewal, Renewal::Other { .. }));
    unless(!kept, Why::NothingToForget)?;
    unless(model.is_busy(&row.name), Why::Busy)
}

/// What a profile's kind says about renewing it.
fn renewable(row: &Row) -> Enabled {
    match row.kind {
        Kind::Static | Kind::AssumeRole | Kind::Sso => Ok(()),
        Kind::Session => unless(row.session_of.is_none(), Why::NoLongTermKeys),
        Kind::WebIdentity | Kind::CredentialSource => Err(Why::RoleHasNoSession),
        Kind::Login => Err(Why::LoginElsewhere),
        Kind::Process => Err(Why::ProcessRenewsItself),
        Kind::Empty => Err(Why::NothingToRenew),
    }
}

/// The links of the selected profile can be asked.
///
/// # Errors
/// No profile, or they are being asked.
pub fn can_probe(model: &Model) -> Enabled {
    let name = model.selected_name().ok_or(Why::NoProfile)?;
    unless(model.is_busy(name), Why::Busy)
}

/// A link is selected.
///
/// # Errors
/// The chain is not known.
pub fn has_link(model: &Model) -> Enabled {
    unless(model.lines(Pane::Chain) == 0, Why::NoLink)
}

/// The chain shown has warnings.
///
/// # Errors
/// There are none.
pub fn has_warnings(model: &Model) -> Enabled {
    unless(model.warnings().is_empty(), Why::NoWarnings)
}

/// A filter is set.
///
/// # Errors
/// There is none.
pub const fn has_filter(model: &Model) -> Enabled {
    unless(model.filter.text.is_empty(), Why::NoFilter)
}

/// There is another tool to look through.
///
/// # Errors
/// Only one is known.
pub const fn has_tools(model: &Model) -> Enabled {
    unless(model.tools.len() < 2, Why::OneTool)
}

/// What is selected stands at a known line.
///
/// # Errors
/// It does not.
pub fn has_place(model: &Model) -> Enabled {
    unless(model.place().is_none(), Why::NoPlace)
}

/// The code can be sent.
///
/// # Errors
/// Read-only, or the last one is still being checked.
pub fn can_submit(model: &Model) -> Enabled {
    can_write(model)
}

/// The selected profile can be changed as an object.
///
/// # Errors
/// No profile, read-only, or a job for it is under way.
pub fn can_change(model: &Model) -> Enabled {
    can_write(model)?;
    let name = model.subject().ok_or(Why::NoProfile)?;
    unless(model.is_busy(name), Why::Busy)
}

/// The files were read.
///
/// # Errors
/// They were not.
pub const fn is_loaded(model: &Model) -> Enabled {
    unless(!model.loaded, Why::NothingLoaded)
}

/// The selected profile has a problem.
///
/// # Errors
/// It has none.
pub fn has_problem(model: &Model) -> Enabled {
    let row = model.subject_row().ok_or(Why::NoProfile)?;
    unless(row.problems.is_empty(), Why::NoProblem)
}

/// The name in the question is typed.
///
/// # Errors
/// Read-only, or it is not.
pub fn can_agree(model: &Model) -> Enabled {
    can_write(model)?;
    let open = matches!(&model.dialog, Some(Dialog::Confirm(confirm)) if confirm.is_open());
    unless(!open, Why::NotTyped)
}

/// The form has keys whose devices can be asked for.
///
/// # Errors
/// No new keys, or they are being asked for.
pub fn can_look_up(model: &Model) -> Enabled {
    let Some(Dialog::Form(form)) = &model.dialog else { return Err(Why::NoKeysYet) };
    unless(form.job.is_some(), Why::Busy)?;
    unless(form.keys().is_none(), Why::NoKeysYet)
}

/// The field is a key of the section.
///
/// # Errors
/// It is not.
pub fn can_unset(model: &Model) -> Enabled {
    let Some(Dialog::Form(form)) = &model.dialog else { return Err(Why::NothingToRemove) };
    let of_section = matches!(form.purpose, Purpose::Edit(_));
    let is_key = form.field().is_some_and(|field| field.rule != Rule::NewKey);
    unless(!(of_section && is_key), Why::NothingToRemove)
}

/// The chosen problem can be mended.
///
/// # Errors
/// Read-only, or it has to be done by hand.
pub fn can_mend(model: &Model) -> Enabled {
    can_write(model)?;
    let cure = doctor(model).and_then(Doctor::cure);
    unless(cure.is_none(), Why::NothingToMend)
}

/// Something can be mended.
///
/// # Errors
/// Read-only, or all has to be done by hand.
pub fn can_mend_all(model: &Model) -> Enabled {
    can_write(model)?;
    let cure = doctor(model).and_then(Doctor::cure_all);
    unless(cure.is_none(), Why::NothingToMend)
}

/// The chosen problem stands at a line.
///
/// # Errors
/// It does not.
pub fn can_open(model: &Model) -> Enabled {
    unless(doctor(model).and_then(Doctor::place).is_none(), Why::NoPlace)
}

fn doctor(model: &Model) -> Option<&Doctor> {
    match &model.dialog {
        Some(Dialog::Doctor(doctor)) => Some(doctor),
        _ => None,
    }
}

/// The chosen write can be taken back.
///
/// # Errors
/// Read-only, or it was.
pub fn can_take_back(model: &Model) -> Enabled {
    can_write(model)?;
    let stands = matches!(&model.dialog, Some(Dialog::Past(past)) if past.stands());
    unless(!stands, Why::TakenBack)
}
