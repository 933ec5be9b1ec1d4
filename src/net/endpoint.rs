//! Where a service answers, and for which region a request to it is signed.
//!
//! The order is that of the AWS SDKs and Tools Reference Guide, *Service-specific endpoints*:
//! `AWS_ENDPOINT_URL_<SERVICE>`, `AWS_ENDPOINT_URL`, the profile's `services` section, the profile's
//! `endpoint_url`, then the rule of the partition. What the profile says comes in as data.

use reqwest::Url;

use super::error::{Kind, NetError};
use super::partition::{PARTITIONS, Partition};
use crate::aws::world::Env;

/// A service we talk to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Service {
    Sts,
    Iam,
    /// The Identity Center portal.
    Sso,
    SsoOidc,
    /// Tokens of `aws login`.
    Signin,
    /// A browser's way to the console.
    Federation,
}

/// What a profile says about endpoints.
#[derive(Clone, Copy, Debug, Default)]
pub struct ProfileSettings<'a> {
    pub region: Option<&'a str>,
    /// `endpoint_url` of the profile.
    pub endpoint_url: Option<&'a str>,
    /// `endpoint_url` of this service in the `services` section the profile names.
    pub service_url: Option<&'a str>,
    /// `ignore_configured_endpoint_urls` of the profile.
    pub ignore_configured: Option<&'a str>,
    /// `use_fips_endpoint` of the profile.
    pub use_fips: Option<&'a str>,
    /// `use_dualstack_endpoint` of the profile.
    pub use_dual_stack: Option<&'a str>,
}

/// Which of a service's hosts in a region.
#[derive(Clone, Copy, Debug, Default)]
struct Variant {
    fips: bool,
    dual_stack: bool,
}

impl Variant {
    /// A variable wins over the profile.
    fn of(env: &Env, profile: ProfileSettings<'_>) -> Self {
        let yes = |name: &str, own: Option<&str>| {
            env.non_empty(name).or(own).is_some_and(|text| text.eq_ignore_ascii_case("true"))
        };
        Self {
            fips: yes("AWS_USE_FIPS_ENDPOINT", profile.use_fips),
            dual_stack: yes("AWS_USE_DUALSTACK_ENDPOINT", profile.use_dual_stack),
        }
    }
}

/// Where to send and what to sign for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    pub url: Url,
    /// The region in the signature's scope.
    pub region: String,
    /// The name in the signature's scope: `sts`, `iam`.
    pub signing_name: &'static str,
    /// What named the URL, `AWS_ENDPOINT_URL_STS` for one; `None` if AWS's rule did.
    pub configured_by: Option<&'static str>,
}

impl Service {
    /// As in `AWS_ENDPOINT_URL_<SERVICE>`.
    const fn variable(self) -> &'static str {
        match self {
            Self::Sts => "AWS_ENDPOINT_URL_STS",
            Self::Iam => "AWS_ENDPOINT_URL_IAM",
            Self::Sso => "AWS_ENDPOINT_URL_SSO",
            Self::SsoOidc => "AWS_ENDPOINT_URL_SSO_OIDC",
            Self::Signin | Self::Federation => "AWS_ENDPOINT_URL_SIGNIN",
        }
    }

    /// The service's key in a `services` section.
    #[must_use]
    pub const fn section_key(self) -> &'static str {
        match self {
            Self::Sts => "sts",
            Self::Iam => "iam",
            Self::Sso => "sso",
            Self::SsoOidc => "sso_oidc",
            Self::Signin | Self::Federation => "signin",
        }
    }

    const fn signing_name(self) -> &'static str {
        match self {
            Self::Sts => "sts",
            Self::Iam => "iam",
            Self::Sso => "awsssoportal",
            Self::SsoOidc => "sso-oauth",
            Self::Signin | Self::Federation => "signin",
        }
    }

    /// The host in a region, by AWS's rules (botocore `endpoint-rule-set-1.json` of each service; STS in `us-gov-*` is
    /// FIPS under its plain name).
    fn host(self, region: &str, variant: Variant) -> String {
        let partition = Partition::of_region(region);
        let suffix = if variant.dual_stack { partition.dual_stack_suffix() } else { partition.dns_suffix };
        let plain = partition.name == "aws-us-gov" && matches!(self, Self::Sts) && !variant.dual_stack;
        let fips = if variant.fips && !plain { "-fips" } else { "" };
        match self {
            Self::Sts if region == "aws-global" => "sts.amazonaws.com".to_owned(),
            Self::Sts => format!("sts{fips}.{region}.{suffix}"),
            Self::Iam => partition.iam_host.to_owned(),
            Self::Sso => format!("portal.sso{fips}.{region}.{suffix}"),
            Self::SsoOidc => format!("oidc{fips}.{region}.{suffix}"),
            Self::Signin => format!("{region}.{}", partition.sign_in_domain()),
            // One host a partition, but for the European one, which has none without a region (aws-cli, `console`).
            Self::Federation if partition.name == "aws-eusc" => {
                format!("{region}.{}", partition.sign_in_domain())
            }
            Self::Federation => partition.sign_in_domain().to_owned(),
        }
    }

    fn signing_region(self, region: &str) -> String {
        let global = match self {
            Self::Iam => Some(Partition::of_region(region).iam_region),
            _ if region == "aws-global" => Some("us-east-1"),
            _ => None,
        };
        global.unwrap_or(region).to_owned()
    }
}

