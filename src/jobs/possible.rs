//! Calls that AWS can only refuse, refused here: a request with a code in it uses the code up.
//!
//! Only what the files make certain is refused. (STS and IAM API references: *GetSessionToken*, *AssumeRole*,
//! *Role chaining*; IAM User Guide, *Using MFA devices*: a FIDO key cannot be used through the API.)

use jiff::SignedDuration;

use super::{Class, Failure};
use crate::aws::overview::account_in;
use crate::aws::profile::{AccessKey, Estate};
use crate::aws::session::{self, Target};
use crate::net::partition::Partition;

/// Limits in seconds.
const SHORTEST: i64 = 900;
const LONGEST_SESSION: i64 = 129_600;
const LONGEST_ROLE: i64 = 43_200;
const HOUR: i64 = 3600;

/// The length of an MFA session in seconds: the one asked for, else the usual one.
///
/// # Errors
/// A length that AWS does not grant.
pub(super) fn session_length(
    asked: Option<SignedDuration>,
    usual: SignedDuration,
    serial: Option<&str>,
) -> Result<u32, Failure> {
    let seconds = asked.unwrap_or(usual).as_secs();
    if serial.is_some_and(is_root) && seconds > HOUR {
        return match asked {
            None => within(HOUR, LONGEST_SESSION, "GetSessionToken", "36h"),
            Some(_) => {
                Err(duration(format!("a session of the root user lasts one hour at most, not {seconds} s"))
                    .hint("choose --duration 1h, or better an IAM user"))
            }
        };
    }
    within(seconds, LONGEST_SESSION, "GetSessionToken", "36h")
}

/// The length of a role's session in seconds; `None` leaves it to AWS.
///
/// # Errors
/// A length that AWS does not grant, or not to the session of another role.
pub(super) fn role_length(asked: Option<SignedDuration>, chained: bool) -> Result<Option<u32>, Failure> {
    let Some(asked) = asked else { return Ok(None) };
    let seconds = within(asked.as_secs(), LONGEST_ROLE, "AssumeRole", "12h")?;
    if chained && i64::from(seconds) > HOUR {
        let message =
            format!("a role taken by another role's session lasts one hour at most, not {seconds} s");
        return Err(
            duration(message).hint("set duration_seconds = 3600, or let the user take the role directly")
        );
    }
    Ok(Some(seconds))
}

fn within(seconds: i64, longest: i64, call: &str, most: &str) -> Result<u32, Failure> {
    let what = if seconds < SHORTEST { "short" } else { "long" };
    let fits = (SHORTEST..=longest).contains(&seconds);
    u32::try_from(seconds).ok().filter(|_| fits).ok_or_else(|| {
        duration(format!("a session of {seconds} s is too {what} for {call}"))
            .hint(format!("choose a duration from 15m to {most}"))
    })
}

fn duration(message: String) -> Failure {
    Failure::new(Class::Guard, "duration", message)
}

/// Whether the device can stand for the keys.
///
/// # Errors
/// It cannot: a FIDO key, a device of another account, partition or user, or no serial number at all.
pub(super) fn device(estate: &Estate, target: &Target) -> Result<(), Failure> {
    let Some(serial) = target.serial.as_deref() else { return Ok(()) };
    let no = |code: &str, why: String| Err(Failure::new(Class::Guard, code, why).hint(ANOTHER));
    if is_fido(serial) {
        return no(
            "fido-device",
            format!("{serial} is a FIDO security key, which AWS takes in a browser only"),
        );
    }
    if !is_serial(serial) {
        return no("wrong-device", format!("`{serial}` cannot be the serial number of an MFA device"));
    }
    let region = target.region.as_deref().map(Partition::of_region);
    if let (Some(there), Some(here)) = (Partition::of_arn(serial), region)
        && there != here
    {
        let why = format!(
            "{serial} is of the partition {}, the region of `{}` is of {}",
            there.name, target.long_term, here.name
        );
        return no("wrong-device", why);
    }
    if let (Some(theirs), Some(own)) = (account_in(serial), account(estate, &target.long_term))
        && theirs != own
    {
        let why = format!("{serial} is of account {theirs}, the keys of `{}` are of {own}", target.long_term);
        return no("wrong-device", why);
    }
    match other_user(estate, target, serial) {
        Some(name) => {
            no("wrong-device", format!("{serial} is the device of `{name}`, not of `{}`", target.long_term))
        }
        None => Ok(()),
    }
}

