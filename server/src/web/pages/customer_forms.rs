//! What a collector notes on a customer's page: promises, disputes, holds, notes.

use axum::Router;
use axum::extract::{Path, State};
use axum::response::Redirect;
use axum::routing::post;
use chrono::NaiveDate;
use maud::{Markup, html};
use relance_engine::store::StoreError;
use relance_engine::store::companies::Company;
use relance_engine::store::holds::{BlockKind, NewHold};
use relance_engine::store::users::Role;
use relance_engine::views::customer::CustomerHead;
use relance_engine::views::invoices::InvoiceLine;
use relance_rules::dsl::lang::Text;
use relance_rules::ids::{DisputeId, HoldId, InvoiceId, PromiseId};
use relance_rules::words as rule_words;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::web::auth::form::Checked;
use crate::web::auth::rank::{Collector, CreditManager};
use crate::web::auth::visitor::{As, Visitor};
use crate::web::draft::{Draft, Typed};
use crate::web::layout;
use crate::web::parts::titles::Titles;
use crate::web::paths;
use crate::web::problem::Problem;
use crate::web::state::App;
use crate::web::words::Words;
use crate::work::Doer;

/// Routes of these forms.
pub fn routes() -> Router<App> {
    let at = |path: &str| format!("/c/{{company}}/customers/{{number}}/{path}");
    Router::new()
        .route(&at("promise"), post(promise))
        .route(&at("promise/{id}/withdraw"), post(withdraw))
        .route(&at("dispute"), post(dispute))
        .route(&at("dispute/{id}/close"), post(close))
        .route(&at("hold"), post(hold))
        .route(&at("hold/{id}/end"), post(end))
        .route(&at("note"), post(note))
}

pub(super) fn doer<'a>(app: &'a App, visitor: &'a Visitor, code: &str) -> Result<Doer<'a>, Problem> {
    Ok(Doer {
        engine: &app.engine,
        company: visitor.company(code)?,
        actor: &visitor.user.login,
    })
}

pub(super) fn back(code: &str, number: &str, done: &str) -> Redirect {
    Redirect::to(&format!("{}?done={done}", paths::customer(code, number)))
}

pub(super) fn day(w: &Words, text: &str) -> Result<Option<NaiveDate>, Problem> {
    match text.trim() {
        "" => Ok(None),
        text => text
            .parse()
            .map(Some)
            .map_err(|_| Problem::Form(Text::same(w.bad_day(text)))),
    }
}

pub(super) fn amount(w: &Words, text: &str) -> Result<Option<Decimal>, Problem> {
    let plain: String = text
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| if c == ',' { '.' } else { c })
        .collect();
    match plain.as_str() {
        "" => Ok(None),
        plain => plain
            .parse()
            .map(Some)
            .map_err(|_| Problem::Form(Text::same(w.bad_amount(text)))),
    }
}

/// The invoice of a form, which must be this customer's.
pub(super) async fn own(doer: &Doer<'_>, number: &str, invoice: &str) -> Result<InvoiceId, Problem> {
    let (id, _, owner) = doer.invoice(invoice).await?;
    if owner == number {
        Ok(id)
    } else {
        Err(StoreError::not_found("invoice", invoice).into())
    }
}

#[derive(Debug, Deserialize)]
struct PromiseFields {
    invoice: String,
    amount: String,
    pay_by: String,
}

async fn promise(
    State(app): State<App>,
    visitor: As<Collector>,
    Path((code, number)): Path<(String, String)>,
    Checked(fields): Checked<PromiseFields>,
) -> Result<Redirect, Problem> {
    let doer = doer(&app, &visitor, &code)?;
    let pay_by = day(visitor.words, &fields.pay_by)?
        .ok_or_else(|| Problem::Form(Text::same(visitor.words.bad_day(""))))?;
    let amount = amount(visitor.words, &fields.amount)?;
    let invoice = own(&doer, &number, &fields.invoice).await?;
    doer.promise(invoice, amount, pay_by).await?;
    Ok(back(&code, &number, "promise"))
}

#[derive(Debug, Deserialize)]
struct Nothing {}

async fn withdraw(
    State(app): State<App>,
    visitor: As<Collector>,
    Path((code, number, id)): Path<(String, String, i64)>,
    Checked(Nothing {}): Checked<Nothing>,
) -> Result<Redirect, Problem> {
    doer(&app, &visitor, &code)?.withdraw(PromiseId(id)).await?;
    Ok(back(&code, &number, "withdrawn"))
}

