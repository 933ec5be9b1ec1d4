//! Role sessions in awsprof's own cache: a file each (0600), named by a hash of who asks for what.
//!
//! Unlike the AWS CLI's cache the name holds the identity that asks, so two users of one role never share an entry.
//! A user is known by the long-term key: a session made with today's code is as good as yesterday's.

use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Deserializer, Serialize};

use super::{StoreError, digest, own, swap};
use crate::aws::chain::probe::RoleExtras;
use crate::aws::overview::Kind;
use crate::aws::profile::{Estate, Profile};
use crate::aws::secret::{Credentials, Secret};
use crate::aws::session;
use crate::aws::world::Env;

const FOLDER: &str = "roles";
/// How far sources are followed.
const HOPS: usize = 8;
/// What of a role's profile goes into the request.
const ASKED: [&str; 5] = ["role_arn", "mfa_serial", "role_session_name", "external_id", "duration_seconds"];

/// What a list may know of a cached session: no secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CachedRole {
    pub expires_at: Timestamp,
    pub lifetime: SignedDuration,
    pub access_key_id: String,
    /// Somebody has had it since it was made.
    pub used: bool,
}

/// The name under which the session of a role's profile is kept; `None` if it is no role or nobody can say from the
/// files who asks for it.
#[must_use]
pub fn role_key(env: &Env, estate: &Estate, profile: &str) -> Option<String> {
    key((env, estate), &estate.profile(profile)?, HOPS)
}

fn key(world: (&Env, &Estate), profile: &Profile<'_>, hops: usize) -> Option<String> {
    let (env, estate) = world;
    let identity = match profile.kind() {
        Kind::Sso => asker(world, profile, hops)?,
        Kind::CredentialSource => machine(env, &profile.text("credential_source")?)?,
        Kind::AssumeRole => match estate.profile(&profile.text("source_profile")?)? {
            own if own.name() == profile.name() => own.access_key()?.id.into_owned(),
            other => asker(world, &other, hops.checked_sub(1)?)?,
        },
        _ => return None,
    };
    let asked = ASKED
        .iter()
        .chain(&RoleExtras::KEYS)
        .filter_map(|key| Some(format!("\n{key}={}", profile.text(key)?)));
    let all: String = std::iter::once(identity).chain(asked).collect();
    Some(digest::digest(all.as_bytes())[..40].to_owned())
}

/// Who a `credential_source` is: the keys in the environment, the task of a container, this machine.
fn machine(env: &Env, source: &str) -> Option<String> {
    let task = ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI"];
    let who = match source {
        "Environment" => env.non_empty("AWS_ACCESS_KEY_ID")?,
        "EcsContainer" => task.into_iter().find_map(|name| env.non_empty(name))?,
        _ => "",
    };
    Some(format!("{source} {who}"))
}

/// Who the source of a role is, whatever session it has at the moment.
fn asker(world: (&Env, &Estate), source: &Profile<'_>, hops: usize) -> Option<String> {
    let estate = world.1;
    let text = |key: &str| source.text(key).unwrap_or_default();
    Some(match source.kind() {
        Kind::AssumeRole | Kind::CredentialSource => format!("role {}", key(world, source, hops)?),
        Kind::Session => {
            let user = session::long_term_of(estate, source.name()).and_then(|name| estate.profile(&name));
            user.as_ref().unwrap_or(source).access_key()?.id.into_owned()
        }
        Kind::Sso => {
            let portal = [text("sso_session"), text("sso_start_url")].concat();
            format!("sso {portal} {} {}", text("sso_account_id"), text("sso_role_name"))
        }
        Kind::Process => format!("process {}", text("credential_process")),
        Kind::Static => source.access_key()?.id.into_owned(),
        _ => format!("profile {}", source.name()),
    })
}

/// The session kept under this name, if it is there and still lives. A damaged entry counts as none.
#[must_use]
pub fn cached_role(cache: &Path, key: &str, now: Timestamp) -> Option<Credentials> {
    let entry: Entry = own::load(&path(cache, key)).ok()??;
    (entry.expires_at > now).then(|| Credentials {
        access_key_id: entry.access_key_id,
        secret_access_key: entry.secret_access_key,
        session_token: Some(entry.session_token),
        expires_at: Some(entry.expires_at),
        account: entry.account,
    })
}

