use super::*;

fn creds(text: &str) -> Document {
    Document::parse(FileKind::Credentials, text.into())
}

fn text(doc: &Document) -> String {
    String::from_utf8_lossy(doc.bytes()).into_owned()
}

/// `set` on `[a]` of a credentials file.
fn set(before: &str, key: &str, value: &str) -> String {
    let mut doc = creds(before);
    doc.set(&SectionId::profile("a"), key, value).unwrap();
    assert_eq!(doc.get(&SectionId::profile("a"), key).unwrap().text, value, "{before}");
    text(&doc)
}

#[test]
fn an_edit_keeps_every_other_byte() {
    let cases = [
        ("plain", "[a]\nk = v\n", "[a]\nk = W\n"),
        ("tight", "[a]\nk=v\n", "[a]\nk=W\n"),
        ("aligned", "[a]\nk        = v\nlonger   = x\n", "[a]\nk        = W\nlonger   = x\n"),
        ("tabs", "[a]\nk\t=\tv\t\n", "[a]\nk\t=\tW\t\n"),
        ("crlf", "[a]\r\nk = v\r\nj = x\r\n", "[a]\r\nk = W\r\nj = x\r\n"),
        ("mixed line breaks", "[a]\r\nk = v\nj = x\r\n", "[a]\r\nk = W\nj = x\r\n"),
        ("byte order mark", "\u{feff}[a]\nk = v\n", "\u{feff}[a]\nk = W\n"),
        ("no final newline", "[a]\nk = v", "[a]\nk = W"),
        ("no final newline, crlf above", "[a]\r\nk = v", "[a]\r\nk = W"),
        ("comments", "# x\n[a] # y\n# z\nk = v\n; end\n", "# x\n[a] # y\n# z\nk = W\n; end\n"),
        ("blank lines", "\n\n[a]\n\nk = v\n\n\n", "\n\n[a]\n\nk = W\n\n\n"),
        ("key of another case", "[a]\nK = v\n", "[a]\nK = W\n"),
        ("duplicate key", "[a]\nk = v\nk = w\n", "[a]\nk = v\nk = W\n"),
        ("duplicate section", "[a]\nk = v\n[b]\n[a]\nk = w\n", "[a]\nk = v\n[b]\n[a]\nk = W\n"),
        ("nested twin", "[a]\ns3 =\n  k = 1\nk = v\n", "[a]\ns3 =\n  k = 1\nk = W\n"),
        ("nested twin below", "[a]\nk = v\ns3 =\n  k = 1\n", "[a]\nk = W\ns3 =\n  k = 1\n"),
        ("nested twin only", "[a]\ns3 =\n  k = 1\n", "[a]\ns3 =\n  k = 1\nk = W\n"),
        ("backslash at the end", "[a]\nk = v\\\nj = x\n", "[a]\nk = W\nj = x\n"),
        ("inline comment stays", "[a]\nk = v # c\n", "[a]\nk = W # c\n"),
        ("empty value", "[a]\nk =\n", "[a]\nk = W\n"),
        ("empty value, tight", "[a]\nk=\n", "[a]\nk=W\n"),
        ("empty value, blank behind", "[a]\nk = \nj = x\n", "[a]\nk = W\nj = x\n"),
        ("empty value, comment", "[a]\nk=\t# c\n", "[a]\nk=W\t# c\n"),
        ("empty value, comment, spaced", "[a]\nk = # c\n", "[a]\nk = W # c\n"),
        ("adjacent comment is value", "[a]\nk = v#c\n", "[a]\nk = W\n"),
        ("equals in value", "[a]\nk = v=w=\n", "[a]\nk = W\n"),
        ("continued value", "[a]\nk = v\n  w\nj = x\n", "[a]\nk = W\nj = x\n"),
        ("comment in a continuation", "[a]\nk = v\n  # c\nj = x\n", "[a]\n# c\nk = W\nj = x\n"),
        ("indented keys", "[a]\n  k = v\n  j = x\n", "[a]\n  k = W\n  j = x\n"),
        ("other section", "[b]\nk = v\n[a]\nk = v\n", "[b]\nk = v\n[a]\nk = W\n"),
        ("header with blanks", "[ a ] ; x\nk = v\n", "[ a ] ; x\nk = W\n"),
        ("unknown keys", "[a]\nx y = 1\nk = v\n", "[a]\nx y = 1\nk = W\n"),
        ("junk", "[a]\njunk\nk = v\n", "[a]\njunk\nk = W\n"),
        ("unclosed header above", "[b\nk = v\n[a]\nk = v\n", "[b\nk = v\n[a]\nk = W\n"),
        ("section without keys", "[a]\n[b]\nk = v\n", "[a]\nk = W\n[b]\nk = v\n"),
        ("section without line break", "[b]\nk=v\n[a]", "[b]\nk=v\n[a]\nk=W\n"),
        ("same value", "[a]\nk = W # c\n", "[a]\nk = W # c\n"),
    ];
    assert_eq!(cases.len(), 37);
    for (name, before, after) in cases {
        assert_eq!(set(before, "k", "W"), after, "{name}");
        assert_eq!(set(after, "k", "W"), after, "{name}, twice");
    }
}

