//! What the documentation says is so: links lead somewhere, command lines are command lines, settings are settings.
#![expect(clippy::disallowed_methods, reason = "these tests read the documentation")]

use std::path::{Path, PathBuf};

use awsprof::cli::Cli;
use awsprof::config::Settings;
use awsprof::jobs::Failure;
use awsprof::net::NetError;
use awsprof::net::error::Kind;
use clap::Parser as _;
use clap::error::ErrorKind::{DisplayHelp, DisplayVersion, MissingRequiredArgument};

/// Every page with its text.
fn pages() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let in_folder = |folder: &str| std::fs::read_dir(root.join(folder)).unwrap().flatten();
    let pages = in_folder("").chain(in_folder("docs")).map(|entry| entry.path());
    let pages = pages.filter(|path| path.extension().is_some_and(|extension| extension == "md"));
    pages.map(|path| (path.clone(), std::fs::read_to_string(path).unwrap())).collect()
}

/// The fenced blocks of one language.
fn blocks<'t>(text: &'t str, language: &str) -> Vec<&'t str> {
    let open = format!("```{language}\n");
    text.split(&open).skip(1).filter_map(|rest| Some(rest.split_once("```")?.0)).collect()
}

#[test]
fn links_lead_somewhere() {
    for (page, text) in pages() {
        let targets = text.split("](").skip(1).filter_map(|rest| Some(rest.split_once(')')?.0));
        let named = ["src=\"", "srcset=\""].into_iter().flat_map(|start| {
            text.split(start).skip(1).filter_map(|rest| Some(rest.split_once('"')?.0)).collect::<Vec<_>>()
        });
        for target in targets.chain(named).filter(|target| !target.contains("://")) {
            let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
            let file = if file.is_empty() { page.clone() } else { page.with_file_name("").join(file) };
            assert!(file.exists(), "{}: {target} leads nowhere", page.display());
            let is_it = |line: &str| line.starts_with('#') && slug(line) == anchor;
            let there = || std::fs::read_to_string(&file).unwrap().lines().any(is_it);
            assert!(anchor.is_empty() || there(), "{}: {target} has no such heading", page.display());
        }
    }
}