/// The same without its secrets.
#[must_use]
pub fn cached_role_facts(cache: &Path, key: &str) -> Option<CachedRole> {
    let Facts { expires_at, made_at, access_key_id, ahead } = own::load(&path(cache, key)).ok()??;
    let used = !ahead || super::is_file(&used(cache, key));
    Some(CachedRole { expires_at, lifetime: expires_at.duration_since(made_at), access_key_id, used })
}

/// Remembers that somebody got the session kept under this name: one that is used is worth renewing.
///
/// # Errors
/// [`StoreError::Io`] if the cache folder cannot be written.
pub fn use_role(cache: &Path, key: &str) -> Result<(), StoreError> {
    if super::is_file(&path(cache, key)) { own::mark(&used(cache, key)) } else { Ok(()) }
}

/// Keeps a session. One without an expiry is not kept. `ahead`: nobody has asked for it yet.
///
/// # Errors
/// [`StoreError::Io`] if the cache folder cannot be written.
pub fn cache_role(
    cache: &Path,
    key: &str,
    session: &Credentials,
    (now, ahead): (Timestamp, bool),
) -> Result<(), StoreError> {
    let (Some(token), Some(expires_at)) = (&session.session_token, session.expires_at) else { return Ok(()) };
    let entry = Kept {
        access_key_id: &session.access_key_id,
        secret_access_key: session.secret_access_key.expose(),
        session_token: token.expose(),
        expires_at,
        made_at: now,
        ahead,
        account: session.account.as_deref(),
    };
    let folder = cache.join(FOLDER);
    own::alone(&folder, || {
        own::leftovers(&folder).iter().try_for_each(|path| own::remove(path))?;
        own::remove(&used(cache, key))?;
        own::save(&path(cache, key), &entry)
    })
}

/// Removes what is kept under this name; whether there was anything.
///
/// # Errors
/// [`StoreError::Io`] if the cache folder cannot be written.
pub fn forget_role(cache: &Path, key: &str) -> Result<bool, StoreError> {
    let path = path(cache, key);
    let was = super::is_file(&path);
    own::remove(&path)?;
    own::remove(&used(cache, key))?;
    Ok(was)
}

/// The names of everything that is kept, entries of roles that are in no file any more among them.
#[must_use]
pub fn cached_roles(cache: &Path) -> Vec<String> {
    let files = swap::list(&cache.join(FOLDER)).into_iter();
    let json = files.filter(|file| file.extension().is_some_and(|ext| ext == "json"));
    json.filter_map(|file| Some(file.file_stem()?.to_str()?.to_owned())).collect()
}

fn path(cache: &Path, key: &str) -> PathBuf {
    cache.join(FOLDER).join(key).with_extension("json")
}

/// Its being there says that somebody got the session since it was made.
fn used(cache: &Path, key: &str) -> PathBuf {
    cache.join(FOLDER).join(key).with_extension("used")
}

#[derive(Serialize)]
struct Kept<'a> {
    access_key_id: &'a str,
    secret_access_key: &'a str,
    session_token: &'a str,
    expires_at: Timestamp,
    made_at: Timestamp,
    ahead: bool,
    account: Option<&'a str>,
}

#[derive(Deserialize)]
struct Entry {
    access_key_id: String,
    #[serde(deserialize_with = "hidden")]
    secret_access_key: Secret,
    #[serde(deserialize_with = "hidden")]
    session_token: Secret,
    expires_at: Timestamp,
    account: Option<String>,
}

#[derive(Deserialize)]
struct Facts {
    access_key_id: String,
    expires_at: Timestamp,
    made_at: Timestamp,
    #[serde(default)]
    ahead: bool,
}

