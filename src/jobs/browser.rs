//! Starting a browser: without a terminal, in a session of its own, and not waited for.

use std::process::Stdio;

use process_wrap::tokio::{CommandWrap, ProcessSession};
use tokio::process::Command;

use super::{Class, Failure};
use crate::aws::world::Env;

/// Starts the first browser that can be started.
///
/// # Errors
/// There is none.
pub fn start(env: &Env, url: &str) -> Result<(), Failure> {
    let mut tried = Vec::new();
    for words in candidates(env, url) {
        let Some((program, arguments)) = words.split_first() else { continue };
        let mut command = Command::new(program);
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        match apart(command) {
            Ok(()) => return Ok(()),
            Err(error) => tried.push(format!("{program}: {error}")),
        }
    }
    let message = format!("no browser could be started ({})", tried.join("; "));
    Err(Failure::new(Class::General, "no-browser", message)
        .hint("name one in BROWSER, or use --print and open the URL yourself"))
}

/// Commands in the order they are tried: those in `BROWSER` (colons between them, `%s` for the URL, as xdg-open has
/// it), then the system's own.
fn candidates(env: &Env, url: &str) -> Vec<Vec<String>> {
    let named = env.non_empty("BROWSER").unwrap_or_default();
    let named = named.split(':').filter(|command| !command.is_empty());
    let own: &[&str] = match () {
        () if cfg!(target_os = "macos") => &["open"],
        () if cfg!(windows) => &["rundll32 url.dll,FileProtocolHandler"],
        () => &["xdg-open", "wslview", "sensible-browser", "x-www-browser"],
    };
    named.chain(own.iter().copied()).filter_map(|command| words(command, url)).collect()
}

fn words(command: &str, url: &str) -> Option<Vec<String>> {
    let mut words = shlex::split(command).filter(|words| !words.is_empty())?;
    let placed = words.iter().any(|word| word.contains("%s"));
    for word in &mut words {
        *word = word.replace("%s", url);
    }
    words.extend((!placed).then(|| url.to_owned()));
    Some(words)
}

/// It must outlive us, and neither our terminal nor our Ctrl-C is meant for it.
fn apart(command: Command) -> std::io::Result<()> {
    let mut wrapped = CommandWrap::from(command);
    #[cfg(unix)]
    wrapped.wrap(ProcessSession);
    wrapped.spawn().map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_user_s_browser_comes_first() {
        let env = [("BROWSER".to_owned(), "firefox --new-tab:lynx '%s'".to_owned())].into_iter().collect();
        let all = candidates(&env, "http://h/");
        assert_eq!(all[0], ["firefox", "--new-tab", "http://h/"]);
        assert_eq!(all[1], ["lynx", "http://h/"]);
        assert!(all.len() > 2);
    }
}
