//! Links, modes, line ends, foreign sections and everything that is refused.

use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::time::Duration;

use super::*;
use crate::aws::store::{Class, lock};

fn use_work() -> Change {
    Change::Use { profile: "work".to_owned() }
}

#[test]
fn a_symlink_stays_one_and_its_target_keeps_its_mode() {
    let home = Home::with("", "");
    let real = home.dir.path().join("dotfiles");
    std::fs::create_dir(&real).unwrap();
    std::fs::write(real.join("creds"), WORK).unwrap();
    std::fs::set_permissions(real.join("creds"), std::fs::Permissions::from_mode(0o644)).unwrap();
    symlink("../dotfiles/creds", home.credentials_path()).unwrap();
    home.apply(&use_work()).unwrap();
    assert!(home.credentials_path().symlink_metadata().unwrap().is_symlink());
    assert_eq!(real.join("creds").metadata().unwrap().mode() & 0o777, 0o644);
    assert_eq!(home.get("default", "aws_access_key_id").unwrap(), "AKIAWORK");
    let lock = real.join(".creds.awsprof.lock");
    assert_eq!(lock.metadata().unwrap().mode() & 0o777, 0o600);
}

#[test]
fn a_new_file_is_0600() {
    let home = Home::with(
        "",
        "[work]\naws_access_key_id = AKIAWORK\naws_secret_access_key = s\nregion = eu-west-1\n",
    );
    home.renew("work", &session("ASIA1"));
    assert_eq!(home.config_path().metadata().unwrap().mode() & 0o777, 0o600);
    assert_eq!(home.config(), "[profile work-mfa]\nregion = eu-west-1\n");
}

#[test]
fn a_hard_linked_file_is_refused_before_anything_is_touched() {
    let home = Home::with("", WORK);
    std::fs::hard_link(home.credentials_path(), home.dir.path().join("twin")).unwrap();
    let refused = home.apply(&use_work()).unwrap_err();
    assert!(matches!(refused, StoreError::HardLinked { links: 2, .. }), "{refused}");
    assert_eq!((refused.class(), home.credentials().as_str()), (Class::File, WORK));
    assert_eq!(home.names(), ["credentials"]);
    assert!(refused.hint().is_some());
}

#[test]
fn a_device_is_read_as_empty_and_never_written() {
    let home = Home::with("", WORK);
    let world = World { env: home.world.env.with("AWS_CONFIG_FILE", "/dev/null"), ..home.world.clone() };
    apply(&world, &home.state, &use_work(), false).unwrap();
    assert!(home.credentials().contains("[default]"));
    assert!(!std::path::Path::new("/dev/.null.awsprof.lock").exists());
}

#[test]
fn one_file_for_both_is_refused() {
    let home = Home::with("", WORK);
    let path = home.credentials_path();
    let world =
        World { env: home.world.env.with("AWS_CONFIG_FILE", path.to_str().unwrap()), ..home.world.clone() };
    let refused = apply(&world, &home.state, &use_work(), false).unwrap_err();
    assert!(matches!(refused, StoreError::SameFile { .. }), "{refused}");
}

#[test]
fn line_ends_byte_order_mark_and_foreign_sections_stay() {
    let text = "\u{feff}# mine\r\n[work]\r\naws_access_key_id=AKIAWORK\r\naws_secret_access_key=s\r\n\r\n[other]\r\n\
                x = 1 ; c\r\ns3 =\r\n  a = b\r\nno final newline = yes";
    let home = Home::with("", text);
    home.apply(&use_work()).unwrap();
    let now = home.credentials();
    assert!(now.starts_with(text), "{now:?}");
    assert!(now.contains("\r\n[default]\r\naws_access_key_id = AKIAWORK\r\n"), "{now:?}");
    assert!(!now.replace("\r\n", "").contains('\n'), "{now:?}");
    home.confirmed(&Change::Undo { id: None });
    assert_eq!(home.credentials(), text);
}

#[test]
fn an_inline_comment_on_a_key_moves_above_it() {
    let home = Home::with(
        "",
        &format!(
            "{WORK}\n[work-mfa]\naws_access_key_id = ASIAOLD # old\naws_session_token = t\naws_secret_access_key = s\n"
        ),
    );
    home.renew("work", &session("ASIA1"));
    assert!(
        home.credentials().contains("[work-mfa]\n# old\naws_access_key_id = ASIA1\n"),
        "{}",
        home.credentials()
    );
}

