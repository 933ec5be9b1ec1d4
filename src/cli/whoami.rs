//! `awsprof whoami`: who AWS says the effective credentials are.

use super::args::Whoami;
use super::out::columns;
use super::{Done, Verbs};
use crate::aws::text::clean;
use crate::jobs::{self, Wish};

/// Asks `GetCallerIdentity`, which needs no permission. Never prompts.
///
/// # Errors
/// No credentials, an expired session, a refusal by AWS.
pub fn run(verbs: &Verbs, args: &Whoami) -> Done {
    let wish = Wish { profile: args.profile.clone(), no_session: args.no_session, ..Wish::default() };
    let identity = super::block_on(jobs::whoami(&verbs.context, &wish))??;
    if verbs.out.json {
        return verbs.out.answer_json(&identity);
    }
    let alias = identity.alias.as_ref().map(|alias| ("alias", alias));
    let known = [("account", &identity.account), ("arn", &identity.arn), ("user id", &identity.user_id)];
    let rows: Vec<_> =
        known.into_iter().chain(alias).map(|(name, value)| vec![name.to_owned(), clean(value)]).collect();
    verbs.out.answer(&columns(&rows))
}
