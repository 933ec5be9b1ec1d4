//! Which account a profile belongs to, as far as the files say.

use std::borrow::Cow;

use crate::aws::profile::Profile;

/// Keys that hold an account id, then keys that hold an ARN with one: a role acts in its own account, not in
/// that of the device.
const IDS: [&str; 2] = ["aws_account_id", "sso_account_id"];
const ARNS: [&str; 3] = ["role_arn", "mfa_serial", "aws_mfa_device"];

/// The account of a profile: twelve digits.
pub(super) fn of(profile: &Profile<'_>) -> Option<String> {
    let id = |key: &&str| profile.text(key).filter(|text| is_account(text)).map(Cow::into_owned);
    let arn = |key: &&str| in_arn(&profile.text(key)?).map(str::to_owned);
    IDS.iter().find_map(id).or_else(|| ARNS.iter().find_map(arn))
}

/// The fifth field of an ARN (`arn:aws:iam::111122223333:mfa/alice`), if it is an account.
#[must_use]
pub fn in_arn(arn: &str) -> Option<&str> {
    let account = arn.strip_prefix("arn:")?.split(':').nth(3)?;
    is_account(account).then_some(account)
}

fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arn_tells_its_account() {
        assert_eq!(in_arn("arn:aws-us-gov:iam::111122223333:mfa/alice"), Some("111122223333"));
        for other in ["GAHT12345678", "arn:aws:iam::123:mfa/x", "arn:aws:iam", ""] {
            assert_eq!(in_arn(other), None, "{other}");
        }
    }
}
