//! The settings of a scenario.

use super::grammar::Rule;
use super::node::Node;
use super::reader::Reader;
use crate::ast::{
    ContactChoice, Grouping, HoldKind, LanguageChoice, SendDays, SendTime, Setting, SettingKind, Spanned,
    ToneCase, ZoneChoice,
};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::text;

/// Ways of grouping: English, French, what they are.
pub(crate) const GROUPINGS: [(&str, &str, Grouping); 2] = [
    ("customer", "client", Grouping::Customer),
    ("invoice", "facture", Grouping::Invoice),
];

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
            Rule::group => SettingKind::Group(self.group(&node.part(Rule::grouping)?)),
            Rule::ignore => SettingKind::Ignore(self.amount_or_bare(node)?),
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
        let default = node.part(Rule::tone_name)?.word();
        let mut cases = Vec::new();
        for case in node.all(Rule::tone_case) {
            if let (Some(tone), Some(when)) = (case.part(Rule::tone_name), self.when(&case)) {
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
            let choice = n.first()?;
            let (value, span) = match choice.rule() {
                Rule::customer_time => (ZoneChoice::Customer, choice.span()),
                Rule::company_time => (ZoneChoice::Company, choice.span()),
                _ => {
                    let zone = choice.part(Rule::zone)?;
                    (ZoneChoice::Named(zone.text().to_owned()), zone.span())
                }
            };
            Some(Spanned { value, span })
        });
        SettingKind::Send { days, time, zone }
    }

    fn send_days(&mut self, node: &Node<'_>) -> Spanned<SendDays> {
        let span = node.span();
        let value = if node.has(Rule::every_day) {
            SendDays::EveryDay
        } else if let Some(calendar) = node.part(Rule::name) {
            SendDays::BusinessDaysOf(calendar.word())
        } else {
            let d = Diagnostic::error(
                &codes::CALENDAR_NOT_NAMED,
                span,
                text!(
                    "Business days of which calendar?",
                    "Les jours ouvrés de quel calendrier ?"
                ),
                text!("no calendar is named here", "aucun calendrier n'est nommé ici"),
            );
            self.report(d.help(text!(
                "name one, as in `send on business days of france`",
                "nommez-en un, comme dans `envoyer les jours ouvrés de france`"
            )));
            SendDays::EveryDay
        };
        Spanned { value, span }
    }

    fn group(&self, node: &Node<'_>) -> Spanned<Grouping> {
        let word = node.word();
        let lang = self.lang;
        let found = GROUPINGS
            .iter()
            .find(|(en, fr, _)| lang.pick(*en, *fr) == word.value);
        Spanned {
            value: found.map_or_else(|| Grouping::Fact(word), |(_, _, value)| value.clone()),
            span: node.span(),
        }
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
    let value = match node.part(Rule::contact_role) {
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
        Rule::cash_covers => HoldKind::UnallocatedCash,
        _ => HoldKind::OnPlan,
    };
    Some(Spanned {
        value,
        span: node.span(),
    })
}
