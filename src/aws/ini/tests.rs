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
