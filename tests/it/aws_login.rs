//! Sign-ins of `aws login`: the SDKs' own cases, and renewals against the sandbox.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Stdio;

use awsprof::aws::chain::{self, Selection};
use awsprof::aws::login;
use awsprof::aws::secret::Credentials;
use awsprof::aws::world::{Clock, Env, Fs, World};
use awsprof::jobs::probe::{Asking, Prober};
use awsprof::sandbox::cast::Cast;
use awsprof::sandbox::faults::Fault;
use awsprof::sandbox::{Sandbox, signin};
use serde_json::{Value, json};

use crate::support::Home;

const SESSION: &str = "arn:aws:iam::111122223333:user/alice";
const KEY: &str = "-----BEGIN EC PRIVATE KEY-----\n\
    MHcCAQEEIPt/u8InPLpQeQLJTvVX+sNDzni8vMDMt3Liu+nMBigfoAoGCCqGSM49\n\
    AwEHoUQDQgAEILkGG7rNOnxiIJlMgimY1UPP8eDMFP0DAY6WGjngP4bvTAiUCQ/I\n\
    ffut2379uP+OBCm2ovGpBOJRgrl1RspUOQ==\n-----END EC PRIVATE KEY-----\n";

fn sandbox(clock: Clock) -> Sandbox {
    Sandbox::start(Cast::demo().unwrap(), clock).unwrap()
}

/// What the chain of awsprof itself yields for a profile of this home.
fn resolved(home: &Home, sandbox: &Sandbox, clock: Clock, profile: &str) -> Option<Credentials> {
    let own = [("HOME".to_owned(), home.path().display().to_string())];
    let sandbox = sandbox.env().into_iter().map(|(name, value)| (name.to_owned(), value));
    let env: Env =
        own.into_iter().chain(sandbox).chain([("AWS_EC2_METADATA_DISABLED".into(), "true".into())]).collect();
    let world = World { env, fs: Fs::Real, clock };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut prober = Prober::new(&world);
    let selection = Selection::Explicit(profile.to_owned());
    runtime.block_on(prober.resolve(chain::own(), &selection, Asking::Links)).credentials
}

/// `../shared/vectors/login-provider-test-cases.json`, the mocked answers given by the sandbox.
#[test]
fn vectors_of_aws_login() {
    let Some(shared) = std::env::var_os("AWSPROF_SHARED") else { return };
    let file = Path::new(&shared).join("vectors/login-provider-test-cases.json");
    let cases: Vec<Value> = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    assert_eq!(cases.len(), 8);
    let now = Clock::Fixed("2025-11-19T00:00:00Z".parse().unwrap());
    for case in cases {
        let (what, sandbox) = (&case["documentation"], sandbox(now.clone()));
        let home = Home::with(case["configContents"].as_str().unwrap(), "");
        let folder = home.file(".aws/login/cache");
        std::fs::create_dir_all(&folder).unwrap();
        let contents: BTreeMap<String, Value> =
            serde_json::from_value(case["cacheContents"].clone()).unwrap();
        for (name, content) in &contents {
            std::fs::write(folder.join(name), content.to_string()).unwrap();
        }
        for call in case["mockApiCalls"].as_array().into_iter().flatten() {
            let status = call["responseCode"].as_u64().map_or(200, |code| u16::try_from(code).unwrap());
            let body = call["response"].to_string();
            sandbox.next_answer(Fault::Instead { status, headers: Vec::new(), body });
        }
        let found = resolved(&home, &sandbox, now.clone(), "signin");
        for outcome in case["outcomes"].as_array().unwrap() {
            match outcome["result"].as_str().unwrap() {
                "error" => assert!(found.is_none(), "{what}"),
                "credentials" => {
                    let keys = found.as_ref().unwrap();
                    assert_eq!(outcome["accessKeyId"], keys.access_key_id, "{what}");
                    assert_eq!(outcome["secretAccessKey"], keys.secret_access_key.expose(), "{what}");
                    assert_eq!(
                        outcome["sessionToken"],
                        keys.session_token.as_ref().unwrap().expose(),
                        "{what}"
                    );
                    assert_eq!(outcome["accountId"], keys.account.clone().unwrap(), "{what}");
                    assert_eq!(outcome["expiresAt"], keys.expires_at.unwrap().to_string(), "{what}");
                }
                "cacheContents" => {
                    for (name, expected) in
                        outcome.as_object().unwrap().iter().filter(|(name, _)| name.len() > 60)
                    {
                        let text = std::fs::read(folder.join(name)).unwrap();
                        assert_eq!(&serde_json::from_slice::<Value>(&text).unwrap(), expected, "{what}");
                    }
                }
                other => assert_eq!(other, "", "{what}"),
            }
        }
        let mocked = case["mockApiCalls"].as_array().map_or(0, Vec::len);
        assert_eq!(sandbox.requests().len(), mocked, "{what}");
    }
}

