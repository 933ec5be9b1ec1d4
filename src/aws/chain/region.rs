//! The region, and where it comes from.

use super::facts::Answer;
use super::files::FileKind;
use super::links::imds;
use super::probe::Probe;
use super::scene::Scene;
use super::text;
use super::tool::{Empty, ImdsRegion, ProfileRegion};
use super::trace::{Link, ProfileFrom, Region};

const ZONE: &str = "latest/meta-data/placement/availability-zone/";
const REGION: &str = "latest/meta-data/placement/region";

/// The region by the tool's rule; `Err` is what has to be asked first.
pub(super) fn of(scene: &Scene<'_>, winner: Option<Link>) -> Result<Option<Region>, Probe> {
    if let Some(region) = settled(scene) {
        return Ok(Some(region));
    }
    let fallback = scene.tool.region.fallback;
    let fallback = || {
        fallback.map(|value| Region { value: value.to_owned(), from: format!("{} itself", scene.tool.name) })
    };
    let found = |value: String| Region { value: value.trim().to_owned(), from: "IMDS".to_owned() };
    match scene.tool.region.imds {
        _ if imds::disabled(scene) => Ok(fallback()),
        ImdsRegion::RegionUnlessSet if imds::mentioned(scene) => Ok(fallback()),
        ImdsRegion::Never => Ok(fallback()),
        ImdsRegion::WithImdsKeys if winner != Some(Link::Imds) => Ok(fallback()),
        ImdsRegion::AvailabilityZone => {
            Ok(metadata(scene, ZONE)?.map(without_letter).map(found).or_else(fallback))
        }
        ImdsRegion::Region | ImdsRegion::RegionUnlessSet | ImdsRegion::WithImdsKeys => {
            Ok(metadata(scene, REGION)?.map(str::to_owned).map(found).or_else(fallback))
        }
    }
}

/// From the environment or the profile, without asking anything.
pub(super) fn settled(scene: &Scene<'_>) -> Option<Region> {
    let rule = &scene.tool.region;
    let mut set = rule.variables.iter().filter_map(|name| Some((*name, scene.env.get(name)?)));
    let found = match rule.empty {
        Empty::Unset => set.find(|(_, value)| !value.is_empty()),
        Empty::Counts => set.next(),
        Empty::Hides => set.next().filter(|(_, value)| !value.is_empty()),
    };
    let named = found.map(|(name, value)| Region { value: value.to_owned(), from: name.to_owned() });
    named.or_else(|| of_profile(scene))
}

fn of_profile(scene: &Scene<'_>) -> Option<Region> {
    let by_default = scene.profile_from == ProfileFrom::AwsDefaultProfile;
    let region = |scene: &Scene<'_>| {
        let setting = scene.get("region")?;
        Some(Region { value: setting.text.to_owned(), from: text::evidence(&setting.place) })
    };
    match scene.tool.region.profile {
        ProfileRegion::None => None,
        ProfileRegion::AlongSources => region(scene).or_else(|| {
            let source = scene.get("source_profile")?.text;
            let again = scene.visited.iter().any(|seen| seen == source);
            if again { None } else { of_profile(&scene.on(source)) }
        }),
        ProfileRegion::NotByDefaultProfile if by_default => region(&scene.on("default")),
        ProfileRegion::OfConfigFile => region(&scene.only(FileKind::Config)),
        ProfileRegion::Chosen | ProfileRegion::NotByDefaultProfile => region(scene),
    }
}

fn metadata<'a>(scene: &Scene<'a>, path: &'static str) -> Result<Option<&'a str>, Probe> {
    let Ok(how) = imds::how(scene) else { return Ok(None) };
    let probe = Probe::Metadata { how, path };
    match scene.facts.answer(&probe) {
        Some(Answer::Text(text)) => Ok(Some(text)),
        Some(_) => Ok(None),
        None => Err(probe),
    }
}

/// `eu-west-1a` is in `eu-west-1`.
fn without_letter(zone: &str) -> String {
    let mut region = zone.trim().to_owned();
    region.pop();
    region
}
