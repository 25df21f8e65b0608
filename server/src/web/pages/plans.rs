//! Payment plans on a customer's page: agreed, how far they have come, cancelled.

use axum::Router;
use axum::extract::{Path, State};
use axum::response::Redirect;
use axum::routing::post;
use chrono::NaiveDate;
use maud::{Markup, html};
use relance_engine::store::companies::Company;
use relance_engine::store::plans::{NewPlan, Parts, PlanState, StoredPlan};
use relance_engine::views::invoices::InvoiceLine;
use relance_rules::dsl::lang::Text;
use relance_rules::dsl::money::{Currency, Money};
use relance_rules::ids::{InvoiceId, PaymentPlanId};
use relance_rules::plans::{ShareState, shares};
use relance_rules::promises::Grace;
use relance_rules::words as rule_words;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::customer_forms::{amount, back, day, doer, one_button, own};
use crate::web::auth::form::Checked;
use crate::web::auth::rank::CreditManager;
use crate::web::auth::visitor::{As, Visitor};
use crate::web::draft::Draft;
use crate::web::layout;
use crate::web::paths;
use crate::web::problem::Problem;
use crate::web::state::App;
use crate::web::words::Words;
use crate::work::Doer;

/// What stands before a currency in the choice of all overdue invoices in it.
const ALL: &str = "all:";

/// Instalments that the form proposes.
const PROPOSED: usize = 3;

/// Routes of these forms.
pub fn routes() -> Router<App> {
    let at = |path: &str| format!("/c/{{company}}/customers/{{number}}/{path}");
    Router::new()
        .route(&at("plan"), post(make))
        .route(&at("plan/{id}/cancel"), post(cancel))
}

#[derive(Debug, Deserialize)]
struct Fields {
    invoice: String,
    parts: usize,
    first: String,
    written: String,
    note: String,
}

async fn make(
    State(app): State<App>,
    visitor: As<CreditManager>,
    Path((code, number)): Path<(String, String)>,
    Checked(fields): Checked<Fields>,
) -> Result<Redirect, Problem> {
    let (doer, w) = (doer(&app, &visitor, &code)?, visitor.words);
    let parts = match written(w, &fields.written)? {
        parts if !parts.is_empty() => Parts::Written(parts),
        _ => Parts::Equal {
            count: fields.parts,
            first: day(w, &fields.first)?.ok_or_else(|| Problem::Form(Text::same(w.bad_day(""))))?,
        },
    };
    let (today, _) = app.today(doer.company);
    let new = NewPlan {
        invoices: wanted(&doer, &number, &fields.invoice, today).await?,
        parts,
        note: fields.note,
    };
    doer.plan(&new).await?;
    Ok(back(&code, &number, "plan"))
}

/// The invoice of the form, or all that are overdue in a currency.
async fn wanted(
    doer: &Doer<'_>,
    number: &str,
    choice: &str,
    today: NaiveDate,
) -> Result<Vec<InvoiceId>, Problem> {
    let Some(currency) = choice.strip_prefix(ALL) else {
        return Ok(vec![own(doer, number, choice).await?]);
    };
    let customer = doer.customer(number).await?;
    let all = doer.invoices(customer).await?.into_iter();
    let overdue = all.filter(|i| is_overdue(i, today) && i.open.currency.code() == currency);
    Ok(overdue.map(|i| i.id).collect())
}

fn is_overdue(invoice: &InvoiceLine, today: NaiveDate) -> bool {
    invoice.settled_on.is_none() && !invoice.credit_note && invoice.due < today
}

/// Instalments as they are written, one a line: a day and an amount.
fn written(w: &Words, text: &str) -> Result<Vec<(NaiveDate, Decimal)>, Problem> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines
        .map(|line| {
            let (on, sum) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
            let on = day(w, on)?.ok_or_else(|| Problem::Form(Text::same(w.bad_day(line))))?;
            let sum = amount(w, sum)?.ok_or_else(|| Problem::Form(Text::same(w.bad_amount(line))))?;
            Ok((on, sum))
        })
        .collect()
}

#[derive(Debug, Deserialize)]
struct Nothing {}

async fn cancel(
    State(app): State<App>,
    visitor: As<CreditManager>,
    Path((code, number, id)): Path<(String, String, i64)>,
    Checked(Nothing {}): Checked<Nothing>,
) -> Result<Redirect, Problem> {
    doer(&app, &visitor, &code)?
        .cancel_plan(PaymentPlanId(id), "")
        .await?;
    Ok(back(&code, &number, "plan_cancelled"))
}

