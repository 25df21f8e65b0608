//! What is asked for beside the invoices, in the words of a message: a line of interest for each stretch of time, then the fee.

use chrono::NaiveDate;
use relance_rules::charges::{Claim, InterestLine};

use super::ChargeWords;
use super::language::MessageLanguage;

/// The charges that a claim on an invoice names.
pub(super) fn words(language: MessageLanguage, invoice: &str, claim: &Claim) -> Vec<ChargeWords> {
    let mut charges: Vec<ChargeWords> = claim
        .lines
        .iter()
        .map(|line| ChargeWords {
            name: interest(language, invoice),
            amount: line.amount,
            detail: Some(detail(language, line)),
        })
        .collect();
    charges.extend(claim.fee.map(|amount| ChargeWords {
        name: fee(language, invoice),
        amount,
        detail: None,
    }));
    charges
}

fn interest(language: MessageLanguage, invoice: &str) -> String {
    match language {
        MessageLanguage::Fr => format!("Intérêts de retard, facture {invoice}"),
        MessageLanguage::En => format!("Interest for late payment, invoice {invoice}"),
        MessageLanguage::De => format!("Verzugszinsen, Rechnung {invoice}"),
        MessageLanguage::Es => format!("Intereses de demora, factura {invoice}"),
        MessageLanguage::It => format!("Interessi di mora, fattura {invoice}"),
    }
}

fn fee(language: MessageLanguage, invoice: &str) -> String {
    match language {
        MessageLanguage::Fr => {
            format!("Indemnité forfaitaire pour frais de recouvrement, facture {invoice}")
        }
        MessageLanguage::En => format!("Fixed sum for recovery costs, invoice {invoice}"),
        MessageLanguage::De => format!("Verzugspauschale, Rechnung {invoice}"),
        MessageLanguage::Es => format!("Cantidad fija por costes de cobro, factura {invoice}"),
        MessageLanguage::It => format!("Importo forfettario per spese di recupero, fattura {invoice}"),
    }
}

/// Base, rate and days, so that whoever is charged can compute it again.
fn detail(language: MessageLanguage, line: &InterestLine) -> String {
    let base = language.money(line.base);
    let rate = language.percent(line.rate);
    let day = |date: NaiveDate| language.date(date);
    let (from, to, days) = (day(line.from), day(line.to), line.days);
    let unit = |one: &'static str, many: &'static str| if days == 1 { one } else { many };
    match language {
        MessageLanguage::Fr => {
            let unit = unit("jour", "jours");
            format!("{base} à {rate} l'an, du {from} au {to}, {days} {unit} / 365")
        }
        MessageLanguage::En => {
            let unit = unit("day", "days");
            format!("{base} at {rate} a year, {from} to {to}, {days} {unit} / 365")
        }
        MessageLanguage::De => {
            let unit = unit("Tag", "Tage");
            format!("{base} zu {rate} jährlich, {from} bis {to}, {days} {unit} / 365")
        }
        MessageLanguage::Es => {
            let unit = unit("día", "días");
            format!("{base} al {rate} anual, del {from} al {to}, {days} {unit} / 365")
        }
        // No preposition before days and rates: it would have to be elided before 8 and 11.
        MessageLanguage::It => {
            let unit = unit("giorno", "giorni");
            format!("{base}, tasso annuo {rate}, periodo {from} - {to}, {days} {unit} / 365")
        }
    }
}
