//! Instance metadata, the container endpoint and the portal.

use std::time::Duration;

use awsprof::aws::secret::Secret;
use awsprof::aws::world::{Env, Fs, World};
use awsprof::net::endpoint::Service;
use awsprof::net::imds::{Imds, REGION, Settings, Version};
use awsprof::net::{Client, Kind, container, sso};
use awsprof::sandbox::faults::Fault;

use super::rig::{Rig, block_on, start_time};

fn settings(env: &Env) -> Settings {
    Settings::read(env, |_| None).unwrap()
}

#[test]
fn metadata_by_token() {
    let rig = Rig::new();
    let settings = settings(&rig.env);
    block_on(async {
        let mut imds = Imds::open(&rig.client, &settings, &mut |_| ()).await.unwrap();
        assert!(matches!(imds.version, Version::V2 { .. }));
        assert_eq!(imds.get(REGION, &mut |_| ()).await.unwrap(), "us-east-1");
        let role = imds.role(&mut |_| ()).await.unwrap();
        let keys = imds.credentials(&role, &mut |_| ()).await.unwrap();
        assert!(keys.is_session() && keys.expires_at.is_some());
        assert_eq!(imds.get("latest/nothing", &mut |_| ()).await.unwrap_err().kind, Kind::NotFound);
        assert_eq!(imds.requests, 5);
    });
}

/// What the token's PUT is answered with, and whether version 1 is tried then.
#[test]
fn falls_back_to_version_1_as_botocore_does() {
    let table = [
        (Fault::status(403), true),
        (Fault::status(404), true),
        (Fault::status(405), true),
        (Fault::Silence, true),
        (Fault::status(400), false),
        (Fault::status(500), false),
        (Fault::captive_portal(), false),
    ];
    for (fault, falls) in table {
        let rig = Rig::with_cast(|cast| cast.metadata_v1 = true, &[], start_time());
        let name = format!("{fault:?}");
        let allowed = Settings { timeout: Duration::from_millis(200), ..settings(&rig.env) };
        let strict = Settings { v1_allowed: false, ..allowed.clone() };
        for (settings, falls) in [(allowed, falls), (strict, false)] {
            // A 5xx passes by; as often as it is asked again it is no reason for version 1.
            let times = if name.contains("500") { 3 } else { 1 };
            (0..times).for_each(|_| rig.sandbox.next_answer(fault.clone()));
            let opened = block_on(async {
                let mut imds = Imds::open(&rig.client, &settings, &mut |_| ()).await?;
                imds.role(&mut |_| ()).await
            });
            assert_eq!(opened.is_ok(), falls, "{name}: {opened:?}");
        }
    }
}

#[test]
fn a_dead_put_and_a_refused_get_name_the_hop_limit() {
    let rig = Rig::new();
    let settings = Settings { timeout: Duration::from_millis(200), ..settings(&rig.env) };
    rig.sandbox.next_answer(Fault::Silence);
    let error = block_on(async {
        let mut imds = Imds::open(&rig.client, &settings, &mut |_| ()).await.unwrap();
        imds.role(&mut |_| ()).await.unwrap_err()
    });
    assert!(error.message.contains("hop limit"), "{error}");
}

#[test]
fn an_instance_that_has_no_credentials_says_why() {
    let rig = Rig::new();
    let settings = settings(&rig.env);
    let body = r#"{"Code":"AssumeRoleUnauthorizedAccess","Message":"EC2 cannot assume the role"}"#;
    let error = block_on(async {
        let mut imds = Imds::open(&rig.client, &settings, &mut |_| ()).await.unwrap();
        rig.sandbox.next_answer(Fault::Instead { status: 200, headers: Vec::new(), body: body.to_owned() });
        imds.credentials("demo-instance", &mut |_| ()).await.unwrap_err()
    });
    assert_eq!((error.kind, error.code()), (Kind::Refused, "AssumeRoleUnauthorizedAccess"));
}

#[test]
fn metadata_settings() {
    let read = |pairs: &[(&str, &str)]| {
        let env: Env = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Settings::read(&env, |_| None).map(|settings| settings.base.to_string())
    };
    let (endpoint, mode) = ("AWS_EC2_METADATA_SERVICE_ENDPOINT", "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE");
    assert_eq!(read(&[]).unwrap(), "http://169.254.169.254/");
    assert_eq!(read(&[(mode, "ipV6")]).unwrap(), "http://[fd00:ec2::254]/");
    assert_eq!(read(&[(mode, "IPv6"), (endpoint, "http://o:456")]).unwrap(), "http://o:456/");
    assert_eq!(read(&[(mode, "IPv7")]).unwrap_err().message, "`IPv7` is not a valid endpoint mode");
    assert!(read(&[(endpoint, "not a uri")]).is_err());
    let here = Settings::read(&Env::default(), |_| None).unwrap();
    for path in ["//evil.example/x", "http://evil.example/x"] {
        let url = here.at(path).map(|url| url.host_str().unwrap().to_owned());
        assert!(url.is_err() || url.is_ok_and(|host| host == "169.254.169.254"), "{path}");
    }
    let ours =
        Settings::read(&Env::default(), |key| (key == "metadata_service_timeout").then_some("3")).unwrap();
    assert_eq!(ours.timeout, Duration::from_secs(3));
}

