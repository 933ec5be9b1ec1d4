//! A throw-away home directory that goes with the sandbox: two files as a few years of real use leave them.
//!
//! The texts are beside this file, with the cast's keys left open.

use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;

use super::Sandbox;
use super::cast::{Cast, User};
use crate::aws::world::Env;

const CONFIG: &str = include_str!("home/config");
const CREDENTIALS: &str = include_str!("home/credentials");

/// Writes `.aws/config`, `.aws/credentials` (0600 in 0700) and what the process profile prints into `dir`,
/// which must exist and be empty.
///
/// # Errors
/// Any failure to write; a file that is already there is never overwritten.
pub fn demo_home(dir: &Path, sandbox: &Sandbox) -> io::Result<()> {
    let cast = sandbox.cast();
    let aws = dir.join(".aws");
    let process = dir.join("play-credentials.json");
    std::fs::DirBuilder::new().mode(0o700).create(&aws)?;
    write(&process, &process_output(&cast))?;
    write(&aws.join("config"), &fill(CONFIG, &cast, &process))?;
    write(&aws.join("credentials"), &fill(CREDENTIALS, &cast, &process))
}

/// The environment of a world that sees this home and the sandbox, and nothing else of the caller's cloud:
/// everything of AWS's, Amazon's, boto's and ours, proxies, certificates and XDG folders are left out.
#[must_use]
pub fn demo_env(dir: &Path, sandbox: &Sandbox, caller: &Env) -> Env {
    let ours_to_say = ["AMAZON_", "BOTO", "SECRET_ACCESS_KEY", "SSL_CERT_", "XDG_"];
    let foreign = |name: &str| {
        let upper = name.to_ascii_uppercase();
        let starts = ours_to_say.iter().any(|start| upper.starts_with(start));
        starts || upper.contains("AWS") || upper.ends_with("_PROXY")
    };
    let kept = caller.iter().filter(|(name, _)| !foreign(name));
    let kept = kept.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let ours = sandbox.env().into_iter().map(|(name, value)| (name.to_owned(), value));
    let home = ["HOME", "USERPROFILE"].map(|name| (name.to_owned(), dir.display().to_string()));
    let folder = dir.join("awsprof").display().to_string();
    kept.chain(ours).chain(home).chain([("AWSPROF_HOME".to_owned(), folder)]).collect()
}

fn write(path: &Path, text: &str) -> io::Result<()> {
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(text.as_bytes())
}

/// Puts the cast's keys where the text leaves room for them.
fn fill(text: &str, cast: &Cast, process: &Path) -> String {
    let path = process.display().to_string();
    let quoted = shlex::try_quote(&path).map_or_else(|_| path.clone(), std::borrow::Cow::into_owned);
    let keys = |text: String, user: &User| {
        let serial = user.device.as_ref().map_or("", |device| device.serial);
        text.replace(&format!("{{{}.id}}", user.name), user.access_key_id)
            .replace(&format!("{{{}.secret}}", user.name), user.secret_access_key)
            .replace(&format!("{{{}.serial}}", user.name), serial)
    };
    cast.users.iter().fold(text.replace("{process}", &quoted), keys)
}

/// The answer of the process profile: keys that do not expire.
fn process_output(cast: &Cast) -> String {
    let player = cast.user("player");
    let keys = player.map(|user| (user.access_key_id, user.secret_access_key)).unwrap_or_default();
    serde_json::json!({"Version": 1, "AccessKeyId": keys.0, "SecretAccessKey": keys.1}).to_string()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "looks at what was written")]

    use std::os::unix::fs::PermissionsExt;

    use super::*;
    use crate::aws::world::Clock;

    #[test]
    fn a_home_with_nothing_left_open_and_tight_modes() {
        let dir = tempfile::tempdir().unwrap();
        let sandbox = Sandbox::start(Cast::demo().unwrap(), Clock::System).unwrap();
        demo_home(dir.path(), &sandbox).unwrap();
        let mode =
            |path: &str| std::fs::metadata(dir.path().join(path)).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(".aws"), mode(".aws/config"), mode(".aws/credentials")), (0o700, 0o600, 0o600));
        let read = |path: &str| std::fs::read_to_string(dir.path().join(path)).unwrap();
        let both = read(".aws/config") + &read(".aws/credentials");
        assert!(!both.contains('{'), "{both}");
        assert!(
            both.contains("AKIASANDBOXALICE7Q3F") && both.contains("arn:aws:iam::111122223333:mfa/bob-phone")
        );
        assert!(read("play-credentials.json").contains("AKIA"));
        assert!(demo_home(dir.path(), &sandbox).is_err(), "never written over");
    }

    #[test]
    fn the_callers_cloud_stays_outside() {
        let sandbox = Sandbox::start(Cast::demo().unwrap(), Clock::System).unwrap();
        let caller: Env = [
            "AWS_PROFILE",
            "https_proxy",
            "SSL_CERT_FILE",
            "AWS_CA_BUNDLE",
            "XDG_CONFIG_HOME",
            "_AWSPROF_PROFILE_CHAIN",
            "AMAZON_SESSION_TOKEN",
            "TERM",
        ]
        .map(|name| (name.to_owned(), "mine".to_owned()))
        .into_iter()
        .collect();
        let env = demo_env(Path::new("/demo"), &sandbox, &caller);
        let mine: Vec<_> = env.iter().filter(|(_, value)| *value == "mine").map(|(name, _)| name).collect();
        assert_eq!(mine, ["TERM"]);
        assert_eq!(env.get("HOME"), Some("/demo"));
        assert_eq!(env.get("AWS_ENDPOINT_URL_STS"), Some(sandbox.url().as_str()));
    }
}
