//! A trace in words, for a terminal that is no screen: one line a link, then the region and the warnings.
//! Names and reasons come from files and from the network, so control characters are taken out.

use std::fmt::Write as _;

use super::trace::{Evidence, Hop, LinkReport, ProfileFrom, Trace, Verdict};
use crate::aws::secret::masked;
use crate::aws::text::clean;

/// Where to look, on one line.
#[must_use]
pub fn evidence(evidence: &Evidence) -> String {
    match evidence {
        Evidence::Place { file, line } => format!("{}:{line}", file.display()),
        Evidence::Variable { variable } => variable.clone(),
        Evidence::Url { url } => url.clone(),
        Evidence::Cache { file } => file.display().to_string(),
    }
}

/// A role chain on one line, the role asked for first: `devrole ← midrole ← base (credentials file)`.
#[must_use]
pub fn hop_chain(hops: &[Hop]) -> String {
    let mut chain: Vec<String> = Vec::new();
    for hop in hops {
        match &hop.role_arn {
            Some(_) => chain.push(hop.profile.clone()),
            None => chain.push(format!("{} ({})", hop.profile, hop.source)),
        }
    }
    // A role whose source was not looked at, or is none of the profiles.
    chain.extend(hops.last().filter(|hop| hop.role_arn.is_some()).map(|hop| hop.source.clone()));
    chain.join(" ← ")
}

/// The whole trace as lines.
#[must_use]
pub fn print(trace: &Trace) -> String {
    let mut out = String::new();
    let from = match trace.profile_from {
        ProfileFrom::Explicit => "given explicitly",
        ProfileFrom::AwsProfile => "from AWS_PROFILE",
        ProfileFrom::AwsDefaultProfile => "from AWS_DEFAULT_PROFILE",
        ProfileFrom::Default => "the default",
    };
    line(&mut out, &format!("{} · profile {} ({from})", trace.tool, trace.profile));
    let widest = trace.links.iter().map(|link| link.link.label().len()).max().unwrap_or(0);
    for link in &trace.links {
        line(&mut out, &one(link, widest + 2));
        if !link.hops.is_empty() {
            line(&mut out, &format!("      {}", hop_chain(&link.hops)));
        }
        for hop in link.hops.iter().filter(|hop| hop.role_arn.is_some()) {
            let role = hop.role_arn.as_deref().unwrap_or_default();
            let limit = hop.limit.as_ref().map(|limit| format!(" ({limit})")).unwrap_or_default();
            line(&mut out, &format!("      {} {role} ← {}{limit}", hop.profile, hop.source));
        }
    }
    conclusion(&mut out, trace);
    out
}

fn conclusion(out: &mut String, trace: &Trace) {
    match (&trace.winner, &trace.error, &trace.would_ask) {
        (Some(_), ..) => {}
        (None, Some(error), _) => line(out, &format!("  error: {error}")),
        (None, None, Some(link)) => line(out, &format!("  would ask: {}", link.label())),
        (None, None, None) => line(out, "  no credentials"),
    }
    match &trace.region {
        Some(region) => line(out, &format!("  region: {} ({})", region.value, region.from)),
        None => line(out, "  region: none"),
    }
    if let Some(who) = &trace.identity {
        let alias = who.alias.as_ref().map(|alias| format!(" ({alias})")).unwrap_or_default();
        line(out, &format!("  identity: {} · account {}{alias}", who.arn, who.account));
    }
    for warning in &trace.warnings {
        line(out, &format!("  ! {}: {}", warning.code, warning.message));
    }
}

fn one(link: &LinkReport, column: usize) -> String {
    let mark = if link.verdict == Verdict::Won { '>' } else { ' ' };
    let (label, verdict) = (link.link.label(), link.verdict.word());
    let mut out = format!("{mark} {label:<column$}{verdict:<10}  {}", link.reason);
    let key = link.access_key_id.as_deref().map(masked);
    let until = link.expires_at.map(|at| format!("until {at}"));
    let place = link.evidence.as_ref().map(evidence);
    let extra: Vec<String> = [key, until, place].into_iter().flatten().collect();
    if !extra.is_empty() {
        let _ = write!(out, " [{}]", extra.join(" · "));
    }
    out
}

fn line(out: &mut String, text: &str) {
    out.push_str(clean(text).trim_end());
    out.push('\n');
}
