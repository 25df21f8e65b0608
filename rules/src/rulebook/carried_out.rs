//! What the language can say and this version cannot carry out yet. A rulebook that asks for it is refused: better an error
//! before deployment than a step that silently does nothing.

use relance_dsl::checked::{
    Act, ActKind, CallOutcome, Channel, CheckedRulebook, FallbackKind, Message, Outcome, OutcomeKind,
    Unreached,
};
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
            found.push(refusal(
                event.span,
                &text!("An answer to an event", "La réponse à un événement"),
            ));
        }
    }
    found.extend(without_effect(rulebook));
    let reactions = [
        &rulebook.disputes.late,
        &rulebook.disputes.rejected,
        &rulebook.disputes.accepted,
        &rulebook.plans.missed,
    ];
    for reaction in reactions.into_iter().filter_map(|acts| acts.first()) {
        found.push(refusal(
            reaction.span,
            &text!(
                "A reaction of disputes or plans",
                "Une réaction des litiges ou des échéanciers"
            ),
        ));
    }
    found
}

/// What is kept in mind and has no effect yet: a warning, since nothing wrong comes of it.
fn without_effect(rulebook: &CheckedRulebook) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut warn = |span: Span, what: Text| {
        let (en, fr) = (what.en, what.fr);
        found.push(Diagnostic::warning(
            &NOT_CARRIED_OUT,
            span,
            text!(
                "{en} has no effect in this version.",
                "{fr} n'a pas d'effet dans cette version."
            ),
            text!("no effect yet", "pas encore d'effet"),
        ));
    };
    if let Some(category) = rulebook.disputes.categories.first() {
        warn(
            category.name.span,
            text!(
                "Who answers a dispute, and within how long,",
                "Qui répond à un litige, et sous quel délai,"
            ),
        );
    }
    found
}

fn act(rulebook: &CheckedRulebook, act: &Act) -> Vec<Diagnostic> {
    let what = match &act.kind {
        ActKind::Message(message) => return message_refusals(rulebook, message, act.span),
        ActKind::Call(call) if call.outcomes.iter().all(followed) => return Vec::new(),
        ActKind::Task(_) | ActKind::Approve { .. } | ActKind::HandOver => return Vec::new(),
        ActKind::Call(_) => text!(
            "What follows this outcome of a call",
            "La suite de cette issue d'un appel"
        ),
        ActKind::Charge { .. } => text!(
            "Charging interest and fees",
            "La facturation d'intérêts et de frais"
        ),
        ActKind::Hook(call) => return vec![hook(call.span)],
        ActKind::Continue { .. } | ActKind::CancelPlan | ActKind::ExpectCreditNote => {
            text!("This act", "Cet acte")
        }
    };
    vec![refusal(act.span, &what)]
}

/// What can follow the outcome of a call: the call again when nobody answered, and a dispute when something is disputed.
fn followed(outcome: &Outcome) -> bool {
    matches!(
        (&outcome.of, &outcome.kind),
        (CallOutcome::NoAnswer, OutcomeKind::Retry { .. })
            | (CallOutcome::Dispute, OutcomeKind::OpenDispute(_))
    )
}

fn message_refusals(rulebook: &CheckedRulebook, message: &Message, span: Span) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if let Channel::Custom(name) = &message.channel {
        let mut media = rulebook.media.iter();
        if media.any(|m| m.name.name == *name && m.body.is_some()) {
            found.push(hook(span));
        }
    }
    if !message.attach.is_empty() {
        found.push(refusal(span, &text!("An attachment", "Une pièce jointe")));
    }
    for fallback in &message.fallbacks {
        match &fallback.kind {
            FallbackKind::Message(other) => found.extend(message_refusals(rulebook, other, span)),
            FallbackKind::Call(call) if !call.outcomes.is_empty() => found.push(refusal(
                span,
                &text!(
                    "What follows the outcome of a call after `else`",
                    "La suite de l'issue d'un appel après `sinon`"
                ),
            )),
            FallbackKind::Call(_) | FallbackKind::Task(_) => {}
        }
        if fallback.when.iter().any(|when| *when != Unreached::Bounced) {
            found.push(refusal(
                span,
                &text!(
                    "`else` for another reason than `bounced`",
                    "`sinon` pour une autre raison que `rejeté`"
                ),
            ));
        }
    }
    found
}

/// A hook where what it gives cannot be carried out yet.
fn hook(span: Span) -> Diagnostic {
    refusal(span, &text!("A hook here", "Une fonction à cet endroit"))
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
