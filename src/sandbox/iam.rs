//! IAM: the devices and access keys of whoever asks, and the alias of their account.

use super::canonical::Arrived;
use super::keys;
use super::state::{Principal, State};
use super::sts::{Fields, no_such_action};
use super::verify::verify;
use super::xml::{Refused, element};

/// Does an action; the inner XML of its result.
///
/// # Errors
/// AWS's refusal.
pub fn act(state: &mut State, request: &Arrived, fields: &Fields, action: &str) -> Result<String, Refused> {
    let caller = verify(state, request, "iam")?;
    // A session made without a code may not call IAM (GetSessionToken's documentation, Permissions).
    if caller.session && !caller.mfa {
        let message = "The security token included in the request is invalid";
        return Err(Refused::new(403, "InvalidClientTokenId", message));
    }
    if let Principal::User(name) = &caller.principal
        && let Some(done) = keys::act(state, name, fields, action)
    {
        return done;
    }
    match (action, &caller.principal) {
        ("ListMFADevices", Principal::User(name)) => Ok(devices(state, name)),
        ("ListMFADevices", _) => {
            Err(Refused::invalid("Must specify userName when calling with non-User credentials"))
        }
        ("ListAccountAliases", principal) => aliases(state, principal),
        _ => Err(no_such_action(action, "2010-05-08")),
    }
}

/// Users may ask, roles here may not: both happen.
fn aliases(state: &State, principal: &Principal) -> Result<String, Refused> {
    let Principal::User(name) = principal else {
        return Err(Refused::denied("not authorized to perform: iam:ListAccountAliases on resource: *"));
    };
    let account = state.cast.user(name).map(|user| user.account).unwrap_or_default();
    let alias = state.cast.aliases.iter().find(|(of, _)| *of == account);
    let member = alias.map(|(_, alias)| element("member", alias)).unwrap_or_default();
    Ok(format!("<IsTruncated>false</IsTruncated><AccountAliases>{member}</AccountAliases>"))
}

fn devices(state: &State, name: &str) -> String {
    let device = state.cast.user(name).and_then(|user| user.device.as_ref());
    let member = device.map(|device| {
        let fields = [
            element("UserName", name),
            element("SerialNumber", device.serial),
            element("EnableDate", "2026-01-15T09:30:00Z"),
        ];
        format!("<member>{}</member>", fields.concat())
    });
    format!("<IsTruncated>false</IsTruncated><MFADevices>{}</MFADevices>", member.unwrap_or_default())
}
