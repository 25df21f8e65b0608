//! The settings of a scenario.

use super::grammar::Rule;
use super::node::Node;
use super::reader::Reader;
use crate::ast::{
    ContactChoice, Grouping, HoldKind, LanguageChoice, SendDays, SendTime, Setting, SettingKind, Spanned,
    ToneCase, ZoneChoice,
};
use crate::codes;
use crate::diagnostic::{Diagnostic, likely};

impl Reader<'_> {
    /// Any setting; nothing for parts of a scenario that are none, and for settings without meaning, which are reported.
    pub(super) fn setting(&mut self, node: &Node<'_>) -> Option<Setting> {
        let kind = match node.rule() {
            Rule::language => SettingKind::Language(node.all(Rule::path).map(|n| language(&n)).collect()),
            Rule::tone => self.tone(node)?,
            Rule::send => self.send(node),
            Rule::contact => {
                SettingKind::Contact(node.all(Rule::contact_choice).map(|n| contact(&n)).collect())
            }
            Rule::group => SettingKind::Group(self.group(&node.part(Rule::name)?)?),
            Rule::ignore => self.ignore(node)?,
            Rule::limit => SettingKind::Limit {
                messages: self.number(&node.part(Rule::number)?),
                per: self.period(&node.part(Rule::per_period)?),
            },
            Rule::entry => SettingKind::Entry(self.number(&node.part(Rule::number)?)),
            Rule::hold => SettingKind::Hold(node.all(Rule::hold_kind).filter_map(|n| hold(&n)).collect()),
            _ => return None,
        };
        Some(Setting {
            kind,
            span: node.span(),
        })
    }

    fn tone(&mut self, node: &Node<'_>) -> Option<SettingKind> {
        let default = node.part(Rule::name)?.word();
        let mut cases = Vec::new();
        for case in node.all(Rule::tone_case) {
            if let (Some(tone), Some(when)) = (case.part(Rule::name), self.when(&case)) {
                cases.push(ToneCase {
                    tone: tone.word(),
                    when,
                });
            }
        }
        Some(SettingKind::Tone { default, cases })
    }

    fn send(&mut self, node: &Node<'_>) -> SettingKind {
        let days = node.part(Rule::send_days).map(|n| self.send_days(&n));
        let time = node.part(Rule::send_time).and_then(|n| {
            let mut times = n.all(Rule::time);
            let (from, to) = (times.next()?, times.next()?);
            let (from, to) = (self.time(&from), self.time(&to));
            Some(Spanned {
                value: SendTime { from: from?, to: to? },
                span: n.span(),
            })
        });
        let zone = node.part(Rule::send_zone).and_then(|n| {
            let name = n.part(Rule::zone)?;
            let value = match name.text() {
                "customer" => ZoneChoice::Customer,
                "company" => ZoneChoice::Company,
                other => ZoneChoice::Named(other.to_owned()),
            };
            Some(Spanned {
                value,
                span: name.span(),
            })
        });
        SettingKind::Send { days, time, zone }
    }

    fn send_days(&mut self, node: &Node<'_>) -> Spanned<SendDays> {
        let span = node.span();
        let value = if node.has(Rule::kw_every) {
            SendDays::EveryDay
        } else if let Some(calendar) = node.part(Rule::name) {
            SendDays::BusinessDaysOf(calendar.word())
        } else {
            let message = "Business days of which calendar?";
            let d = Diagnostic::error(
                &codes::CALENDAR_NOT_NAMED,
                span,
                message,
                "no calendar is named here",
            );
            self.report(d.help("name one, as in `send on business days of france`"));
            SendDays::EveryDay
        };
        Spanned { value, span }
    }

    fn group(&mut self, node: &Node<'_>) -> Option<Spanned<Grouping>> {
        let span = node.span();
        let value = match node.text() {
            "customer" => Grouping::Customer,
            "invoice" => Grouping::Invoice,
            other => {
                let message = format!("Messages cannot be grouped by `{other}`.");
                let d = Diagnostic::error(&codes::UNKNOWN_GROUPING, span, message, "not a way of grouping")
                    .help("write `group by customer` or `group by invoice`");
                self.report(d.suggest(span, likely(other, ["customer", "invoice"])));
                return None;
            }
        };
        Some(Spanned { value, span })
    }

    fn ignore(&mut self, node: &Node<'_>) -> Option<SettingKind> {
        if let Some(bare) = node.part(Rule::bare_amount) {
            let span = bare.span();
            let d = Diagnostic::error(
                &codes::CURRENCY_MISSING,
                span,
                "This amount has no currency.",
                "in which currency?",
            );
            let right = format!("{} EUR", bare.text().trim());
            self.report(d.help(format!("write the currency after it: `{right}`")));
            return None;
        }
        let amount = node.part(Rule::amount)?;
        Some(SettingKind::Ignore(self.amount(&amount)?))
    }
}

fn language(node: &Node<'_>) -> Spanned<LanguageChoice> {
    let text = node.text().to_owned();
    let value = if text.contains('.') {
        LanguageChoice::Fact(text)
    } else {
        LanguageChoice::Fixed(text)
    };
    Spanned {
        value,
        span: node.span(),
    }
}

fn contact(node: &Node<'_>) -> Spanned<ContactChoice> {
    let value = match node.part(Rule::name) {
        Some(role) => ContactChoice::Role(role.word()),
        None => ContactChoice::Main,
    };
    Spanned {
        value,
        span: node.span(),
    }
}

fn hold(node: &Node<'_>) -> Option<Spanned<HoldKind>> {
    let value = match node.first()?.rule() {
        Rule::kw_disputed => HoldKind::Disputed,
        Rule::kw_promised => HoldKind::Promised,
        Rule::kw_unallocated => HoldKind::UnallocatedCash,
        _ => HoldKind::OnPlan,
    };
    Some(Spanned {
        value,
        span: node.span(),
    })
}
