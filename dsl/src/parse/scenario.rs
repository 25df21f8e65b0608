//! Scenarios.

use super::grammar::Rule;
use super::node::{Node, join};
use super::reader::Reader;
use crate::ast::{Act, Event, EventKind, Scenario, Spanned, Thanks};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::text;

impl Reader<'_> {
    /// `scenario key_accounts "Grands comptes" for strategic, key { ... }`
    pub(super) fn scenario(&mut self, node: &Node<'_>) -> Scenario {
        let declared = self.declared(node, "scenario");
        let segments = match node.part(Rule::for_segments) {
            Some(list) => list.all(Rule::name).map(|n| n.word()).collect(),
            None => {
                let name = &declared.name.value;
                let d = Diagnostic::error(
                    &codes::FOR_MISSING,
                    declared.name.span,
                    text!(
                        "Scenario `{name}` does not say for whom it is.",
                        "Le scénario `{name}` ne dit pas pour qui il est."
                    ),
                    text!("for which segments?", "pour quels segments ?"),
                );
                self.report(d.help(text!(
                    "write the segments after its name, as in `scenario {name} for small, key {{`",
                    "écrivez les segments après son nom, comme dans `scénario {name} pour petits, grands {{`"
                )));
                Vec::new()
            }
        };
        let first = node.first().map_or(declared.name.span, |n| n.span());
        let mut scenario = Scenario {
            span: join(first, declared.name.span),
            declared,
            segments,
            settings: Vec::new(),
            courtesy: Vec::new(),
            levels: Vec::new(),
            then: Vec::new(),
            thanks: Vec::new(),
            events: Vec::new(),
            whole: node.span(),
        };
        for part in node.parts() {
            match part.rule() {
                Rule::courtesy => self.steps(&part, Rule::step, &mut scenario.courtesy),
                Rule::dunning => {
                    self.steps(&part, Rule::level, &mut scenario.levels);
                    scenario
                        .then
                        .extend(part.all(Rule::then).filter_map(|n| self.then(&n)));
                }
                Rule::event => scenario.events.extend(self.event(&part)),
                Rule::thanks => scenario.thanks.push(self.thanks(&part)),
                Rule::bad_setting => self.bad(&part),
                _ => scenario.settings.extend(self.setting(&part)),
            }
        }
        scenario
    }

    /// `on promise broken { ... }`
    fn event(&mut self, node: &Node<'_>) -> Option<Event> {
        let word = node.first()?.span();
        let what = node.parts().nth(1)?;
        let value = match what.rule() {
            Rule::kw_promise => EventKind::PromiseBroken,
            Rule::kw_bounce => EventKind::Bounce,
            Rule::kw_payment if node.part(Rule::kw_late).is_some() => EventKind::PaidLate,
            Rule::kw_payment => EventKind::Paid,
            Rule::kw_dispute => EventKind::Dispute,
            Rule::kw_plan => EventKind::PlanMissed,
            _ => EventKind::Level(self.number(&node.part(Rule::number)?).value),
        };
        let last = node
            .parts()
            .take_while(|n| n.rule() != Rule::acts)
            .last()
            .map_or(what.span(), |n| n.span());
        Some(Event {
            kind: Spanned {
                value,
                span: join(what.span(), last),
            },
            acts: self.acts(node),
            span: join(word, last),
        })
    }

    fn thanks(&mut self, node: &Node<'_>) -> Thanks {
        let mut acts: Vec<Act> = Vec::new();
        let mut at_most_once_per = None;
        for part in node.part(Rule::thanks_acts).into_iter().flat_map(|n| n.parts()) {
            match part.rule() {
                Rule::at_most_once => {
                    at_most_once_per = part.part(Rule::per_period).map(|n| self.period(&n));
                }
                Rule::bad_act => self.bad(&part),
                _ => acts.extend(self.act(&part)),
            }
        }
        Thanks {
            acts,
            at_most_once_per,
            when: node.part(Rule::expr).map(|n| self.expr(&n)),
            span: node.span(),
        }
    }
}