#[test]
fn a_comment_on_a_credential_line_moves_above() {
    let cases = [
        ("[a]\naws_session_token = v # from mfa\nj = x\n", "[a]\n# from mfa\naws_session_token = W\nj = x\n"),
        ("[a]\r\naws_session_token=v ;c\r\n", "[a]\r\n;c\r\naws_session_token=W\r\n"),
        ("[a]\naws_session_token =\t# c", "[a]\n# c\naws_session_token =\tW"),
        ("[a]\nAWS_SESSION_TOKEN = v # c\n", "[a]\n# c\nAWS_SESSION_TOKEN = W\n"),
        ("[a]\naws_session_token = W # c\n", "[a]\n# c\naws_session_token = W\n"),
    ];
    for (before, after) in cases {
        assert_eq!(set(before, "aws_session_token", "W"), after);
        assert_eq!(set(after, "aws_session_token", "W"), after);
    }
}

#[test]
fn a_new_key_goes_behind_the_last_one_in_its_style() {
    let cases = [
        ("[a]\nk=v\n\n[b]\n", "[a]\nk=v\nnew=W\n\n[b]\n"),
        ("[a]\r\nk = v\r\n", "[a]\r\nk = v\r\nnew = W\r\n"),
        ("[a]\nk = v", "[a]\nk = v\nnew = W\n"),
        (
            "[a]\nregion       = v\noutput       = w\n",
            "[a]\nregion       = v\noutput       = w\nnew          = W\n",
        ),
        ("[a]\n  k = v\n# end\n", "[a]\n  k = v\n  new = W\n# end\n"),
        ("[a]\nk = v\ns3 =\n  x = 1\n", "[a]\nk = v\ns3 =\n  x = 1\nnew = W\n"),
        ("[a]\n  # only a comment\n\n[b]\n", "[a]\n  # only a comment\nnew = W\n\n[b]\n"),
        ("[a] # c\n\n", "[a] # c\nnew = W\n\n"),
        ("[b]\nk=v\n[a]\n", "[b]\nk=v\n[a]\nnew=W\n"),
    ];
    for (before, after) in cases {
        assert_eq!(set(before, "new", "W"), after);
    }
}

/// Found by the fuzzer: behind the delimiter of the line above stood a carriage return, which is white space as well.
#[test]
fn a_value_that_begins_like_a_comment_never_becomes_one() {
    for gap in ["", " ", "\t", "\r", " \r"] {
        let mut doc = creds(&format!("[a]\nj=#v\n[b]\nk={gap}v\n"));
        let (from, to) = (SectionId::profile("a"), SectionId::profile("b"));
        doc.set_body(&to, &doc.body(&from)).unwrap();
        assert_eq!(doc.get(&to, "j").unwrap().text, "#v", "{gap:?}");
    }
}

