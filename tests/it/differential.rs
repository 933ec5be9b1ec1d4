//! The tools of this machine against our answer, over generated environments and files. `tests/differential.py` runs
//! boto3 and AWS CLI v1 inside one Python process and asks nothing of any network; `tests/differential/run.py` runs
//! oracles beside us, in a network namespace with a mock of STS, IMDS and the others, so that sessions are fetched.

/// A Python script over cases of one seed; `AWSPROF_SEED` names another.
fn agree(script: &str, before: &[&str], after: &[String]) {
    let script = format!("{}/tests/{script}", env!("CARGO_MANIFEST_DIR"));
    let seed = std::env::var("AWSPROF_SEED").unwrap_or_else(|_| "4".to_owned());
    let mut command = std::process::Command::new("python3");
    command.arg(script).arg(env!("CARGO_BIN_EXE_awsprof")).args(before).arg(&seed).args(after);
    let output = command.output().unwrap();
    let said =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    assert!(said.contains(&format!("{} cases", before[0])), "{said}");
}

#[test]
#[ignore = "needs boto3 and awscli"]
fn generated_files_mean_to_us_what_they_mean_to_boto3_and_the_cli() {
    agree("differential.py", &["300"], &[]);
}

#[test]
#[ignore = "needs boto3, awscli and a network namespace"]
fn python_s_tools_fetch_what_we_fetch() {
    let oracle = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/differential/python.py");
    let oracles = ["boto3=boto3", "aws-cli-v1=cli"].map(|pair| {
        let (tool, kind) = pair.split_once('=').unwrap();
        format!("{tool}=python3 {oracle} {kind}")
    });
    agree("differential/run.py", &["150"], &oracles);
}

/// The JavaScript SDK is where `AWSPROF_JS` says: a folder with `node_modules`.
#[test]
#[ignore = "needs node, the JavaScript SDK in AWSPROF_JS and a network namespace"]
fn javascript_fetches_what_we_fetch() {
    let folder = std::env::var("AWSPROF_JS").unwrap();
    let oracle = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/differential/js.mjs");
    std::fs::copy(oracle, format!("{folder}/oracle.mjs")).unwrap();
    agree("differential/run.py", &["200"], &[format!("js-v3=node {folder}/oracle.mjs")]);
}
