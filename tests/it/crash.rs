//! The program killed at random moments, and run out of disk space: always wholly old or wholly new.
//!
//! Ignored by default for their length; `.ci/run` runs them. The store's own tests (`aws::store::tests::kill`)
//! kill before each system call in turn; here it is the real program, the real clock and chance.
#![expect(clippy::disallowed_macros, reason = "the seed, to have a failure again")]

use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::demo::Demo;
use crate::support::Home;

const KILLS: usize = 300;
const AWSPROF: &str = env!("CARGO_BIN_EXE_awsprof");

/// Small, and the same on every machine: a failure can be had again with `AWSPROF_SEED`.
struct Chance(u64);

impl Chance {
    fn new() -> Self {
        let given = std::env::var("AWSPROF_SEED").ok().and_then(|seed| seed.parse().ok());
        let seed = given.unwrap_or_else(|| u64::from(std::process::id()) ^ 0x9E37_79B9);
        println!("seed: AWSPROF_SEED={seed}");
        Self(seed)
    }

    /// The next number below `limit` (splitmix64).
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % limit
    }
}

/// The writes that are cut off. Each changes both files.
#[derive(Clone, Copy, Debug)]
enum Job {
    Use,
    Renew,
    Undo,
}

/// Both files, with what differs from run to run left out: the home's name and the session's values.
type Pair = [String; 2];

fn settled(demo: &Demo) -> Pair {
    let home = demo.home.path().to_str().unwrap();
    demo.files().map(|text| {
        let mut section = String::new();
        let lines =
            text.replace(home, "HOME").lines().map(|line| mask(line, &mut section)).collect::<Vec<_>>();
        lines.join("\n")
    })
}

/// A session's value by its length only.
fn mask(line: &str, section: &mut String) -> String {
    if line.starts_with('[') {
        line.clone_into(section);
    }
    match line.split_once(" = ") {
        Some((key, value)) if section == "[work-mfa]" => format!("{key} = {} characters", value.len()),
        _ => line.to_owned(),
    }
}

impl Job {
    /// A home with a symlinked file, odd modes and (for root) another owner, ready for the job.
    fn home(self) -> Demo {
        let demo = Demo::new();
        let (link, real) = (demo.home.file(".aws/credentials"), demo.home.file("dotfiles/credentials"));
        std::fs::create_dir(demo.home.file("dotfiles")).unwrap();
        std::fs::rename(&link, &real).unwrap();
        symlink("../dotfiles/credentials", &link).unwrap();
        let mode = std::fs::Permissions::from_mode;
        std::fs::set_permissions(&real, mode(0o644)).unwrap();
        std::fs::set_permissions(demo.home.file(".aws/config"), mode(0o640)).unwrap();
        let _only_root_can = std::os::unix::fs::chown(&real, Some(1234), Some(1234));
        if matches!(self, Self::Undo) {
            demo.home.awsprof(&["use", "work", "--yes"]).ok();
        }
        demo
    }