/// The endpoint of `service`. `arn` (an MFA serial or a role) decides the partition when nothing names a region.
///
/// # Errors
/// [`Kind::Setting`] if the region could not be part of a host name or a configured URL is not `http(s)://host…`.
pub fn endpoint(
    service: Service,
    env: &Env,
    profile: ProfileSettings<'_>,
    arn: Option<&str>,
) -> Result<Endpoint, NetError> {
    let region = region(env, profile, arn);
    if region.is_empty() || !region.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
        return Err(NetError::new(Kind::Setting, format!("{region:?} is not a region")));
    }
    let (url, configured_by) = match configured(service, env, profile) {
        Some((text, by)) => (parse(text, by)?, Some(by)),
        None => {
            (parse(&format!("https://{}/", service.host(region, Variant::of(env, profile))), "region")?, None)
        }
    };
    let region = service.signing_region(region);
    Ok(Endpoint { url, region, signing_name: service.signing_name(), configured_by })
}

/// The region, the profile's first: the variables are the fallback of a profile that names none, because
/// the session or role is the profile's, whatever shell asks for it. A variable of another partition than the
/// ARN's is passed over: keys of one partition mean nothing in another.
fn region<'a>(env: &'a Env, profile: ProfileSettings<'a>, arn: Option<&str>) -> &'a str {
    let named = ["AWS_REGION", "AWS_DEFAULT_REGION"].into_iter().find_map(|name| env.non_empty(name));
    let partition = arn.and_then(Partition::of_arn);
    let fits = |region: &&str| partition.is_none_or(|of_arn| of_arn == Partition::of_region(region));
    let fallback = || partition.unwrap_or(PARTITIONS[0]).fallback_region;
    let own = profile.region.filter(|region| !region.is_empty());
    own.or_else(|| named.filter(fits)).unwrap_or_else(fallback)
}

/// The first configured URL and what configured it.
fn configured<'a>(
    service: Service,
    env: &'a Env,
    profile: ProfileSettings<'a>,
) -> Option<(&'a str, &'static str)> {
    let ignore = env.non_empty("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS").or(profile.ignore_configured);
    if ignore.is_some_and(|value| value.eq_ignore_ascii_case("true")) {
        return None;
    }
    let places = [
        (env.non_empty(service.variable()), service.variable()),
        (env.non_empty("AWS_ENDPOINT_URL"), "AWS_ENDPOINT_URL"),
        (profile.service_url, "services"),
        (profile.endpoint_url, "endpoint_url"),
    ];
    places.into_iter().find_map(|(url, by)| Some((url.filter(|url| !url.is_empty())?, by)))
}