#[test]
fn a_held_lock_makes_others_wait_and_a_second_thread_gets_its_turn() {
    let home = Home::with("", WORK);
    let path = lock::path_for(&home.credentials_path());
    let held = lock::take(&path, Duration::ZERO).unwrap();
    let (world, state) = (home.world.clone(), home.state.clone());
    let other = std::thread::spawn(move || apply(&world, &state, &use_work(), false).is_ok());
    assert_eq!(home.credentials(), WORK);
    drop(held);
    assert!(other.join().unwrap());
    assert!(home.credentials().contains("[default]"));
}

#[test]
fn no_change_writes_nothing() {
    let home = Home::with("", WORK);
    let first = home.apply(&use_work()).unwrap();
    assert_eq!(first.files, [home.credentials_path().canonicalize().unwrap()]);
    let inode = home.credentials_path().metadata().unwrap().ino();
    assert_eq!(home.apply(&use_work()).unwrap().files, Vec::<PathBuf>::new());
    assert_eq!(home.credentials_path().metadata().unwrap().ino(), inode);
    assert_eq!(home.names(), ["credentials"]);
}

#[test]
fn a_preview_writes_nothing_and_shows_no_secret() {
    let home = Home::with("[default]\nregion = us-east-1\n", WORK);
    let preview = home.preview(&use_work());
    assert!(preview.diff.contains("+aws_access_key_id = AKIAWORK\n"), "{}", preview.diff);
    assert!(preview.diff.contains("+aws_secret_access_key = ****\n"), "{}", preview.diff);
    assert!(!preview.diff.contains("work-secret"));
    assert!(preview.confirm.unwrap().contains("default-original"));
    assert_eq!(preview.changed.len(), 2);
    assert!(!home.state.dir.exists());
    assert_eq!(home.names(), ["config", "credentials"]);
}

#[test]
fn the_world_in_memory_is_not_written() {
    let world = World::in_memory(Env::default(), std::collections::BTreeMap::default(), NOW.parse().unwrap());
    let dir = tempfile::tempdir().unwrap();
    let refused = apply(&world, &StateDir::new(dir.path().into()), &use_work(), true).unwrap_err();
    assert_eq!(refused.class(), Class::Guard);
}

/// Only root can play this one.
#[test]
fn what_root_makes_in_somebodys_home_is_theirs() {
    if !rustix::process::getuid().is_root() {
        return;
    }
    let home =
        Home::with("", "[work]\naws_access_key_id = AKIAWORK\naws_secret_access_key = s\nregion = r\n");
    let dir = home.dir.path().join(".aws");
    std::os::unix::fs::chown(&dir, Some(65534), Some(65534)).unwrap();
    std::os::unix::fs::chown(home.credentials_path(), Some(65534), Some(65534)).unwrap();
    home.renew("work", &session("ASIA1"));
    for name in ["config", "credentials", ".config.awsprof.lock", ".credentials.awsprof.lock"] {
        assert_eq!(dir.join(name).metadata().unwrap().uid(), 65534, "{name}");
    }
}

/// Runs the real thing as another user, because root may write anywhere.
#[test]
fn a_read_only_directory_is_refused_before_anything_is_touched() {
    use std::os::unix::process::CommandExt;
    if std::env::var("AWSPROF_TEST_READ_ONLY").is_ok() {
        return read_only();
    }
    let mut child = std::process::Command::new(std::env::current_exe().unwrap());
    child.args([
        "--exact",
        "aws::store::tests::protocol::a_read_only_directory_is_refused_before_anything_is_touched",
    ]);
    child.env_clear().env("AWSPROF_TEST_READ_ONLY", "1");
    if rustix::process::getuid().is_root() {
        child.uid(65534).gid(65534);
    }
    let done = child.output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stdout));
    assert!(String::from_utf8_lossy(&done.stdout).contains("1 passed"));
}

fn read_only() {
    let home = Home::with("[default]\nregion = us-east-1\n", WORK);
    let dir = home.dir.path().join(".aws");
    std::fs::set_permissions(&dir, std::fs::Permissions::from_mode(0o555)).unwrap();
    let before = home.both();
    let refused = apply(&home.world, &home.state, &use_work(), true).unwrap_err();
    std::fs::set_permissions(&dir, std::fs::Permissions::from_mode(0o755)).unwrap();
    assert!(matches!(refused, StoreError::ReadOnly { .. }), "{refused}");
    assert_eq!(home.both(), before);
    assert_eq!(home.names(), ["config", "credentials"]);
}