fn hidden<'de, D: Deserializer<'de>>(from: D) -> Result<Secret, D::Error> {
    String::deserialize(from).map(Secret::new)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;
    use crate::aws::world::AwsFiles;

    fn estate(config: &str) -> Estate {
        let files = AwsFiles { config: "/c".into(), credentials: "/k".into() };
        let keys = "[a]\naws_access_key_id=AKIA1\naws_secret_access_key=x\n[b]\naws_access_key_id=AKIA2\naws_secret_access_key=x\n\
                    [a-mfa]\naws_access_key_id=ASIA1\naws_secret_access_key=x\naws_session_token=t\n";
        Estate::from_texts(files, config.into(), keys.into())
    }

    #[test]
    fn the_name_says_who_asks_for_what() {
        let role = |more: &str| format!("[profile r]\nrole_arn = arn:aws:iam::111122223333:role/r\n{more}");
        let key = |more: &str| role_key(&Env::default(), &estate(&role(more)), "r");
        let first = key("source_profile = a\n").unwrap();
        assert_eq!(key("source_profile = a-mfa\n").unwrap(), first, "the same user");
        for other in [
            "source_profile = b\n",
            "source_profile = a\nexternal_id = 7\n",
            "source_profile = a\nmfa_serial = m\n",
        ] {
            assert_ne!(key(other).unwrap(), first, "{other}");
        }
        assert_eq!(key("region = x\nsource_profile = a\n").unwrap(), first, "the region is not asked for");
        assert_eq!(
            key("source_profile = r2\n[profile r2]\nrole_arn = x\nsource_profile = r\n"),
            None,
            "a circle"
        );
        assert_eq!(role_key(&Env::default(), &estate(""), "a"), None);
    }

    #[test]
    fn a_machine_is_known_by_what_it_acts_with() {
        let roles = estate(
            "[profile e]\nrole_arn = x\ncredential_source = Environment\n\
             [profile m]\nrole_arn = x\ncredential_source = Ec2InstanceMetadata\n",
        );
        let shell = |id: &str| Env::default().with("AWS_ACCESS_KEY_ID", id);
        let key = |env: &Env, name: &str| role_key(env, &roles, name);
        assert_ne!(key(&shell("A"), "e").unwrap(), key(&shell("B"), "e").unwrap());
        assert_eq!(key(&Env::default(), "e"), None, "nobody there");
        assert_eq!(key(&shell("A"), "m").unwrap(), key(&shell("B"), "m").unwrap());
    }

    #[test]
    fn an_entry_is_private_and_ends() {
        let home = tempfile::tempdir().unwrap();
        let now: Timestamp = "2026-01-02T03:04:05Z".parse().unwrap();
        let until = now + SignedDuration::from_hours(1);
        let session = Credentials {
            session_token: Some(Secret::new("tok")),
            expires_at: Some(until),
            ..Credentials::long_term("ASIA9", "hush")
        };
        cache_role(home.path(), "k", &session, (now, false)).unwrap();
        let mode = path(home.path(), "k").metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600);
        assert_eq!(cached_role(home.path(), "k", now).unwrap().secret_access_key.expose(), "hush");
        assert!(cached_role(home.path(), "k", until).is_none());
        let facts = cached_role_facts(home.path(), "k").unwrap();
        assert_eq!((facts.expires_at, facts.lifetime), (until, SignedDuration::from_hours(1)));
        assert!(facts.used, "made because somebody wanted it");
        assert_eq!(cached_roles(home.path()), ["k"]);
        assert!(forget_role(home.path(), "k").unwrap() && !forget_role(home.path(), "k").unwrap());
    }
    #[test]
    fn one_made_ahead_is_unused_until_somebody_gets_it() {
        let home = tempfile::tempdir().unwrap();
        let now: Timestamp = "2026-01-02T03:04:05Z".parse().unwrap();
        let session = Credentials {
            session_token: Some(Secret::new("tok")),
            expires_at: Some(now + SignedDuration::from_hours(1)),
            ..Credentials::long_term("ASIA9", "hush")
        };
        let used = || cached_role_facts(home.path(), "k").unwrap().used;
        cache_role(home.path(), "k", &session, (now, true)).unwrap();
        assert!(!used());
        use_role(home.path(), "k").unwrap();
        assert!(used() && cached_role(home.path(), "k", now).is_some());
        cache_role(home.path(), "k", &session, (now, true)).unwrap();
        assert!(!used(), "the next one was not asked for either");
        use_role(home.path(), "nobody's").unwrap();
        assert!(forget_role(home.path(), "k").unwrap());
        assert_eq!(std::fs::read_dir(home.path().join(FOLDER)).unwrap().count(), 0);
    }
}