#[derive(Debug, Deserialize)]
struct DisputeFields {
    invoice: String,
    category: String,
    note: String,
}

async fn dispute(
    State(app): State<App>,
    visitor: As<Collector>,
    Path((code, number)): Path<(String, String)>,
    Checked(fields): Checked<DisputeFields>,
) -> Result<Redirect, Problem> {
    let doer = doer(&app, &visitor, &code)?;
    let invoice = own(&doer, &number, &fields.invoice).await?;
    doer.dispute(invoice, fields.category.trim(), fields.note.trim())
        .await?;
    Ok(back(&code, &number, "dispute"))
}

#[derive(Debug, Deserialize)]
struct CloseFields {
    accepted: String,
}

async fn close(
    State(app): State<App>,
    visitor: As<Collector>,
    Path((code, number, id)): Path<(String, String, i64)>,
    Checked(fields): Checked<CloseFields>,
) -> Result<Redirect, Problem> {
    doer(&app, &visitor, &code)?
        .close_dispute(DisputeId(id), fields.accepted == "yes")
        .await?;
    Ok(back(&code, &number, "closed"))
}

#[derive(Debug, Deserialize)]
struct HoldFields {
    invoice: String,
    kind: String,
    to: String,
    note: String,
}

async fn hold(
    State(app): State<App>,
    visitor: As<CreditManager>,
    Path((code, number)): Path<(String, String)>,
    Checked(fields): Checked<HoldFields>,
) -> Result<Redirect, Problem> {
    let doer = doer(&app, &visitor, &code)?;
    let invoice = match fields.invoice.as_str() {
        "" => None,
        invoice => Some(own(&doer, &number, invoice).await?),
    };
    let kind = match fields.kind.as_str() {
        "insolvency" => BlockKind::Insolvency,
        _ => BlockKind::Manual,
    };
    let new = NewHold {
        customer: doer.customer(&number).await?,
        invoice,
        kind,
        from: None,
        to: day(visitor.words, &fields.to)?,
        note: fields.note.trim().to_owned(),
    };
    doer.hold(&new).await?;
    Ok(back(&code, &number, "hold"))
}

async fn end(
    State(app): State<App>,
    visitor: As<CreditManager>,
    Path((code, number, id)): Path<(String, String, i64)>,
    Checked(Nothing {}): Checked<Nothing>,
) -> Result<Redirect, Problem> {
    doer(&app, &visitor, &code)?.end_hold(HoldId(id)).await?;
    Ok(back(&code, &number, "ended"))
}

#[derive(Debug, Deserialize)]
struct NoteFields {
    text: String,
}

async fn note(
    State(app): State<App>,
    visitor: As<Collector>,
    Path((code, number)): Path<(String, String)>,
    Checked(fields): Checked<NoteFields>,
) -> Result<Redirect, Problem> {
    let text = fields.text.trim();
    if text.is_empty() {
        return Ok(Redirect::to(&paths::customer(&code, &number)));
    }
    let doer = doer(&app, &visitor, &code)?;
    let customer = doer.customer(&number).await?;
    doer.note(customer, text).await?;
    Ok(back(&code, &number, "note"))
}

