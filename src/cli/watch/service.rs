//! The service as a file: a systemd user unit, or a launchd agent, from the templates in `assets/`.

use std::path::{Path, PathBuf};

use crate::aws::world::{Env, World};

const UNIT: &str = include_str!("../../../assets/awsprof-watch.service");
const AGENT: &str = include_str!("../../../assets/awsprof.watch.plist");

/// What of the caller's environment says where files are: a service starts without it. No secrets are among these.
const HANDED_ON: [&str; 7] = [
    "AWSPROF_HOME",
    "AWSPROF_CONFIG",
    "AWS_CONFIG_FILE",
    "AWS_SHARED_CREDENTIALS_FILE",
    "AWS_CA_BUNDLE",
    "HTTPS_PROXY",
    "NO_PROXY",
];

/// A service file, and what starts the service.
#[derive(Debug, PartialEq, Eq)]
pub struct Service {
    pub path: PathBuf,
    pub text: String,
    pub start: String,
}

/// What keeps services on this system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeper {
    Systemd,
    Launchd,
}

impl Keeper {
    /// That of the system this was built for.
    #[must_use]
    pub const fn here() -> Option<Self> {
        if cfg!(target_os = "linux") {
            Some(Self::Systemd)
        } else if cfg!(target_os = "macos") {
            Some(Self::Launchd)
        } else {
            None
        }
    }

    /// The service that runs `program`; `None` without a home.
    #[must_use]
    pub fn service(self, world: &World, program: &Path) -> Option<Service> {
        let home = world.home()?;
        let program = program.display().to_string();
        let set: Vec<(&str, &str)> =
            HANDED_ON.iter().filter_map(|name| Some((*name, world.env.non_empty(name)?))).collect();
        Some(match self {
            Self::Systemd => systemd(&units(&world.env, &home), &program, &set),
            Self::Launchd => launchd(&home, &program, &set),
        })
    }
}

/// Where systemd looks for a user's units.
fn units(env: &Env, home: &Path) -> PathBuf {
    let config = env.non_empty("XDG_CONFIG_HOME").map_or_else(|| home.join(".config"), PathBuf::from);
    config.join("systemd/user")
}

fn systemd(folder: &Path, program: &str, set: &[(&str, &str)]) -> Service {
    let line = |(name, value): &(&str, &str)| format!("Environment={}\n", quoted(&format!("{name}={value}")));
    let environment: String = set.iter().map(line).collect();
    let text = UNIT.replace("{program}", &unit_word(program)).replace("{environment}\n", &environment);
    let start = "systemctl --user enable --now awsprof-watch.service".to_owned();
    Service { path: folder.join("awsprof-watch.service"), text, start }
}

/// A word of a command line as systemd reads it back: there `$` names a variable (`systemd.service(5)`).
fn unit_word(word: &str) -> String {
    quoted(word).replace('$', "$$")
}

/// A word of any other setting.
fn quoted(word: &str) -> String {
    let escaped = word.replace('\\', "\\\\").replace('"', "\\\"").replace('%', "%%");
    let plain = word.chars().all(|c| c.is_alphanumeric() || "/._-+=:@,".contains(c));
    if plain { escaped } else { format!("\"{escaped}\"") }
}

fn launchd(home: &Path, program: &str, set: &[(&str, &str)]) -> Service {
    let pair = |(name, value): &(&str, &str)| {
        format!("    <key>{}</key>\n    <string>{}</string>\n", xml(name), xml(value))
    };
    let environment: String = set.iter().map(pair).collect();
    let log = home.join("Library/Logs/awsprof-watch.log").display().to_string();
    let text = AGENT.replace("{program}", &xml(program)).replace("{log}", &xml(&log));
    let text = text.replace("{environment}\n", &environment);
    let path = home.join("Library/LaunchAgents/awsprof.watch.plist");
    let quoted = crate::app::log::quoted(&path.display().to_string());
    Service { path, text, start: format!("launchctl bootstrap gui/$(id -u) {quoted}") }
}

fn xml(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn service(keeper: Keeper, program: &str, more: &[(&str, &str)]) -> Service {
        let env = [("HOME", "/home/me")].iter().chain(more);
        let env = env.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let world = World::in_memory(env, BTreeMap::new(), jiff::Timestamp::UNIX_EPOCH);
        keeper.service(&world, Path::new(program)).unwrap()
    }

    #[test]
    fn a_unit_runs_the_program_where_it_is() {
        let unit = service(Keeper::Systemd, "/usr/local/bin/awsprof", &[]);
        assert_eq!(unit.path, Path::new("/home/me/.config/systemd/user/awsprof-watch.service"));
        assert!(unit.text.contains("\nExecStart=/usr/local/bin/awsprof watch\n"), "{}", unit.text);
        assert!(!unit.text.contains('{') && !unit.text.contains("Environment="), "{}", unit.text);
    }

    #[test]
    fn odd_paths_are_quoted_as_systemd_reads_them() {
        let odd = "/opt/my \"100%\" $tools/awsprof";
        let unit = service(Keeper::Systemd, odd, &[("AWSPROF_HOME", "/home/me/50% off $x")]);
        let line = "ExecStart=\"/opt/my \\\"100%%\\\" $$tools/awsprof\" watch\n";
        assert!(unit.text.contains(line), "{}", unit.text);
        assert!(unit.text.contains("Environment=\"AWSPROF_HOME=/home/me/50%% off $x\"\n"), "{}", unit.text);
    }

    #[test]
    fn an_agent_is_xml() {
        let set = [("AWS_CONFIG_FILE", "/a&b/config"), ("AWS_SECRET_ACCESS_KEY", "hush")];
        let agent = service(Keeper::Launchd, "/Users/me & you/awsprof", &set);
        assert_eq!(agent.path, Path::new("/home/me/Library/LaunchAgents/awsprof.watch.plist"));
        let read = roxmltree::Document::parse_with_options(
            &agent.text,
            roxmltree::ParsingOptions { allow_dtd: true, ..roxmltree::ParsingOptions::default() },
        );
        let read = read.unwrap();
        let texts: Vec<_> = read.descendants().filter_map(|node| node.text()).map(str::trim).collect();
        assert!(texts.contains(&"/Users/me & you/awsprof") && texts.contains(&"/a&b/config"), "{texts:?}");
        assert!(!agent.text.contains("hush") && !agent.text.contains('{'), "{}", agent.text);
    }
}
