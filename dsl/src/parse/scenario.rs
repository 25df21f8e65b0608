//! Scenarios.

use super::grammar::Rule;
use super::node::{Node, join};
use super::reader::Reader;
use crate::ast::{Act, Scenario, Thanks};
use crate::codes;
use crate::diagnostic::Diagnostic;

impl Reader<'_> {
    /// `scenario key_accounts "Grands comptes" for strategic, key { ... }`
    pub(super) fn scenario(&mut self, node: &Node<'_>) -> Scenario {
        let declared = self.declared(node, "scenario");
        let segments = match node.part(Rule::for_segments) {
            Some(list) => list.all(Rule::name).map(|n| n.word()).collect(),
            None => {
                let message = format!("Scenario `{}` does not say for whom it is.", declared.name.value);
                let d = Diagnostic::error(
                    &codes::FOR_MISSING,
                    declared.name.span,
                    message,
                    "for which segments?",
                );
                self.report(d.help(format!(
                    "write the segments after its name, as in `scenario {} for small, key {{`",
                    declared.name.value
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
            thanks: Vec::new(),
            whole: node.span(),
        };
        for part in node.parts() {
            match part.rule() {
                Rule::courtesy => self.steps(&part, Rule::step, &mut scenario.courtesy),
                Rule::dunning => self.steps(&part, Rule::level, &mut scenario.levels),
                Rule::thanks => scenario.thanks.push(self.thanks(&part)),
                Rule::bad_setting => self.bad(&part),
                _ => scenario.settings.extend(self.setting(&part)),
            }
        }
        scenario
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
