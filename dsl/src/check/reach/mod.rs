//! What can never be: segments that another one takes, conditions that nothing fulfils, charges for consumers, holds without an
//! end, registered letters that nobody looked at.

mod bounds;

use bounds::Bounds;

use super::Checker;
use crate::checked::{Act, ActKind, Channel, Disputes, Expr, Scenario, Segment};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::span::Span;
use crate::text;
use crate::vocabulary::FactId;

/// The fact that tells consumers from firms.
const KIND: &str = "customer.kind";

impl Checker<'_> {
    /// Everything about what can be reached.
    pub(super) fn reach(&mut self, segments: &[Segment], scenarios: &[Scenario], disputes: &Disputes) {
        let customers = self.customers_of(segments);
        for scenario in scenarios {
            let served: Vec<&Bounds> = customers
                .iter()
                .filter(|(name, _)| scenario.segments.iter().any(|s| s == name))
                .map(|(_, bounds)| bounds)
                .collect();
            self.conditions_can_hold(scenario, &served);
            self.consumers_are_not_charged(scenario, &served);
            self.letters_are_approved(scenario);
            self.disputes_end(scenario, disputes);
        }
    }

    /// The customers of each segment, as far as bounds can tell: its own condition, and what earlier ones leave over.
    fn customers_of(&mut self, segments: &[Segment]) -> Vec<(String, Bounds)> {
        let mut before: Vec<(&Segment, Bounds)> = Vec::new();
        let mut left = Bounds::none();
        let mut customers = Vec::new();
        for segment in segments {
            let own = match &segment.when {
                Some(when) => Bounds::of(when, self.vocabulary),
                None => Bounds::none(),
            };
            if let Some(when) = &segment.when {
                self.can_hold(when, &Bounds::none());
                let taken = before.iter().find(|(_, earlier)| own.is_within(earlier));
                if let Some((earlier, _)) = taken {
                    self.overlaps(segment, earlier);
                }
            }
            customers.push((segment.name.name.clone(), own.and(&left)));
            left = left.and(&own.left_over());
            if segment.when.is_some() {
                before.push((segment, own));
            }
        }
        customers
    }

    fn overlaps(&mut self, segment: &Segment, earlier: &Segment) {
        let (name, other) = (&segment.name.name, &earlier.name.name);
        let d = Diagnostic::warning(
            &codes::OVERLAPPING_SEGMENT,
            segment.name.span,
            text!(
                "Whoever fits `{name}` already fits `{other}`, which stands before it.",
                "Qui correspond à `{name}` correspond déjà à `{other}`, qui est écrit avant."
            ),
            text!("never reached", "jamais atteint"),
        )
        .also(
            earlier.name.span,
            text!("takes these customers", "prend ces clients"),
        );
        self.report(d.help(text!(
            "move the narrower line up",
            "remontez la ligne la plus étroite"
        )));
    }

    fn conditions_can_hold(&mut self, scenario: &Scenario, served: &[&Bounds]) {
        for (when, _) in &scenario.tones {
            self.can_hold(when, &Bounds::none());
        }
        let steps = scenario.courtesy.iter().chain(&scenario.levels);
        let conditions = steps
            .filter_map(|s| s.when.as_ref())
            .chain(scenario.then.iter().filter_map(|t| t.when.as_ref()))
            .chain(scenario.thanks.iter().filter_map(|t| t.when.as_ref()));
        for when in conditions {
            if !self.can_hold(when, &Bounds::none()) || served.is_empty() {
                continue;
            }
            let own = Bounds::of(when, self.vocabulary);
            if served.iter().all(|customers| own.and(customers).is_impossible()) {
                let d = Diagnostic::warning(
                    &codes::NEVER_REACHED,
                    when.span,
                    text!(
                        "This can never hold for the segments that this scenario serves.",
                        "Ceci ne peut jamais être vrai pour les segments que sert ce scénario."
                    ),
                    text!("never holds", "jamais vrai"),
                );
                self.report(d.help(text!(
                    "compare it with the conditions of the segments; a customer whose segment was chosen by hand is the only exception",
                    "comparez-la aux conditions des segments ; un client dont le segment a été choisi à la main est la seule exception"
                )));
            }
        }
    }

    /// That a condition does not contradict itself.
    fn can_hold(&mut self, when: &Expr, with: &Bounds) -> bool {
        let impossible = Bounds::of(when, self.vocabulary).and(with).is_impossible();
        if impossible {
            let d = Diagnostic::error(
                &codes::NEVER_REACHED,
                when.span,
                text!(
                    "This condition contradicts itself: nothing can fulfil it.",
                    "Cette condition se contredit : rien ne peut la remplir."
                ),
                text!("never holds", "jamais vrai"),
            );
            self.report(d.help(text!(
                "is one of the signs the wrong way round, or is `or` meant instead of `and`?",
                "un signe est-il à l'envers, ou faut-il `ou` au lieu de `et` ?"
            )));
        }
        !impossible
    }

    fn consumers_are_not_charged(&mut self, scenario: &Scenario, served: &[&Bounds]) {
        let kind = self.vocabulary.facts.iter().position(|f| f.path == KIND);
        let Some(kind) = kind.and_then(|at| u16::try_from(at).ok()).map(FactId) else {
            return;
        };
        if !served
            .iter()
            .any(|customers| customers.lets_through(kind, "consumer"))
        {
            return;
        }
        let charges = all_acts(scenario).filter(|a| matches!(a.kind, ActKind::Charge { .. }));
        for act in charges.map(|a| a.span).collect::<Vec<Span>>() {
            let d = Diagnostic::warning(
                &codes::CHARGED_CONSUMER,
                act,
                text!(
                    "This scenario can serve consumers, who may not be charged so.",
                    "Ce scénario peut servir des particuliers, à qui on ne peut pas facturer cela."
                ),
                text!("not from consumers", "pas aux particuliers"),
            );
            self.report(d.help(text!(
                "take the charge out of a scenario for consumers; else give them a segment of their own before these, as in `consumer when customer.kind is consumer`",
                "retirez ces frais d'un scénario pour particuliers ; sinon donnez-leur un segment à eux avant ceux-ci, comme `particulier si client.type est particulier`"
            )));
        }
    }

    fn letters_are_approved(&mut self, scenario: &Scenario) {
        let steps = scenario.courtesy.iter().chain(&scenario.levels).map(|s| &s.acts);
        let places = steps.chain(scenario.then.iter().map(|t| &t.acts));
        let mut found = Vec::new();
        for acts in places {
            if acts.iter().any(|a| matches!(a.kind, ActKind::Approve { .. })) {
                continue;
            }
            found.extend(acts.iter().find(|a| is_registered(a)).map(|a| a.span));
        }
        for span in found {
            let d = Diagnostic::warning(
                &codes::NOTICE_WITHOUT_APPROVAL,
                span,
                text!(
                    "This registered letter leaves without anybody having approved it.",
                    "Ce recommandé part sans que personne l'ait validé."
                ),
                text!("without approval", "sans validation"),
            );
            self.report(d.help(text!(
                "write `approve by credit_manager` beside it",
                "écrivez `valider par responsable_crédit` à côté"
            )));
        }
    }

    fn disputes_end(&mut self, scenario: &Scenario, disputes: &Disputes) {
        if !scenario.holds.disputed || disputes.categories.is_empty() || !disputes.late.is_empty() {
            return;
        }
        let Some(block) = self.names.disputes.first() else {
            return;
        };
        let span = block.span;
        let already = self
            .diagnostics
            .iter()
            .any(|d| d.code == codes::ENDLESS_HOLD.code);
        if already {
            return;
        }
        let d = Diagnostic::warning(
            &codes::ENDLESS_HOLD,
            span,
            text!(
                "A dispute that nobody answers stops the clock for ever.",
                "Un litige auquel personne ne répond arrête le délai pour toujours."
            ),
            text!(
                "nothing happens when an answer is late",
                "rien n'arrive quand une réponse tarde"
            ),
        )
        .also(
            scenario.name.span,
            text!("waits while disputed", "attend tant que contestée"),
        );
        self.report(d.help(text!(
            "add `when late {{ task chase_dispute assign credit_manager }}`",
            "ajoutez `si en_retard {{ tâche relancer_litige confiée à responsable_crédit }}`"
        )));
    }
}

fn is_registered(act: &Act) -> bool {
    matches!(&act.kind, ActKind::Message(m) if m.channel == Channel::RegisteredLetter)
}

fn all_acts(scenario: &Scenario) -> impl Iterator<Item = &Act> {
    let steps = scenario.courtesy.iter().chain(&scenario.levels);
    steps
        .flat_map(|s| &s.acts)
        .chain(scenario.then.iter().flat_map(|t| &t.acts))
        .chain(scenario.events.iter().flat_map(|e| &e.acts))
}
