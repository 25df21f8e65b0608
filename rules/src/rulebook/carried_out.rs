//! What the language can say and this version cannot carry out yet. A rulebook that asks for it is refused: better an error
//! before deployment than a step that silently does nothing.

use relance_dsl::checked::{Act, ActKind, Attachment, Call, Channel, CheckedRulebook, Message, OutcomeKind};
use relance_dsl::codes::NOT_CARRIED_OUT;
use relance_dsl::diagnostic::Diagnostic;
use relance_dsl::lang::Text;
use relance_dsl::span::Span;
use relance_dsl::text;

/// One error for each place that cannot be carried out.
pub(super) fn refusals(rulebook: &CheckedRulebook) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for scenario in &rulebook.scenarios {
        for step in scenario.courtesy.iter().chain(scenario.ladder()) {
            found.extend(step.acts.iter().flat_map(|a| act(rulebook, a)));
        }
        if let Some(thanks) = &scenario.thanks {
            found.extend(thanks.acts.iter().flat_map(|a| act(rulebook, a)));
        }
        for event in &scenario.events {
            found.extend(event.acts.iter().flat_map(|a| act(rulebook, a)));
        }
    }
    let reactions = [
        &rulebook.disputes.late,
        &rulebook.disputes.rejected,
        &rulebook.disputes.accepted,
        &rulebook.plans.missed,
    ];
    found.extend(reactions.into_iter().flatten().flat_map(|a| act(rulebook, a)));
    found
}

fn act(rulebook: &CheckedRulebook, act: &Act) -> Vec<Diagnostic> {
    act.chain().flat_map(|link| one(rulebook, link)).collect()
}

/// One link of what is done: itself, without what stands after `else`.
fn one(rulebook: &CheckedRulebook, act: &Act) -> Vec<Diagnostic> {
    match &act.kind {
        ActKind::Message(message) => message_refusals(rulebook, message, act.span),
        ActKind::Call(call) => followed(rulebook, call),
        ActKind::Task(_)
        | ActKind::Approve { .. }
        | ActKind::HandOver
        | ActKind::Charge { .. }
        | ActKind::Continue { .. }
        | ActKind::CancelPlan
        | ActKind::ExpectCreditNote
        | ActKind::Hook(_) => Vec::new(),
    }
}

/// What cannot be carried out of what follows a call.
fn followed(rulebook: &CheckedRulebook, call: &Call) -> Vec<Diagnostic> {
    let done = call.outcomes.iter().filter_map(|outcome| match &outcome.kind {
        OutcomeKind::Do(act) => Some(act),
        OutcomeKind::Retry { .. } | OutcomeKind::OpenDispute(_) => None,
    });
    done.flat_map(|a| act(rulebook, a)).collect()
}

/// What has no place for documents gets none, rather than lose them without a word.
fn message_refusals(rulebook: &CheckedRulebook, message: &Message, span: Span) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if message.attach.is_empty() {
        return found;
    }
    if message.attach.contains(&Attachment::Invoices) {
        found.push(refusal(
            span,
            &text!(
                "The documents of invoices as an attachment",
                "La pièce jointe des factures"
            ),
        ));
    }
    match &message.channel {
        Channel::Sms => found.push(refusal(
            span,
            &text!("An attachment to a text message", "Une pièce jointe à un SMS"),
        )),
        Channel::Custom(name) if writes_itself(rulebook, name) => found.push(refusal(
            span,
            &text!(
                "An attachment to a message that a hook writes",
                "Une pièce jointe à un message qu'écrit une fonction"
            ),
        )),
        _ => {}
    }
    found
}

/// Whether a hook makes what is posted by this medium.
fn writes_itself(rulebook: &CheckedRulebook, medium: &str) -> bool {
    rulebook
        .media
        .iter()
        .any(|m| m.name.name == medium && m.body.is_some())
}

fn refusal(span: Span, what: &Text) -> Diagnostic {
    let (en, fr) = (&what.en, &what.fr);
    Diagnostic::error(
        &NOT_CARRIED_OUT,
        span,
        text!(
            "{en} is understood, and this version cannot carry it out yet.",
            "{fr} est compris, mais cette version ne sait pas encore l'exécuter."
        ),
        text!("not carried out yet", "pas encore exécuté"),
    )
    .help(text!(
        "take it away for now: a rulebook with it cannot be put in force",
        "retirez-le pour l'instant : des règles qui le contiennent ne peuvent pas entrer en vigueur"
    ))
}