#[test]
fn a_new_section_goes_behind_its_relatives() {
    let cases = [
        ("", "[work-mfa]\nk = W\n"),
        ("\u{feff}", "\u{feff}[work-mfa]\nk = W\n"),
        ("# only\n", "# only\n\n[work-mfa]\nk = W\n"),
        ("[x]\nk = v", "[x]\nk = v\n\n[work-mfa]\nk = W\n"),
        ("[x]\r\nk=v\r\n", "[x]\r\nk=v\r\n\r\n[work-mfa]\r\nk=W\r\n"),
        ("[work]\nk=v\n\n[x]\nk=v\n", "[work]\nk=v\n\n[work-mfa]\nk=W\n\n[x]\nk=v\n"),
        ("[work]\nk=v\n[x]\nk=v\n", "[work]\nk=v\n[work-mfa]\nk=W\n[x]\nk=v\n"),
        (
            "[work]\nk=v\n# of work\n\n# of x\n[x]\n",
            "[work]\nk=v\n# of work\n\n[work-mfa]\nk=W\n\n# of x\n[x]\n",
        ),
        ("[work]\nk=v\n# of x\n[x]\n", "[work]\nk=v\n[work-mfa]\nk=W\n# of x\n[x]\n"),
        ("[work-mfa-long-term]\nk = v\n", "[work-mfa-long-term]\nk = v\n\n[work-mfa]\nk = W\n"),
        ("[worker]\nk = v\n\n[w]\nk = v\n", "[worker]\nk = v\n\n[w]\nk = v\n\n[work-mfa]\nk = W\n"),
        ("[x]\nk = v\n\n\n", "[x]\nk = v\n\n\n[work-mfa]\nk = W\n"),
        (
            "[work]\nk = v\n\n\n# z's\n[z]\nk = v\n",
            "[work]\nk = v\n\n\n[work-mfa]\nk = W\n\n\n# z's\n[z]\nk = v\n",
        ),
        ("[z]\nk = v\n\n\n[a]\nk = v\n", "[z]\nk = v\n\n\n[a]\nk = v\n\n\n[work-mfa]\nk = W\n"),
    ];
    for (before, after) in cases {
        let mut doc = creds(before);
        doc.set(&SectionId::profile("work-mfa"), "k", "W").unwrap();
        assert_eq!(text(&doc), after);
    }
}

#[test]
fn a_new_role_goes_behind_its_source() {
    let mut doc = Document::parse(FileKind::Config, b"[profile work]\nk=v\n\n[profile x]\nk=v\n".to_vec());
    let body = [RawEntry::new("role_arn", "r"), RawEntry::new("source_profile", "work")];
    doc.set_body(&SectionId::profile("deploy"), &body).unwrap();
    let after =
        "[profile work]\nk=v\n\n[profile deploy]\nrole_arn=r\nsource_profile=work\n\n[profile x]\nk=v\n";
    assert_eq!(text(&doc), after);
}

#[test]
fn config_headers_have_their_prefix() {
    let mut doc = Document::parse(FileKind::Config, Vec::new());
    for id in [
        SectionId::profile("default"),
        SectionId::profile("a"),
        SectionId::sso_session("a"),
        SectionId::services("a"),
        SectionId { kind: SectionKind::Other, name: "plugins".into() },
    ] {
        doc.set(&id, "k", "v").unwrap();
        assert!(doc.contains(&id));
    }
    let headers: Vec<_> =
        text(&doc).lines().filter(|line| line.starts_with('[')).map(str::to_owned).collect();
    assert_eq!(headers, ["[default]", "[profile a]", "[sso-session a]", "[services a]", "[plugins]"]);
    assert!(doc.problems().is_empty());
}

#[test]
fn what_would_not_read_back_is_refused() {
    let mut doc = creds("[a]\nk = v\n");
    let a = SectionId::profile("a");
    for (key, value) in
        [("k", "x\ny"), ("k", " x"), ("k", "x #y"), ("k", "#y"), ("k k", "x"), ("", "x"), ("k", "\u{1b}")]
    {
        assert!(doc.set(&a, key, value).is_err(), "{key} {value}");
    }
    for id in [
        SectionId::profile("a b"),
        SectionId::profile(""),
        SectionId::profile("]"),
        SectionId::sso_session("x"),
    ] {
        assert!(doc.set(&id, "k", "v").is_err(), "{id:?}");
    }
    let glued = RawEntry { key: "k".into(), raw: b"v\n[b]".to_vec() };
    assert!(doc.set_body(&a, &[glued]).is_err());
    assert_eq!(text(&doc), "[a]\nk = v\n");
}

