//! Until when the sign-ins to Identity Center last, as their files say it.

use std::collections::HashMap;

use jiff::Timestamp;

use super::Context;
use crate::aws::overview::{Kind, Overview, SessionState};
use crate::aws::profile::Estate;
use crate::aws::sign_in::{self, SignIn};

/// Puts it on the rows that sign in there: a file is read once, however many rest on it.
pub fn mark(context: &Context, estate: &Estate, overview: &mut Overview) {
    let mut known: HashMap<String, Option<Timestamp>> = HashMap::new();
    for row in overview.rows.iter_mut().filter(|row| row.kind == Kind::Sso) {
        let start_url = || Some(estate.profile(&row.name)?.text("sso_start_url")?.into_owned());
        let Some(name) = row.sso_session.clone().or_else(start_url) else { continue };
        let until = known.entry(name).or_insert_with_key(|name| until(context, name));
        row.session = until.map_or(SessionState::None, SessionState::Until);
    }
}

fn until(context: &Context, name: &str) -> Option<Timestamp> {
    let bytes = context.world.fs.read_file(&sign_in::file(&context.world.home()?, name)).ok()?;
    Some(SignIn::parse(&bytes, context.world.now())?.expires_at)
}
