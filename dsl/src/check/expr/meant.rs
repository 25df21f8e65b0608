//! Which fact was meant by a path that is none.

use crate::diagnostic::likely;
use crate::lang::Lang;
use crate::parse::plain;
use crate::vocabulary::Fact;

/// In which order groups are thought of for a name without one.
const GROUPS: [&str; 5] = ["customer", "account", "invoice", "contact", "company"];

/// The fact that was meant, in the language of the file: one of its group with nearly its name; one of another group with this very
/// name; one whose name has all its words, as `days_overdue` has `overdue`; one of a group with nearly that name.
pub(super) fn fact(path: &str, facts: &[Fact], lang: Lang) -> Option<&'static str> {
    let spelled = |f: &Fact| lang.pick(f.path, f.path_fr);
    let (group, name) = path.split_once('.').unwrap_or(("", path));
    let (group, wanted) = (plain(group), plain(name));
    let mut sorted: Vec<&Fact> = facts.iter().collect();
    sorted.sort_by_key(|f| GROUPS.iter().position(|g| f.path.split('.').next() == Some(*g)));
    let own: Vec<&str> = sorted
        .iter()
        .filter(|f| [f.path, f.path_fr].iter().any(|p| plain(group_of(p)) == group))
        .map(|f| spelled(f))
        .collect();
    let names: Vec<String> = own.iter().map(|p| plain(name_of(p))).collect();
    let all = sorted.iter().map(|f| spelled(f)).filter(|p| p.contains('.'));
    let has = |p: &&str| words(name_of(p), &wanted);
    // Of its own group, by a slip of the pen.
    let slip = likely(&wanted, names.iter().map(String::as_str))
        .and_then(|name| own.iter().copied().find(|p| plain(name_of(p)) == name));
    let same = || {
        let fits = |p: &&str| plain(name_of(p)) == wanted;
        own.iter().copied().find(fits).or_else(|| all.clone().find(fits))
    };
    let within = || own.iter().copied().find(has);
    let elsewhere = || all.clone().filter(|_| wanted.len() > 3).find(has);
    // A group that is none: `custmer.kind`.
    let whole = || {
        own.is_empty()
            .then(|| likely(path, sorted.iter().map(|f| spelled(f))))
            .flatten()
    };
    slip.or_else(same)
        .or_else(whole)
        .or_else(within)
        .or_else(elsewhere)
}

fn group_of(path: &str) -> &str {
    path.split_once('.').map_or("", |(group, _)| group)
}

fn name_of(path: &str) -> &str {
    path.split_once('.').map_or(path, |(_, name)| name)
}

/// Does a name have all words of another?
fn words(name: &str, wanted: &str) -> bool {
    let name = plain(name);
    let parts: Vec<&str> = name.split('_').collect();
    wanted.split('_').all(|word| parts.contains(&word))
}
