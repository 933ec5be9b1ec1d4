//! What each profile is called: by a template, in small letters, and no two alike.

use std::collections::{BTreeMap, BTreeSet};

use super::{Grant, Rules, Wanted};

/// A profile for each grant, in the order of accounts and roles. `taken` says whether a name belongs to somebody else.
/// Names that would be alike get the account's number behind them, then a counter; which of two gets what hangs on
/// account and role alone.
#[must_use]
pub fn named(grants: &[Grant], session: &str, rules: &Rules, taken: impl Fn(&str) -> bool) -> Vec<Wanted> {
    let mut grants: Vec<&Grant> = grants.iter().collect();
    grants.sort_by_key(|grant| (&grant.account, &grant.role));
    grants.dedup_by_key(|grant| (&grant.account, &grant.role));
    let plain: Vec<String> = grants.iter().map(|grant| filled(grant, session, rules)).collect();
    let mut count = BTreeMap::new();
    for name in &plain {
        *count.entry(name.as_str()).or_insert(0) += 1;
    }
    let mut used = BTreeSet::new();
    let mut entries = Vec::with_capacity(grants.len());
    for (grant, plain) in grants.iter().zip(&plain) {
        let alone = count.get(plain.as_str()) == Some(&1);
        let name = if alone && !taken(plain) { plain.clone() } else { format!("{plain}-{}", grant.account) };
        let (account, role) = (grant.account.clone(), grant.role.clone());
        entries.push(Wanted { name: free(name, &mut used, &taken), account, role });
    }
    entries
}

/// The name, or the first with a number behind it that nobody has.
fn free(name: String, used: &mut BTreeSet<String>, taken: &impl Fn(&str) -> bool) -> String {
    let numbered = (2..).map(|number| format!("{name}-{number}"));
    let mut all = std::iter::once(name.clone()).chain(numbered);
    let found = all.find(|name| !taken(name) && !used.contains(name)).unwrap_or(name);
    used.insert(found.clone());
    found
}

fn filled(grant: &Grant, session: &str, rules: &Rules) -> String {
    let own = rules.accounts.get(&grant.account).map(String::as_str);
    let account = own.unwrap_or(&grant.account_name);
    let account = if slug(account).is_empty() { &grant.account } else { account };
    let name = rules
        .template
        .replace("{account_name}", &slug(account))
        .replace("{account_id}", &grant.account)
        .replace("{role_name}", &slug(&grant.role))
        .replace("{email}", &slug(&grant.email))
        .replace("{session}", &slug(session));
    match slug(&name) {
        name if name.is_empty() || name == "default" => format!("{}-{}", grant.account, slug(&grant.role)),
        name => name,
    }
}

/// Small letters and digits, and `.`, `_`, `@`, `+`, `/` as they are; everything else is one `-`, none at the ends.
fn slug(text: &str) -> String {
    let kept = |c: char| c.is_ascii_alphanumeric() || "._@+/".contains(c);
    let parts = text.split(|c| !kept(c)).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("-").to_ascii_lowercase()
}
