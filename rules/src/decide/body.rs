//! The body of a message that is posted, when a hook of its medium makes it. It is made with the decision and kept with it: what is posted
//! is what was decided.

use relance_dsl::checked::{Act, ActKind, Message};
use relance_dsl::text;

use super::case::Case;
use super::hooked::Asks;
use super::way::Way;
use super::{doing, track};
use crate::facts::{Contact, Invoice};
use crate::hooks::HookFailure;

/// The body for a contact: what the hook of the medium makes of the case of an invoice; `None` for a medium without one.
pub(crate) fn of<'a>(
    case: &Case<'a>,
    invoice: &'a Invoice,
    medium: &str,
    contact: Option<&'a Contact>,
) -> Option<Result<String, HookFailure>> {
    let call = case.rulebook.medium(medium)?.body.as_ref()?;
    let scope = case.scope_to(invoice, contact);
    let calls = scope.calls?;
    Some(match calls.text(call, &scope)? {
        Ok("") => {
            let why = text!("it gives nothing to post", "elle ne donne rien à poster");
            Err(calls.refused(call, why)?)
        }
        Ok(text) => Ok(text.to_owned()),
        Err(failure) => Err(failure.clone()),
    })
}

/// That the bodies of the messages that would be posted now can be made. What stands after an `else` is asked when its turn has come.
pub(super) fn can_be_made<'a>(
    case: &Case<'a>,
    (invoice, step): (&'a Invoice, &str),
    acts: &'a [Act],
    open: &[u16],
    asks: Asks<'a>,
) -> Result<(), HookFailure> {
    for place in open {
        let Some(act) = acts.get(usize::from(*place)) else {
            continue;
        };
        let (link, number) = doing::link_now(case, (invoice, step), asks, *place, act);
        let ActKind::Message(Message { channel, .. }) = &link.kind else {
            continue;
        };
        let refused = track::failed(invoice, step, *place, number) > 0;
        let way = Way::of(case, channel, refused);
        if let Way::Post { medium, .. } = way
            && let Some(made) = of(case, invoice, medium, way.contact(case, asks))
        {
            made?;
        }
    }
    Ok(())
}
