//! Courtesy steps, levels and what they do.

use super::grammar::Rule;
use super::node::{Node, join};
use super::reader::Reader;
use crate::ast::{Act, ActKind, Anchor, Call, Direction, Email, Spanned, Step, Timing};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::span::Span;

impl Reader<'_> {
    /// All steps of a block, and what in it was not understood.
    pub(super) fn steps(&mut self, node: &Node<'_>, kind: Rule, into: &mut Vec<Step>) {
        for part in node.parts() {
            if part.rule() == kind {
                into.extend(self.step(&part));
            } else if part.rule() == Rule::bad_step {
                self.bad(&part);
            }
        }
    }

    fn step(&mut self, node: &Node<'_>) -> Option<Step> {
        let is_level = node.rule() == Rule::level;
        let word = node.first()?.span();
        let declared = self.declared(node, if is_level { "level" } else { "step" });
        let level = node.part(Rule::number).map(|n| self.number(&n));
        if is_level && level.is_none() {
            let d = Diagnostic::error(
                &codes::LEVEL_NUMBER_MISSING,
                word,
                "This level has no number.",
                "which one?",
            );
            self.report(d.help(format!(
                "number the levels from 1, as in `level 1 {}`",
                declared.name.value
            )));
        }
        let timing = node.part(Rule::timing)?;
        let timing = self.timing(&timing);
        let mut acts = Vec::new();
        for part in node.part(Rule::acts).into_iter().flat_map(|n| n.parts()) {
            if part.rule() == Rule::bad_act {
                self.bad(&part);
            } else {
                acts.extend(self.act(&part));
            }
        }
        Some(Step {
            span: join(word, declared.name.span),
            declared,
            level,
            timing,
            when: self.when(node),
            acts,
        })
    }

    fn timing(&mut self, node: &Node<'_>) -> Timing {
        let span = node.span();
        let period = node.part(Rule::period).map(|n| self.period(&n));
        let anchor = node.part(Rule::anchor).and_then(|n| self.anchor(&n));
        let word = node
            .parts()
            .find(|n| matches!(n.rule(), Rule::kw_before | Rule::kw_after));
        match (&word, &anchor) {
            (Some(word), None) => self.anchor_missing(word),
            (None, _) if period.is_some() => self.direction_missing(span, anchor.is_some()),
            _ => {}
        }
        let before = word.is_some_and(|n| n.rule() == Rule::kw_before);
        Timing {
            period,
            direction: if before {
                Direction::Before
            } else {
                Direction::After
            },
            anchor,
            span,
        }
    }

    fn anchor(&mut self, node: &Node<'_>) -> Option<Spanned<Anchor>> {
        let value = if node.has(Rule::kw_due) {
            Anchor::Due
        } else if let Some(number) = node.part(Rule::number) {
            Anchor::Level(self.number(&number).value)
        } else {
            Anchor::Other(node.part(Rule::name)?.text().to_owned())
        };
        Some(Spanned {
            value,
            span: node.span(),
        })
    }

    fn anchor_missing(&mut self, word: &Node<'_>) {
        let text = word.text();
        let d = Diagnostic::error(
            &codes::ANCHOR_MISSING,
            word.span(),
            format!("`{text}` what?"),
            format!("{text} what?"),
        );
        let help = if text == "before" {
            "write `before due`"
        } else {
            "write `after due` for the due date, or `after level 1` for the day on which level 1 was carried out"
        };
        self.report(d.help(help));
    }

    fn direction_missing(&mut self, span: Span, has_anchor: bool) {
        let message = if has_anchor {
            "Before or after?"
        } else {
            "This does not say what to count from."
        };
        let d = Diagnostic::error(&codes::ANCHOR_MISSING, span, message, "before or after what?");
        self.report(d.help("write, for example, `3 days after due` or `8 days after level 1`"));
    }

    /// Something that a step does; nothing for marks between.
    pub(super) fn act(&mut self, node: &Node<'_>) -> Option<Act> {
        let kind = match node.rule() {
            Rule::email => ActKind::Email(self.email(node)?),
            Rule::call => ActKind::Call(self.call(node)),
            _ => return None,
        };
        Some(Act {
            kind,
            span: node.span(),
        })
    }

    fn email(&mut self, node: &Node<'_>) -> Option<Email> {
        let template = node
            .parts()
            .find(|n| matches!(n.rule(), Rule::name | Rule::quoted_name))?;
        let tone = node
            .has(Rule::kw_tone)
            .then(|| node.all(Rule::name).last())
            .flatten();
        let template = self.unquoted(&template);
        if !node.has(Rule::kw_template) {
            let message = "The word `template` is missing before the template's name.";
            let right = format!("template {}", template.value);
            let d = Diagnostic::error(
                &codes::TEMPLATE_WORD_MISSING,
                template.span,
                message,
                "`template` is missing before this",
            );
            self.report(d.help(format!("write `email {right}`")).fix(template.span, right));
        }
        Some(Email {
            template,
            tone: tone.map(|n| n.word()),
        })
    }

    fn call(&mut self, node: &Node<'_>) -> Call {
        let mut call = Call {
            script: None,
            assign: None,
            within: None,
        };
        let mut awaited = Rule::kw_script;
        for part in node.parts() {
            match part.rule() {
                Rule::kw_script | Rule::kw_assign => awaited = part.rule(),
                Rule::name | Rule::quoted_name if awaited == Rule::kw_script => {
                    call.script = Some(self.unquoted(&part));
                }
                Rule::name => call.assign = Some(part.word()),
                Rule::period => call.within = Some(self.period(&part)),
                _ => {}
            }
        }
        call
    }
}
