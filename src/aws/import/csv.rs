//! The CSV the AWS console offers for a new access key (`alice_accessKeys.csv`, `rootkey.csv`), and the older one with
//! the user's name and password in it. Only the keys are taken. The oldest `rootkey.csv` is none: it names its two
//! values line by line.

use super::{Found, ImportError};

const FROM: &str = "AWS console CSV";
const HALF: &str = "a key and its secret are not both there";

/// How the lines of the oldest `rootkey.csv` begin.
const ROOT: [&str; 2] = ["AWSAccessKeyId=", "AWSSecretKey="];

/// Whether the first line names the columns, or a value.
pub(super) fn is(text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default();
    column(&cells(first), "access key id").is_some() || first.starts_with(ROOT[0])
}

pub(super) fn read(stem: &str, text: &str) -> Result<Vec<Found>, ImportError> {
    if text.starts_with(ROOT[0]) {
        return root(stem, text);
    }
    let mut lines = text.lines().enumerate();
    let head = lines.next().map(|(_, line)| cells(line)).unwrap_or_default();
    let missing = ImportError::Malformed { line: 1, what: "there is no column for the secret access key" };
    let id = column(&head, "access key id").ok_or(ImportError::Unknown)?;
    let secret = column(&head, "secret access key").ok_or(missing)?;
    let user = column(&head, "user name");
    let mut all = Vec::new();
    for (at, line) in lines {
        let row = cells(line);
        let cell = |column: usize| row.get(column).map(String::as_str).filter(|cell| !cell.is_empty());
        match (cell(id), cell(secret)) {
            (Some(id), Some(secret)) => {
                let name = user.and_then(cell).unwrap_or_else(|| named_by_file(stem));
                all.push(found(name, id, secret));
            }
            // An empty line, or a user with a password only.
            (None, None) => {}
            _ => return Err(ImportError::Malformed { line: at + 1, what: HALF }),
        }
    }
    Ok(all)
}

fn root(stem: &str, text: &str) -> Result<Vec<Found>, ImportError> {
    let value = |name: &str| text.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
    match ROOT.map(|name| value(name).filter(|value| !value.is_empty())) {
        [Some(id), Some(secret)] => Ok(vec![found(named_by_file(stem), id, secret)]),
        _ => Err(ImportError::Malformed { line: 1, what: HALF }),
    }
}

fn found(name: &str, id: &str, secret: &str) -> Found {
    let mut found = Found::new(name, FROM);
    found.put("aws_access_key_id", id);
    found.put("aws_secret_access_key", secret);
    found.notes.push("the CSV still holds the secret: delete it".to_owned());
    found
}

/// `alice` for `alice_accessKeys`, as the console names its download; a second download is `… (1)`.
fn named_by_file(stem: &str) -> &str {
    let stem = stem.split(" (").next().unwrap_or(stem);
    match stem.strip_suffix("accessKeys") {
        Some(user) => user.trim_end_matches(['_', '-']),
        None if stem == "credentials" => "",
        None => stem,
    }
}

fn column(head: &[String], name: &str) -> Option<usize> {
    head.iter().position(|cell| cell.eq_ignore_ascii_case(name))
}

/// The cells of a line: commas, double quotes, a doubled quote inside them.
fn cells(line: &str) -> Vec<String> {
    let (mut cells, mut cell, mut quoted) = (Vec::new(), String::new(), false);
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => cell.extend(chars.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(std::mem::take(&mut cell).trim().to_owned()),
            c => cell.push(c),
        }
    }
    cells.push(cell.trim().to_owned());
    cells
}
