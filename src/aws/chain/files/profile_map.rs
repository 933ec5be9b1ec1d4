//! From sections to profiles, as botocore does it: `configloader.build_profile_map` and `_parse_nested` for
//! config, section names verbatim for credentials (botocore 1.43.11, `configloader.py` 105–287).

use std::path::Path;

<<<<<<< HEAD
use super::sdk::Name;
use super::{Broken, FileKind, ReadFile, Reading, Section, shell_words};
=======
use secrecy::zeroize::Zeroizing;

use super::{Broken, FileKind, ReadFile, Reading, Section, python, shell_words};
>>>>>>> main

/// The file's profiles. In config a later section replaces an earlier one of the same profile whole:
/// `[default]`, `[profile default]` and `[profile "default"]` are all one name.
pub(super) fn of(path: &Path, kind: FileKind, sections: Vec<(String, Section)>) -> ReadFile {
    let mut file = ReadFile::empty(path, Reading::Read);
    for (header, mut section) in sections {
        if let Err(broken) = mark_nested(&mut section) {
            return ReadFile::empty(path, Reading::Broken(broken));
        }
        match kind {
            FileKind::Credentials => drop(file.profiles.insert(header, section)),
            FileKind::Config => place(&mut file, &header, section),
        }
    }
    file
}

fn place(file: &mut ReadFile, header: &str, section: Section) {
    match name(FileKind::Config, header) {
        Some(Name::Profile(name)) => drop(file.profiles.insert(name, section)),
        Some(Name::SsoSession(name)) => drop(file.sso_sessions.insert(name, section)),
        Some(Name::Services(name)) => drop(file.services.insert(name, section)),
        Some(Name::PrefixedDefault | Name::Fallback(_)) | None => {}
    }
}

/// What a header names; the same as [`of`] makes of it.
pub(super) fn name(kind: FileKind, header: &str) -> Option<Name> {
    match kind {
        FileKind::Credentials => Some(Name::Profile(header.to_owned())),
        FileKind::Config if header.starts_with("profile") => named(header).map(Name::Profile),
        FileKind::Config if header.starts_with("sso-session") => named(header).map(Name::SsoSession),
        FileKind::Config if header.starts_with("services") => named(header).map(Name::Services),
        FileKind::Config => (header == "default").then(|| Name::Profile(header.to_owned())),
    }
}

/// The second of exactly two shell words.
fn named(header: &str) -> Option<String> {
    let words: [String; 2] = shell_words(header)?.try_into().ok()?;
    let [_, name] = words;
    Some(name)
}

/// A value that starts with a line break is a block of `key = value` lines, and must be one (`_parse_nested`).
fn mark_nested(section: &mut Section) -> Result<(), Broken> {
    for entry in section.entries.iter_mut().filter(|entry| entry.value.starts_with('\n')) {
        let mut block = Zeroizing::new(String::new());
        for line in python::split_lines(&entry.value).map(python::strip).filter(|line| !line.is_empty()) {
            let Some((key, value)) = line.split_once('=') else {
                let reason = format!("the block under {} has a line without '='", entry.key);
                return Err(Broken { line: entry.line, reason });
            };
            block.extend(["\n", python::strip(key), " = ", python::strip(value)]);
        }
        (entry.value, entry.nested) = (block, true);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::{Grammar, configparser};
    use super::*;

    fn config(text: &str) -> ReadFile {
        of(Path::new("/c"), FileKind::Config, configparser::parse(text.as_bytes()).unwrap())
    }

    #[test]
    fn names_are_shell_words() {
        let file =
            config("[profile \"my prof\"]\n[profile a b]\n[profiles x]\n[dev]\n[default]\n[sso-session s]\n");
        let names: Vec<&str> = file.profiles.keys().map(String::as_str).collect();
        assert_eq!(names, ["default", "my prof", "x"]);
        assert!(file.sso_sessions.contains_key("s"));
    }

    #[test]
    fn the_last_form_of_a_name_wins_whole() {
        let file = config("[profile dev]\nregion = a\n[profile \"dev\"]\noutput = b\n");
        assert!(file.profiles["dev"].get("region").is_none());
    }

    #[test]
    fn nested_keys_are_not_the_profile_s() {
        let file = config("[default]\ns3 =\n  region = a\n");
        assert!(file.profiles["default"].get("region").is_none());
        assert!(file.profiles["default"].get("s3").is_none());
        let broken =
            Grammar::BOTOCORE.read(Path::new("/c"), FileKind::Config, Some(b"[default]\ns3 =\n  junk\n"));
        assert!(matches!(broken.reading, Reading::Broken(Broken { line: 2, .. })));
    }
}