const ANOTHER: &str = "name the user's own virtual or hardware device with mfa_serial, or with --serial ARN";

/// Whether a user with this device may take a role of this ARN.
///
/// # Errors
/// The root user may take none; nobody may take one in another partition.
pub(super) fn role(arn: &str, serial: Option<&str>) -> Result<(), Failure> {
    let Some(serial) = serial else { return Ok(()) };
    if is_root(serial) {
        let message = format!("{serial} is the root user's device, and the root user cannot take roles");
        return Err(Failure::new(Class::Guard, "root", message).hint("let an IAM user take the role"));
    }
    let (here, there) = (Partition::of_arn(serial), Partition::of_arn(arn));
    if here.is_some() && there.is_some() && here != there {
        let message = format!("{arn} is in another partition than {serial}: no session reaches across");
        return Err(Failure::new(Class::Guard, "wrong-device", message).hint(ANOTHER));
    }
    Ok(())
}

/// The device's name IAM gives to the root user's.
fn is_root(serial: &str) -> bool {
    serial.ends_with(":mfa/root-account-mfa-device")
}

pub(super) fn is_fido(serial: &str) -> bool {
    serial.contains(":u2f/")
}

/// What the API reference allows in a serial number: 9 to 256 of `[\w+=/:,.@-]`.
fn is_serial(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || "_+=/:,.@-".contains(c);
    (9..=256).contains(&text.len()) && text.chars().all(fits)
}

/// The account of a user's profile, where it says so itself.
fn account(estate: &Estate, name: &str) -> Option<String> {
    let profile = estate.profile(name)?;
    let own = profile.text("aws_account_id").map(std::borrow::Cow::into_owned);
    own.or_else(|| account_in(&session::serial(&profile)?).map(str::to_owned))
}

/// The profile of another user who names this device, where the target's own profile names another one.
fn other_user(estate: &Estate, target: &Target, serial: &str) -> Option<String> {
    let own = session::serial(&estate.profile(&target.long_term)?)?;
    let mut named = None;
    for profile in estate.profiles().filter(|_| own != serial) {
        let key = profile.access_key().filter(AccessKey::is_long_term);
        let Some(key) = key.filter(|_| session::serial(&profile).is_some_and(|device| device == serial))
        else {
            continue;
        };
        if key.id == target.credentials.access_key_id {
            return None;
        }
        named.get_or_insert_with(|| profile.name().to_owned());
    }
    named
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOT: Option<&str> = Some("arn:aws:iam::111122223333:mfa/root-account-mfa-device");

    fn secs(seconds: i64) -> SignedDuration {
        SignedDuration::from_secs(seconds)
    }

    #[test]
    fn lengths_are_aws_s() {
        let session = |asked: i64| session_length(Some(secs(asked)), secs(43_200), None).ok();
        assert_eq!(
            (session(899), session(900), session(129_600), session(129_601)),
            (None, Some(900), Some(129_600), None)
        );
        assert_eq!(session_length(Some(secs(3601)), secs(43_200), ROOT).ok(), None);
        assert_eq!(session_length(None, secs(43_200), ROOT).ok(), Some(3600));
        let role = |asked: i64, chained| role_length(Some(secs(asked)), chained).ok().flatten();
        assert_eq!(
            (role(899, false), role(900, false), role(43_200, false), role(43_201, false)),
            (None, Some(900), Some(43_200), None)
        );
        assert_eq!((role(3600, true), role(3601, true)), (Some(3600), None));
        assert_eq!(role_length(None, true).ok(), Some(None));
    }

    #[test]
    fn serials_are_arns_or_numbers() {
        for good in ["arn:aws:iam::111122223333:mfa/alice", "GAHT12345678"] {
            assert!(is_serial(good), "{good}");
        }
        for bad in ["", "short", "arn:aws:iam::111122223333:mfa/al ice", "1234567890\n"] {
            assert!(!is_serial(bad), "{bad}");
        }
    }
}
