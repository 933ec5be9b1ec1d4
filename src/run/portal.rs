//! What Identity Center offers, as the screen asks for it.

use super::work::trouble;
use crate::app::portal::{Offer, Offers};
use crate::app::{JobId, Msg, Stage};
use crate::aws::profile::Estate;
use crate::aws::sign_in::Place;
use crate::aws::sync::{Block, Grant, entering, named};
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
    let known = entering(&estate, session, |_| true);
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
