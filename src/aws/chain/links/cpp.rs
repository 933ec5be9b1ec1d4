//! What is C++'s own (`AWSCredentialsProviderChain.cpp` @5f028bf3): every provider reads its own file, no profile's
//! role is assumed, and whatever fails is passed over.

use super::{process, sso, web_identity};
use crate::aws::chain::files::FileKind;
use crate::aws::chain::finding::{Finding, Look};
use crate::aws::chain::scene::Scene;

/// The config file's process (`ProcessCredentialsProvider`).
pub(in crate::aws::chain) fn process(scene: &Scene<'_>) -> Look {
    process::command(&scene.only(FileKind::Config))
}

/// The config file's web identity, unless the variables name one; each setting from its variable first, so that a
/// role of the one may go with a token of the other (`STSCredentialsProvider.cpp` `GetLegacySettingFromEnvOrProfile`).
pub(in crate::aws::chain) fn web_identity(scene: &Scene<'_>) -> Look {
    if web_identity::named_by_variables(scene) {
        return Ok(Finding::absent("the variables name the web identity"));
    }
    web_identity::either(&scene.only(FileKind::Config))
}

/// The config file's Identity Center settings (`SSOCredentialsProvider`).
pub(in crate::aws::chain) fn sso(scene: &Scene<'_>) -> Look {
    sso::botocore(&scene.only(FileKind::Config))
}
