//! A disk that is full, or becomes full on the way: nothing is torn, nothing is left, and it is said.
//!
//! Needs root for a small tmpfs; without it the test says so and checks nothing. `.ci/run` runs it as root.
#![expect(clippy::disallowed_macros, reason = "says why it was skipped")]

use std::io::Write;
use std::path::PathBuf;
use std::process::Command;

use crate::support::{Home, below};

const PAGE: usize = 4096;
const CONFIG: &str =
    "[default]\nregion = us-east-1\n\n[profile work]\nregion = eu-west-1\n# a note of some length\n";
const CREDENTIALS: &str = "[default]\naws_access_key_id = AKIAOLD\naws_secret_access_key = fake-old\n\n[work]\n\
                           aws_access_key_id = AKIAWORK\naws_secret_access_key = fake-work\n";

/// A file system of 64 pages, gone when dropped.
struct Tiny(PathBuf);

impl Tiny {
    fn mount(at: PathBuf) -> Option<Self> {
        std::fs::create_dir(&at).unwrap();
        let done = Command::new("mount").args(["-t", "tmpfs", "-o", "size=256k", "tmpfs"]).arg(&at).output();
        match done {
            Ok(output) if output.status.success() => Some(Self(at)),
            Ok(output) => skipped(&String::from_utf8_lossy(&output.stderr)),
            Err(error) => skipped(&error.to_string()),
        }
    }

    /// Fills it but for so many pages.
    fn leave(&self, pages: usize) {
        let ballast = self.0.join("ballast");
        let mut file = std::fs::File::create(&ballast).unwrap();
        let mut size = 0;
        while let Ok(written @ 1..) = file.write(&[7; PAGE]) {
            size += written;
        }
        let kept = size.saturating_sub(pages * PAGE);
        std::fs::File::options().write(true).open(ballast).unwrap().set_len(kept as u64).unwrap();
    }

    fn make_room(&self) {
        std::fs::remove_file(self.0.join("ballast")).unwrap();
    }
}

fn skipped(why: &str) -> Option<Tiny> {
    println!("skipped, a tmpfs cannot be mounted here: {}", why.trim());
    None
}

impl Drop for Tiny {
    fn drop(&mut self) {
        let _gone = Command::new("umount").arg(&self.0).status();
    }
}

/// What may be full.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Full {
    Files,
    State,
    Both,
}

/// A home whose AWS files, state or both are on the small disk.
fn home(full: Full) -> Option<(Tiny, Home)> {
    let home = Home::empty();
    let tiny = Tiny::mount(home.file("disk"))?;
    let place = |name: &str, small: bool| {
        let real = if small { home.file("disk").join(name) } else { home.file(name) };
        std::fs::create_dir(&real).unwrap();
        std::os::unix::fs::symlink(real, home.file(&format!(".{name}"))).unwrap();
    };
    place("aws", full != Full::State);
    place("awsprof", full != Full::Files);
    home.write(".aws/config", CONFIG);
    home.write(".aws/credentials", CREDENTIALS);
    Some((tiny, home))
}

fn files(home: &Home) -> [String; 2] {
    [".aws/config", ".aws/credentials"].map(|name| home.read(name))
}

fn temporary(home: &Home) -> Vec<PathBuf> {
    let files = [".aws/.", ".awsprof/."].iter().flat_map(|at| below(&home.file(at)));
    let odd = |path: &PathBuf| {
        let path = path.to_string_lossy();
        path.contains("awsprof-tmp-") || path.ends_with("/pending.json")
    };
    files.filter(odd).collect()
}

/// Writes with so many pages left. Whether there was room.
fn write_with(full: Full, pages: usize, new: &[String; 2]) -> Option<bool> {
    let (tiny, home) = home(full)?;
    tiny.leave(pages);
    let answer = home.awsprof(&["use", "work", "--yes", "--json"]);
    let what = format!("{full:?} with {pages} pages: {answer:?}");
    let fits = answer.code == 0;
    if !fits {
        assert_eq!(answer.code, 6, "{what}");
        assert!(answer.stderr.contains("No space left"), "{what}");
    }
    let expected = if fits { new.clone() } else { [CONFIG, CREDENTIALS].map(str::to_owned) };
    assert_eq!(files(&home), expected, "{what}");
    tiny.make_room();
    home.awsprof(&["list"]).ok();
    assert_eq!(files(&home), expected, "{what}, after the next start");
    assert_eq!(temporary(&home), <[PathBuf; 0]>::default(), "{what}");
    home.awsprof(&["use", "work", "--yes"]).ok();
    assert_eq!(files(&home), *new, "{what}");
    Some(fits)
}

#[test]
#[ignore = "needs root, for a tmpfs"]
fn a_full_disk_loses_nothing() {
    let model = Home::with(CONFIG, CREDENTIALS);
    model.awsprof(&["use", "work", "--yes"]).ok();
    let new = files(&model);
    for full in [Full::Files, Full::State, Full::Both] {
        let mut fitted = Vec::new();
        for pages in 0..12 {
            let Some(fits) = write_with(full, pages, &new) else { return };
            fitted.push(fits);
        }
        assert!(!fitted[0] && fitted[11], "{full:?}: the disk was never full, or always: {fitted:?}");
    }
}