#[test]
fn unset_and_remove_take_only_their_lines() {
    let a = SectionId::profile("a");
    let before = "# top\n[a]\nk = 1\nj = 2 # c\ns3 =\n  k = 1\nK = 3\n\n# of b\n[b]\nk = 4\n";
    let mut doc = creds(before);
    assert!(doc.unset(&a, "k"));
    assert!(!doc.unset(&a, "k"));
    assert_eq!(text(&doc), "# top\n[a]\nj = 2 # c\ns3 =\n  k = 1\n\n# of b\n[b]\nk = 4\n");
    assert!(doc.remove_section(&a));
    assert!(!doc.remove_section(&a));
    assert_eq!(text(&doc), "# top\n# of b\n[b]\nk = 4\n");
    let mut last = creds("[b]\nk = 4\n\n[a]\nk = 1\n");
    assert!(last.remove_section(&a));
    assert_eq!(text(&last), "[b]\nk = 4\n");
}

#[test]
fn a_comment_under_an_indented_key_is_no_part_of_its_copy() {
    let mut doc = creds("[a]\n n = 1\n # c\n\n  more\n");
    let (from, to) = (SectionId::profile("a"), SectionId::profile("b"));
    let value = |doc: &Document, id| doc.get(id, "n").unwrap().text.into_owned();
    assert_eq!(value(&doc, &from), "1\nmore");
    doc.set_body(&to, &doc.body(&from)).unwrap();
    assert_eq!(value(&doc, &to), "1\nmore");
    assert_eq!(doc.bytes(), b"[a]\n n = 1\n # c\n\n  more\n\n[b]\nn = 1\n# c\n\n  more\n");
}

#[test]
fn a_body_is_copied_with_its_nested_blocks() {
    let (from, to) = (SectionId::profile("work"), SectionId::profile("default"));
    let mut doc = Document::parse(
        FileKind::Config,
        b"[default]\n# mine\nregion=one # why\noutput=json\n\n[profile work]\nregion = two\ns3 = # big\n  max = 1\n  min = 2\n".to_vec(),
    );
    let body = doc.body(&from);
    doc.set_body(&to, &body).unwrap();
    assert_eq!(
        text(&doc),
        "[default]\n# mine\nregion=two # why\ns3=\n  max = 1\n  min = 2\n\n[profile work]\nregion = two\ns3 = # big\n  max = 1\n  min = 2\n"
    );
    assert_eq!(
        doc.nested(&to, "s3").map(|(k, v)| format!("{k}:{v}")).collect::<Vec<_>>(),
        ["max:1", "min:2"]
    );
    assert!(!format!("{body:?}").contains("two"));
    doc.set_body(&to, &[]).unwrap();
    assert!(text(&doc).starts_with("[default]\n# mine\n\n[profile work]"));
}

#[test]
fn problems_have_a_place_and_the_rest_still_reads() {
    let doc = Document::parse(
        FileKind::Config,
        b"stray = 1\n[profile a]\njunk\n= x\nk = v\n[profile b\nk = lost\n[c]\n[profile d]\n\xE9 = 1\nk = w\n  k2\n".to_vec(),
    );
    let seen: Vec<_> = doc.problems().iter().map(|p| (p.code(), p.line, p.column)).collect();
    let expected = [
        ("no-section", 1, 1),
        ("no-equals-sign", 3, 1),
        ("no-key", 4, 1),
        ("unclosed-header", 6, 2),
        ("profile-prefix-missing", 8, 2),
        ("not-utf-8", 10, 1),
        ("invalid-key", 10, 1),
    ];
    assert_eq!(seen, expected);
    let get = |name: &str| doc.get(&SectionId::profile(name), "k").map(|v| v.text.into_owned());
    assert_eq!(get("a").as_deref(), Some("v"));
    assert_eq!(get("b"), None);
    assert_eq!(get("d").as_deref(), Some("w\nk2"));
}

#[test]
fn a_text_is_the_same_with_room_to_spare_and_without() {
    let bytes = b"[a]\nk = v\n";
    let mut roomy = Vec::with_capacity(64);
    roomy.extend_from_slice(bytes);
    for vector in [roomy, bytes.to_vec(), Vec::new()] {
        let wanted = vector.clone();
        assert_eq!(Document::parse(FileKind::Credentials, vector).bytes(), wanted);
    }
}