struct Rig {
    sandbox: Sandbox,
    home: Home,
}

impl Rig {
    fn new(expires_at: &str) -> Self {
        let sandbox = sandbox(Clock::System);
        let mut home =
            Home::with(&format!("[profile me]\nlogin_session = {SESSION}\nregion = eu-west-1\n"), "");
        for (name, value) in sandbox.env() {
            home.set(name, &value);
        }
        let rig = Self { sandbox, home };
        std::fs::create_dir_all(rig.home.file(".aws/login/cache")).unwrap();
        rig.put(&json!({
            "accessToken": {"accessKeyId": "ASIAOLD", "secretAccessKey": "old", "sessionToken": "old",
                "accountId": "111122223333", "expiresAt": expires_at},
            "tokenType": "aws_sigv4", "clientId": signin::CLIENT, "refreshToken": signin::REFRESH, "idToken": "id",
            "dpopKey": KEY, "mine": 1,
        }));
        rig
    }

    fn file(&self) -> std::path::PathBuf {
        login::file(&self.home.file(".aws/login/cache"), SESSION)
    }

    fn put(&self, value: &Value) {
        std::fs::write(self.file(), value.to_string()).unwrap();
    }

    fn get(&self) -> Value {
        serde_json::from_slice(&std::fs::read(self.file()).unwrap()).unwrap()
    }

    fn renewals(&self) -> usize {
        self.sandbox.requests().iter().filter(|seen| seen.path == "/v1/token").count()
    }
}

#[test]
fn a_sign_in_that_is_over_is_renewed_with_a_proof_of_its_key() {
    let rig = Rig::new("2026-01-01T00:00:00Z");
    let trace = rig.home.awsprof(&["chain", "me", "--no-probe", "--json"]).json();
    assert_eq!(rig.renewals(), 0, "{trace}");
    let who = rig.home.awsprof(&["whoami", "me", "--json"]).json();
    assert_eq!(who["arn"], SESSION);
    let after = rig.get();
    assert_eq!(
        (&after["mine"], &after["idToken"], &after["dpopKey"]),
        (&json!(1), &json!("id"), &json!(KEY))
    );
    assert_eq!(after["accessToken"]["accountId"], "111122223333");
    assert_ne!(after["refreshToken"], signin::REFRESH);
    rig.home.awsprof(&["export", "me"]).ok();
    assert_eq!(rig.renewals(), 1, "what lives is used as it is");
}

#[test]
fn twenty_at_once_make_one_renewal() {
    let rig = Rig::new("2026-01-01T00:00:00Z");
    let start = |_| {
        let mut command = rig.home.command(env!("CARGO_BIN_EXE_awsprof"));
        command.args(["export", "me", "--format", "process"]).stdin(Stdio::null());
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    };
    for child in (0..20).map(start).collect::<Vec<_>>() {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    assert_eq!(rig.renewals(), 1);
}

#[test]
fn a_refused_renewal_says_to_sign_in_and_writes_nothing() {
    let rig = Rig::new("2026-01-01T00:00:00Z");
    let mut other = rig.get();
    other["refreshToken"] = json!("spent");
    rig.put(&other);
    let answer = rig.home.awsprof(&["chain", "me"]);
    for words in ["the sign-in is over, or its user has changed", "sign in with `aws login`"] {
        assert!(answer.stdout.contains(words), "{}", answer.stdout);
    }
    assert_eq!(rig.get(), other);
    other["dpopKey"] = json!("none");
    rig.put(&other);
    let answer = rig.home.awsprof(&["chain", "me"]);
    assert!(
        answer.stdout.contains("the private key of the cached sign-in cannot be read"),
        "{}",
        answer.stdout
    );
    assert_eq!(rig.renewals(), 1, "without a proof nothing is sent");
}

#[test]
#[ignore = "needs python3 with botocore[crt]"]
fn botocore_uses_what_was_renewed() {
    let rig = Rig::new("2026-01-01T00:00:00Z");
    rig.home.awsprof(&["export", "me"]).ok();
    let script =
        "import botocore.session as s; c = s.Session(profile='me').get_credentials(); print(c.access_key)";
    // boto3 behaves otherwise where it has the crypto library, so that has a Python of its own.
    let python = std::env::var("AWSPROF_CRT_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let output = rig.home.command(&python).args(["-c", script]).stdin(Stdio::null()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let expected = rig.get()["accessToken"]["accessKeyId"].as_str().unwrap().to_owned();
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), expected);
}
