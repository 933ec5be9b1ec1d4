//! Where a profile's requests go: its own settings put into the form the network room takes.

use std::path::PathBuf;

use crate::aws::ini::SectionId;
use crate::aws::profile::Estate;
use crate::aws::world::{Env, World};
use crate::net::endpoint::{self, Endpoint, ProfileSettings};
use crate::net::{Client, NetError};

pub use crate::net::endpoint::Service;

/// A profile of an estate in an environment, as somebody who sends requests.
#[derive(Clone, Copy, Debug)]
pub struct Route<'a> {
    pub estate: &'a Estate,
    pub env: &'a Env,
    pub profile: &'a str,
}

impl Route<'_> {
    /// The endpoint of a service: environment, the profile's `endpoint_url` and `services` section, else AWS's rule
    /// for its region. `arn` decides the partition when nothing names a region.
    ///
    /// # Errors
    /// A region or a URL that cannot be one.
    pub fn endpoint(&self, service: Service, arn: Option<&str>) -> Result<Endpoint, NetError> {
        let (region, url) = (self.text("region"), self.text("endpoint_url"));
        let ignore = self.text("ignore_configured_endpoint_urls");
        let (fips, dual_stack) = (self.text("use_fips_endpoint"), self.text("use_dualstack_endpoint"));
        let of_service = self.text("services").and_then(|section| self.service_url(&section, service));
        let settings = ProfileSettings {
            region: region.as_deref(),
            endpoint_url: url.as_deref(),
            service_url: of_service.as_deref(),
            ignore_configured: ignore.as_deref(),
            use_fips: fips.as_deref(),
            use_dual_stack: dual_stack.as_deref(),
        };
        endpoint::endpoint(service, self.env, settings, arn)
    }

    /// A client that trusts what the environment or the profile's `ca_bundle` says.
    ///
    /// # Errors
    /// A proxy variable that is not a URL.
    pub fn client(&self, world: &World) -> Result<Client, NetError> {
        let bundle = self.text("ca_bundle").map(|path| match (path.strip_prefix("~/"), world.home()) {
            (Some(rest), Some(home)) => home.join(rest),
            _ => PathBuf::from(path),
        });
        Ok(Client::new(world)?.or_ca_bundle(bundle))
    }

    fn text(&self, key: &str) -> Option<String> {
        Some(self.estate.profile(self.profile)?.text(key)?.into_owned())
    }

    /// `endpoint_url` in the nested block of a `[services …]` section.
    fn service_url(&self, section: &str, service: Service) -> Option<String> {
        let id = SectionId::services(section);
        let mut pairs = self.estate.config().nested(&id, service.section_key());
        pairs.find(|(key, _)| key == "endpoint_url").map(|(_, url)| url.into_owned())
    }
}
