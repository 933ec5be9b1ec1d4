//! What Identity Center offers, as the screen asks for it.

use std::collections::HashMap;

use super::work::trouble;
use crate::app::portal::{Offer, Offers};
use crate::app::{JobId, Msg, Stage};
use crate::aws::profile::Estate;
use crate::aws::sign_in::Place;
use crate::aws::sync::{Block, Grant, named};
use crate::jobs::portal::{self, Progress};
use crate::jobs::{Context, Failure};

/// Asks; `tell` learns how many accounts are done.
pub async fn offers(
    context: &Context,
    job: JobId,
    session: &str,
    tell: &mut (dyn FnMut(Stage) + Send),
) -> Msg {
    let result = found(context, session, tell).await.map_err(trouble);
    Msg::Offered { job, result }
}

async fn found(
    context: &Context,
    session: &str,
    tell: &mut (dyn FnMut(Stage) + Send),
) -> Result<Offers, Failure> {
    let estate = Estate::read(&context.world);
    let place = Place::of(&estate, session)?;
    let mut told = |progress| match progress {
        Progress::Accounts { done, of } => tell(Stage::Counting { done, of }),
        Progress::Stage(_) => {}
    };
    let grants = portal::grants(context, &place, &mut told).await?;
    let rules = portal::rules(context, &place, None);
    let known = known(&estate, session);
    let block = Block::find(estate.config(), session);
    let mut theirs = block.theirs();
    theirs.extend(estate.credentials().sections().map(|section| section.id().name));
    let names = named(&grants, session, &rules, |name| theirs.contains(name));
    let offer = |(grant, wanted): (Grant, crate::aws::sync::Wanted)| {
        let there = known.get(&(grant.account.clone(), grant.role.clone()));
        let settings = wanted.settings(session, &rules.region);
        let settings = settings.map(|(key, value)| (key.to_owned(), value.to_owned())).to_vec();
        Offer { name: there.unwrap_or(&wanted.name).clone(), is_there: there.is_some(), grant, settings }
    };
    Ok(Offers { offers: grants.into_iter().zip(names).map(offer).collect(), rules: rules.clone() })
}

/// The profiles of this session, by account and role.
fn known(estate: &Estate, session: &str) -> HashMap<(String, String), String> {
    let mut known = HashMap::new();
    let own =
        estate.profiles().filter(|profile| profile.text("sso_session").is_some_and(|own| own == session));
    for profile in own {
        if let (Some(account), Some(role)) = (profile.text("sso_account_id"), profile.text("sso_role_name")) {
            known
                .entry((account.into_owned(), role.into_owned()))
                .or_insert_with(|| profile.name().to_owned());
        }
    }
    known
}
