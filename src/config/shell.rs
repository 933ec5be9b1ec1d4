//! Settings about choosing profiles: what is asked about first, what a choice does, and how a prompt shows it.

use serde::Deserialize;

/// `[guard]`
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct GuardSettings {
    /// Patterns ([`crate::aws::production::Production`]) for profiles that are asked about before they are used.
    pub production: Vec<String>,
}

/// `[use]`
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct UseSettings {
    pub mode: UseMode,
}

/// What choosing a profile does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum UseMode {
    /// It becomes the default profile, for all shells.
    #[default]
    Default,
    /// `AWS_PROFILE` is set in the calling shell.
    Shell,
}

/// `[sso]`
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SsoSettings {
    /// What profiles made from Identity Center are called ([`crate::aws::sync::Rules`]).
    pub template: String,
    /// `"ACCOUNT" = "NAME"`: other names for accounts.
    pub accounts: std::collections::BTreeMap<String, String>,
    /// Their region; that of the sign-in without it.
    pub region: String,
}

impl Default for SsoSettings {
    fn default() -> Self {
        let (accounts, region) = (std::collections::BTreeMap::new(), String::new());
        Self { template: crate::aws::sync::TEMPLATE.to_owned(), accounts, region }
    }
}

/// `[prompt]`
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PromptSettings {
    /// `{profile}`, `{left}` and `{prod}` are filled in; a blank inside the braces goes with what is empty.
    pub format: String,
}

impl Default for PromptSettings {
    fn default() -> Self {
        Self { format: "{profile}{ prod}{ left}".to_owned() }
    }
}
