//! Which invoices share an act, against those that were expected.

use std::collections::BTreeSet;

use relance_dsl::lang::Lang;

use super::act::Done;
use super::judge::{Judge, Wanted};

impl Judge<'_> {
    /// Invoices that an act lacks, and those that it should not have.
    pub(super) fn object_to_group(&self, done: &Done, wanted: &Wanted<'_>, objections: &mut Vec<String>) {
        let has: BTreeSet<_> = done.action.items.iter().map(|i| i.invoice).collect();
        let named: BTreeSet<_> = wanted.of.iter().map(|name| self.id(name)).collect();
        let numbers = |ids: Vec<_>| {
            let numbers: Vec<&str> = ids.into_iter().map(|id| self.number(id)).collect();
            numbers.join(", ")
        };
        let missing: Vec<_> = named.difference(&has).copied().collect();
        if !missing.is_empty() {
            let numbers = numbers(missing);
            objections.push(match self.lang {
                Lang::English => format!("without {numbers}"),
                Lang::French => format!("sans {numbers}"),
            });
        }
        let others: Vec<_> = has.difference(&named).copied().collect();
        if wanted.alone && !others.is_empty() {
            let numbers = numbers(others);
            objections.push(match self.lang {
                Lang::English => format!("not alone: with {numbers}"),
                Lang::French => format!("pas seule : avec {numbers}"),
            });
        }
    }
}
