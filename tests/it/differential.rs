//! boto3 and AWS CLI v1 of this machine against our answer, over generated environments and files. The real tools
//! run inside one Python process (`tests/differential.py`); nothing is asked of any network.

/// Three hundred cases of one seed; `AWSPROF_SEED` names another.
#[test]
#[ignore = "needs boto3 and awscli"]
fn generated_files_mean_to_us_what_they_mean_to_boto3_and_the_cli() {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/differential.py");
    let seed = std::env::var("AWSPROF_SEED").unwrap_or_else(|_| "4".to_owned());
    let arguments = [script, env!("CARGO_BIN_EXE_awsprof"), "300", &seed];
    let output = std::process::Command::new("python3").args(arguments).output().unwrap();
    let said =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    assert!(said.contains("300 cases"), "{said}");
}
