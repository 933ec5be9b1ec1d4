use proptest::prelude::*;

use super::*;
use crate::aws::ini::{Document, FileKind};

fn grant(account: &str, name: &str, role: &str) -> Grant {
    Grant {
        account: account.into(),
        account_name: name.into(),
        email: "a@b.example".into(),
        role: role.into(),
    }
}

fn rules() -> Rules {
    Rules { template: TEMPLATE.into(), accounts: BTreeMap::new(), region: "eu-west-1".into() }
}

fn names(grants: &[Grant], rules: &Rules, taken: &[&str]) -> Vec<String> {
    let entries = named(grants, "corp", rules, |name| taken.contains(&name));
    entries.into_iter().map(|entry| entry.name).collect()
}

#[test]
fn names_by_the_template() {
    let grants =
        [grant("222222222222", "Acme (EU), Prod", "ReadOnlyAccess"), grant("111111111111", "Lab", "admin")];
    assert_eq!(names(&grants, &rules(), &[]), ["lab-admin", "acme-eu-prod-readonlyaccess"]);
    let own = Rules { accounts: [("111111111111".into(), "play".into())].into(), ..rules() };
    assert_eq!(names(&grants, &own, &[])[0], "play-admin");
    let other = Rules { template: "{session}/{account_id}.{role_name}".into(), ..rules() };
    assert_eq!(names(&grants, &other, &[])[0], "corp/111111111111.admin");
    let nothing = Rules { template: "!!".into(), ..rules() };
    assert_eq!(names(&grants, &nothing, &[])[0], "111111111111-admin");
    assert_eq!(names(&[grant("111111111111", "日本", "r")], &rules(), &[]), ["111111111111-r"]);
}

#[test]
fn no_two_names_alike_whatever_the_order() {
    let grants =
        [grant("1", "Lab", "r"), grant("2", "lab", "r"), grant("3", "Lab", "x y"), grant("3", "Lab", "x-y")];
    let expected = ["lab-r-1", "lab-r-2", "lab-x-y-3", "lab-x-y-3-2"];
    assert_eq!(names(&grants, &rules(), &[]), expected);
    let turned: Vec<Grant> = grants.iter().rev().cloned().collect();
    assert_eq!(names(&turned, &rules(), &[]), expected);
    assert_eq!(names(&grants[..1], &rules(), &["lab-r"]), ["lab-r-1"], "somebody else's name is not taken");
    assert_eq!(names(&grants[..1], &rules(), &["lab-r", "lab-r-1"]), ["lab-r-1-2"]);
}

fn synced(text: &[u8], grants: &[Grant]) -> Vec<u8> {
    let document = Document::parse(FileKind::Config, text.to_vec());
    let block = Block::find(&document, "corp");
    let theirs = block.theirs();
    let wanted = named(grants, "corp", &rules(), |name| theirs.contains(name));
    let text = block.with(&wanted, "eu-west-1");
    let after = Document::parse(FileKind::Config, text.clone());
    let ours = Block::find(&after, "corp").ours();
    assert!(ours.iter().eq(wanted.iter().map(|own| &own.name).collect::<std::collections::BTreeSet<_>>()));
    text
}

#[test]
fn the_block_is_made_changed_and_taken_away() {
    let mine = b"[profile a]\nregion = x";
    let one = synced(mine, &[grant("1", "Lab", "r")]);
    let expected = "[profile a]\nregion = x\n\n# BEGIN awsprof sso sync corp\n\
        # Made by `awsprof sso sync`, which writes it anew. Your own profiles stand outside.\n\n[profile lab-r]\n\
        sso_session = corp\nsso_account_id = 1\nsso_role_name = r\nregion = eu-west-1\n\n\
        # END awsprof sso sync corp\n";
    assert_eq!(String::from_utf8(one.clone()).unwrap(), expected);
    assert_eq!(synced(&one, &[grant("1", "Lab", "r")]), one, "a second run changes nothing");
    let more = [one.clone(), b"\n[profile z]\nk = v\n".to_vec()].concat();
    let two = String::from_utf8(synced(&more, &[grant("1", "Lab", "s")])).unwrap();
    assert!(
        two.contains("[profile lab-s]") && !two.contains("lab-r") && two.ends_with("\n[profile z]\nk = v\n")
    );
    let none = synced(&more, &[]);
    assert_eq!(none, b"[profile a]\nregion = x\n\n\n[profile z]\nk = v\n");
}

#[test]
fn what_is_not_ours_in_the_block_is_kept() {
    let one = String::from_utf8(synced(b"", &[grant("1", "Lab", "r")])).unwrap();
    let mixed = one.replace("\n# END", "\n[profile mine]\nrole_arn = x # y\n\n# END");
    let after = String::from_utf8(synced(mixed.as_bytes(), &[])).unwrap();
    assert_eq!(after, "\n[profile mine]\nrole_arn = x # y\n");
    let edited = one.replace("region = eu-west-1", "region = eu-west-1\noutput = text");
    let after = String::from_utf8(synced(edited.as_bytes(), &[grant("1", "Lab", "r")])).unwrap();
    assert!(after.contains("[profile lab-r-1]") && after.contains("output = text"), "{after}");
    assert_eq!(synced(after.as_bytes(), &[grant("1", "Lab", "r")]), after.as_bytes());
}

proptest! {
    /// Byte-identical outside, whatever the file and whatever is listed; the same again the second time.
    #[test]
    fn nothing_outside_changes(
        lines in proptest::collection::vec("\\[profile [a-c]\\]|k = v|  n = 1|# c|\\[|", 0..12),
        crlf in any::<bool>(),
        roles in proptest::collection::vec("[a-c]", 0..4),
    ) {
        let text = lines.join(if crlf { "\r\n" } else { "\n" }).into_bytes();
        let grants: Vec<Grant> = roles.iter().map(|role| grant("1", "p", role)).collect();
        let once = synced(&text, &grants);
        prop_assert!(once.starts_with(&text));
        prop_assert_eq!(&synced(&once, &grants), &once);
        let empty = synced(&once, &[]);
        prop_assert!(empty.starts_with(&text) && empty[text.len()..].trim_ascii().is_empty());
    }
}
