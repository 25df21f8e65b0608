//! Interest and fee that messages name, against what was expected.

use chrono::NaiveDate;
use relance_dsl::checked::Charge;
use relance_dsl::lang::Lang;
use relance_dsl::money::Money;
use rust_decimal::Decimal;

use super::act::Done;
use super::judge::Judge;
use crate::charges::Claim;
use crate::ids::InvoiceId;

impl Judge<'_> {
    /// What came instead of an amount, and its lines.
    pub(super) fn charged(
        &self,
        what: Charge,
        wanted: Money,
        of: Option<&str>,
        on: Option<NaiveDate>,
    ) -> Option<(Vec<String>, Vec<String>)> {
        let of = of.map(|name| self.id(name));
        let on_day = |done: &&Done| on.is_none_or(|on| on == done.day);
        let of_it: Vec<&Done> = self.course.done.iter().filter(|done| done.concerns(of)).collect();
        let claims: Vec<(&Done, Vec<(InvoiceId, &Claim)>)> = of_it
            .iter()
            .filter(|done| on_day(done))
            .map(|done| (*done, claims_of(done, of)))
            .filter(|(_, claims)| !claims.is_empty())
            .collect();
        let came = |claims: &[(InvoiceId, &Claim)]| total(what, claims.iter().map(|(_, claim)| *claim));
        let is_wanted = |sums: &[Money]| match sums {
            [] => wanted.amount == Decimal::ZERO,
            [sum] => *sum == wanted,
            _ => false,
        };
        let nothing = claims.is_empty() && wanted.amount == Decimal::ZERO;
        if nothing || claims.iter().any(|(_, claims)| is_wanted(&came(claims))) {
            return None;
        }
        let mut instead = Vec::new();
        let mut why = Vec::new();
        for (done, claims) in &claims {
            instead.push(self.it_was(done, &came(claims), wanted));
            let told = claims.iter().filter_map(|(id, claim)| {
                let invoice = self.course.facts.invoices.iter().find(|i| i.id == *id)?;
                Some(crate::charges::reasons(invoice, claim, None))
            });
            why.extend(told.flatten().map(|reason| self.reason(&reason, self.lang)));
        }
        if claims.is_empty() {
            instead.push(match (self.lang, on) {
                (Lang::English, Some(day)) => format!("On {day} nothing was charged."),
                (Lang::French, Some(day)) => format!("Le {day}, rien n'a été facturé."),
                (Lang::English, None) => "Nothing was ever charged.".to_owned(),
                (Lang::French, None) => "Rien n'a jamais été facturé.".to_owned(),
            });
            let others = of_it.iter().filter(|done| !claims_of(done, of).is_empty());
            instead.extend(others.map(|done| match self.lang {
                Lang::English => format!("It was charged on another day: {}", done.line),
                Lang::French => format!("C'est venu un autre jour : {}", done.line),
            }));
        }
        Some((instead, why))
    }

    fn it_was(&self, done: &Done, came: &[Money], wanted: Money) -> String {
        let day = done.day;
        let written = match came {
            [] => Money::zero(wanted.currency).to_string(),
            sums => sums
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join(" + "),
        };
        let difference = match came {
            [sum] => sum.checked_add(Money::new(-wanted.amount, wanted.currency)),
            [] => Some(Money::new(-wanted.amount, wanted.currency)),
            _ => None,
        };
        match (self.lang, difference) {
            (Lang::English, Some(d)) => format!(
                "On {day} it was {written}, {} than expected.",
                more_or_less(d, self.lang)
            ),
            (Lang::French, Some(d)) => format!(
                "Le {day}, c'était {written}, {} que prévu.",
                more_or_less(d, self.lang)
            ),
            (Lang::English, None) => format!("On {day} it was {written}."),
            (Lang::French, None) => format!("Le {day}, c'était {written}."),
        }
    }
}

fn more_or_less(difference: Money, lang: Lang) -> String {
    let amount = Money::new(difference.amount.abs(), difference.currency);
    let word = if difference.amount > Decimal::ZERO {
        lang.pick("more", "de plus")
    } else {
        lang.pick("less", "de moins")
    };
    format!("{amount} {word}")
}

/// What an act claims, of one invoice or of all.
fn claims_of(done: &Done, of: Option<InvoiceId>) -> Vec<(InvoiceId, &Claim)> {
    let items = done.action.items.iter();
    items
        .filter(|item| of.is_none_or(|id| item.invoice == id))
        .filter_map(|item| Some((item.invoice, item.claim.as_ref()?)))
        .collect()
}

/// One sum for each currency.
fn total<'c>(what: Charge, claims: impl Iterator<Item = &'c Claim>) -> Vec<Money> {
    let mut sums: Vec<Money> = Vec::new();
    for claim in claims {
        let part: Vec<Money> = match what {
            Charge::LateInterest => claim.lines.iter().map(|line| line.amount).collect(),
            Charge::RecoveryFee => claim.fee.into_iter().collect(),
        };
        for amount in part {
            match sums.iter_mut().find(|sum| sum.currency == amount.currency) {
                Some(sum) => sum.amount = sum.amount.saturating_add(amount.amount),
                None => sums.push(amount),
            }
        }
    }
    sums
}
