//! The SDK's own parser as an oracle: on text gone wrong in every way both refuse the same files for the same
//! reason, and read the same values in all others.

use std::path::PathBuf;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use aws_runtime::env_config::file::{EnvConfigFileKind, EnvConfigFiles};
use aws_runtime::env_config::section::EnvConfigSections;
use aws_runtime::env_config::source;
use aws_types::os_shim_internal::{Env, Fs};
use awsprof::aws::profile::Estate;
use awsprof::aws::world::AwsFiles;
use proptest::prelude::*;

const NAMES: [&str; 4] = ["a", "b", "default", "c"];
const KEYS: [&str; 5] = ["k", "j", "s3", "in valid", "x"];

fn line() -> impl Strategy<Value = String> {
    let headers =
        vec!["[a]", "[b]", "[profile a]", "[profile b]", "[default]", "[profile default]", "[profile\tc]"];
    let odd = vec!["[a", "[sso-session a]", "[a b]", "[]", "[c] # x", "[c];", "[profile c!]", "[services a]"];
    let value = prop::sample::select(vec!["", "v", "v # c", "# c", "v;w", "a=b", "\\", "é", "v ;", "\"q\""]);
    let key = prop::sample::select(vec!["k", "K", "j", "s3", "in valid"]);
    let entry = (prop::sample::select(vec!["", "", "", " ", "\t"]), key, "[ \t]{0,2}=[ \t]{0,2}", value);
    prop_oneof![
        30 => prop::sample::select(headers).prop_map(str::to_owned),
        4 => prop::sample::select(odd).prop_map(str::to_owned),
        60 => entry.prop_map(|(indent, key, equals, value)| format!("{indent}{key}{equals}{value}")),
        20 => prop::sample::select(vec!["", "  ", "# c", "; c", "  # c", "\tx = 1", "  y"]).prop_map(str::to_owned),
        1 => prop::sample::select(vec!["junk", "= v"]).prop_map(str::to_owned),
    ]
}

/// A file that starts with a header, mostly: others are refused at once.
fn file() -> impl Strategy<Value = String> {
    let start = prop_oneof![6 => Just("[profile a]\n"), 6 => Just("[a]\n"), 1 => Just("\u{feff}[a]\n"), 1 => Just("")];
    let eol = prop_oneof![4 => Just("\n"), 1 => Just("\r\n")];
    (start, prop::collection::vec((line(), eol), 0..8)).prop_map(|(start, lines)| {
        let lines = lines.iter().flat_map(|(line, eol)| [line.as_str(), *eol]);
        std::iter::once(start).chain(lines).collect()
    })
}

/// What the SDK makes of both texts; in memory its loader never waits.
fn sdk(config: &str, credentials: &str) -> Result<EnvConfigSections, String> {
    let files = EnvConfigFiles::builder()
        .with_contents(EnvConfigFileKind::Config, config)
        .with_contents(EnvConfigFileKind::Credentials, credentials)
        .build();
    let (env, fs) = (Env::from_slice(&[]), Fs::from_slice(&[]));
    let load = pin!(source::load(&env, &fs, &files));
    match load.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(source) => {
            let source = source.map_err(|error| error.to_string())?;
            EnvConfigSections::parse(source).map_err(|error| error.to_string())
        }
        Poll::Pending => Err("the loader waits".to_owned()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn we_read_what_the_sdk_reads(config in file(), credentials in file()) {
        let files = AwsFiles { config: PathBuf::from("config"), credentials: PathBuf::from("credentials") };
        let estate = Estate::from_texts(files, config.clone().into(), credentials.clone().into());
        let sections = match (sdk(&config, &credentials), estate.sdk_error()) {
            (Ok(sections), None) => sections,
            (Err(error), Some((_, line, words))) => {
                prop_assert!(error.contains(words) && error.contains(&format!("line {line}:")), "{error} / {line} {words}");
                return Ok(());
            }
            (theirs, ours) => return Err(TestCaseError::fail(format!("{theirs:?} / {ours:?}"))),
        };
        for name in NAMES {
            let (theirs, ours) = (sections.get_profile(name), estate.profile(name));
            prop_assert_eq!(theirs.is_some(), ours.is_some(), "{}", name);
            for key in KEYS {
                let theirs = theirs.and_then(|profile| profile.get(key));
                let ours = ours.as_ref().and_then(|profile| profile.get(key)).map(|setting| setting.text);
                prop_assert_eq!(theirs, ours.as_deref(), "{} of {}", key, name);
            }
        }
    }
}
