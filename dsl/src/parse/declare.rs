//! Declarations beside segments, score, calendars and scenarios.

use rust_decimal::Decimal;

use super::grammar::Rule;
use super::node::{Node, join};
use super::reader::Reader;
use crate::ast::{
    Charges, DisputeCategory, Disputes, Hook, HookType, InterestLine, Medium, Plans, Promises, Reaction,
    Spanned, Turn, Word,
};
use crate::span::Span;

impl Reader<'_> {
    /// `hook trend(account) -> whole number between -10 and 10`
    pub(super) fn hook(&mut self, node: &Node<'_>) -> Option<Hook> {
        let gives = node.part(Rule::hook_type)?;
        let bounds = gives.part(Rule::between).and_then(|n| self.bounds(&n));
        let value = match gives.first()?.rule() {
            Rule::kw_yes_or_no => HookType::YesNo,
            Rule::kw_whole_number => HookType::Whole(bounds),
            Rule::kw_number => HookType::Number(bounds),
            Rule::kw_percentage => HookType::Percent,
            Rule::kw_amount => HookType::Amount,
            Rule::kw_text => HookType::Text,
            _ => HookType::Effects,
        };
        Some(Hook {
            declared: self.declared(node, "hook"),
            parameters: node
                .part(Rule::parameters)?
                .all(Rule::name)
                .map(|n| n.word())
                .collect(),
            gives: Spanned {
                value,
                span: gives.span(),
            },
            span: node.span(),
        })
    }

    fn bounds(&mut self, node: &Node<'_>) -> Option<(Decimal, Decimal)> {
        let mut numbers = node.all(Rule::integer);
        let (from, to) = (numbers.next()?, numbers.next()?);
        Some((self.integer(&from).value, self.integer(&to).value))
    }

    /// `charges france { ... }`
    pub(super) fn charges(&mut self, node: &Node<'_>) -> Charges {
        let declared = self.declared(node, "charges");
        let mut charges = Charges {
            span: head(node, declared.name.span),
            declared,
            interest: Vec::new(),
            first_rate: None,
            fees: Vec::new(),
        };
        for part in node.parts() {
            match part.rule() {
                Rule::interest_line => charges.interest.extend(self.interest_line(&part)),
                Rule::first_rate => charges.first_rate = Some(part.span()),
                Rule::fee_line => charges.fees.extend(self.amount_or_bare(&part)),
                Rule::bad_charge => self.bad(&part),
                _ => {}
            }
        }
        charges
    }

    fn interest_line(&mut self, node: &Node<'_>) -> Option<InterestLine> {
        let from = match node.part(Rule::kw_since) {
            Some(_) => Some(self.day(node)?),
            None => None,
        };
        let percent = node.part(Rule::percent)?;
        Some(InterestLine {
            from,
            rate: Spanned {
                value: self.number(&percent.part(Rule::number)?).value,
                span: percent.span(),
            },
            span: node.span(),
        })
    }

    /// `disputes { ... }`
    pub(super) fn disputes(&mut self, node: &Node<'_>) -> Disputes {
        let mut disputes = Disputes {
            categories: Vec::new(),
            reactions: Vec::new(),
            span: first_word(node),
        };
        for part in node.parts() {
            match part.rule() {
                Rule::category => disputes.categories.extend(self.category(&part)),
                Rule::reaction => disputes.reactions.extend(self.reaction(&part)),
                Rule::bad_dispute => self.bad(&part),
                _ => {}
            }
        }
        disputes
    }

    fn category(&mut self, node: &Node<'_>) -> Option<DisputeCategory> {
        Some(DisputeCategory {
            declared: self.declared(node, "category"),
            owner: node.part(Rule::department)?.word(),
            within: self.period(&node.part(Rule::period)?),
            span: node.span(),
        })
    }

    fn reaction(&mut self, node: &Node<'_>) -> Option<Reaction> {
        let word = node.parts().nth(1)?;
        let value = match word.rule() {
            Rule::kw_late => Turn::Late,
            Rule::kw_rejected => Turn::Rejected,
            Rule::kw_accepted => Turn::Accepted,
            _ => Turn::Missed,
        };
        Some(Reaction {
            to: Spanned {
                value,
                span: word.span(),
            },
            acts: self.acts(node),
        })
    }

    /// `promises { ... }`
    pub(super) fn promises(&mut self, node: &Node<'_>) -> Promises {
        let mut promises = Promises {
            grace: Vec::new(),
            at_most: Vec::new(),
            span: first_word(node),
        };
        for part in node.parts() {
            match part.rule() {
                Rule::grace => promises
                    .grace
                    .extend(part.part(Rule::period).map(|n| self.period(&n))),
                Rule::most_promises => promises
                    .at_most
                    .extend(part.part(Rule::number).map(|n| self.number(&n))),
                Rule::bad_promise => self.bad(&part),
                _ => {}
            }
        }
        promises
    }

    /// `plans { ... }`
    pub(super) fn plans(&mut self, node: &Node<'_>) -> Plans {
        let mut plans = Plans {
            missed_after: Vec::new(),
            reactions: Vec::new(),
            span: first_word(node),
        };
        for part in node.parts() {
            match part.rule() {
                Rule::missed => plans
                    .missed_after
                    .extend(part.part(Rule::period).map(|n| self.period(&n))),
                Rule::reaction => plans.reactions.extend(self.reaction(&part)),
                Rule::bad_plan => self.bad(&part),
                _ => {}
            }
        }
        plans
    }

    /// `medium whatsapp = webhook "whatsapp" body hook whatsapp_body`
    pub(super) fn medium(&mut self, node: &Node<'_>) -> Option<Medium> {
        // A title may stand before the sign, the webhook's name stands after it.
        let mut texts: Vec<Word> = node
            .parts()
            .filter(|n| matches!(n.rule(), Rule::string | Rule::curly))
            .map(|n| self.string(&n))
            .collect();
        let webhook = texts.pop()?;
        let mut declared = self.declared(node, "medium");
        declared.title = texts.pop();
        Some(Medium {
            declared,
            webhook,
            body: node.all(Rule::name).nth(1).map(|n| n.word()),
            span: node.span(),
        })
    }
}

/// From the first word of a statement to the end of its name.
fn head(node: &Node<'_>, name: Span) -> Span {
    join(first_word(node), name)
}

fn first_word(node: &Node<'_>) -> Span {
    node.first().map_or(node.span(), |n| n.span())
}
