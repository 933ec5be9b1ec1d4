//! `awsprof init`: what a shell's start file evaluates.
//!
//! Three things: a function around awsprof that takes a chosen profile's name from a file and sets `AWS_PROFILE`
//! ([`super::shell`]); the completions of clap, with the profiles' names where a profile can stand; and, if asked for,
//! the segment in front of the prompt. The scripts are files beside this one.

use clap::{Command, CommandFactory};
use clap_complete::Shell as Completed;

use super::args::{Cli, Init, Shell};
use super::names::VERB as NAMES;
use super::out::Out;
use super::{Done, completions};

/// What the arguments are called that are profiles.
const PROFILES: [&str; 3] = ["profile", "profiles", "old"];

/// Prints the script.
///
/// # Errors
/// A stdout that cannot be written to.
pub fn run(out: Out, args: &Init) -> Done {
    let mut text = script(args.shell);
    if args.prompt {
        text.push_str(match args.shell {
            Shell::Bash => include_str!("bash-prompt.sh"),
            Shell::Zsh => include_str!("zsh-prompt.sh"),
            Shell::Fish => include_str!("fish-prompt.fish"),
            Shell::Powershell => include_str!("powershell-prompt.ps1"),
        });
    }
    out.answer(&text)
}

fn script(shell: Shell) -> String {
    let paths = taking_profiles(&Cli::command());
    match shell {
        Shell::Bash => {
            let (two, one): (Vec<_>, Vec<_>) = paths.into_iter().partition(|path| path.contains('/'));
            let own =
                include_str!("bash.sh").replace("@ONE@", &one.join(" ")).replace("@TWO@", &two.join(" "));
            completions::script(Completed::Bash) + &own
        }
        Shell::Zsh => include_str!("zsh.sh").to_owned() + &zsh(&completions::script(Completed::Zsh)),
        Shell::Fish => {
            let own = include_str!("fish.fish").to_owned() + &completions::script(Completed::Fish);
            own + &paths.iter().map(|path| fish(path)).collect::<String>()
        }
        Shell::Powershell => {
            let own = include_str!("powershell.ps1").to_owned();
            // `using` must come first.
            powershell(&completions::script(Completed::PowerShell), &paths) + &own
        }
    }
}

/// The verbs that take a profile: `use`, `keys/list`; with the other names they have.
fn taking_profiles(command: &Command) -> Vec<String> {
    let mut paths = Vec::new();
    for verb in command.get_subcommands().filter(|verb| !verb.is_hide_set()) {
        let names: Vec<&str> = std::iter::once(verb.get_name()).chain(verb.get_visible_aliases()).collect();
        for name in names {
            paths.extend(takes_profile(verb).then(|| name.to_owned()));
            let below = verb.get_subcommands().filter(|below| takes_profile(below));
            paths.extend(below.map(|below| format!("{name}/{}", below.get_name())));
        }
    }
    paths
}

fn takes_profile(verb: &Command) -> bool {
    verb.get_positionals().any(|arg| PROFILES.contains(&arg.get_id().as_str()))
}

/// clap's script for zsh, with names where it would offer files.
fn zsh(script: &str) -> String {
    let starts = ["':profile --", "'::profile --", "'*::profiles --", "':profiles --", "':old --"];
    let line = |line: &str| {
        let is_profile = starts.iter().any(|start| line.trim_start().starts_with(start));
        let line =
            if is_profile { line.replace(":_default'", ":_awsprof_profile_names'") } else { line.to_owned() };
        line + "\n"
    };
    script.lines().map(line).collect()
}

fn fish(path: &str) -> String {
    let seen = match path.split_once('/') {
        None => format!("__fish_awsprof_using_subcommand {path}"),
        Some((verb, below)) => {
            format!("__fish_awsprof_using_subcommand {verb}; and __fish_seen_subcommand_from {below}")
        }
    };
    format!("complete -c awsprof -n \"{seen}\" -f -a \"(command awsprof {NAMES} 2>/dev/null)\"\n")
}

/// clap's script for PowerShell, with names among what it offers.
fn powershell(script: &str, paths: &[String]) -> String {
    paths.iter().fold(script.to_owned(), |script, path| {
        let case = format!("'awsprof;{}' {{\n", path.replace('/', ";"));
        let names = format!(
            "            awsprof {NAMES} 2>$null | ForEach-Object {{ [CompletionResult]::new(\"'$_'\", $_, \
             [CompletionResultType]::ParameterValue, $_) }}\n"
        );
        script.replace(&case, &(case.clone() + &names))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_verb_with_a_profile_is_completed() {
        let paths = taking_profiles(&Cli::command());
        for path in
            ["use", "renew", "export", "exec", "console", "keys/rotate", "setup/process", "rename", "serve"]
        {
            assert!(paths.iter().any(|known| known == path), "{path}: {paths:?}");
        }
        assert!(
            !paths.iter().any(|path| ["list", "demo", "keys", "add"].contains(&path.as_str())),
            "{paths:?}"
        );
    }

    #[test]
    fn each_shell_asks_for_names_and_gets_a_function() {
        for (shell, function) in [
            (Shell::Bash, "awsprof() {"),
            (Shell::Zsh, "awsprof() {"),
            (Shell::Fish, "function awsprof\n"),
            (Shell::Powershell, "function awsprof {"),
        ] {
            let text = script(shell);
            assert!(text.contains(function) && text.contains("AWSPROF_SHELL_OUT"), "{shell:?}");
            assert!(text.matches(NAMES).count() >= 1 && !text.contains("@ONE@"), "{shell:?}");
        }
        assert!(script(Shell::Zsh).matches(":_awsprof_profile_names'").count() > 10);
        assert!(script(Shell::Powershell).matches(NAMES).count() > 10);
        assert!(script(Shell::Powershell).trim_start().starts_with("using namespace"));
    }
}
