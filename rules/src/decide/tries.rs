//! How often an act that could not be carried out is tried on one day. Each act of a step counts for itself.

use relance_dsl::checked::{Act, ActKind, Channel, Unreached};

use super::case::Case;
use super::track;
use crate::facts::Invoice;

/// Those of the acts that may be tried again today.
pub(super) fn left(case: &Case<'_>, invoice: &Invoice, step: &str, acts: &[Act], open: Vec<u16>) -> Vec<u16> {
    let mut open = open;
    open.retain(|act| !enough(case, invoice, step, acts, *act));
    open
}

/// Whether an act has failed so often today that it waits for another day: a message is tried once in each of its ways. A mail that
/// nobody can be sent is not held back: its lack of an address is what there is to tell.
fn enough(case: &Case<'_>, invoice: &Invoice, step: &str, acts: &[Act], act: u16) -> bool {
    let zone = case.facts.company.time_zone;
    let failed = track::failed_today(invoice, step, act, case.today, zone);
    let Some(act) = acts.get(usize::from(act)) else {
        return failed >= 1;
    };
    let by_bounce = |act: &&Act| {
        act.or_else()
            .is_some_and(|o| o.when.contains(&Unreached::Bounced))
    };
    if let ActKind::Message(message) = &act.kind
        && message.channel == Channel::Email
        && !by_bounce(&act)
        && case.mail_to.is_none()
    {
        return false;
    }
    // As many links as follow each other when one comes back.
    let links = act.chain().take_while(by_bounce).count() + 1;
    let ways: usize = act.chain().take(links).map(|link| ways(case, link)).sum();
    failed >= ways
}

/// The ways of one link: a mail can go to each contact, and what a receiver of posts refuses goes by hand.
fn ways(case: &Case<'_>, link: &Act) -> usize {
    let ActKind::Message(message) = &link.kind else {
        return 1;
    };
    match message.channel {
        Channel::Email => case.facts.contacts.len().max(1),
        Channel::Custom(_) => 2,
        Channel::Sms | Channel::Letter | Channel::RegisteredLetter => 1,
    }
}
