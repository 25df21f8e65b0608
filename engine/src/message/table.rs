//! `table(invoices)`: the invoices of a message as a Markdown table, with a total for each currency.

use minijinja::value::Value;
use minijinja::{Error, State};
use relance_rules::dsl::money::Money;
use relance_rules::dsl::text;

use super::language::MessageLanguage;
use super::markdown::escaped_line;
use super::trouble::refused;
use super::values::{Amount, language};

/// Headings: number, issued, due, amount, balance, level, total.
pub(super) fn headings(language: MessageLanguage) -> [&'static str; 7] {
    match language {
        MessageLanguage::Fr => [
            "Facture",
            "Date",
            "Échéance",
            "Montant",
            "Reste dû",
            "Relance",
            "Total",
        ],
        MessageLanguage::En => ["Invoice", "Date", "Due", "Amount", "Balance", "Reminder", "Total"],
        MessageLanguage::De => [
            "Rechnung",
            "Datum",
            "Fällig am",
            "Betrag",
            "Offen",
            "Mahnstufe",
            "Summe",
        ],
        MessageLanguage::Es => [
            "Factura",
            "Fecha",
            "Vencimiento",
            "Importe",
            "Pendiente",
            "Aviso",
            "Total",
        ],
        MessageLanguage::It => [
            "Fattura",
            "Data",
            "Scadenza",
            "Importo",
            "Residuo",
            "Sollecito",
            "Totale",
        ],
    }
}

/// The function that templates call.
pub(super) fn table(state: &mut State<'_, '_>, invoices: Value) -> Result<Value, Error> {
    let language = language(state);
    let [number, issued, due, amount, balance, level, total] = headings(language);
    let rows: Vec<Value> = invoices.try_iter()?.collect();
    let with_level = rows
        .iter()
        .any(|row| row.get_attr("level").is_ok_and(|level| !level.is_none()));
    let mut text = format!("| {number} | {issued} | {due} | {amount} | {balance} |");
    text.push_str(&if with_level {
        format!(" {level} |\n")
    } else {
        "\n".to_owned()
    });
    text.push_str("| --- | --- | --- | ---: | ---: |");
    text.push_str(if with_level { " ---: |\n" } else { "\n" });
    let mut totals: Vec<Money> = Vec::new();
    for row in &rows {
        let cell = |name: &str| -> Result<String, Error> {
            let value = row.get_attr(name)?;
            if value.is_undefined() {
                return Err(refused(text!(
                    "table() takes `invoices`, or some of them: write table(invoices)",
                    "table() prend `invoices`, ou une partie d'entre elles : écrivez table(invoices)"
                )));
            }
            Ok(if value.is_none() {
                String::new()
            } else {
                escaped_line(&value.to_string())
            })
        };
        text.push_str(&format!(
            "| {} | {} | {} | {} | {} |",
            cell("number")?,
            cell("issued")?,
            cell("due")?,
            cell("amount")?,
            cell("balance")?
        ));
        text.push_str(&if with_level {
            format!(" {} |\n", cell("level")?)
        } else {
            "\n".to_owned()
        });
        if let Some(balance) = row.get_attr("balance")?.downcast_object_ref::<Amount>() {
            add(&mut totals, balance.money);
        }
    }
    if rows.len() > 1 {
        for sum in totals {
            let sum = escaped_line(&language.money(sum));
            text.push_str(&format!("| **{total}** | | | | **{sum}** |"));
            text.push_str(if with_level { " |\n" } else { "\n" });
        }
    }
    Ok(Value::from_safe_string(text))
}

/// Adds an amount to the sum of its currency. A sum beyond what can be counted stays where it is.
pub(super) fn add(totals: &mut Vec<Money>, amount: Money) {
    match totals.iter_mut().find(|total| total.currency == amount.currency) {
        Some(total) => *total = total.checked_add(amount).unwrap_or(*total),
        None => totals.push(amount),
    }
}
