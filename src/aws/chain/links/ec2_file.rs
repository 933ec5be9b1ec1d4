//! The original EC2 tools' credential file, which botocore still reads.

use std::path::Path;

use crate::aws::chain::files::tilde;
use crate::aws::chain::finding::{Finding, Look};
use crate::aws::chain::scene::{Scene, place, variable};
use crate::aws::chain::tool::ToolError;
use crate::aws::chain::trace::{Evidence, Verdict};
use crate::aws::secret::Credentials;

const FILE: &str = "AWS_CREDENTIAL_FILE";

/// `AWSAccessKeyId=` and `AWSSecretKey=` in the file that `AWS_CREDENTIAL_FILE` names (botocore
/// `OriginalEC2Provider`, `parse_key_val_file`): a file that is not there is an error.
pub(in crate::aws::chain) fn keys(scene: &Scene<'_>) -> Look {
    let Some(name) = scene.env.get(FILE) else {
        return Ok(Finding::absent(format!("{FILE} is not set")));
    };
    let path = tilde(name, &scene.facts.home);
    let Some(bytes) = scene.file(&path)? else {
        let message = format!("The specified config file ({}) could not be found.", path.display());
        return Ok(
            Finding::stopped(Verdict::Failed, ToolError::new("ConfigNotFound", message)).at(variable(FILE))
        );
    };
    let text = String::from_utf8_lossy(bytes);
    let Some((id, evidence)) = value(&text, "AWSAccessKeyId", &path) else {
        return Ok(Finding::absent(format!("the file in {FILE} has no AWSAccessKeyId")).at(variable(FILE)));
    };
    let Some((secret, _)) = value(&text, "AWSSecretKey", &path) else {
        return Ok(
            Finding::stopped(Verdict::Incomplete, ToolError::new("KeyError", "'AWSSecretKey'")).at(evidence)
        );
    };
    Ok(Finding::found(Credentials::long_term(id, secret), format!("the file in {FILE} has keys"))
        .at(evidence))
}

fn value<'t>(text: &'t str, key: &str, path: &Path) -> Option<(&'t str, Evidence)> {
    (1..).zip(text.lines()).find_map(|(number, line)| {
        let (name, value) = line.split_once('=')?;
        (name.trim() == key).then(|| (value.trim(), place(path, number)))
    })
}
