//! One file a link: what a tool looks at there, and what it makes of it. A rule that only one family of
//! tools follows names its source in its doc comment.

pub(super) mod boto_config;
pub(super) mod container;
pub(super) mod cpp;
pub(super) mod dotnet;
pub(super) mod ec2_file;
pub(super) mod elsewhere;
pub(super) mod env;
pub(super) mod go;
pub(super) mod imds;
pub(super) mod java;
pub(super) mod js;
pub(super) mod keys;
pub(super) mod kotlin;
pub(super) mod login;
pub(super) mod php;
pub(super) mod process;
pub(super) mod role;
pub(super) mod role_cache;
pub(super) mod ruby;
pub(super) mod rust;
pub(super) mod sso;
pub(super) mod web_identity;
