//! Where a tool looks for the two files.

use std::path::{Path, PathBuf};

use super::FileKind;
use crate::aws::chain::tool::{Config, FileRule, PathRule};
use crate::aws::world::Env;

/// Where one of the two files may lie: none where the environment or the tool says that there is none, two
/// where the second is read if the first is not there.
pub(in crate::aws::chain) fn locate(rule: &FileRule, kind: FileKind, env: &Env, home: &Path) -> Vec<PathBuf> {
    let (variable, name) = match (kind, rule.config) {
        (FileKind::Config, Config::Never) => return Vec::new(),
        (FileKind::Config, Config::Fixed) => return vec![home.join(".aws/config")],
        (FileKind::Config, Config::In(variable)) => (variable, "config"),
        (FileKind::Credentials, _) => (rule.credentials, "credentials"),
    };
    let standard = || home.join(".aws").join(name);
    if rule.paths == PathRule::IfThere {
        return env.non_empty(variable).map(PathBuf::from).into_iter().chain([standard()]).collect();
    }
    one(rule.paths, variable, standard, env, home).into_iter().collect()
}

fn one(
    rule: PathRule,
    variable: &str,
    standard: impl Fn() -> PathBuf,
    env: &Env,
    home: &Path,
) -> Option<PathBuf> {
    let given = || env.non_empty(variable);
    match rule {
        PathRule::Literal | PathRule::IfThere => Some(given().map_or_else(standard, PathBuf::from)),
        PathRule::Tilde => Some(given().map_or_else(standard, |path| tilde(path, home))),
        PathRule::TildeOrHere => Some(env.get(variable).map_or_else(standard, |path| match path {
            "" => PathBuf::from("."),
            path => tilde(path, home),
        })),
        PathRule::TildeOrNone => match env.get(variable) {
            None => Some(standard()),
            Some(path) => Some(tilde(path, home)).filter(|_| !path.is_empty()),
        },
        PathRule::Shell => env.get(variable).map_or_else(|| Some(standard()), |path| shell(path, env, home)),
    }
}

/// `expandvars`, then `expanduser`; the empty path is no file.
fn shell(path: &str, env: &Env, home: &Path) -> Option<PathBuf> {
    Some(tilde(&variables(path, env), home)).filter(|path| !path.as_os_str().is_empty())
}

/// A leading `~` or `~/` stands for the home directory.
pub(in crate::aws::chain) fn tilde(path: &str, home: &Path) -> PathBuf {
    match path.strip_prefix('~') {
        Some("") => home.to_owned(),
        Some(rest) if rest.starts_with('/') => home.join(rest.trim_start_matches('/')),
        _ => PathBuf::from(path),
    }
}

/// `$NAME` and `${NAME}`; a variable that is not set stays as written.
fn variables(path: &str, env: &Env) -> String {
    let mut out = String::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('$') {
        out.push_str(before);
        let (whole, name) = variable_name(after);
        match env.get(name).filter(|_| !name.is_empty()) {
            Some(value) => out.push_str(value),
            None => out.extend(["$", &after[..whole]]),
        }
        rest = &after[whole..];
    }
    out + rest
}

/// How many bytes the reference takes after its `$`, and the name in it.
fn variable_name(after: &str) -> (usize, &str) {
    if let Some((name, _)) = after.strip_prefix('{').and_then(|braced| braced.split_once('}')) {
        return (name.len() + 2, name);
    }
    let end = after.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(after.len());
    (end, &after[..end])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::chain::files::Grammar;

    const BOTOCORE: FileRule = FileRule {
        config: Config::In("AWS_CONFIG_FILE"),
        credentials: "AWS_SHARED_CREDENTIALS_FILE",
        paths: PathRule::Shell,
        grammar: Grammar::BOTOCORE,
        unreadable: None,
        folder: None,
        tokens: &[],
    };

    #[test]
    fn python_expands_both() {
        let env: Env = [("X".to_owned(), "v".to_owned())].into_iter().collect();
        let at = |path: &str| {
            let env = env.with("AWS_CONFIG_FILE", path);
            locate(&BOTOCORE, FileKind::Config, &env, Path::new("/h"))
                .first()
                .map(|path| path.display().to_string())
        };
        assert_eq!(at("~/alt").as_deref(), Some("/h/alt"));
        assert_eq!(at("/a/$X/${X}b/$NO/$").as_deref(), Some("/a/v/vb/$NO/$"));
        assert_eq!(at(""), None);
        assert_eq!(
            locate(&BOTOCORE, FileKind::Credentials, &env, Path::new("/h")),
            [PathBuf::from("/h/.aws/credentials")]
        );
    }
}
