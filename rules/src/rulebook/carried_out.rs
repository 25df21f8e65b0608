//! What the language can say and this version cannot carry out yet. A rulebook that asks for it is refused: better an error
//! before deployment than a step that silently does nothing.

use relance_dsl::checked::{Act, ActKind, Call, CheckedRulebook, Message, OutcomeKind};
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
            found.extend(step.acts.iter().flat_map(act));
        }
        if let Some(thanks) = &scenario.thanks {
            found.extend(thanks.acts.iter().flat_map(act));
        }
        for event in &scenario.events {
            found.extend(event.acts.iter().flat_map(act));
        }
    }
    let reactions = [
        &rulebook.disputes.late,
        &rulebook.disputes.rejected,
        &rulebook.disputes.accepted,
        &rulebook.plans.missed,
    ];
    found.extend(reactions.into_iter().flatten().flat_map(act));
    found
}

fn act(act: &Act) -> Vec<Diagnostic> {
    act.chain().flat_map(one).collect()
}

/// One link of what is done: itself, without what stands after `else`.
fn one(act: &Act) -> Vec<Diagnostic> {
    match &act.kind {
        ActKind::Message(message) => message_refusals(message, act.span),
        ActKind::Call(call) => followed(call),
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
fn followed(call: &Call) -> Vec<Diagnostic> {
    let done = call.outcomes.iter().filter_map(|outcome| match &outcome.kind {
        OutcomeKind::Do(act) => Some(act),
        OutcomeKind::Retry { .. } | OutcomeKind::OpenDispute(_) => None,
    });
    done.flat_map(act).collect()
}

fn message_refusals(message: &Message, span: Span) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if !message.attach.is_empty() {
        found.push(refusal(span, &text!("An attachment", "Une pièce jointe")));
    }
    found
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
