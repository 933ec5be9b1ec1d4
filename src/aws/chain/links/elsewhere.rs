//! Links that a program fills from inside: nothing outside it can see them, so they are taken as empty.

use crate::aws::chain::finding::Finding;
use crate::aws::chain::scene::Scene;

/// `-Daws.accessKeyId` and its like, of a running Java virtual machine.
pub(in crate::aws::chain) fn system_properties(_: &Scene<'_>) -> Finding {
    Finding::absent("only the program itself has system properties: taken as not set")
}

/// Parameters of a cmdlet or a command.
pub(in crate::aws::chain) fn command_line(_: &Scene<'_>) -> Finding {
    Finding::absent("no keys as parameters")
}

/// `access_key` and `secret_key` in a provider block, or a static provider in code.
pub(in crate::aws::chain) fn provider_config(_: &Scene<'_>) -> Finding {
    Finding::absent("only the configuration itself says what stands there: taken as empty")
}

/// `app.config` and `web.config` of a program for the .NET Framework.
pub(in crate::aws::chain) fn app_config(_: &Scene<'_>) -> Finding {
    Finding::absent("only a program for the .NET Framework has one: taken as empty")
}

/// The encrypted store under `%LOCALAPPDATA%\AWSToolkit`.
pub(in crate::aws::chain) fn sdk_store(_: &Scene<'_>) -> Finding {
    Finding::absent("the encrypted store exists on Windows alone: taken as empty")
}
