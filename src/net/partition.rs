//! AWS is several clouds that share nothing but their software: the partitions, as data.
//!
//! Source: `partitions.json` of botocore 1.43 (`aws`, `aws-cn`, `aws-us-gov`, `aws-eusc`, `aws-iso*`).

/// One partition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Partition {
    /// As in an ARN: `arn:aws-cn:…`.
    pub name: &'static str,
    /// What its regions start with; the first partition takes all that no other claims.
    prefixes: &'static [&'static str],
    pub dns_suffix: &'static str,
    /// Asked when nothing names a region.
    pub fallback_region: &'static str,
    /// The region IAM's requests are signed for.
    pub iam_region: &'static str,
    /// IAM's host, which no rule yields.
    pub iam_host: &'static str,
}

/// All of them, the commercial one first.
pub const PARTITIONS: [Partition; 8] = [
    row("aws", &[], "amazonaws.com", "us-east-1", "us-east-1", "iam.amazonaws.com"),
    row(
        "aws-cn",
        &["cn-"],
        "amazonaws.com.cn",
        "cn-north-1",
        "cn-north-1",
        "iam.cn-north-1.amazonaws.com.cn",
    ),
    row(
        "aws-us-gov",
        &["us-gov-"],
        "amazonaws.com",
        "us-gov-west-1",
        "us-gov-west-1",
        "iam.us-gov.amazonaws.com",
    ),
    row(
        "aws-eusc",
        &["eusc-"],
        "amazonaws.eu",
        "eusc-de-east-1",
        "eusc-de-east-1",
        "iam.eusc-de-east-1.amazonaws.eu",
    ),
    row(
        "aws-iso",
        &["us-iso-"],
        "c2s.ic.gov",
        "us-iso-east-1",
        "us-iso-east-1",
        "iam.us-iso-east-1.c2s.ic.gov",
    ),
    row(
        "aws-iso-b",
        &["us-isob-"],
        "sc2s.sgov.gov",
        "us-isob-east-1",
        "us-isob-east-1",
        "iam.us-isob-east-1.sc2s.sgov.gov",
    ),
    row(
        "aws-iso-e",
        &["eu-isoe-"],
        "cloud.adc-e.uk",
        "eu-isoe-west-1",
        "eu-isoe-west-1",
        "iam.eu-isoe-west-1.cloud.adc-e.uk",
    ),
    row(
        "aws-iso-f",
        &["us-isof-"],
        "csp.hci.ic.gov",
        "us-isof-south-1",
        "us-isof-south-1",
        "iam.us-isof-south-1.csp.hci.ic.gov",
    ),
];

const fn row(
    name: &'static str,
    prefixes: &'static [&'static str],
    dns_suffix: &'static str,
    fallback_region: &'static str,
    iam_region: &'static str,
    iam_host: &'static str,
) -> Partition {
    Partition { name, prefixes, dns_suffix, fallback_region, iam_region, iam_host }
}

impl Partition {
    /// What hosts end in that also answer over IPv6.
    #[must_use]
    pub fn dual_stack_suffix(self) -> &'static str {
        match self.name {
            "aws-cn" => "api.amazonwebservices.com.cn",
            "aws-eusc" => "api.amazonwebservices.eu",
            "aws-iso" => "api.aws.ic.gov",
            "aws-iso-b" => "api.aws.scloud",
            "aws-iso-e" => "api.cloud-aws.adc-e.uk",
            "aws-iso-f" => "api.aws.hci.ic.gov",
            _ => "api.aws",
        }
    }

    /// What the hosts of sign-ins end in (botocore, `signin` endpoint rules).
    #[must_use]
    pub fn sign_in_domain(self) -> &'static str {
        match self.name {
            "aws-cn" => "signin.amazonaws.cn",
            "aws-us-gov" => "signin.amazonaws-us-gov.com",
            "aws-eusc" => "signin.amazonaws-eusc.eu",
            "aws-iso" => "signin.c2shome.ic.gov",
            "aws-iso-b" => "signin.sc2shome.sgov.gov",
            "aws-iso-e" => "signin.csphome.adc-e.uk",
            "aws-iso-f" => "signin.csphome.hci.ic.gov",
            _ => "signin.aws.amazon.com",
        }
    }

    /// What the hosts of the console end in; `None` where it is not known outside.
    #[must_use]
    pub fn console_domain(self) -> Option<&'static str> {
        match self.name {
            "aws" => Some("console.aws.amazon.com"),
            "aws-cn" => Some("console.amazonaws.cn"),
            "aws-us-gov" => Some("console.amazonaws-us-gov.com"),
            "aws-eusc" => Some("console.amazonaws-eusc.eu"),
            _ => None,
        }
    }

    /// The partition a region belongs to.
    #[must_use]
    pub fn of_region(region: &str) -> Self {
        let claims = |p: &&Self| p.prefixes.iter().any(|prefix| region.starts_with(prefix));
        PARTITIONS.iter().find(claims).copied().unwrap_or(PARTITIONS[0])
    }

    /// The partition an ARN names; `None` for anything else (a hardware device's serial, say).
    #[must_use]
    pub fn of_arn(arn: &str) -> Option<Self> {
        let name = arn.strip_prefix("arn:")?.split(':').next()?;
        PARTITIONS.iter().find(|p| p.name == name).copied()
    }
}
