//! What is printed from tables in the code and checked in: the README's tables, `docs/`, man pages, completions.
//! `SNAPSHOTS=overwrite cargo test --test it generated` writes all of it anew.
#![expect(
    clippy::disallowed_methods,
    reason = "these tests may rewrite the files they hold against the tables"
)]
#![expect(clippy::panic, reason = "a test fails by panicking")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use awsprof::app::docs;
use awsprof::cli::Cli;
use awsprof::config::keys;
use clap::CommandFactory;
use clap_complete::Shell;

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The file at `path` is `wanted`, or becomes so when asked to.
fn is_current(path: &str, wanted: &str) {
    let path = root(path);
    if std::env::vars_os().any(|pair| pair == ("SNAPSHOTS".into(), "overwrite".into())) {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, wanted).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(found == wanted, "{} is not current: `just generated` writes it anew", path.display());
}

/// The part of a file between two marks is `wanted`.
fn holds(path: &str, mark: &str, wanted: &str) {
    let text = std::fs::read_to_string(root(path)).unwrap();
    let (open, close) = (format!("<!-- {mark} -->\n"), format!("<!-- /{mark} -->"));
    let (before, rest) = text.split_once(&open).unwrap_or_else(|| panic!("{path} has no mark {open}"));
    let (_, after) = rest.split_once(&close).unwrap_or_else(|| panic!("{path} has no mark {close}"));
    is_current(path, &format!("{before}{open}{wanted}{close}{after}"));
}

fn settings() -> String {
    let mut out = String::from("| setting | default | what it does |\n|---|---|---|\n");
    for (key, default, meaning) in keys() {
        let _ = writeln!(out, "| `{key}` | `{default}` | {meaning} |");
    }
    out
}

#[test]
fn generated_the_readme_shows_keys_and_settings() {
    holds("README.md", "keys", &docs::of_the_panes());
    holds("README.md", "settings", &settings());
}

#[test]
fn generated_docs_show_every_key() {
    holds("docs/keys.md", "keys", &docs::markdown());
}

#[test]
fn generated_man_pages_are_current() {
    let mut command = Cli::command();
    command.build();
    let page = |command: &clap::Command, name: &str| {
        let mut text = Vec::new();
        let man = clap_mangen::Man::new(command.clone().disable_help_flag(true))
            .title(name)
            .date("")
            .source("awsprof");
        man.render(&mut text).unwrap();
        is_current(&format!("assets/man/{name}.1"), &String::from_utf8(text).unwrap());
    };
    page(&command, "awsprof");
    for verb in command.get_subcommands().filter(|verb| !verb.is_hide_set()) {
        page(verb, &format!("awsprof-{}", verb.get_name()));
    }
}

#[test]
fn generated_completions_are_current() {
    for (shell, name) in [
        (Shell::Bash, "awsprof.bash"),
        (Shell::Zsh, "_awsprof"),
        (Shell::Fish, "awsprof.fish"),
        (Shell::PowerShell, "_awsprof.ps1"),
    ] {
        let mut script = Vec::new();
        clap_complete::generate(shell, &mut Cli::command(), "awsprof", &mut script);
        is_current(&format!("assets/completions/{name}"), &String::from_utf8(script).unwrap());
    }
}
