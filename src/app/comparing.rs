//! Which tools agree about the selected profile: worked out in the background when the cursor has come to rest.

use jiff::{SignedDuration, Timestamp};

use super::model::{Model, Traced};
use super::msg::JobId;
use crate::aws::chain::Comparison;
use crate::aws::chain::compare::{self, Group};
use crate::aws::chain::trace::Warning;

/// How long the cursor rests before the tools are compared: somebody who moves on does not pay for it.
pub const REST: SignedDuration = SignedDuration::from_millis(200);

/// What is known of the tools' agreement.
#[derive(Debug, Default)]
pub struct Comparing {
    pub known: Option<Compared>,
    /// The comparison under way.
    pub job: Option<JobId>,
    /// Comparisons asked for so far.
    pub asked: u64,
    /// Since when the answer to what is selected is missing.
    pub since: Option<Timestamp>,
    /// How often the files were read: the worker keeps what it has parsed as long as this stays.
    pub load: u64,
}

/// A comparison and the question it answers.
#[derive(Debug, PartialEq)]
pub struct Compared {
    pub profile: String,
    pub explicit: bool,
    pub comparison: Comparison,
}

impl Model {
    /// The comparison of the tools for what is selected.
    #[must_use]
    pub fn compared(&self) -> Option<&Comparison> {
        let name = self.selected_name()?;
        let known = self.comparing.known.as_ref()?;
        (known.profile == name && known.explicit == self.explicit).then_some(&known.comparison)
    }

    /// Which tools do not end with the same keys as the one shown, and why: the largest group of them in full.
    #[must_use]
    pub fn disagreement(&self) -> Option<String> {
        let (compared, tool) = (self.compared()?, self.tool()?);
        let mine = compared.trace(tool.id)?;
        let others = compared.others(tool.id);
        let (first, rest) = others.split_first()?;
        let other = compared.0.get(*first.tools.first()?)?;
        let verb = if first.tools.len() == 1 { "differs" } else { "differ" };
        let more: usize = rest.iter().map(|group| group.tools.len()).sum();
        let more = if more == 0 { String::new() } else { format!(", {more} more otherwise") };
        Some(format!("{} {verb}{more}: {}", names(compared, first), compare::why(mine, other)))
    }

    /// How many tools do not end with the same keys as the one shown.
    #[must_use]
    pub fn differing(&self) -> usize {
        let groups = self.compared().zip(self.tool()).map(|(compared, tool)| compared.others(tool.id));
        groups.unwrap_or_default().iter().map(|group| group.tools.len()).sum()
    }

    /// Everything to be warned of about the chain shown, that the tools disagree included.
    #[must_use]
    pub fn warnings(&self) -> Vec<Warning> {
        let of_trace = self.shown_trace().map(|traced| traced.trace.warnings.clone()).unwrap_or_default();
        let told = of_trace.iter().any(|warning| warning.code == DISAGREE);
        let disagree = self.disagreement().filter(|_| !told);
        let disagree = disagree.map(|message| Warning { code: DISAGREE, message });
        of_trace.into_iter().chain(disagree).collect()
    }

    /// What the chain pane says of them. That long-term keys are used on an instance is said of the machine: once,
    /// beside the default profile, while the page of warnings has it with every profile.
    #[must_use]
    pub fn noted<'t>(&self, traced: &'t Traced) -> Vec<&'t Warning> {
        let is_default = self.selected().is_some_and(|row| self.is_default(row));
        let noted = |warning: &&Warning| is_default || warning.code != ON_INSTANCE;
        traced.trace.warnings.iter().filter(noted).collect()
    }
}

/// The code of the warning that tools do not agree.
const DISAGREE: &str = "tools-disagree";
/// The code of the warning that is the machine's.
const ON_INSTANCE: &str = "keys-on-instance";

/// The first tools of a group by name, the others by number.
fn names(compared: &Comparison, group: &Group) -> String {
    const NAMED: usize = 3;
    let ids = group.tools.iter().filter_map(|at| compared.0.get(*at)).map(|trace| trace.tool);
    let names: Vec<String> = ids.take(NAMED).map(compare::short).collect();
    match group.tools.len() - names.len() {
        0 => names.join(", "),
        more => format!("{} and {more} more", names.join(", ")),
    }
}