    fn command(self, demo: &Demo) -> Command {
        let code = demo.code("alice");
        let args = match self {
            Self::Use => vec!["use", "work", "--yes"],
            Self::Renew => vec!["renew", "work", "--code", &code],
            Self::Undo => vec!["undo", "--yes"],
        };
        let mut command = demo.home.command(AWSPROF);
        command.args(args).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    /// What the files become when nobody cuts in, and how long that takes.
    fn model(self) -> (Pair, Duration) {
        let demo = self.home();
        let start = Instant::now();
        assert!(self.command(&demo).status().unwrap().success(), "{self:?}");
        (settled(&demo), start.elapsed())
    }
}

/// What must hold of the files whatever happens: link, mode, owner.
fn outside(demo: &Demo) -> Vec<String> {
    let link = std::fs::read_link(demo.home.file(".aws/credentials")).unwrap();
    let look = |name: &str| {
        let found = std::fs::metadata(demo.home.file(name)).unwrap();
        format!("{name} {:o} {}:{}", found.mode(), found.uid(), found.gid())
    };
    vec![link.display().to_string(), look(".aws/config"), look("dotfiles/credentials")]
}

/// Everything below a folder that is neither one of the two files nor kept on purpose.
fn litter(home: &Home, below: &str) -> Vec<String> {
    let kept = |name: &str| {
        let ours = ["default.json", "seen.json", "used-codes.json", "uses.json"];
        let known = ["config", "credentials"].contains(&name) || ours.contains(&name);
        let entry = name.strip_suffix(".json").is_some_and(|id| id.bytes().all(|byte| byte.is_ascii_digit()));
        known || entry || std::path::Path::new(name).extension().is_some_and(|end| end == "lock")
    };
    let names = crate::support::below(&home.file(below));
    let name = |path: &std::path::PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
    names.iter().map(name).filter(|name| !kept(name)).collect()
}

fn all_litter(home: &Home) -> Vec<String> {
    [".aws", "dotfiles", ".awsprof"].iter().flat_map(|below| litter(home, below)).collect()
}

/// How a kill ended.
#[derive(Debug, Default)]
struct Tally {
    too_late: usize,
    old: usize,
    new: usize,
    /// The next start had something to finish or to take back.
    mended: usize,
}

/// Kills the job `after` that long and checks what is left. The words are for the failure.
fn kill(job: Job, new: &Pair, after: Duration, tally: &mut Tally) {
    let demo = job.home();
    let (old, dressed) = (settled(&demo), outside(&demo));
    let mut child = job.command(&demo).spawn().unwrap();
    std::thread::sleep(after);
    child.kill().unwrap();
    let ended = child.wait().unwrap().code().is_some();
    let torn = settled(&demo);
    for at in 0..2 {
        assert!(torn[at] == old[at] || torn[at] == new[at], "{job:?} after {after:?}: torn:\n{}", torn[at]);
    }
    demo.home.awsprof(&["list"]).ok();
    let mended = settled(&demo);
    assert!(mended == old || mended == *new, "{job:?} after {after:?}: one file is new, one old: {mended:?}");
    assert!(!ended || mended == *new, "{job:?} ended well and wrote nothing");
    assert_eq!(outside(&demo), dressed, "{job:?} after {after:?}");
    assert_eq!(all_litter(&demo.home), <[&str; 0]>::default(), "{job:?} after {after:?}");
    tally.too_late += usize::from(ended);
    tally.old += usize::from(mended == old);
    tally.new += usize::from(mended == *new && !ended);
    tally.mended += usize::from(mended != torn);
    works_on(job, &demo, new, mended == *new);
}

/// The home is as good as any other afterwards.
fn works_on(job: Job, demo: &Demo, new: &Pair, is_new: bool) {
    match job {
        // A session is whole if AWS takes it.
        Job::Renew if is_new => drop(demo.home.awsprof(&["whoami", "work"]).ok()),
        Job::Renew => drop(demo.home.awsprof(&["whoami", "work", "--no-session"]).ok()),
        Job::Use => {
            demo.home.awsprof(&["use", "work", "--yes"]).ok();
            assert_eq!(settled(demo), *new);
        }
        Job::Undo => drop(demo.home.awsprof(&["undo", "--list"]).ok()),
    }
}

#[test]
#[ignore = "takes a minute or two"]
fn killed_at_random_moments_it_is_wholly_old_or_wholly_new() {
    let mut chance = Chance::new();
    for job in [Job::Use, Job::Renew, Job::Undo] {
        // The quickest of three: a busy machine must not make most of the kills come too late.
        let [(new, one), (_, two), (_, three)] = [job.model(), job.model(), job.model()];
        let whole = one.min(two).min(three);
        let limit = u64::try_from(whole.as_micros()).unwrap();
        let mut tally = Tally::default();
        for _ in 0..KILLS / 3 {
            kill(job, &new, Duration::from_micros(chance.below(limit)), &mut tally);
        }
        println!("{job:?} ({whole:?}): {tally:?}");
        assert!(tally.old > 0 && tally.too_late < KILLS / 6, "{job:?}: {tally:?}");
    }
}

#[test]
fn what_cannot_be_mended_keeps_nobody_from_reading() {
    let home = Home::with("[profile work]\nregion = eu-west-1\n", "");
    home.write(".aws/.credentials.awsprof-tmp-x", "left by a crash");
    std::fs::create_dir(home.file(".awsprof")).unwrap();
    home.write(".awsprof/state", "a file where the folder should be");
    let answer = home.awsprof(&["list"]);
    assert!(answer.stderr.contains("warning"), "{}", answer.stderr);
    assert!(answer.ok().contains("work"));
    assert_eq!(home.awsprof(&["use", "work", "--yes"]).code, 6);
}
