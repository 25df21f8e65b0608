//! Tables of charges, and what steps charge.

use chrono::NaiveDate;

use super::Checker;
use super::declarations::name;
use super::listed::List;
use crate::ast::{self, BrokenKind, Word};
use crate::checked::{Charge, Charges, Interest, Rates};
use crate::codes;
use crate::diagnostic::{Diagnostic, likely};
use crate::money::Money;
use crate::span::Span;
use crate::text;

/// What can be charged: English, French, what it is.
pub(crate) const KINDS: [(&str, &str, Charge); 2] = [
    ("late_interest", "intérêts_de_retard", Charge::LateInterest),
    ("recovery_fee", "indemnité_de_recouvrement", Charge::RecoveryFee),
];

impl<'a> Checker<'a> {
    /// All tables.
    pub(super) fn charges(&mut self) -> Vec<Charges> {
        let declared = self.names.charges.clone();
        self.distinct(
            &text!("tables of charges", "tables de frais"),
            declared.iter().map(|c| &c.declared),
        );
        declared
            .iter()
            .map(|table| {
                let interest = self.rates(table);
                let fees: Vec<Money> = table
                    .fees
                    .iter()
                    .filter_map(|fee| {
                        let (amount, currency) = &fee.value;
                        self.currency(currency).map(|c| Money::new(*amount, c))
                    })
                    .collect();
                if let [first, again, ..] = table.fees.as_slice() {
                    let d = Diagnostic::error(
                        &codes::SETTING_TWICE,
                        again.span,
                        text!(
                            "`recovery_fee` stands twice in this table.",
                            "`indemnité_de_recouvrement` figure deux fois dans cette table."
                        ),
                        text!("a second one", "une seconde fois"),
                    );
                    let label = text!("the first one", "la première fois");
                    self.report(
                        d.also(first.span, label)
                            .help(text!("keep one of them", "gardez-en une")),
                    );
                }
                Charges {
                    name: name(&table.declared),
                    interest,
                    fee: fees.into_iter().next(),
                }
            })
            .collect()
    }

    /// The rates of a table: one for all days, or one from each of its days on.
    fn rates(&mut self, table: &ast::Charges) -> Rates {
        let agreed = table.interest.iter().find(|line| line.from.is_none());
        if let Some(agreed) = agreed {
            let others = table.interest.iter().filter(|line| line.span != agreed.span);
            let other = others.map(|line| line.span).chain(table.first_rate).next();
            if let Some(other) = other {
                self.exclude_each_other(agreed.span, other);
            }
            return Rates::Agreed(agreed.rate.value);
        }
        let days: Vec<(NaiveDate, &ast::InterestLine)> = table
            .interest
            .iter()
            .filter_map(|line| Some((line.from.as_ref()?.value, line)))
            .collect();
        for pair in days.windows(2) {
            if let [(before, first), (after, second)] = pair
                && after <= before
            {
                self.earlier_than(first, second);
            }
        }
        let rates: Vec<Interest> = days
            .iter()
            .map(|(from, line)| Interest {
                from: *from,
                rate: line.rate.value,
            })
            .collect();
        if rates.is_empty() {
            if let Some(first_rate) = table.first_rate
                && !self.may_be_hidden(&[BrokenKind::Declaration])
            {
                self.no_rate(first_rate);
            }
            return Rates::None;
        }
        Rates::Dated {
            rates,
            first_day: table.first_rate.is_some(),
        }
    }

    fn exclude_each_other(&mut self, agreed: Span, other: Span) {
        let (first, second) = if agreed.start < other.start {
            (agreed, other)
        } else {
            (other, agreed)
        };
        let d = Diagnostic::error(
            &codes::RATES_EXCLUDE,
            second,
            text!(
                "A rate without a day serves on every day: nothing else can be said of interest in this table.",
                "Un taux sans date vaut tous les jours : rien d'autre ne peut être dit des intérêts dans cette table."
            ),
            text!("this or the other", "ceci ou l'autre"),
        );
        let label = text!("the other one", "l'autre");
        self.report(d.also(first, label).help(text!(
            "keep the rate that was agreed by contract, or give each rate its first day: `late_interest from 2026-01-01 12.15 %`",
            "gardez le taux convenu par contrat, ou donnez à chaque taux son premier jour : `intérêts_de_retard dès 2026-01-01 12,15 %`"
        )));
    }

    fn no_rate(&mut self, first_rate: Span) {
        let d = Diagnostic::error(
            &codes::RATES_EXCLUDE,
            first_rate,
            text!(
                "The rate of the first day is asked for, and this table has no rate with a day.",
                "Le taux du premier jour est demandé, et cette table n'a aucun taux daté."
            ),
            text!("which rate?", "quel taux ?"),
        );
        self.report(d.help(text!(
            "write the rates beside it: `late_interest from 2026-01-01 10.15 %`",
            "écrivez les taux à côté : `intérêts_de_retard dès 2026-01-01 10,15 %`"
        )));
    }

