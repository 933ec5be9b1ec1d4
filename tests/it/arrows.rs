//! The arrows between the rooms point down only (`ARCHITECTURE.md`), checked by reading every `crate::` path.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Room, rooms it may name, words that must not occur in it.
const ROOMS: &[(&str, &[&str], &[&str])] = &[
    ("aws", &[], &["ratatui", "crossterm", "tokio", "reqwest"]),
    ("config", &["aws"], &["ratatui", "crossterm", "tokio", "reqwest"]),
    ("net", &["aws"], &["ratatui", "crossterm"]),
    ("vault", &["aws"], &["ratatui", "crossterm"]),
    ("jobs", &["aws", "net", "vault"], &["ratatui", "crossterm"]),
    ("app", &["aws"], &["ratatui", "crossterm", "tokio", "reqwest"]),
    ("ui", &["app", "aws"], &["tokio", "reqwest"]),
    ("sandbox", &["aws", "vault"], &["ratatui", "crossterm"]),
    ("run", &["app", "aws", "config", "jobs", "net", "sandbox", "ui", "vault"], &[]),
    ("cli", &["app", "aws", "config", "jobs", "net", "run", "sandbox", "ui", "vault"], &[]),
];

fn sources(dir: &Path, into: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(dir).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|ext| ext == "rs") {
            into.push(path);
        }
    }
}

/// The source of each room with comments taken out, by room.
fn rooms() -> BTreeMap<String, Vec<(PathBuf, String)>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let mut rooms: BTreeMap<String, Vec<(PathBuf, String)>> = BTreeMap::new();
    for file in files {
        let inside = file.strip_prefix(&root).unwrap();
        let first = inside.components().next().unwrap().as_os_str().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&file).unwrap();
        let code: Vec<&str> = text.lines().map(|line| line.split("//").next().unwrap_or("")).collect();
        rooms.entry(first.trim_end_matches(".rs").to_owned()).or_default().push((file, code.join("\n")));
    }
    rooms
}

/// Every room named by `crate::room` or inside `use crate::{…}`.
fn named(code: &str) -> Vec<String> {
    let word = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut found = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            None => found.push(word(rest)),
            Some(group) => {
                let group = &group[..group.find("};").unwrap_or(group.len())];
                found.extend(group.split(',').map(|item| word(item.trim_start())).filter(|w| !w.is_empty()));
            }
        }
    }
    found
}

#[test]
fn arrows_point_down() {
    let rooms = rooms();
    for (room, allowed, banned) in ROOMS {
        for (file, code) in rooms.get(*room).unwrap_or_else(|| panic!("room {room} is missing")) {
            for other in named(code) {
                let known = ROOMS.iter().any(|(name, ..)| *name == other);
                assert!(
                    !known || other == *room || allowed.contains(&other.as_str()),
                    "{}: {room} must not name {other}",
                    file.display()
                );
            }
            for word in *banned {
                let path = format!("{word}::");
                assert!(!code.contains(&path), "{}: {room} must not name {word}", file.display());
            }
        }
    }
}

#[test]
fn every_room_is_in_the_table() {
    for room in rooms().keys().filter(|room| !["main", "lib"].contains(&room.as_str())) {
        assert!(ROOMS.iter().any(|(name, ..)| name == room), "{room} has no arrows");
    }
}

#[test]
fn a_forbidden_arrow_would_be_seen() {
    assert_eq!(named("use crate::{aws::world, ui};\nlet x = crate::net::sts::call();"), ["aws", "ui", "net"]);
}
