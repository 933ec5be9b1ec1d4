//! boto 2's configuration file, which botocore still reads.

use std::path::PathBuf;

use crate::aws::chain::files::{FileKind, Grammar, Reading, tilde};
use crate::aws::chain::finding::{Finding, Look};
use crate::aws::chain::scene::{Scene, place};
use crate::aws::chain::tool::ToolError;
use crate::aws::chain::trace::Verdict;
use crate::aws::secret::Credentials;

/// `[Credentials]` in the file that `BOTO_CONFIG` names, else in `/etc/boto.cfg`, else in `~/.boto`
/// (botocore `BotoProvider`); files that are not there are passed over, one that cannot be parsed is an error.
pub(in crate::aws::chain) fn keys(scene: &Scene<'_>) -> Look {
    for path in places(scene) {
        scene.file(&path)?;
        let Some(file) = scene.facts.parsed(&path, FileKind::Credentials, Grammar::BOTOCORE) else {
            continue;
        };
        if let Reading::Broken(broken) = file.reading() {
            let error = ToolError::new(
                "ConfigParseError",
                format!("Unable to parse config file: {}", path.display()),
            );
            return Ok(Finding::stopped(Verdict::Failed, error).at(place(&path, broken.line)));
        }
        let Some(section) = file.profile("Credentials") else { continue };
        let Some(id) = section.get("aws_access_key_id") else { continue };
        let Some(secret) = section.get("aws_secret_access_key") else {
            let message = "Partial credentials found in boto-config, missing: aws_secret_access_key";
            let error = ToolError::new("PartialCredentialsError", message);
            return Ok(Finding::stopped(Verdict::Incomplete, error).at(place(&path, id.line)));
        };
        let keys = Credentials::long_term(id.value.as_str(), secret.value.as_str());
        return Ok(Finding::found(keys, "[Credentials] has keys").at(place(&path, id.line)));
    }
    Ok(Finding::absent("no boto file has [Credentials]"))
}

fn places(scene: &Scene<'_>) -> Vec<PathBuf> {
    match scene.env.get("BOTO_CONFIG") {
        Some(path) => vec![tilde(path, &scene.facts.home)],
        None => vec![PathBuf::from("/etc/boto.cfg"), scene.facts.home.join(".boto")],
    }
}
