//! `credential_process`: a command that prints keys as JSON.

use jiff::Timestamp;

use crate::aws::chain::facts::Answer;
use crate::aws::chain::finding::{Finding, Look, State};
use crate::aws::chain::probe::Probe;
use crate::aws::chain::scene::Scene;
use crate::aws::chain::tool::Wrong;
use crate::aws::chain::trace::Verdict;
use crate::aws::secret::Credentials;

/// Runs the profile's command. A failure stops the tool or not, and expired output is an error or not, as
/// the tool's [`ProcessRule`](crate::aws::chain::tool::ProcessRule) says.
pub(in crate::aws::chain) fn command(scene: &Scene<'_>) -> Look {
    let Some(setting) = scene.get("credential_process") else {
        return Ok(Finding::absent("no credential_process"));
    };
    let rule = &scene.tool.process;
    let place = setting.place;
    let probe =
        Probe::Process { command: setting.text.to_owned(), run: rule.run, profile: scene.profile.clone() };
    let answer =
        scene.ask(probe, "would run the profile's command").map_err(|waits| waits.at(place.clone()))?;
    let finding = match answer {
        Answer::Keys(keys) => match keys.expires_at.filter(|at| *at <= scene.facts.now) {
            Some(at) => expired(rule.expired, keys, at),
            None => found(keys),
        },
        Answer::Failed(why) | Answer::Nothing(why) | Answer::Text(why) => match rule.failed {
            Wrong::Stops(error) => Finding::stopped(Verdict::Failed, error(why)),
            Wrong::LeavesProfile | Wrong::Taken => Finding::left(Verdict::Failed, why.clone()),
        },
        Answer::File(_) | Answer::Who(_) | Answer::SignIn(_) => Finding::absent("the command gave no keys"),
    };
    Ok(of_account(scene, finding).at(place))
}

/// The account that the profile names, where the command names none (botocore `ProcessProvider.load`).
fn of_account(scene: &Scene<'_>, mut finding: Finding) -> Finding {
    if let State::Found(keys) = &mut finding.state
        && keys.account.is_none()
    {
        keys.account = scene.get("aws_account_id").map(|setting| setting.text.to_owned());
    }
    finding
}

fn found(keys: &Credentials) -> Finding {
    Finding::found(keys.clone(), "the profile's command printed keys")
}

fn expired(rule: Wrong, keys: &Credentials, at: Timestamp) -> Finding {
    let why = format!("its output expired at {at}");
    match rule {
        Wrong::Stops(error) => Finding::stopped(Verdict::Expired, error(&why)).because(why),
        Wrong::LeavesProfile => Finding::left(Verdict::Expired, why),
        Wrong::Taken => found(keys),
    }
}
