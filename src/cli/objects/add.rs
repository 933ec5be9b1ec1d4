//! `awsprof add`: a new profile, asked for on the terminal or given by flags.

use super::args::Add;
use super::ask;
use super::values::Given;
use crate::aws::change::{Change, Settings};
use crate::cli::{Done, Verbs};

/// Makes a profile that is not there yet.
///
/// # Errors
/// A name that is taken, half a key, a reference to nothing, a person who says no.
pub fn run(verbs: &Verbs, args: &Add) -> Done {
    super::check_name(&args.name)?;
    let scripted = args.values.secrets_stdin || !args.values.set.is_empty();
    let mut given =
        if scripted { Given::read(&args.name, &args.values)? } else { ask::new(verbs, &args.name)? };
    given.ask_missing_secret(&args.name)?;
    let (settings, sso_session) = apart(given.settings);
    let change = Change::Add { profile: args.name.clone(), settings, sso_session };
    super::write(verbs, &change, &given.secrets, args.consent, &format!("`{}` is there now", args.name))
}

/// Where and how to sign in belongs to the `[sso-session]`, not to the profile that names it.
fn apart(settings: Settings) -> (Settings, Option<(String, Settings)>) {
    let name = settings.iter().find(|(key, _)| key == "sso_session").map(|(_, name)| name.clone());
    let Some(name) = name else { return (settings, None) };
    let of_session = |(key, _): &(String, String)| {
        matches!(key.as_str(), "sso_start_url" | "sso_region" | "sso_registration_scopes")
    };
    let (session, profile): (Settings, Settings) = settings.into_iter().partition(of_session);
    (profile, (!session.is_empty()).then_some((name, session)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_in_gets_its_own_section_only_when_it_is_named() {
        let settings = |keys: &[&str]| keys.iter().map(|key| ((*key).to_owned(), "x".to_owned())).collect();
        let (profile, session) = apart(settings(&["sso_session", "sso_region", "sso_role_name"]));
        assert_eq!(profile.len(), 2);
        assert_eq!(session.unwrap(), ("x".to_owned(), settings(&["sso_region"])));
        assert_eq!(apart(settings(&["sso_start_url"])), (settings(&["sso_start_url"]), None));
    }
}