fn parse(text: &str, by: &str) -> Result<Url, NetError> {
    let wrong = |why: &str| NetError::new(Kind::Setting, format!("{by} {why}: {text:?}"));
    let url = Url::parse(text).map_err(|_| wrong("is not a URL"))?;
    match url.scheme() {
        "http" | "https" if url.query().is_some() => Err(wrong("must not have a query")),
        "http" | "https" => Ok(url),
        _ => Err(wrong("must start with http:// or https://")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn env(pairs: &[(&str, &str)]) -> Env {
        pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
    }

    fn at(service: Service, region: &str) -> (String, String) {
        let profile = ProfileSettings { region: Some(region), ..Default::default() };
        let found = endpoint(service, &Env::default(), profile, None).unwrap();
        (found.url.to_string(), found.region)
    }

    #[test]
    fn every_partition_has_its_hosts() {
        let table = [
            (Service::Sts, "eu-west-1", "https://sts.eu-west-1.amazonaws.com/", "eu-west-1"),
            (
                Service::Sts,
                "cn-northwest-1",
                "https://sts.cn-northwest-1.amazonaws.com.cn/",
                "cn-northwest-1",
            ),
            (Service::Sts, "us-gov-east-1", "https://sts.us-gov-east-1.amazonaws.com/", "us-gov-east-1"),
            (Service::Sts, "eusc-de-east-1", "https://sts.eusc-de-east-1.amazonaws.eu/", "eusc-de-east-1"),
            (Service::Sts, "aws-global", "https://sts.amazonaws.com/", "us-east-1"),
            (Service::Iam, "eu-west-1", "https://iam.amazonaws.com/", "us-east-1"),
            (Service::Iam, "cn-northwest-1", "https://iam.cn-north-1.amazonaws.com.cn/", "cn-north-1"),
            (Service::Iam, "us-gov-east-1", "https://iam.us-gov.amazonaws.com/", "us-gov-west-1"),
            (Service::Signin, "cn-north-1", "https://cn-north-1.signin.amazonaws.cn/", "cn-north-1"),
            (Service::Federation, "eu-west-1", "https://signin.aws.amazon.com/", "eu-west-1"),
            (Service::Federation, "us-gov-west-1", "https://signin.amazonaws-us-gov.com/", "us-gov-west-1"),
            (
                Service::Federation,
                "eusc-de-east-1",
                "https://eusc-de-east-1.signin.amazonaws-eusc.eu/",
                "eusc-de-east-1",
            ),
            (Service::Sso, "eu-central-1", "https://portal.sso.eu-central-1.amazonaws.com/", "eu-central-1"),
        ];
        for (service, region, url, signed) in table {
            assert_eq!(at(service, region), (url.to_owned(), signed.to_owned()));
        }
    }

    #[test]
    fn without_a_region_the_serial_decides() {
        let by =
            |arn| endpoint(Service::Sts, &Env::default(), ProfileSettings::default(), arn).unwrap().region;
        assert_eq!(by(None), "us-east-1");
        assert_eq!(by(Some("arn:aws-cn:iam::111122223333:mfa/me")), "cn-north-1");
        assert_eq!(by(Some("arn:aws-us-gov:iam::111122223333:mfa/me")), "us-gov-west-1");
        assert_eq!(by(Some("arn:aws-eusc:iam::111122223333:mfa/me")), "eusc-de-east-1");
        assert_eq!(by(Some("GAHT12345678")), "us-east-1");

        let shell = env(&[("AWS_REGION", "eu-west-3")]);
        let by = |arn| endpoint(Service::Sts, &shell, ProfileSettings::default(), arn).unwrap().region;
        assert_eq!(by(Some("arn:aws:iam::111122223333:mfa/me")), "eu-west-3");
        assert_eq!(by(Some("GAHT12345678")), "eu-west-3");
        assert_eq!(by(Some("arn:aws-cn:iam::111122223333:mfa/me")), "cn-north-1");
    }

    #[test]
    fn the_nearest_setting_wins() {
        let all = [("AWS_ENDPOINT_URL_STS", "http://a/"), ("AWS_ENDPOINT_URL", "http://b/")];
        let profile = ProfileSettings {
            endpoint_url: Some("http://d/"),
            service_url: Some("http://c/"),
            ..Default::default()
        };
        let url = |env: &Env, profile| endpoint(Service::Sts, env, profile, None).unwrap().url.to_string();
        assert_eq!(url(&env(&all), profile), "http://a/");
        assert_eq!(url(&env(&all[1..]), profile), "http://b/");
        assert_eq!(url(&Env::default(), profile), "http://c/");
        assert_eq!(url(&Env::default(), ProfileSettings { service_url: None, ..profile }), "http://d/");
        let ignored = env(&all).with("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "TRUE");
        assert_eq!(url(&ignored, profile), "https://sts.us-east-1.amazonaws.com/");
    }

    #[test]
    fn refuses_what_cannot_be_a_host() {
        for region in ["eu-west-1.evil.example/", "a@b", ""] {
            let profile = ProfileSettings { region: Some(region), ..Default::default() };
            let found = endpoint(Service::Sts, &Env::default(), profile, None);
            assert!(region.is_empty() || found.is_err(), "{region}");
        }
        for url in ["ftp://x/", "localhost:4566", "http://", "http://h/?a=b"] {
            let found =
                endpoint(Service::Sts, &env(&[("AWS_ENDPOINT_URL", url)]), ProfileSettings::default(), None);
            assert_eq!(found.unwrap_err().kind, Kind::Setting, "{url}");
        }
    }
}