/// The form for a new plan, folded away until it is wanted.
pub fn form(
    visitor: &Visitor,
    company: &Company,
    number: &str,
    open: &[&InvoiceLine],
    draft: &Draft,
    today: NaiveDate,
) -> Markup {
    let w = visitor.words;
    let action = format!("{}/plan", paths::customer(&company.code, number));
    let t = draft.of(&action);
    let first = today
        .checked_add_months(chrono::Months::new(1))
        .unwrap_or(today)
        .to_string();
    let proposed = PROPOSED.to_string();
    html! {
        details #plan open[t.refused()] { summary { (w.make_plan) }
            form .stack method="post" action=(action) { (layout::csrf(visitor)) (t.why())
                label { (w.invoice) select name="invoice" required {
                    @for (currency, sum) in overdue(open, today) {
                        @let all = format!("{ALL}{}", currency.code());
                        option value=(all) selected[t.chose("invoice", &all, false)] {
                        (w.all_overdue) " – " (rule_words::money(sum, w.language)) } }
                    @for invoice in open { option value=(invoice.number) selected[t.chose("invoice", &invoice.number, false)] {
                        (invoice.number) " – " (rule_words::money(invoice.open, w.language)) } }
                } }
                label { (w.instalments) input type="number" name="parts" min="1" max="120" value=(t.or("parts", &proposed)) required; }
                label { (w.first_instalment) input type="date" name="first" value=(t.or("first", &first)) min=(today); }
                label { (w.or_written) " " small { (w.or_written_help) } textarea name="written" rows="3" maxlength="4000" { (t.or("written", "")) } }
                label { (w.note) textarea name="note" rows="2" maxlength="2000" { (t.or("note", "")) } }
                button { (w.make_plan) }
            } }
    }
}

/// What is overdue, one sum for each currency.
fn overdue(open: &[&InvoiceLine], today: NaiveDate) -> Vec<(Currency, Money)> {
    let mut sums: Vec<(Currency, Money)> = Vec::new();
    for invoice in open.iter().filter(|i| is_overdue(i, today)) {
        let currency = invoice.open.currency;
        match sums.iter_mut().find(|(known, _)| *known == currency) {
            Some((_, sum)) => sum.amount = sum.amount.saturating_add(invoice.open.amount),
            None => sums.push((currency, invoice.open)),
        }
    }
    sums
}

/// One plan, with its instalments.
pub fn line(
    visitor: &Visitor,
    company: &Company,
    number: &str,
    stored: &StoredPlan,
    grace: &Grace,
    today: NaiveDate,
) -> Markup {
    let w = visitor.words;
    let money = |amount| rule_words::money(amount, w.language);
    let running = stored.state == PlanState::Running;
    let numbers: Vec<&str> = stored.invoices.iter().map(|i| i.number.as_str()).collect();
    let parts = shares(&stored.plan, grace, today);
    let action = format!(
        "{}/plan/{}/cancel",
        paths::customer(&company.code, number),
        stored.id
    );
    html! {
        span .tag.fair[running] { (w.plan_state(stored.state)) } " "
        (w.plan) " " (numbers.join(", "))
        @if !stored.note.is_empty() { ": " (stored.note) }
        " " small { (w.date(stored.plan.made_on)) @if let Some(day) = stored.plan.ended_on { " – " (w.date(day)) } ", " (stored.made_by) }
        @if running && visitor.may(relance_engine::store::users::Role::CreditManager) {
            " " (one_button(visitor, &action, html! {}, w.cancel_plan))
        }
        ol .instalments { @for (instalment, share) in stored.plan.instalments.iter().zip(&parts) { li {
            (w.date(instalment.due)) " – " (money(instalment.amount)) " "
            @match share.state {
                ShareState::Paid(on) => { small { (w.paid_on) " " (w.date(on)) } }
                _ if !running => {}
                ShareState::Due => {}
                ShareState::Late => { span .tag.fair { (w.may_be_paid_until) " " (w.date(share.last_day)) } }
                ShareState::Missed => { span .tag.bad { (w.missed) } }
            }
            @if !share.paid.amount.is_zero() && !matches!(share.state, ShareState::Paid(_)) {
                " " small { (w.of_which_paid) " " (money(share.paid)) }
            }
        } } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instalments_are_written_one_a_line_as_people_write_them() {
        let w = Words::of("fr");
        let parts = written(w, "2026-04-01 1 234,50\n\n 2026-05-04   300 ").unwrap();
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(
            parts,
            [
                (day("2026-04-01"), Decimal::new(123_450, 2)),
                (day("2026-05-04"), Decimal::from(300))
            ]
        );
        for bad in ["2026-04-01", "demain 300", "2026-04-01 mille"] {
            assert!(matches!(written(w, bad), Err(Problem::Form(_))), "{bad}");
        }
    }
}
