//! How often an act that could not be carried out is tried on one day. Each act of a step counts for itself.

use relance_dsl::checked::{Act, ActKind, Channel, FallbackKind, Message};

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
    let ways = match acts.get(usize::from(act)).map(|act| &act.kind) {
        Some(ActKind::Message(message)) => {
            if message.channel == Channel::Email && message.fallbacks.is_empty() && case.mail_to.is_none() {
                return false;
            }
            let others = message.fallbacks.iter().map(|other| match &other.kind {
                FallbackKind::Message(other) => ways(case, other),
                FallbackKind::Call(_) | FallbackKind::Task(_) => 1,
            });
            ways(case, message) + others.sum::<usize>()
        }
        _ => 1,
    };
    failed >= ways
}

/// The ways of one message: a mail can go to each contact, and what a receiver of posts refuses goes by hand.
fn ways(case: &Case<'_>, message: &Message) -> usize {
    match message.channel {
        Channel::Email => case.facts.contacts.len().max(1),
        Channel::Custom(_) => 2,
        Channel::Sms | Channel::Letter | Channel::RegisteredLetter => 1,
    }
}