/// A heading as GitHub names it in links.
fn slug(heading: &str) -> String {
    let text = heading.trim_start_matches('#').trim().to_lowercase();
    let kept = text.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

/// Command lines of awsprof: those of console blocks, and those in the text that say more than a verb and have no
/// `[…]`, `|` or `…` in them.
fn commands(text: &str) -> Vec<String> {
    let prompts = blocks(text, "console").into_iter().flat_map(str::lines).filter_map(|line| {
        let command = line.strip_prefix("$ ")?.split_once("awsprof ")?.1;
        Some(command.split(['|', '#', '>', ')']).next()?.to_owned())
    });
    let inline = text.split('`').skip(1).step_by(2).filter_map(|code| code.strip_prefix("awsprof "));
    let plain = inline.filter(|code| {
        code.contains(' ') && !code.starts_with("VERB") && !code.contains(['[', '|', '…', '\n', '\\'])
    });
    prompts.chain(plain.map(str::to_owned)).collect()
}

#[test]
fn command_lines_are_command_lines() {
    let (mut seen, mut wrong) = (0, Vec::new());
    for (page, text) in pages().into_iter().filter(|(page, _)| !page.ends_with("CHANGELOG.md")) {
        for command in commands(&text) {
            let words = words(&command);
            let parsed = Cli::try_parse_from(std::iter::once("awsprof".to_owned()).chain(words));
            // Help is an answer, and a verb may be named without what it wants.
            let fine = |kind| matches!(kind, DisplayHelp | DisplayVersion | MissingRequiredArgument);
            if let Some(problem) = parsed.err().filter(|error| !fine(error.kind())) {
                wrong.push(format!("{}: awsprof {command}: {problem}", page.display()));
            }
            seen += 1;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.concat());
    assert!(seen > 60, "only {seen} command lines were found");
}

/// The words, with something in place of what stands for anything.
fn words(command: &str) -> Vec<String> {
    let word = |word: &str| match word.trim_matches(['"', '\'']) {
        "SHELL" => "bash".to_owned(),
        "ID" => "7".to_owned(),
        word => word.to_owned(),
    };
    command.split_whitespace().map(word).collect()
}

#[test]
fn settings_are_settings() {
    let mut seen = 0;
    for (page, text) in pages() {
        for block in blocks(&text, "toml").into_iter().filter(|block| !block.contains("[package]")) {
            let read = toml_edit::de::from_str::<Settings>(block).map_err(|error| error.to_string());
            let keys = read.and_then(|settings| {
                awsprof::run::preferences(&settings, Path::new("config.toml"))
                    .map_err(|error| error.to_string())
            });
            assert!(keys.is_ok(), "{}: {}\n{block}", page.display(), keys.unwrap_err());
            seen += 1;
        }
    }
    assert!(seen > 1, "only {seen} examples of settings were found");
}

/// The codes of `docs/errors.md` with the exit code they stand under.
fn documented() -> Vec<(u8, String)> {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/errors.md")).unwrap();
    let sections = text.split("\n## ").skip(1).map(|section| {
        let exit: String = section.chars().take_while(char::is_ascii_digit).collect();
        (exit.parse::<u8>().unwrap(), section)
    });
    let rows = sections.flat_map(|(exit, section)| section.lines().map(move |line| (exit, line)));
    let cells = rows.filter_map(|(exit, line)| Some((exit, line.strip_prefix("| `")?.split(" | ").next()?)));
    cells
        .flat_map(|(exit, cell)| cell.split('`').step_by(2).map(move |code| (exit, code.to_owned())))
        .filter(|(_, code)| is_code(code))
        .collect()
}

fn is_code(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_lowercase() || c == '-' || c == '_')
}

/// What the program's text gives as codes: the literal behind `Class::…,`.
fn given(text: &str) -> Vec<(u8, &str)> {
    use awsprof::jobs::Class;
    let classes = [
        ("General", Class::General),
        ("Usage", Class::Usage),
        ("NotFound", Class::NotFound),
        ("Refused", Class::Refused),
        ("Unreachable", Class::Unreachable),
        ("File", Class::File),
        ("Guard", Class::Guard),
        ("Interrupted", Class::Interrupted),
    ];
    let found = text.split("Class::").skip(1).filter_map(|rest| {
        let (_, class) = classes.iter().find(|(name, _)| rest.starts_with(&format!("{name},")))?;
        let code = rest.split_once(',')?.1.trim_start().strip_prefix('"')?.split_once('"')?.0;
        is_code(code).then_some((class.exit_code(), code))
    });
    found.collect()
}

#[test]
fn every_code_of_an_error_is_documented_under_its_exit_code() {
    let documented = documented();
    assert!(documented.len() > 90, "{documented:?}");
    let files = crate::support::below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    let texts: Vec<String> = files.iter().filter_map(|file| std::fs::read_to_string(file).ok()).collect();
    let given: Vec<_> = texts.iter().flat_map(|text| given(text)).collect();
    assert!(given.len() > 80, "{}", given.len());
    let known = |one: &&(u8, &str)| documented.contains(&(one.0, one.1.to_owned()));
    let missing: Vec<_> = given.iter().filter(|one| !known(one)).collect();
    assert!(missing.is_empty(), "not in docs/errors.md: {missing:?}");
    let words =
        [Kind::NotAws, Kind::BadReply, Kind::OutcomeUnknown, Kind::WrongCode, Kind::Clock, Kind::Throttled];
    for kind in words {
        let exit = Failure::from(NetError::new(kind, "")).class.exit_code();
        assert!(documented.contains(&(exit, kind.word().to_owned())), "{}", kind.word());
    }
    for (_, code) in &documented {
        let literal = format!("\"{code}\"");
        assert!(texts.iter().any(|text| text.contains(&literal)), "{code} is nobody's");
    }
}
