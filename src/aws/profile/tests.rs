use std::io::Write as _;
use std::path::PathBuf;

use super::*;
use crate::aws::overview::Kind;

fn estate(config: &str, credentials: &str) -> Estate {
    let files = AwsFiles { config: PathBuf::from("/c"), credentials: PathBuf::from("/k") };
    Estate::from_texts(files, config.into(), credentials.into())
}

#[test]
fn credentials_win_over_config_and_the_loser_is_shown() {
    let estate = estate("[profile a]\nregion = one\noutput = json\n", "[a]\nregion = two\nregion = three\n");
    let profile = estate.profile("a").unwrap();
    let region = profile.get("REGION").unwrap();
    assert_eq!((region.text.as_ref(), region.file, region.line), ("three", FileKind::Credentials, 3));
    let all: Vec<_> = profile.settings().iter().map(|s| (s.text.to_string(), s.shadowed)).collect();
    let expected = [("two", true), ("three", false), ("one", true), ("json", false)];
    assert_eq!(all, expected.map(|(text, shadowed)| (text.to_owned(), shadowed)));
}

#[test]
fn names_come_once_in_file_order() {
    let estate =
        estate("[default]\n[profile b]\n[profile a]\n[profile b]\n[plugins]\n", "[z]\n[a]\n[z]\n[c]\n");
    assert_eq!(estate.names().collect::<Vec<_>>(), ["default", "b", "a", "z", "c"]);
}

#[test]
fn kinds_follow_the_order_of_the_cli() {
    let keys = "aws_access_key_id = A\naws_secret_access_key = s\n";
    let cases = [
        ("", "", Kind::Empty),
        ("role_arn = r\nsource_profile = b\n", keys, Kind::AssumeRole),
        ("role_arn = r\ncredential_source = Environment\n", keys, Kind::CredentialSource),
        ("role_arn = r\nweb_identity_token_file = /t\n", keys, Kind::WebIdentity),
        ("sso_session = s\n", keys, Kind::Sso),
        ("sso_account_id = 1\n", "", Kind::Sso),
        ("credential_process = p\n", keys, Kind::Static),
        ("credential_process = p\n", "aws_access_key_id = A\naws_session_token = t\n", Kind::Session),
        ("login_session = l\ncredential_process = p\n", "", Kind::Login),
        ("credential_process = p\naws_access_key_id = A\n", "", Kind::Process),
        ("aws_access_key_id = A\naws_security_token = t\n", "", Kind::Session),
    ];
    for (config, credentials, kind) in cases {
        let estate = estate(&format!("[profile p]\n{config}"), &format!("[p]\n{credentials}"));
        assert_eq!(estate.profile("p").unwrap().kind(), kind, "{config}{credentials}");
    }
}

#[test]
fn static_keys_come_from_one_file_and_debug_hides_them() {
    let mixed = estate("[profile p]\naws_secret_access_key = s\n", "[p]\naws_access_key_id = A\n");
    assert!(mixed.profile("p").unwrap().credentials().is_none());
    let whole =
        estate("", "[p]\naws_access_key_id = A\naws_secret_access_key = hush\naws_session_token = hash\n");
    let profile = whole.profile("p").unwrap();
    assert!(profile.credentials().unwrap().is_session());
    let seen = format!("{:?} {:?} {whole:?}", profile.settings(), profile.get("aws_session_token"));
    assert!(!seen.contains("hush") && !seen.contains("hash"));
}

#[test]
fn the_prefixed_default_hides_the_other() {
    let estate = estate("[default]\nregion = one\n[profile default]\noutput = json\n", "");
    let default = estate.profile("default").unwrap();
    assert!(!default.has("region"));
    assert!(default.has("output"));
    assert_eq!(estate.names().count(), 1);
}

/// The SDKs' own vectors, from the folder that `AWSPROF_SHARED` names.
fn vectors(name: &str) -> Option<serde_json::Value> {
    let world = World::real();
    let path = Path::new(world.env.non_empty("AWSPROF_SHARED")?).join("vectors").join(name);
    Some(serde_json::from_slice(&world.fs.read(&path).unwrap()).unwrap())
}

fn merged(estate: &Estate, kind: SectionKind, names: &[String]) -> serde_json::Value {
    let view = |name: &String| match kind {
        SectionKind::SsoSession => estate.sso_session(name).unwrap(),
        SectionKind::Services => estate.services(name).unwrap(),
        SectionKind::Profile | SectionKind::Other => estate.profile(name).unwrap(),
    };
    let body = |name: &String| -> serde_json::Map<String, serde_json::Value> {
        let settings = view(name).settings();
        let kept = settings.iter().filter(|setting| !setting.shadowed);
        kept.map(|setting| (setting.key.to_string(), setting.text.to_string().into())).collect()
    };
    names.iter().map(|name| (name.clone(), body(name).into())).collect::<serde_json::Map<_, _>>().into()
}

#[test]
fn the_sdks_parser_vectors_pass() {
    let Some(vectors) = vectors("profile-parser-tests.json") else { return };
    let tests = vectors["tests"].as_array().unwrap();
    for test in tests {
        let input = |file: &str| test["input"][file].as_str().unwrap_or_default();
        let estate = estate(input("configFile"), input("credentialsFile"));
        let name = &test["name"];
        if let Some(expected) = test["output"]["errorContaining"].as_str() {
            let (.., words) = estate.sdk_error().unwrap_or_else(|| panic!("{name}: no error"));
            assert!(words.contains(expected), "{name}: {words}");
            continue;
        }
        assert_eq!(estate.sdk_error(), None, "{name}");
        let names: Vec<String> = estate.names().map(str::to_owned).collect();
        let expected = &test["output"]["config"];
        assert_eq!(merged(&estate, SectionKind::Profile, &names), expected["profiles"], "{name}");
        let sessions = estate.config().sections().filter(|s| s.kind() == SectionKind::SsoSession);
        let sessions: Vec<String> = sessions.map(|s| s.name().into_owned()).collect();
        let empty = serde_json::Map::new().into();
        let expected = expected.get("sso_sessions").unwrap_or(&empty);
        assert_eq!(&merged(&estate, SectionKind::SsoSession, &sessions), expected, "{name}");
    }
    assert_eq!(tests.len(), 65);
    writeln!(io::stdout(), "all {} parser vectors of the SDKs ran", tests.len()).unwrap();
}

#[test]
fn the_sdks_file_locations_pass() {
    let Some(vectors) = vectors("file-location-tests.json") else { return };
    let tests = vectors["tests"].as_array().unwrap();
    for test in tests.iter().filter(|test| test["platform"] == "linux") {
        let env = test["environment"].as_object().unwrap().iter();
        let env = env.map(|(k, v)| (k.clone(), v.as_str().unwrap().to_owned())).collect();
        let world = World::in_memory(env, std::collections::BTreeMap::new(), jiff::Timestamp::UNIX_EPOCH);
        let files = Estate::read(&world).files().clone();
        let path = |key: &str| PathBuf::from(test[key].as_str().unwrap());
        assert_eq!(files.config, path("configLocation"), "{}", test["name"]);
        assert_eq!(files.credentials, path("credentialsLocation"), "{}", test["name"]);
    }
}