#[test]
fn container_credentials_want_the_token() {
    let rig = Rig::new();
    let ask = |env: &Env| {
        let source = container::source(env).unwrap().unwrap();
        let world = World { env: env.clone(), ..rig.client.world().clone() };
        let client = Client::new(&world).unwrap();
        block_on(container::credentials(&client, &source, &mut |_| ()))
    };
    let env =
        rig.sandbox.container_env().iter().fold(rig.env.clone(), |env, (name, value)| env.with(name, value));
    assert!(ask(&env).unwrap().value.is_session());
    let error = ask(&env.with("AWS_CONTAINER_AUTHORIZATION_TOKEN", "wrong")).unwrap_err();
    assert_eq!(error.status, Some(401));
}

#[test]
fn the_portal_gives_a_role_for_a_sign_in() {
    let rig = Rig::new();
    let portal = rig.endpoint(Service::Sso).url;
    let ask = |role: &str, token: &str| {
        let token = Secret::new(token);
        block_on(sso::get_role_credentials(&rig.client, &portal, "444455556666", role, &token, &mut |_| ()))
    };
    let token = rig.sandbox.cast().portal_token;
    let keys = ask("reader", token).unwrap().value;
    assert_eq!(keys.account.as_deref(), Some("444455556666"));
    assert!(keys.expires_at.unwrap() > start_time());
    assert_eq!(ask("reader", "stale").unwrap_err().kind, Kind::Expired);
    assert_eq!(ask("nobody", token).unwrap_err().code(), "ForbiddenException");
}

/// The Rust SDK's own cases, when `AWSPROF_SHARED` says where they are.
fn shared_cases(file: &str) -> Vec<serde_json::Value> {
    let Some(shared) = Env::real().non_empty("AWSPROF_SHARED").map(std::path::PathBuf::from) else {
        return Vec::new();
    };
    let bytes = Fs::Real.read(&shared.join("vectors").join(file)).unwrap();
    let all: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    all["tests"].as_array().unwrap().clone()
}

fn env_of(case: &serde_json::Value) -> Env {
    let pairs = case["env"].as_object().unwrap().iter();
    pairs.map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned())).collect()
}

#[test]
fn container_urls_are_the_rust_sdks() {
    for case in shared_cases("ecs-tests.json") {
        let got = container::source(&env_of(&case));
        match case["result"]["Ok"].as_str() {
            Some(url) => assert_eq!(got.unwrap().unwrap().url.as_str(), url),
            None => assert!(matches!(got, Ok(None) | Err(_)), "{case}"),
        }
    }
}

#[test]
fn metadata_urls_are_the_rust_sdks() {
    let cases = shared_cases("imds-endpoint-tests.json");
    assert!(cases.is_empty() || cases.len() == 14);
    for case in cases {
        let text = case["fs"]["config"].as_str().unwrap_or_default();
        let lines: Vec<_> = text.lines().filter_map(|line| line.split_once(" = ")).collect();
        let look_up = |key: &str| lines.iter().find(|(name, _)| *name == key).map(|(_, value)| *value);
        // What code sets beats the files and, for the mode, loses against an endpoint: what the environment does here.
        let set = |key: &str| case.get(key).and_then(|value| value.as_str());
        let overrides = [
            ("AWS_EC2_METADATA_SERVICE_ENDPOINT", set("endpoint_override")),
            ("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", set("mode_override")),
        ];
        let set = overrides.into_iter().filter_map(|(name, value)| Some((name, value?)));
        let env = set.fold(env_of(&case), |env, (name, value)| env.with(name, value));
        let got = Settings::read(&env, look_up);
        if let Some(url) = case["result"]["Ok"].as_str() {
            assert_eq!(got.unwrap().at("latest/api/token").unwrap().as_str(), url);
        } else {
            let said = got.unwrap_err().message;
            assert!(said.contains(case["result"]["Err"].as_str().unwrap()), "{said}: {case}");
        }
    }
}
