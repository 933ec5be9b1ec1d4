//! What the sandbox's instance says about itself: the metadata tree as data, in the shapes of a real one.
//!
//! A folder is every path that something stands below; its listing is made from the paths. Lines end as EC2's do: a
//! slash behind a folder, except in the root.

use serde_json::json;

use super::cast::LAB;

/// The instance.
pub const INSTANCE: &str = "i-0123456789abcdef0";
const MAC: &str = "0a:1b:2c:3d:4e:5f";
const KEY: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDemoDemoDemoDemoDemoDemoDemoDemoDemoDemo laptop";
const USER_DATA: &str = "#!/bin/sh\n# What this instance does when it starts.\nset -eu\nexport APP_ENV=demo\n\
    export DB_PASSWORD=not-for-your-eyes\ndnf -y install amazon-cloudwatch-agent\nsystemctl enable --now demo-web\n";

/// Everything but what changes with time: the role's credentials are not among it.
#[must_use]
pub fn values(region: &str, role: &str) -> Vec<(String, String)> {
    let interface = format!("meta-data/network/interfaces/macs/{MAC}");
    let mut all: Vec<(String, String)> = plain(region);
    let network = [
        ("device-number", "0"),
        ("interface-id", "eni-0a1b2c3d4e5f60718"),
        ("local-ipv4s", "10.0.12.34"),
        ("mac", MAC),
        ("owner-id", LAB),
        ("security-groups", "demo-web"),
        ("subnet-id", "subnet-0d1e2f3a4b5c6d7e8"),
        ("vpc-id", "vpc-0f1e2d3c4b5a69788"),
        ("vpc-ipv4-cidr-block", "10.0.0.0/16"),
    ];
    all.extend(network.map(|(name, value)| (format!("{interface}/{name}"), value.to_owned())));
    all.push(("meta-data/iam/info".to_owned(), info(role)));
    all.push(("dynamic/instance-identity/document".to_owned(), document(region)));
    all
}

fn plain(region: &str) -> Vec<(String, String)> {
    let zone = format!("{region}a");
    let rows = [
        ("meta-data/ami-id", "ami-0a1b2c3d4e5f60718"),
        ("meta-data/ami-launch-index", "0"),
        ("meta-data/hostname", "ip-10-0-12-34.ec2.internal"),
        ("meta-data/instance-action", "none"),
        ("meta-data/instance-id", INSTANCE),
        ("meta-data/instance-life-cycle", "on-demand"),
        ("meta-data/instance-type", "t4g.small"),
        ("meta-data/local-hostname", "ip-10-0-12-34.ec2.internal"),
        ("meta-data/local-ipv4", "10.0.12.34"),
        ("meta-data/mac", MAC),
        ("meta-data/placement/availability-zone", &zone),
        ("meta-data/placement/availability-zone-id", "use1-az4"),
        ("meta-data/placement/region", region),
        ("meta-data/profile", "default-hvm"),
        ("meta-data/public-keys/0/openssh-key", KEY),
        ("meta-data/reservation-id", "r-0a9b8c7d6e5f4a3b2"),
        ("meta-data/security-groups", "demo-web"),
        ("meta-data/services/domain", "amazonaws.com"),
        ("meta-data/services/partition", "aws"),
        ("meta-data/tags/instance/Name", "demo-web-1"),
        ("meta-data/tags/instance/team", "platform"),
        ("user-data", USER_DATA),
    ];
    rows.map(|(path, value)| (path.to_owned(), value.to_owned())).to_vec()
}

/// What stands in a folder, as its listing; `None` where nothing is below it.
#[must_use]
pub fn listing(values: &[(String, String)], folder: &str) -> Option<String> {
    let below = values.iter().filter_map(|(path, _)| path.strip_prefix(folder));
    let mut names: Vec<String> = below
        .map(|rest| match rest.split_once('/') {
            // A public key is listed with its name, found under its number.
            Some((number, _)) if folder.ends_with("public-keys/") => format!("{number}=laptop"),
            Some((name, _)) if folder.is_empty() => name.to_owned(),
            Some((name, _)) => format!("{name}/"),
            None => rest.to_owned(),
        })
        .collect();
    names.sort_unstable();
    names.dedup();
    (!names.is_empty()).then(|| names.join("\n"))
}

fn info(role: &str) -> String {
    let profile = format!("arn:aws:iam::{LAB}:instance-profile/{role}");
    format!(
        "{:#}",
        json!({
            "Code": "Success", "LastUpdated": "2026-01-15T08:00:00Z", "InstanceProfileArn": profile,
            "InstanceProfileId": "AIPASANDBOXINSTANCE1",
        })
    )
}

fn document(region: &str) -> String {
    json!({
        "accountId": LAB, "architecture": "arm64", "availabilityZone": format!("{region}a"),
        "imageId": "ami-0a1b2c3d4e5f60718", "instanceId": INSTANCE, "instanceType": "t4g.small",
        "pendingTime": "2026-01-15T08:00:00Z", "privateIp": "10.0.12.34", "region": region, "version": "2017-09-30",
    })
    .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_folder_lists_what_stands_in_it() {
        let values = values("us-east-1", "demo");
        let listed = |folder: &str| listing(&values, folder).unwrap_or_default();
        assert_eq!(listed(""), "dynamic\nmeta-data\nuser-data");
        assert_eq!(listed("meta-data/placement/"), "availability-zone\navailability-zone-id\nregion");
        assert_eq!(listed("meta-data/public-keys/"), "0=laptop");
        assert!(listed("meta-data/").contains("network/\n"));
        assert_eq!(listing(&values, "nowhere/"), None);
    }
}
