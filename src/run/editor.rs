//! `$EDITOR` at a line: the one child that gets the terminal, because the user asked for it.

use std::io;
use std::path::Path;
use std::process::Command;

use crate::aws::world::Env;

/// Runs the editor and waits for it.
///
/// # Errors
/// It cannot be started, or it said that it failed.
pub fn run(env: &Env, path: &Path, line: u32) -> io::Result<()> {
    let words = words(env);
    let Some((program, arguments)) = words.split_first() else {
        return Err(io::Error::other("EDITOR is empty"));
    };
    let mut command = Command::new(program);
    command.args(arguments).args(place(program, path, line));
    let status = command.status().map_err(|error| io::Error::other(format!("{program}: {error}")))?;
    if status.success() { Ok(()) } else { Err(io::Error::other(format!("{program}: {status}"))) }
}

/// The command as its words: `VISUAL`, then `EDITOR`, then `vi`, as POSIX tools do.
fn words(env: &Env) -> Vec<String> {
    let command = env.non_empty("VISUAL").or_else(|| env.non_empty("EDITOR")).unwrap_or("vi");
    shlex::split(command).unwrap_or_else(|| vec![command.to_owned()])
}

/// How this editor is told the line.
fn place(program: &str, path: &Path, line: u32) -> Vec<std::ffi::OsString> {
    let name = Path::new(program).file_name().and_then(|name| name.to_str()).unwrap_or(program);
    let at = || {
        let mut at = path.as_os_str().to_owned();
        at.push(format!(":{line}"));
        at
    };
    match name {
        "hx" | "helix" | "subl" | "zed" => vec![at()],
        "code" | "codium" | "cursor" => vec!["--wait".into(), "--goto".into(), at()],
        "vi" | "vim" | "nvim" | "nano" | "emacs" | "emacsclient" | "micro" | "kak" | "joe" | "jed" | "mg" => {
            vec![format!("+{line}").into(), path.into()]
        }
        _ => vec![path.into()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn env(pairs: &[(&str, &str)]) -> Env {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn visual_wins_and_may_have_arguments() {
        assert_eq!(words(&env(&[("VISUAL", "code -n"), ("EDITOR", "ed")])), ["code", "-n"]);
        assert_eq!(words(&env(&[("EDITOR", "")])), ["vi"]);
    }

    #[test]
    fn each_editor_is_told_the_line_its_own_way() {
        let path = Path::new("/home/me/.aws/config");
        assert_eq!(place("/usr/bin/vim", path, 7), ["+7", "/home/me/.aws/config"]);
        assert_eq!(place("hx", path, 7), ["/home/me/.aws/config:7"]);
        assert_eq!(place("ed", path, 7), ["/home/me/.aws/config"]);
    }
}
