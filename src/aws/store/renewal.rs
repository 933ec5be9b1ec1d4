//! Writing a session: into its session profile, and into `[default]` if that is a copy of it.

use jiff::Timestamp;

use super::draft::{BOTH, Draft};
use super::journal::{List, Turn};
use super::managed::default_id;
use super::plan::{Ground, Plan, managed_as, managed_copy};
use super::{StoreError, keep};
use crate::aws::ini::{FileKind, SectionId};
use crate::aws::overview::DefaultState;
use crate::aws::secret::Credentials;
use crate::aws::session::{self, AWS_MFA_EXPIRY, NATIVE_EXPIRY, Style, Target};

/// Keys a session section of ours may have inherited from another writer; stale after a renewal.
const STALE: [&str; 3] = [AWS_MFA_EXPIRY, "aws_credential_expiration", "aws_session_expiration_timestamp"];
const FILE: FileKind = FileKind::Credentials;

/// The write of a new session.
pub(super) fn plan(ground: &Ground<'_>, target: &Target, session: &Credentials) -> Result<Plan, StoreError> {
    let expiry = plausible(session, ground.now)?;
    let again = Target::plan(
        &ground.estate,
        &target.long_term,
        Some(&target.session_profile),
        target.serial.as_deref(),
    )?;
    if again.credentials.access_key_id != target.credentials.access_key_id {
        let what = format!("the keys of `{}` were changed meanwhile", target.long_term);
        return Err(StoreError::refused(what, "renew again"));
    }
    let mut draft = Draft::of(&ground.estate);
    let id = SectionId::profile(target.session_profile.as_str());
    copy_settings(&mut draft, ground, target, &id)?;
    write_keys(&mut draft, &id, session, expiry, target.style)?;
    let default = follow(&mut draft, ground, target, session, expiry)?;
    let mut notes = keep::long_term_keys(&mut draft, &ground.estate)?;
    notes.extend(default.as_ref().map(|_| "[default] holds the new session too".to_owned()));
    let mut plan = Plan::new("renew", &target.long_term, List::Renewal, draft);
    plan.notes = notes;
    plan.default = default;
    Ok(plan)
}

/// The last look before a file is opened: every field there, an expiry in the future.
fn plausible(session: &Credentials, now: Timestamp) -> Result<Timestamp, StoreError> {
    let whole =
        session.is_session() && !session.access_key_id.is_empty() && !session.secret_access_key.is_empty();
    session.expires_at.filter(|at| whole && *at > now).ok_or_else(|| {
        StoreError::refused("the session is incomplete or already expired", "check the clock and renew again")
    })
}

/// On first creation: a session without a region is the oldest complaint about aws-mfa.
fn copy_settings(
    draft: &mut Draft,
    ground: &Ground<'_>,
    target: &Target,
    id: &SectionId,
) -> Result<(), StoreError> {
    let long_term = ground.estate.profile(&target.long_term);
    if ground.estate.profile(&id.name).is_some() {
        return Ok(());
    }
    for key in ["region", "output"] {
        // A value with lines nested below it is somebody's mistake: not worth failing a renewal for.
        let text = long_term.as_ref().and_then(|profile| profile.text(key));
        if let Some(text) = text.filter(|text| !text.contains('\n')) {
            draft.set(FileKind::Config, id, key, &text)?;
        }
    }
    Ok(())
}

fn write_keys(
    draft: &mut Draft,
    id: &SectionId,
    session: &Credentials,
    expiry: Timestamp,
    style: Style,
) -> Result<(), StoreError> {
    let token = session.session_token.as_ref().map_or("", |token| token.expose());
    draft.set(FILE, id, "aws_access_key_id", &session.access_key_id)?;
    draft.set(FILE, id, "aws_secret_access_key", session.secret_access_key.expose())?;
    draft.set(FILE, id, "aws_session_token", token)?;
    if style == Style::AwsMfa || draft.doc(FILE).get(id, "aws_security_token").is_some() {
        draft.set(FILE, id, "aws_security_token", token)?;
    }
    mark(draft, id, expiry, style)
}

fn mark(draft: &mut Draft, id: &SectionId, expiry: Timestamp, style: Style) -> Result<(), StoreError> {
    let whole = Timestamp::from_second(expiry.as_second()).unwrap_or(expiry);
    if style == Style::Native || draft.doc(FILE).get(id, NATIVE_EXPIRY).is_some() {
        draft.set(FILE, id, NATIVE_EXPIRY, &whole.to_string())?;
    }
    if style == Style::Native {
        for key in STALE {
            draft.unset(FILE, id, key);
        }
        return Ok(());
    }
    draft.set(FILE, id, "assumed_role", "False")?;
    draft.set(FILE, id, AWS_MFA_EXPIRY, &whole.strftime("%Y-%m-%d %H:%M:%S").to_string())
}

/// A managed `[default]` that stands for this session gets it too.
fn follow(
    draft: &mut Draft,
    ground: &Ground<'_>,
    target: &Target,
    session: &Credentials,
    expiry: Timestamp,
) -> Result<Option<Turn>, StoreError> {
    let (DefaultState::Managed { profile }, Some(managed)) = (ground.default_state(), &ground.managed) else {
        return Ok(None);
    };
    let named = |name: &str| SectionId::profile(name);
    if profile == target.session_profile {
        for file in BOTH {
            draft.copy(file, &named(&profile), &default_id())?;
        }
    } else if stands_for(ground, &profile, target) {
        write_keys(draft, &default_id(), session, expiry, Style::Native)?;
    } else {
        return Ok(None);
    }
    let made = if profile == target.session_profile { managed_copy } else { managed_as };
    let after = made(ground, draft, managed.clone());
    Ok(Some(Turn { before: Some(managed.clone()), after: Some(after) }))
}

/// Whether the session is that of the profile's own keys.
fn stands_for(ground: &Ground<'_>, profile: &str, target: &Target) -> bool {
    let session = session::session_profile_of(&ground.estate, profile, target.serial.as_deref());
    profile == target.long_term || session.as_deref() == Some(&target.session_profile)
}

/// After `use P`: P's fresh MFA session in place of its long-term keys, if it has one.
pub(super) fn copy_fresh_session(
    draft: &mut Draft,
    ground: &Ground<'_>,
    profile: &str,
) -> Result<Option<String>, StoreError> {
    let serial = ground.estate.profile(profile).and_then(|p| p.text("mfa_serial"));
    let name = session::session_profile_of(&ground.estate, profile, serial.as_deref());
    let found = name.as_deref().and_then(|name| ground.estate.profile(name));
    let Some((found, keys)) = found.and_then(|found| Some((found, found.credentials()?))) else {
        return Ok(None);
    };
    let expiry = session::expiry(&found);
    match expiry.filter(|_| keys.is_session() && session::is_fresh(expiry, ground.now)) {
        None => Ok(None),
        Some(expiry) => {
            write_keys(draft, &default_id(), &keys, expiry, Style::Native)?;
            Ok(Some(format!("[default] holds the MFA session of [{}]", found.name())))
        }
    }
}
