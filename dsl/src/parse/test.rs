//! Tests in the language.

use super::act::{call_outcome, channel, tone};
use super::grammar::Rule;
use super::node::{Node, join, span};
use super::reader::Reader;
use crate::ast::{
    Expect, ExpectKind, Expected, Expr, ExprKind, Given, Happening, HappeningKind, Instalment, Property,
    Scene, Spanned, Subject, Test, TestLine, Word,
};

impl Reader<'_> {
    /// `test "..." { ... }`
    pub(super) fn test(&mut self, node: &Node<'_>) -> Option<Test> {
        let title = self.title(node)?;
        let mut lines = Vec::new();
        for part in node.parts() {
            match part.rule() {
                Rule::given => lines.extend(self.given(&part).map(TestLine::Given)),
                Rule::on_day => lines.extend(self.scene(&part).map(TestLine::On)),
                Rule::expect => lines.extend(self.expect(&part).map(TestLine::Expect)),
                Rule::bad_test => self.bad(&part),
                _ => {}
            }
        }
        Some(Test {
            span: join(node.first()?.span(), title.span),
            title,
            lines,
            whole: node.span(),
        })
    }

    fn given(&mut self, node: &Node<'_>) -> Option<Given> {
        let subject = node.parts().nth(1)?;
        let value = match subject.rule() {
            Rule::kw_rate => Subject::Rate {
                currency: node.part(Rule::currency)?.word(),
                rate: self.number(&node.part(Rule::number)?),
                from: self.day(node),
            },
            Rule::kw_company => Subject::Company,
            Rule::kw_customer => Subject::Customer,
            Rule::kw_account => Subject::Account,
            Rule::kw_contact => Subject::Contact(node.part(Rule::contact_role).map(|n| n.word())),
            _ => Subject::Invoice(node.part(Rule::name)?.word()),
        };
        let properties = node.part(Rule::properties);
        let properties = properties.into_iter().flat_map(|n| n.all(Rule::property));
        Some(Given {
            subject: Spanned {
                value,
                span: subject.span(),
            },
            properties: properties.filter_map(|n| self.property(&n)).collect(),
            span: node.span(),
        })
    }

    fn property(&mut self, node: &Node<'_>) -> Option<Property> {
        let zone = node
            .parts()
            .find(|n| matches!(n.rule(), Rule::zone | Rule::string));
        let mut values: Vec<Expr> = node.all(Rule::sum).map(|n| self.sum(&n)).collect();
        values.extend(zone.map(|n| Expr {
            kind: ExprKind::Text(n.text().trim_matches('"').to_owned()),
            span: n.span(),
        }));
        Some(Property {
            name: node.first()?.word(),
            values,
        })
    }

    fn scene(&mut self, node: &Node<'_>) -> Option<Scene> {
        let day = self.day(node)?;
        let time = node.part(Rule::time).and_then(|n| {
            let value = self.time(&n)?;
            Some(Spanned {
                value,
                span: n.span(),
            })
        });
        Some(Scene {
            day,
            time,
            happenings: node
                .all(Rule::happening)
                .filter_map(|n| {
                    let kind = self.happening(&n.first()?)?;
                    Some(Happening { kind, span: n.span() })
                })
                .collect(),
            span: node.span(),
        })
    }

    fn happening(&mut self, node: &Node<'_>) -> Option<HappeningKind> {
        let invoice = node.part(Rule::invoice_name).map(|n| n.word());
        let amount = node.part(Rule::amount).and_then(|n| self.amount(&n));
        Some(match node.rule() {
            Rule::said_dispute => HappeningKind::Dispute(invoice?, node.part(Rule::name).map(|n| n.word())),
            Rule::said_reject => HappeningKind::RejectDispute(invoice?),
            Rule::said_accept => HappeningKind::AcceptDispute(invoice?),
            Rule::said_pay => HappeningKind::Pay(invoice?, amount),
            Rule::said_promise => HappeningKind::Promise {
                invoice: invoice?,
                amount,
                until: self.day(node)?,
            },
            Rule::said_plan => self.plan(node)?,
            Rule::said_cancel => HappeningKind::CancelPlan(invoice?),
            Rule::said_receive => HappeningKind::Receive(amount?),
            Rule::said_credit => HappeningKind::Credit(invoice?, amount?),
            Rule::said_hold => HappeningKind::Hold(invoice?, self.day(node)),
            Rule::said_release => HappeningKind::Release(invoice?),
            Rule::said_call => HappeningKind::CallGives(call_outcome(&node.part(Rule::call_outcome)?)),
            Rule::said_approve => HappeningKind::Approve(invoice?),
            Rule::said_refuse => HappeningKind::Refuse(invoice?),
            Rule::said_ask_again => HappeningKind::AskAgain(invoice?),
            Rule::said_bounce => HappeningKind::Bounce,
            Rule::said_open => HappeningKind::Open(invoice?),
            _ => HappeningKind::Insolvent,
        })
    }

    fn plan(&mut self, node: &Node<'_>) -> Option<HappeningKind> {
        let mut instalments = Vec::new();
        for part in node.all(Rule::instalment) {
            let amount = self.amount_or_bare(&part);
            instalments.extend(
                amount
                    .zip(self.day(&part))
                    .map(|(amount, due)| Instalment { amount, due }),
            );
        }
        Some(HappeningKind::Plan {
            invoices: node.all(Rule::invoice_name).map(|n| n.word()).collect(),
            instalments,
        })
    }

    fn expect(&mut self, node: &Node<'_>) -> Option<Expect> {
        let what = node.parts().nth(1)?;
        let kind = match what.rule() {
            Rule::expect_nothing => {
                let mut days = self.days(&what).into_iter();
                let from = days.next();
                ExpectKind::Nothing {
                    of: what.part(Rule::invoice_name).map(|n| n.word()),
                    to: days.next().or_else(|| from.clone()),
                    from,
                }
            }
            Rule::expect_standing => self.standing(&what)?,
            Rule::expect_charged => ExpectKind::Charged {
                fee: what.has(Rule::kw_recovery_fee),
                amount: self.amount_or_bare(&what)?,
                of: what.part(Rule::invoice_name).map(|n| n.word()),
                on: self.day(&what),
            },
            Rule::expect_timeline => timeline(self, &what)?,
            _ => self.expect_act(&what)?,
        };
        Some(Expect {
            kind,
            span: node.span(),
        })
    }

    fn standing(&mut self, node: &Node<'_>) -> Option<ExpectKind> {
        let on = self.day(node);
        if let Some(points) = node.part(Rule::integer) {
            return Some(ExpectKind::Points(self.integer(&points), on));
        }
        let name = node.part(Rule::name)?.word();
        Some(if node.has(Rule::kw_segment) {
            ExpectKind::Segment(name, on)
        } else {
            ExpectKind::Band(name, on)
        })
    }

    fn expect_act(&mut self, node: &Node<'_>) -> Option<ExpectKind> {
        let what = node.part(Rule::expected)?;
        let on = match self.day(node) {
            Some(day) => Some(day),
            None => node.part(Rule::expect_on).and_then(|n| self.day(&n)),
        };
        let of: Vec<Node<'_>> = node.all(Rule::expect_of).collect();
        Some(ExpectKind::Act {
            what: Spanned {
                value: self.expected(&what)?,
                span: what.span(),
            },
            of: of
                .iter()
                .flat_map(|n| n.all(Rule::invoice_name))
                .map(|n| n.word())
                .collect(),
            alone: of.iter().any(|n| n.has(Rule::kw_alone)),
            on,
            language: node
                .part(Rule::expect_in)
                .and_then(|n| n.part(Rule::language_code))
                .map(|n| n.word()),
            tone: tone(node),
            because: node.part(Rule::expect_because).and_then(|n| self.title(&n)),
        })
    }

    fn expected(&mut self, node: &Node<'_>) -> Option<Expected> {
        let name = node.part(Rule::name).map(|n| n.word());
        let first = node.first()?;
        Some(match first.rule() {
            Rule::kw_level => Expected::Level(self.number(&node.part(Rule::number)?)),
            Rule::kw_step => Expected::Step(name?),
            Rule::kw_thanks => Expected::Thanks,
            Rule::kw_call => Expected::Call(name),
            Rule::kw_task => Expected::Task(name),
            Rule::kw_approval => Expected::Approval,
            Rule::kw_note => Expected::Note(self.title(node)),
            Rule::kw_webhook => Expected::Notice(self.title(node)),
            Rule::kw_handed_over => Expected::HandOver,
            _ => Expected::Message(channel(&first)?.value, name),
        })
    }
}

fn timeline(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<ExpectKind> {
    let open = node.part(Rule::brace_open)?.span();
    let close = node.part(Rule::brace_close)?.span();
    let to = reader.day(node);
    let lines: Vec<Word> = node.all(Rule::string).map(|n| reader.string(&n)).collect();
    Some(ExpectKind::Timeline {
        lines,
        to,
        braces: span(open.file, open.start as usize, close.end as usize),
    })
}