#[test]
fn a_document_takes_less_than_four_times_its_text() {
    let profile = |n| format!("[p{n}]\naws_access_key_id = AKIA{n:016}\naws_secret_access_key = {n:040}\n\n");
    let doc = creds(&(0..2000).map(profile).collect::<String>());
    assert!(doc.contains(&SectionId::profile("p7")), "the index is made");
    let (sections, entries) = (doc.parts().sections.capacity(), doc.parts().entries.capacity());
    let index = sections * (size_of::<u32>() * 2 + 1) * 2;
    let spans = sections * size_of::<parse::SectionSpan>() + entries * size_of::<parse::EntrySpan>();
    assert!(doc.bytes().len() + spans + index < 4 * doc.bytes().len(), "{spans} {index}");
    assert!(size_of::<parse::EntrySpan>() <= 36 && size_of::<parse::SectionSpan>() <= 40);
}

/// Found by the fuzzer: the header below became part of the value above.
#[test]
fn a_removed_section_leaves_no_header_to_be_swallowed() {
    let mut doc = creds("[b]\nk = v\n[a]\n [c d]\nj = w\n");
    assert!(doc.remove_section(&SectionId::profile("a")));
    assert_eq!(doc.bytes(), b"[b]\nk = v\n[c d]\nj = w\n");
    assert_eq!(doc.get(&SectionId::profile("b"), "k").unwrap().text, "v");
}

/// Found by the fuzzer: the lexer continued the value, its reader did not.
#[test]
fn a_return_before_a_key_is_no_indentation() {
    let doc = creds("[a]\n\rk = v\n w\n");
    assert_eq!(doc.get(&SectionId::profile("a"), "k").unwrap().text, "v\nw");
}

mod properties {
    use proptest::prelude::*;

    use super::*;

    /// Text that looks like an AWS file gone wrong in every way at once.
    fn ini() -> impl Strategy<Value = String> {
        let header = prop_oneof![
            4 => prop::sample::select(vec!["[a]", "[b]", "[profile a]", "[profile b]", "[default]", "[profile default]"]),
            1 => prop::sample::select(vec!["[a", " [a]", "[ a ] # x", "[]", "[sso-session a]", "[a b]", "[b]]", "\u{feff}[a]"]),
        ];
        let entry = (
            "[ \t]{0,2}",
            prop::sample::select(vec!["k", "K", "j", "s3", "aws_session_token", "x y", ""]),
            "[ \t]{0,2}=?[ \t]{0,2}",
            prop::sample::select(vec!["", "v", "v # c", "# c", "v;w", "a=b", "\\", "é"]),
        )
            .prop_map(|(a, b, c, d)| format!("{a}{b}{c}{d}"));
        let line = prop_oneof![
            2 => header.prop_map(str::to_owned),
            6 => entry,
            1 => prop::sample::select(vec!["", "  ", "# c", "; c", "  # c", "\tx = 1", "  y", "junk"]).prop_map(str::to_owned),
        ];
        let eol = prop_oneof![8 => Just("\n"), 3 => Just("\r\n"), 1 => Just("\r")];
        (prop::collection::vec((line, eol), 0..14), any::<bool>()).prop_map(|(lines, cut)| {
            let text: String = lines.iter().flat_map(|(line, eol)| [line.as_str(), eol]).collect();
            if cut { text.trim_end_matches(['\r', '\n']).to_owned() } else { text }
        })
    }

    fn kind() -> impl Strategy<Value = FileKind> {
        prop_oneof![Just(FileKind::Config), Just(FileKind::Credentials)]
    }

    fn name() -> impl Strategy<Value = SectionId> {
        prop::sample::select(vec!["a", "b", "default", "a-mfa"]).prop_map(SectionId::profile)
    }

