//! Where somebody signs in: an `[sso-session]`, or the settings of an old profile that names none.

use std::path::{Path, PathBuf};

use super::cached;
use crate::aws::ini::SectionKind;
use crate::aws::profile::{Estate, Profile};

/// What a session asks for when it does not say (AWS CLI, `sso_registration_scopes`).
const SCOPE: &str = "sso:account:access";
/// So many profiles may stand between a role and the sign-in it rests on.
const DEEPEST: usize = 8;

/// A place to sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The name of the `[sso-session]`; `None` for an old profile.
    pub session: Option<String>,
    pub start_url: String,
    pub region: String,
    /// Empty for an old profile: its sign-in cannot be renewed.
    pub scopes: Vec<String>,
}

/// Why a name is no place to sign in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoPlace {
    #[error("there is neither a profile nor an sso-session `{0}`")]
    Unknown(String),
    #[error("profile `{profile}` names the sso-session `{session}`, which does not exist")]
    NoSession { profile: String, session: String },
    #[error("{what} has no {key}")]
    Lacks { what: String, key: &'static str },
    /// A profile of `aws login`.
    #[error("profile `{0}` signs in to the console, with `aws login`")]
    Console(String),
    #[error("profile `{0}` does not sign in to Identity Center")]
    Other(String),
}

impl Place {
    /// The place that a profile (or the profile it rests on) or an sso-session means.
    ///
    /// # Errors
    /// Why there is none.
    pub fn of(estate: &Estate, name: &str) -> Result<Self, NoPlace> {
        match estate.profile(name) {
            Some(profile) => match (Self::of_profile(&profile, DEEPEST), estate.sso_session(name)) {
                (Err(NoPlace::Other(_)), Some(section)) => Self::of_session(&section, name),
                (found, _) => found,
            },
            None => match estate.sso_session(name) {
                Some(section) => Self::of_session(&section, name),
                None => Err(NoPlace::Unknown(name.to_owned())),
            },
        }
    }

    fn of_profile(profile: &Profile<'_>, depth: usize) -> Result<Self, NoPlace> {
        let (estate, name) = (profile.estate(), profile.name());
        if let Some(session) = profile.text("sso_session") {
            let missing = || NoPlace::NoSession { profile: name.to_owned(), session: session.to_string() };
            return Self::of_session(&estate.sso_session(&session).ok_or_else(missing)?, &session);
        }
        if profile.text("sso_account_id").is_some() || profile.text("sso_role_name").is_some() {
            let (start_url, region) = needed(profile, &format!("profile `{name}`"))?;
            return Ok(Self { session: None, start_url, region, scopes: Vec::new() });
        }
        if profile.text("login_session").is_some() {
            return Err(NoPlace::Console(name.to_owned()));
        }
        let source = profile.text("source_profile").filter(|source| *source != name && depth > 0);
        match source.and_then(|source| estate.profile(&source)) {
            Some(source) => Self::of_profile(&source, depth - 1),
            None => Err(NoPlace::Other(name.to_owned())),
        }
    }

    fn of_session(section: &Profile<'_>, name: &str) -> Result<Self, NoPlace> {
        let (start_url, region) = needed(section, &format!("[sso-session {name}]"))?;
        let scopes = section.text("sso_registration_scopes").unwrap_or(SCOPE.into());
        let scopes = scopes.split(',').map(|scope| scope.trim().to_owned());
        let scopes = scopes.filter(|scope| !scope.is_empty()).collect();
        Ok(Self { session: Some(name.to_owned()), start_url, region, scopes })
    }

