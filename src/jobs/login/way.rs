//! Which way a sign-in goes when nobody said: a browser of this machine is of no use where nobody sits in front of it.

use std::path::Path;

use crate::aws::world::{Env, Fs};

/// How somebody signs in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Way {
    /// As the machine suggests.
    #[default]
    Usual,
    /// This machine's browser comes back here.
    Browser,
    /// A code, confirmed in any browser.
    Device,
}

/// Under SSH, in a container and without a display it is the code.
pub(super) fn usual(env: &Env, fs: &Fs) -> Way {
    let set = |name: &str| env.non_empty(name).is_some();
    let remote = ["SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"].into_iter().any(set);
    let container =
        set("container") || ["/.dockerenv", "/run/.containerenv"].into_iter().any(|mark| exists(fs, mark));
    let display =
        !cfg!(target_os = "linux") || ["DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"].into_iter().any(set);
    // Who names a browser wants it.
    if set("BROWSER") || (display && !remote && !container) { Way::Browser } else { Way::Device }
}

fn exists(fs: &Fs, mark: &str) -> bool {
    fs.read_at_most(Path::new(mark), 1).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn way(variables: &[(&str, &str)]) -> Way {
        let env = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        usual(&env, &Fs::Memory(std::sync::Arc::default()))
    }

    #[test]
    fn the_code_where_no_browser_is_seen() {
        if cfg!(target_os = "linux") {
            assert_eq!(way(&[]), Way::Device);
        }
        assert_eq!(way(&[("DISPLAY", ":0")]), Way::Browser);
        assert_eq!(way(&[("DISPLAY", ":0"), ("SSH_CONNECTION", "x")]), Way::Device);
        assert_eq!(way(&[("DISPLAY", ":0"), ("container", "podman")]), Way::Device);
        assert_eq!(way(&[("BROWSER", "lynx"), ("SSH_TTY", "/dev/pts/1")]), Way::Browser);
    }
}
