//! Who lives in the sandbox: users, roles and devices as data.
//!
//! The keys and seeds are made up and good for nothing outside; they are constants so that a picture made by
//! a test is the same every time.

use crate::vault::totp::{Device, SeedError};

/// Everybody.
#[derive(Clone, Debug)]
pub struct Cast {
    pub users: Vec<User>,
    pub roles: Vec<Role>,
    /// Regions a signature may be scoped to; the instance is in the first.
    pub regions: Vec<&'static str>,
    /// The role of the instance, for the metadata service.
    pub instance_role: &'static str,
    /// The metadata service also answers without a token (`HttpTokens: optional`).
    pub metadata_v1: bool,
    /// What the container endpoint wants as `Authorization`.
    pub container_token: String,
    /// The bearer token of a sign-in at the portal.
    pub portal_token: &'static str,
    /// What renews a sign-in at the portal, the first time.
    pub refresh_token: &'static str,
    /// The accounts that a sign-in at the portal may enter.
    pub portal: Vec<PortalAccount>,
    /// The aliases of accounts.
    pub aliases: Vec<(&'static str, &'static str)>,
}

/// An account of Identity Center.
#[derive(Clone, Debug)]
pub struct PortalAccount {
    pub id: String,
    pub name: String,
    pub roles: Vec<String>,
}

/// An IAM user with long-term keys.
#[derive(Clone, Debug)]
pub struct User {
    pub name: &'static str,
    pub account: &'static str,
    pub user_id: &'static str,
    pub access_key_id: &'static str,
    pub secret_access_key: &'static str,
    pub device: Option<Mfa>,
}

/// A user's MFA device.
#[derive(Clone, Debug)]
pub struct Mfa {
    pub serial: &'static str,
    pub totp: Device,
}

/// A role and who may take it.
#[derive(Clone, Debug)]
pub struct Role {
    pub arn: &'static str,
    pub role_id: &'static str,
    /// Names of users (with their sessions) and roles.
    pub trusts: Vec<&'static str>,
    pub needs_mfa: bool,
    /// Seconds.
    pub longest: u32,
    pub external_id: Option<&'static str>,
}

/// The commercial account most of the demo lives in.
pub const ACME: &str = "111122223333";
/// Another.
pub const LAB: &str = "444455556666";

impl User {
    /// `arn:aws:iam::ACCOUNT:user/NAME`
    #[must_use]
    pub fn arn(&self) -> String {
        format!("arn:aws:iam::{}:user/{}", self.account, self.name)
    }
}

impl Role {
    /// The last part of the ARN.
    #[must_use]
    pub fn name(&self) -> &str {
        self.arn.rsplit('/').next().unwrap_or_default()
    }

    /// The account in the ARN.
    #[must_use]
    pub fn account(&self) -> &str {
        self.arn.split(':').nth(4).unwrap_or_default()
    }
}

impl Cast {
    /// The people of the demo.
    ///
    /// # Errors
    /// Never with the seeds below; the type of a seed is checked where it is read.
    pub fn demo() -> Result<Self, SeedError> {
        Ok(Self {
            users: [alice()?, bob()?].into_iter().chain(plain()).collect(),
            roles: roles(),
            regions: vec!["us-east-1", "us-west-2", "eu-west-1", "eu-central-1"],
            instance_role: "demo-instance",
            metadata_v1: false,
            container_token: "Bearer demo-task".to_owned(),
            portal_token: "demo-portal-token",
            refresh_token: "demo-refresh-token",
            portal: portal(),
            aliases: vec![(ACME, "acme-prod"), (LAB, "acme-lab")],
        })
    }

    /// The user of that name.
    #[must_use]
    pub fn user(&self, name: &str) -> Option<&User> {
        self.users.iter().find(|user| user.name == name)
    }
}

/// Both devices are on the visitor's one phone and share a seed, so that one authenticator line serves both.
const PHONE: &[u8] = b"the visitor's phone.";

fn alice() -> Result<User, SeedError> {
    Ok(User {
        name: "alice",
        account: ACME,
        user_id: "AIDASANDBOXALICE0001",
        access_key_id: "AKIASANDBOXALICE7Q3F",
        secret_access_key: "sandbox+alice/0123456789abcdefghijklmnop",
        device: Some(Mfa { serial: "arn:aws:iam::111122223333:mfa/alice", totp: Device::from_bytes(PHONE)? }),
    })
}

fn bob() -> Result<User, SeedError> {
    Ok(User {
        name: "bob",
        account: ACME,
        user_id: "AIDASANDBOXBOB000001",
        access_key_id: "AKIASANDBOXBOBBY4K9M",
        secret_access_key: "sandbox/bob+0123456789abcdefghijklmnopqr",
        device: Some(Mfa {
            serial: "arn:aws:iam::111122223333:mfa/bob-phone",
            totp: Device::from_bytes(PHONE)?,
        }),
    })
}

/// Users without a device: a robot, one who only plays, and Dana, whose keys are in everybody's `[default]`.
fn plain() -> [User; 3] {
    let user = |name, account, user_id, access_key_id, secret_access_key| User {
        name,
        account,
        user_id,
        access_key_id,
        secret_access_key,
        device: None,
    };
    let secret = "sandbox.robot/0123456789abcdefghijklmnop";
    [
        user("ci-robot", LAB, "AIDASANDBOXROBOT0001", "AKIASANDBOXROBOT0001", secret),
        user(
            "player",
            LAB,
            "AIDASANDBOXPLAYER001",
            "AKIASANDBOXPLAYER001",
            "sandbox+player/0123456789abcdefghijklmno",
        ),
        user(
            "dana",
            ACME,
            "AIDASANDBOXDANA00001",
            "AKIASANDBOXDANA0B2WZ",
            "sandbox/dana/0123456789abcdefghijklmnopq",
        ),
    ]
}

/// What Identity Center has for Alice.
fn portal() -> Vec<PortalAccount> {
    let account = |id: &str, name: &str, roles: &[&str]| PortalAccount {
        id: id.to_owned(),
        name: name.to_owned(),
        roles: roles.iter().map(|role| (*role).to_owned()).collect(),
    };
    vec![
        account(ACME, "Acme Production", &["ReadOnlyAccess", "admin"]),
        account("222233334444", "Acme Data", &["DataEngineer", "ReadOnlyAccess"]),
        account(LAB, "Acme Lab", &["AdministratorAccess", "PowerUserAccess", "reader"]),
        account("777788889999", "Acme Shop (EU)", &["ReadOnlyAccess", "SupportUser"]),
    ]
}

fn roles() -> Vec<Role> {
    let role = |arn, role_id, trusts: &[&'static str], needs_mfa| Role {
        arn,
        role_id,
        trusts: trusts.to_vec(),
        needs_mfa,
        longest: 3600,
        external_id: None,
    };
    vec![
        Role {
            longest: 43200,
            ..role("arn:aws:iam::111122223333:role/admin", "AROASANDBOXADMIN0001", &["alice"], true)
        },
        role("arn:aws:iam::777788889999:role/deploy-prod", "AROASANDBOXDEPLOY001", &["alice", "bob"], true),
        role(
            "arn:aws:iam::444455556666:role/reader",
            "AROASANDBOXREADER001",
            &["alice", "bob", "ci-robot", "admin"],
            false,
        ),
        Role {
            external_id: Some("acme-7"),
            ..role("arn:aws:iam::444455556666:role/partner", "AROASANDBOXPARTNER01", &["bob"], false)
        },
        role("arn:aws:iam::444455556666:role/demo-instance", "AROASANDBOXINSTANCE1", &[], false),
    ]
}
