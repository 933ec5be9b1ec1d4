//! Keys in environment variables.

use jiff::Timestamp;

use crate::aws::chain::finding::{Finding, Look};
use crate::aws::chain::moment;
use crate::aws::chain::scene::{Scene, variable};
use crate::aws::chain::tool::{Blanks, ToolError};
use crate::aws::chain::trace::Verdict;
use crate::aws::secret::{Credentials, Secret};

/// The first key id variable that is set, the first secret, the first token; what a missing half means is
/// the tool's [`EnvRule`](crate::aws::chain::tool::EnvRule).
pub(in crate::aws::chain) fn keys(scene: &Scene<'_>) -> Look {
    let rule = &scene.tool.env;
    let Some((id_name, id)) = first(scene, rule.ids) else {
        return Ok(no_id(scene));
    };
    let Some((_, secret)) = first(scene, rule.secrets) else {
        let missing = rule.secrets.first().copied().unwrap_or_default();
        return Ok(match rule.partial {
            Some(error) => Finding::stopped(Verdict::Incomplete, error(missing)),
            None => Finding::passed(Verdict::Incomplete, format!("{id_name} is set and {missing} is not")),
        }
        .at(variable(id_name)));
    };
    let token = first(scene, rule.tokens);
    let expires_at = expiry(scene)?;
    let with = token.map(|(name, _)| format!(" with {name}")).unwrap_or_default();
    let found = Credentials {
        access_key_id: id.to_owned(),
        secret_access_key: Secret::new(secret),
        session_token: token.map(|(_, text)| Secret::new(text)),
        expires_at,
        account: scene.env.non_empty("AWS_ACCOUNT_ID").map(str::to_owned),
    };
    Ok(Finding::found(found, format!("{id_name} is set{with}")).at(variable(id_name)))
}

fn no_id(scene: &Scene<'_>) -> Finding {
    let name = scene.tool.env.ids.first().copied().unwrap_or_default();
    match first(scene, scene.tool.env.secrets) {
        Some((secret, _)) => {
            let reason = format!("{secret} is set, but {name} is not: it is ignored");
            Finding::passed(Verdict::Incomplete, reason).at(variable(secret))
        }
        None => Finding::absent(format!("{name} is not set")),
    }
}

/// The first of these variables that counts as set.
fn first<'s>(scene: &'s Scene<'_>, names: &[&'static str]) -> Option<(&'static str, &'s str)> {
    let blanks = scene.tool.env.blanks;
    if matches!(blanks, Blanks::Hide | Blanks::TrimmedHide) {
        let (name, value) = names.iter().find_map(|name| Some((*name, scene.env.get(name)?)))?;
        let value = if blanks == Blanks::TrimmedHide { value.trim() } else { value };
        return Some((name, value)).filter(|_| !value.is_empty());
    }
    names.iter().find_map(|name| {
        let value = scene.env.non_empty(name)?;
        let value = if blanks == Blanks::Trimmed { value.trim() } else { value };
        (blanks == Blanks::Count || !value.trim().is_empty()).then_some((*name, value))
    })
}

/// botocore makes keys with an expiry refreshable, and refreshing re-reads the same variables: keys that
/// have expired end in a `RuntimeError` (`credentials.py` `EnvProvider.load`, `_protected_refresh`).
fn expiry(scene: &Scene<'_>) -> Result<Option<Timestamp>, Box<Finding>> {
    let Some((name, text)) = scene.tool.env.expiry.and_then(|name| Some((name, scene.env.non_empty(name)?)))
    else {
        return Ok(None);
    };
    let Some(at) = moment::parse(text) else {
        let error = ToolError::new("ParserError", format!("Unknown string format: {text}"));
        return Finding::stopped(Verdict::Failed, error).at(variable(name)).early();
    };
    if at <= scene.facts.now {
        let error = "Credentials were refreshed, but the refreshed credentials are still expired.";
        let error = ToolError::new("RuntimeError", error);
        return Finding::stopped(Verdict::Expired, error)
            .because(format!("{name} is in the past: {at}"))
            .at(variable(name))
            .early();
    }
    Ok(Some(at))
}
