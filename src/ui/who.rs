//! The page about the default credentials: who they are in full, or why that is not known.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::facts::{self, said};
use super::look::Look;
use super::{told, words};
use crate::app::{Model, Trouble};
use crate::aws::chain::trace::Identity;
use crate::aws::overview::DefaultState;

pub fn draw(model: &Model, scrolled: usize, look: &Look, area: Rect, buf: &mut Buffer) {
    let width = facts::width(area);
    let mut lines = vec![Line::default()];
    lines.extend(said("default", &words::default(&model.overview.default), look, width));
    match &model.identity {
        Some(Ok(identity)) => lines.extend(known(identity, look, width)),
        Some(Err(trouble)) => lines.extend(unknown(trouble, look, width)),
        None => lines.extend(said("you are", waiting(model), look, width)),
    }
    if let Some(region) = &model.region {
        lines.extend(said("region", &region.value, look, width));
        lines.extend(said("from", &told::region_from(region, model), look, width));
    }
    lines.push(Line::default());
    lines.extend(said(
        "about",
        "what AWS says (GetCallerIdentity) of the credentials that AWS CLI v2 takes without being told a profile; \
         it is asked at the start and when the default changes",
        look,
        width,
    ));
    lines.push(Line::default());
    facts::page("Who am I", lines, scrolled, look, area, buf);
}

fn known(identity: &Identity, look: &Look, width: usize) -> Vec<Line<'static>> {
    let alias = identity.alias.as_ref().map(|alias| format!("  {alias}")).unwrap_or_default();
    let facts = [
        ("you are", told::who(&identity.arn).to_owned()),
        ("account", format!("{}{alias}", words::account(&identity.account))),
        ("ARN", identity.arn.clone()),
        ("user id", identity.user_id.clone()),
    ];
    facts.iter().flat_map(|(name, fact)| said(name, fact, look, width)).collect()
}

fn unknown(trouble: &Trouble, look: &Look, width: usize) -> Vec<Line<'static>> {
    let mut lines = said("you are", "not known", look, width);
    lines.extend(said("because", &trouble.message, look, width));
    lines.extend(trouble.hint.iter().flat_map(|hint| said("to do", hint, look, width)));
    lines
}

fn waiting(model: &Model) -> &'static str {
    match model.overview.default {
        DefaultState::Absent => "nobody by default: there is no [default], so nothing was asked",
        _ => "being asked",
    }
}
