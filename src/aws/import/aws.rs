//! Files in the form of AWS's own two, whoever wrote them: aws-mfa's pairs, awsume's output profiles, `aws-vault
//! export --format=ini`, saml2aws, jhandguy's aws-mfa, or a person.
//!
//! Read by our own reader. A session's expiry stands under another key, in another form and another zone with every
//! writer (`reference/peers.md` 4.4); it is taken over as our own mark, so that awsprof and the prompt can count down.
//! aws-mfa's full set stays as it is, because aws-mfa goes on working with it.

use super::{Found, Here, ImportError};
use crate::aws::ini::SectionKind;
use crate::aws::profile::{Estate, Profile};
use crate::aws::session::{self, NATIVE_EXPIRY, Owner};
use crate::aws::world::AwsFiles;

/// The marks of their writers.
const MARKS: [&str; 11] = [
    "expiration",
    "aws_credential_expiration",
    "aws_session_expiration_timestamp",
    NATIVE_EXPIRY,
    "x_principal_arn",
    "manager",
    "autoawsume",
    "source_expiration",
    "awsumepy_command",
    "assumed_role",
    "assumed_role_arn",
];

pub(super) fn read(text: &str, here: &Here) -> Result<Vec<Found>, ImportError> {
    let estate = estate(text);
    let other = estate.config().sections().chain(estate.credentials().sections()).any(|section| {
        matches!(section.kind(), SectionKind::Profile | SectionKind::SsoSession | SectionKind::Services)
    });
    if !other {
        return Err(ImportError::Unknown);
    }
    let profiles = estate.names().filter_map(|name| estate.profile(name));
    Ok(profiles
        .filter(|profile| profile.credentials().is_some())
        .map(|profile| found(&profile, here))
        .collect())
}

/// `[profile x]` is how the config file says it, `[x]` the credentials file: read as both, no profile is overlooked.
fn estate(text: &str) -> Estate {
    let files = AwsFiles { config: "config".into(), credentials: "credentials".into() };
    let text = text.as_bytes().to_vec();
    Estate::from_texts(files, text.clone(), text)
}

fn found(profile: &Profile<'_>, here: &Here) -> Found {
    let owner = session::owner(profile);
    let expiry = session::expiry_in(profile, &here.zone);
    let mut found = Found::new(profile.name(), from(profile, owner));
    let keeps_marks = owner == Owner::AwsMfa;
    for setting in profile.settings().iter().filter(|setting| !setting.shadowed) {
        if setting.text.contains('\n') {
            found.notes.push(format!("{} has lines below it and was left out", setting.key));
        } else if keeps_marks || !MARKS.contains(&&*setting.key) {
            found.put(&setting.key, &setting.text);
        }
    }
    let Some(at) = expiry else { return found };
    if !keeps_marks {
        found.put(NATIVE_EXPIRY, &at.to_string());
    }
    if at <= here.now {
        found.notes.push(format!("its session expired at {at}"));
    }
    found
}

fn from(profile: &Profile<'_>, owner: Owner) -> &'static str {
    match owner.tool() {
        Some(tool) => tool,
        None if profile.has("aws_credential_expiration") => "aws-vault",
        None if profile.name().ends_with("-long-term") => "aws-mfa",
        None if profile.name().ends_with("-noauth") => "aws-mfa (jhandguy)",
        None => "AWS credentials",
    }
}