/// The forms of a customer's page, each folded away until it is wanted.
pub fn forms(
    visitor: &Visitor,
    company: &Company,
    head: &CustomerHead,
    invoices: &[InvoiceLine],
    titles: &Titles,
    draft: &Draft,
    today: NaiveDate,
) -> Markup {
    let w = visitor.words;
    let open: Vec<&InvoiceLine> = invoices
        .iter()
        .filter(|i| i.settled_on.is_none() && !i.credit_note)
        .collect();
    let action = |form: &str| format!("{}/{form}", paths::customer(&company.code, &head.number));
    let typed = |form: &str| draft.of(&action(form));
    let choices = |all: Option<&str>, typed: Typed<'_>| {
        html! {
            select name="invoice" required[all.is_none()] {
                @if let Some(all) = all { option value="" { (all) } }
                @for invoice in &open { option value=(invoice.number) selected[typed.chose("invoice", &invoice.number, false)] {
                    (invoice.number) " – " (rule_words::money(invoice.open, w.language))
                } }
            }
        }
    };
    html! {
        div .acts {
            @if !open.is_empty() {
                @let t = typed("promise");
                details #promise open[t.refused()] { summary { (w.take_promise) }
                    form .stack method="post" action=(action("promise")) { (layout::csrf(visitor)) (t.why())
                        label { (w.invoice) (choices(None, t)) }
                        label { (w.pay_by) input type="date" name="pay_by" required min=(today) value=[t.value("pay_by")]; }
                        label { (w.amount) " " small { (w.empty_for_all) } input name="amount" inputmode="decimal" value=[t.value("amount")]; }
                        button { (w.take_promise) }
                    } }
                @let t = typed("dispute");
                details #dispute open[t.refused()] { summary { (w.open_dispute) }
                    form .stack method="post" action=(action("dispute")) { (layout::csrf(visitor)) (t.why())
                        label { (w.invoice) (choices(None, t)) }
                        label { (w.category_word) select name="category" { @for (category, title) in titles.categories(w) {
                            option value=(category) selected[t.chose("category", &category, false)] { (title) } } } }
                        label { (w.note) textarea name="note" rows="2" maxlength="2000" { (t.or("note", "")) } }
                        button { (w.open_dispute) }
                    } }
            }
            @if visitor.may(Role::CreditManager) {
                @if !open.is_empty() { (super::plans::form(visitor, company, &head.number, &open, draft, today)) }
                @let t = typed("hold");
                details #hold open[t.refused()] { summary { (w.set_hold) }
                    form .stack method="post" action=(action("hold")) { (layout::csrf(visitor)) (t.why())
                        label { (w.invoice) (choices(Some(w.whole_account), t)) }
                        label { (w.kind_word) select name="kind" {
                            option value="manual" { (w.hold_manual) }
                            option value="insolvency" selected[t.chose("kind", "insolvency", false)] { (w.hold_insolvency) } } }
                        label { (w.hold_to) " " small { (w.empty_for_ever) } input type="date" name="to" min=(today) value=[t.value("to")]; }
                        label { (w.note) textarea name="note" rows="2" required maxlength="2000" { (t.or("note", "")) } }
                        button { (w.set_hold) }
                    } }
            }
            @let t = typed("note");
            details #note open[t.refused()] { summary { (w.add_note) }
                form .stack method="post" action=(action("note")) { (layout::csrf(visitor)) (t.why())
                    label { (w.note) textarea name="text" rows="3" required maxlength="4000" { (t.or("text", "")) } }
                    button { (w.add_note) }
                } }
        }
    }
}

pub(super) fn one_button(visitor: &Visitor, action: &str, fields: Markup, word: &str) -> Markup {
    html! {
        form .inline method="post" action=(action) { (layout::csrf(visitor)) (fields) button .small { (word) } }
    }
}

/// Closes a dispute, one way or the other.
pub fn close_dispute(visitor: &Visitor, code: &str, number: &str, id: DisputeId) -> Markup {
    let action = format!("{}/dispute/{id}/close", paths::customer(code, number));
    let hidden = |value: &str| html! { input type="hidden" name="accepted" value=(value); };
    html! {
        " " (one_button(visitor, &action, hidden("yes"), visitor.words.dispute_accept))
        " " (one_button(visitor, &action, hidden("no"), visitor.words.dispute_reject))
    }
}

/// Takes a promise back.
pub fn withdraw_promise(visitor: &Visitor, code: &str, number: &str, id: PromiseId) -> Markup {
    let action = format!("{}/promise/{id}/withdraw", paths::customer(code, number));
    html! { " " (one_button(visitor, &action, html! {}, visitor.words.withdraw)) }
}

/// Ends a hold.
pub fn end_hold(visitor: &Visitor, code: &str, number: &str, id: HoldId) -> Markup {
    let action = format!("{}/hold/{id}/end", paths::customer(code, number));
    html! { " " (one_button(visitor, &action, html! {}, visitor.words.end_hold)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_people_write_them() {
        let w = Words::of("fr");
        assert_eq!(amount(w, "1 234,50").unwrap(), Some(Decimal::new(123_450, 2)));
        assert_eq!(amount(w, "1234.5").unwrap(), Some(Decimal::new(12_345, 1)));
        assert_eq!(amount(w, " ").unwrap(), None);
        assert!(amount(w, "mille").is_err());
    }
}