    fn key() -> impl Strategy<Value = &'static str> {
        prop::sample::select(vec!["k", "j", "s3", "aws_session_token", "new"])
    }

    /// Every effective value of every section that counts.
    fn values(doc: &Document) -> Vec<(SectionId, String, String)> {
        let mut all: Vec<_> = doc
            .sections()
            .map(|section| section.id())
            .filter(|id| id.kind != SectionKind::Other)
            .flat_map(|id| doc.body(&id).into_iter().map(move |entry| (id.clone(), entry.key)))
            .filter_map(|(id, key)| Some((id.clone(), key.clone(), doc.get(&id, &key)?.text.into_owned())))
            .collect();
        all.sort();
        all.dedup();
        all
    }

    fn without(
        mut all: Vec<(SectionId, String, String)>,
        id: &SectionId,
        key: &str,
    ) -> Vec<(SectionId, String, String)> {
        all.retain(|(i, k, _)| (i, k.as_str()) != (id, key));
        all
    }

    /// Whether `part` is `whole` with some lines left out.
    fn is_part(part: &[&str], whole: &str) -> bool {
        let mut lines = whole.split_inclusive('\n');
        part.iter().all(|line| {
            lines.any(|other| other == *line || other.trim_end() == line.trim_end() && !line.ends_with('\n'))
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn printing_is_identity_for_any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400), kind in kind()) {
            let doc = Document::parse(kind, bytes.clone());
            prop_assert_eq!(doc.bytes(), &bytes[..]);
            values(&doc);
        }

        #[test]
        fn printing_is_identity_for_ini(text in ini(), kind in kind()) {
            let doc = Document::parse(kind, text.clone().into_bytes());
            prop_assert_eq!(doc.bytes(), text.as_bytes());
            for section in doc.sections() {
                for entry in section.entries() {
                    entry.nested().for_each(drop);
                    prop_assert!(entry.line() > section.line());
                }
            }
        }

        #[test]
        fn set_changes_one_value(text in ini(), kind in kind(), id in name(), key in key(), value in "[a-z/+=]{0,8}") {
            let mut doc = Document::parse(kind, text.clone().into_bytes());
            let before = without(values(&doc), &id, key);
            let kept: Vec<&str> = match doc.get(&id, key).map(|v| v.line) {
                Some(line) => {
                    let entry = doc.parts().entries.iter().find(|e| e.line == line).copied().unwrap();
                    let (head, tail) = (&text[..entry.start as usize], &text[entry.end as usize..]);
                    head.split_inclusive('\n').chain(tail.split_inclusive('\n')).collect()
                }
                None => text.split_inclusive('\n').collect(),
            };
            doc.set(&id, key, &value).unwrap();
            prop_assert_eq!(doc.get(&id, key).unwrap().text, value.as_str());
            prop_assert_eq!(without(values(&doc), &id, key), before);
            let after = String::from_utf8(doc.bytes().to_vec()).unwrap();
            prop_assert!(is_part(&kept, &after), "{:?} became {:?}", text, after);
            doc.set(&id, key, &value).unwrap();
            prop_assert_eq!(String::from_utf8(doc.bytes().to_vec()).unwrap(), after);
        }

        #[test]
        fn unset_removes_one_value(text in ini(), kind in kind(), id in name(), key in key()) {
            let mut doc = Document::parse(kind, text.into_bytes());
            let before = without(values(&doc), &id, key);
            let had = doc.get(&id, key).is_some();
            prop_assert_eq!(doc.unset(&id, key), had);
            prop_assert_eq!(values(&doc), before);
        }

        #[test]
        fn remove_takes_one_section(text in ini(), kind in kind(), id in name()) {
            let mut doc = Document::parse(kind, text.into_bytes());
            let mut before = values(&doc);
            before.retain(|(i, ..)| *i != id);
            let had = doc.contains(&id);
            prop_assert_eq!(doc.remove_section(&id), had);
            prop_assert_eq!(values(&doc), before);
        }

        #[test]
        fn a_copied_body_reads_the_same(text in ini(), kind in kind(), from in name(), to in name()) {
            let mut doc = Document::parse(kind, text.into_bytes());
            let body = doc.body(&from);
            let mut others = values(&doc);
            others.retain(|(i, ..)| *i != to);
            if doc.set_body(&to, &body).is_ok() {
                let copied = values(&doc).into_iter().filter(|(i, ..)| *i == to).map(|(_, k, v)| (k, v));
                let original = values(&doc).into_iter().filter(|(i, ..)| *i == from).map(|(_, k, v)| (k, v));
                prop_assert_eq!(copied.collect::<Vec<_>>(), original.collect::<Vec<_>>());
                let mut after = values(&doc);
                after.retain(|(i, ..)| *i != to);
                prop_assert_eq!(after, others);
            }
        }
    }
}