    fn earlier_than(&mut self, before: &ast::InterestLine, after: &ast::InterestLine) {
        let place = |line: &ast::InterestLine| line.from.as_ref().map_or(line.span, |from| from.span);
        let d = Diagnostic::error(
            &codes::RATES_OUT_OF_ORDER,
            place(after),
            text!(
                "This rate does not come later than the one before it.",
                "Ce taux n'est pas postérieur à celui qui le précède."
            ),
            text!("too early", "trop tôt"),
        );
        let label = text!("the one before it", "celui qui le précède");
        self.report(d.also(place(before), label).help(text!(
            "write the rates in the order of their first days",
            "écrivez les taux dans l'ordre de leurs premiers jours"
        )));
    }

    /// That charges are named to somebody: beside approvals, something else is done.
    pub(super) fn charge_of_something(&mut self, acts: &[ast::Act]) {
        let names_none = |act: &ast::Act| {
            matches!(
                act.kind,
                ast::ActKind::Charge { .. } | ast::ActKind::Approve { .. }
            )
        };
        let charge = acts
            .iter()
            .find(|act| matches!(act.kind, ast::ActKind::Charge { .. }));
        let Some(charge) = charge else { return };
        if !acts.iter().all(names_none) || self.may_be_hidden(&[BrokenKind::Step]) {
            return;
        }
        let d = Diagnostic::error(
            &codes::CHARGE_ALONE,
            charge.span,
            text!(
                "Something is charged, and nothing tells the customer.",
                "On facture quelque chose, et rien ne l'annonce au client."
            ),
            text!("named by nothing", "annoncé par rien"),
        );
        self.report(d.help(text!(
            "write the message that names it beside it: `email template formal_notice`",
            "écrivez à côté le message qui l'annonce : `email modèle formal_notice`"
        )));
    }

    /// Something that is charged; reported when it is unknown.
    pub(super) fn charge_kind(&mut self, word: &Word) -> Option<Charge> {
        let value = &word.value;
        let list = List {
            values: KINDS.iter().map(|(en, fr, _)| (*en, *fr)).collect(),
            code: &codes::UNKNOWN_CHARGE,
            message: text!(
                "`{value}` cannot be charged.",
                "On ne peut pas facturer `{value}`."
            ),
            label: text!("unknown charge", "frais inconnus"),
            these: text!("what can be charged:", "on peut facturer :"),
        };
        let found = self.listed(word, &list)?;
        KINDS
            .iter()
            .find(|(en, _, _)| *en == found)
            .map(|(_, _, kind)| *kind)
    }

    /// The table that a step charges by: the one that it names, or the only one.
    pub(super) fn charges_of(&mut self, of: Option<&Word>, span: Span) -> Option<&'a ast::Charges> {
        let tables = self.names.charges.clone();
        if self.may_be_hidden(&[BrokenKind::Declaration]) {
            return None;
        }
        let Some(word) = of else {
            if let [only] = tables.as_slice() {
                return Some(only);
            }
            let (message, help) = if tables.is_empty() {
                (
                    text!(
                        "Nothing says how much is charged.",
                        "Rien ne dit combien on facture."
                    ),
                    text!(
                        "write `use std.france` for the legal rates of France, or declare a table `charges ... {{ }}`",
                        "écrivez `utiliser std.france` pour les taux légaux en France, ou déclarez une table `frais ... {{ }}`"
                    ),
                )
            } else {
                (
                    text!(
                        "Charged by which table? There are several.",
                        "Facturé selon quelle table ? Il y en a plusieurs."
                    ),
                    text!(
                        "name one, as in `charge recovery_fee of france`",
                        "nommez-en une, comme dans `facturer indemnité_de_recouvrement de france`"
                    ),
                )
            };
            let label = text!("how much?", "combien ?");
            let d = Diagnostic::error(&codes::CHARGES_MISSING, span, message, label);
            self.report(d.help(help));
            return None;
        };
        let found = tables
            .iter()
            .find(|t| t.declared.name.value == word.value)
            .copied();
        if found.is_none() {
            let name = &word.value;
            let d = Diagnostic::error(
                &codes::CHARGES_MISSING,
                word.span,
                text!(
                    "There is no table of charges `{name}`.",
                    "Il n'y a pas de table de frais `{name}`."
                ),
                text!("unknown table", "table inconnue"),
            );
            let names = tables.iter().map(|t| t.declared.name.value.as_str());
            let offered = self.surroundings.offering(|o| &o.charges, name);
            self.report(d.suggest(word.span, likely(name, names)).offer(&offered));
        }
        found
    }

    /// That the table says how much each thing is.
    pub(super) fn charge_is_there(&mut self, table: Option<&ast::Charges>, kinds: &[Charge], span: Span) {
        let Some(table) = table else { return };
        for kind in kinds {
            let missing = match kind {
                Charge::LateInterest => table.interest.is_empty(),
                Charge::RecoveryFee => table.fees.is_empty(),
            };
            if !missing {
                continue;
            }
            let Some((en, fr, _)) = KINDS.iter().find(|(_, _, k)| k == kind) else {
                continue;
            };
            let name = &table.declared.name.value;
            let d = Diagnostic::error(
                &codes::CHARGES_MISSING,
                span,
                text!(
                    "Table `{name}` does not say how much `{en}` is.",
                    "La table `{name}` ne dit pas combien fait `{fr}`."
                ),
                text!("how much?", "combien ?"),
            );
            let label = text!("this table", "cette table");
            self.report(d.also(table.declared.name.span, label));
        }
    }
}
