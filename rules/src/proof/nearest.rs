//! What helps to see how a test failed: the nearest acts, and where two timelines differ.

use chrono::NaiveDate;

use super::act::Done;

/// The last act before a day and the first one after it.
pub(super) fn around<'d>(alike: &[&'d Done], day: NaiveDate) -> Vec<&'d Done> {
    let before = alike.iter().rev().find(|done| done.day < day);
    let after = alike.iter().find(|done| done.day > day);
    before.into_iter().chain(after).copied().collect()
}

/// Two lists of lines as one: what both have with two spaces before it, what only the first has with `- `, what only the second has
/// with `+ `.
pub(super) fn difference(first: &[String], second: &[String]) -> Vec<String> {
    // How long the longest common part of what follows is, for each pair of places.
    let width = second.len() + 1;
    let mut common = vec![0_usize; (first.len() + 1) * width];
    let at = |common: &[usize], i: usize, j: usize| common.get(i * width + j).copied().unwrap_or(0);
    for i in (0..first.len()).rev() {
        for j in (0..second.len()).rev() {
            let best = if first.get(i) == second.get(j) {
                at(&common, i + 1, j + 1) + 1
            } else {
                at(&common, i + 1, j).max(at(&common, i, j + 1))
            };
            if let Some(cell) = common.get_mut(i * width + j) {
                *cell = best;
            }
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut lines = Vec::new();
    loop {
        match (first.get(i), second.get(j)) {
            (Some(a), Some(b)) if a == b => {
                lines.push(format!("  {a}"));
                (i, j) = (i + 1, j + 1);
            }
            (Some(a), Some(_)) if at(&common, i + 1, j) >= at(&common, i, j + 1) => {
                lines.push(format!("- {a}"));
                i += 1;
            }
            (Some(a), None) => {
                lines.push(format!("- {a}"));
                i += 1;
            }
            (_, Some(b)) => {
                lines.push(format!("+ {b}"));
                j += 1;
            }
            (None, None) => return lines,
        }
    }
}
