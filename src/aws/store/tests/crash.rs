//! Cut off at every step, raced, and mended.

use super::*;
use crate::aws::store::chunk::edits;
use crate::aws::store::digest::digest;
use crate::aws::store::journal::{Entry, FileEdits, List, State, Turn};
use crate::aws::store::pending::{self, Pending};
use crate::aws::store::plan::Record;
use crate::aws::store::{Recovery, own, recover};

const OLD: (&str, &str) = ("[a]\nx = 1\n\n[z]\n", "[a]\nk = 1\n");
const NEW: (&str, &str) = ("[a]\nx = 2\n\n[z]\n", "[a]\nk = 2\n");

/// The note a write from [`OLD`] to [`NEW`] leaves on the disk.
fn leave_note(home: &Home) {
    let path = |path: PathBuf| path.canonicalize().unwrap();
    let files = vec![
        FileEdits { path: path(home.config_path()), edits: edits(OLD.0.as_bytes(), NEW.0.as_bytes()) },
        FileEdits { path: path(home.credentials_path()), edits: edits(OLD.1.as_bytes(), NEW.1.as_bytes()) },
    ];
    let entry = Entry {
        id: 1,
        at: NOW.parse().unwrap(),
        verb: "use".to_owned(),
        list: List::User,
        profile: "a".to_owned(),
        previous: None,
        state: State::Done,
        files,
        beside: None,
        default: Some(Turn::default()),
    };
    let known = [OLD.0, OLD.1, NEW.0, NEW.1].iter().map(|text| digest(text.as_bytes())).collect();
    own::save(&pending::path(&home.scope()), &Pending { entry, record: Record::Append, known }).unwrap();
}

fn mended(config: &str, credentials: &str) -> (Home, Recovery) {
    let home = Home::with(config, credentials);
    leave_note(&home);
    let recovery = recover(&home.world, &home.state).unwrap();
    assert_eq!(recover(&home.world, &home.state).unwrap(), Recovery::Nothing);
    assert_eq!(home.names(), ["config", "credentials"]);
    (home, recovery)
}

fn texts(pair: (&str, &str)) -> (String, String) {
    (pair.0.to_owned(), pair.1.to_owned())
}

#[test]
fn whatever_step_it_was_cut_off_at_both_files_are_new_afterwards() {
    for (config, credentials) in [OLD, (NEW.0, OLD.1), (OLD.0, NEW.1), NEW] {
        let (home, recovery) = mended(config, credentials);
        assert_eq!((home.both(), recovery), (texts(NEW), Recovery::Finished));
        home.confirmed(&Change::Undo { id: None });
        assert_eq!(home.both(), texts(OLD));
    }
}

#[test]
fn a_foreign_edit_of_another_section_is_kept() {
    let (home, recovery) = mended(&format!("{}y = foreign\n", NEW.0), OLD.1);
    assert_eq!(recovery, Recovery::Finished);
    assert_eq!(home.both(), (format!("{}y = foreign\n", NEW.0), NEW.1.to_owned()));
}

#[test]
fn a_foreign_edit_of_the_same_section_rolls_the_rest_back() {
    let (home, recovery) = mended(NEW.0, "[a]\nk = foreign\n");
    assert_eq!(recovery, Recovery::RolledBack);
    assert_eq!(home.both(), (OLD.0.to_owned(), "[a]\nk = foreign\n".to_owned()));
}

#[test]
fn a_foreign_text_left_in_the_temporary_file_is_merged_back() {
    let home = Home::with(NEW.0, NEW.1);
    leave_note(&home);
    let litter = |suffix: &str| home.dir.path().join(format!(".aws/.credentials.awsprof-tmp-{suffix}"));
    std::fs::write(litter("old"), OLD.1).unwrap();
    std::fs::write(litter("theirs"), "[a]\nk = 1\n\n[foreign]\nf = 1\n").unwrap();
    assert_eq!(recover(&home.world, &home.state).unwrap(), Recovery::Finished);
    assert_eq!(home.credentials(), "[a]\nk = 2\n\n[foreign]\nf = 1\n");
    assert_eq!(home.names(), ["config", "credentials"]);
}

#[test]
fn litter_of_a_write_that_never_began_is_swept_at_the_next_start() {
    let home = Home::with("", WORK);
    std::fs::write(home.dir.path().join(".aws/.credentials.awsprof-tmp-x"), "junk").unwrap();
    assert_eq!(recover(&home.world, &home.state).unwrap(), Recovery::Nothing);
    assert_eq!(home.names(), ["credentials"]);
}

#[test]
fn litter_among_the_state_is_swept_at_the_next_start() {
    let home = Home::with("", WORK);
    home.use_profile("work");
    let litter = [home.scope().join(".awsprof-tmp-x"), home.scope().join("journal/.awsprof-tmp-y")];
    for path in &litter {
        std::fs::write(path, "half").unwrap();
    }
    assert_eq!(recover(&home.world, &home.state).unwrap(), Recovery::Nothing);
    assert_eq!(litter.map(|path| path.exists()), [false, false]);
}

#[test]
fn twenty_threads_each_renewing_its_own_lose_nothing() {
    use std::fmt::Write;
    let mut text = String::new();
    for at in 0..20 {
        write!(text, "[p{at}]\naws_access_key_id = AKIA{at}\naws_secret_access_key = s{at}\n\n").unwrap();
    }
    let home = Home::with("", &text);
    std::thread::scope(|scope| {
        for at in 0..20 {
            let home = &home;
            scope.spawn(move || home.renew(&format!("p{at}"), &session(&format!("ASIA{at}"))));
        }
    });
    for at in 0..20 {
        assert_eq!(home.get(&format!("p{at}-mfa"), "aws_access_key_id").unwrap(), format!("ASIA{at}"));
        assert_eq!(home.get(&format!("p{at}"), "aws_secret_access_key").unwrap(), format!("s{at}"));
    }
    assert_eq!(home.names(), ["credentials"]);
}

/// Reads, truncates and writes in place without a lock, like the AWS CLI. The last count it wrote.
fn count_in_place(path: &std::path::Path, times: u32) -> u32 {
    let mut count = 0;
    for _ in 0..times {
        std::thread::sleep(std::time::Duration::from_millis(60));
        let text = std::fs::read_to_string(path).unwrap();
        let Some((head, rest)) = text.split_once("count = ") else { continue };
        let tail = rest.split_once('\n').map_or("", |(_, tail)| tail);
        std::fs::write(path, format!("{head}count = {}\n{tail}", count + 1)).unwrap();
        count += 1;
    }
    count
}

#[test]
fn a_program_that_truncates_in_place_loses_nothing_to_us() {
    let home = Home::with("", &format!("{WORK}\n[theirs]\ncount = 0\n"));
    let (path, target) = (home.credentials_path(), home.target("work"));
    let (counted, outcomes) = std::thread::scope(|scope| {
        let theirs = scope.spawn(move || count_in_place(&path, 15));
        let write = |at: u32| {
            let new = session(&format!("ASIA{at}"));
            crate::aws::store::write_session(&home.world, &home.state, &target, &new).is_ok()
        };
        let ours: Vec<bool> = (0..6).map(write).collect();
        (theirs.join().unwrap(), ours)
    });
    assert!(counted > 0 && outcomes.contains(&true), "{counted} {outcomes:?}");
    assert_eq!(home.get("theirs", "count").unwrap(), counted.to_string(), "{}", home.credentials());
    assert!(home.credentials().starts_with(WORK), "{}", home.credentials());
}