    /// Every place of the two files, once.
    #[must_use]
    pub fn all(estate: &Estate) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        let names = estate.config().ids().filter(|id| id.kind == SectionKind::SsoSession).map(|id| id.name);
        let sessions = names.filter_map(|name| Self::of_session(&estate.sso_session(&name)?, &name).ok());
        let profiles = estate.profiles().filter_map(|profile| Self::of_profile(&profile, 0).ok());
        for place in sessions.chain(profiles) {
            if !all.iter().any(|known| known.name() == place.name()) {
                all.push(place);
            }
        }
        all
    }

    /// What it is kept under: the session's name, or the start URL.
    #[must_use]
    pub fn name(&self) -> &str {
        self.session.as_deref().unwrap_or(&self.start_url)
    }

    /// The file of its token.
    #[must_use]
    pub fn file(&self, home: &Path) -> PathBuf {
        cached(home, self.name())
    }

    /// The file of its client's registration (botocore `BaseSSOTokenFetcher._registration_cache_key`: a dump with
    /// sorted keys).
    #[must_use]
    pub fn registration_file(&self, home: &Path) -> PathBuf {
        let text = |text: &str| serde_json::Value::from(text).to_string();
        let optional = |value: Option<&str>| value.map_or_else(|| "null".to_owned(), text);
        let scopes: Vec<String> = self.scopes.iter().map(|scope| text(scope)).collect();
        let scopes = if scopes.is_empty() { "null".to_owned() } else { format!("[{}]", scopes.join(", ")) };
        let key = format!(
            "{{\"region\": {}, \"scopes\": {scopes}, \"session_name\": {}, \"startUrl\": {}, \"tool\": \"botocore\"}}",
            text(&self.region),
            optional(self.session.as_deref()),
            text(&self.start_url)
        );
        cached(home, &key)
    }
}

fn needed(section: &Profile<'_>, what: &str) -> Result<(String, String), NoPlace> {
    let text = |key: &'static str| {
        let lacks = || NoPlace::Lacks { what: what.to_owned(), key };
        Ok(section.text(key).filter(|text| !text.is_empty()).ok_or_else(lacks)?.into_owned())
    };
    Ok((text("sso_start_url")?, text("sso_region")?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONFIG: &str = "[sso-session corp]\nsso_start_url = https://corp/start\nsso_region = us-east-1\n\
        [sso-session half]\nsso_region = us-east-1\n[profile dev]\nsso_session = corp\nsso_account_id = 1\n\
        sso_role_name = r\n[profile old]\nsso_start_url = https://old/start\nsso_region = eu-west-1\n\
        sso_account_id = 1\nsso_role_name = r\n[profile on-dev]\nrole_arn = arn:aws:iam::1:role/x\n\
        source_profile = dev\n[profile keys]\nregion = us-east-1\n[profile console]\nlogin_session = arn:x\n\
        [profile lost]\nsso_session = none\n";

    fn estate() -> Estate {
        let files = crate::aws::world::AwsFiles { config: "/c".into(), credentials: "/d".into() };
        Estate::from_texts(files, CONFIG.into(), Vec::new())
    }

    #[test]
    fn a_name_means_a_place() {
        let corp = Place::of(&estate(), "corp").unwrap();
        assert_eq!(
            (corp.name(), &*corp.start_url, &*corp.region),
            ("corp", "https://corp/start", "us-east-1")
        );
        assert_eq!(corp.scopes, [SCOPE]);
        assert_eq!(Place::of(&estate(), "dev").unwrap(), corp);
        assert_eq!(Place::of(&estate(), "on-dev").unwrap(), corp);
        let old = Place::of(&estate(), "old").unwrap();
        assert_eq!((old.name(), old.scopes.len()), ("https://old/start", 0));
        assert_eq!(Place::all(&estate()), [corp, old]);
    }

    #[test]
    fn why_there_is_none() {
        let why = |name| Place::of(&estate(), name).unwrap_err().to_string();
        assert_eq!(why("who"), "there is neither a profile nor an sso-session `who`");
        assert_eq!(why("half"), "[sso-session half] has no sso_start_url");
        assert_eq!(why("keys"), "profile `keys` does not sign in to Identity Center");
        assert_eq!(why("console"), "profile `console` signs in to the console, with `aws login`");
        assert_eq!(why("lost"), "profile `lost` names the sso-session `none`, which does not exist");
    }

    /// `hashlib.sha1(json.dumps({...}, sort_keys=True).encode()).hexdigest()` in Python.
    #[test]
    fn registrations_are_named_as_botocore_names_them() {
        let name = |name| {
            let file = Place::of(&estate(), name).unwrap().registration_file(Path::new("/"));
            file.file_name().unwrap().to_str().unwrap().to_owned()
        };
        assert_eq!(name("corp"), "199983063fb123c2c87e8595d88dced693388c5c.json");
        assert_eq!(name("old"), "dd6fb88d10995abdcf6f7f539bbcb3dcf06847c5.json");
    }
}
