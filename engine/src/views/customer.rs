//! One customer: who it is, whom one writes to, and what the last review said of the account.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use relance_rules::dsl::money::Money;
use relance_rules::facts::CustomerKind;
use relance_rules::ids::{CompanyId, ContactId, CustomerId, HoldId};
use relance_rules::reason::Reason;
use sqlx::PgConnection;
use sqlx::types::Json;

use super::states::{self, EmailState, HoldWhat};
use crate::store::{StoreError, custom};

/// The head of the customer's page.
#[derive(Debug, Clone, PartialEq)]
pub struct CustomerHead {
    /// Identity.
    pub id: CustomerId,
    /// Number.
    pub number: String,
    /// Name.
    pub name: String,
    /// Business, public body or consumer.
    pub kind: CustomerKind,
    /// Two-letter country code.
    pub country: String,
    /// Two-letter language code, when noted.
    pub language: Option<String>,
    /// Free tags.
    pub tags: Vec<String>,
    /// Most that the customer may owe, in the company's currency and as a plain number.
    pub credit_limit: Option<rust_decimal::Decimal>,
    /// Fields of the firm's own, as they are stored, by name.
    pub custom: BTreeMap<String, String>,
    /// Segment set by hand.
    pub segment_by_hand: Option<String>,
    /// What the last review said.
    pub review: Review,
}

/// What the last review of an account said.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Review {
    /// When; none before the first.
    pub at: Option<DateTime<Utc>>,
    /// When the account is looked at next; none when only an event wakes it.
    pub next_at: Option<DateTime<Utc>>,
    /// Under which revision of the rules.
    pub revision: Option<i64>,
    /// Segment, by name.
    pub segment: Option<String>,
    /// Scenario, by name.
    pub scenario: Option<String>,
    /// Payer score.
    pub score: Option<i32>,
    /// Its band, by name.
    pub band: Option<String>,
    /// Why.
    pub reasons: Vec<Reason>,
    /// Why it could not decide.
    pub trouble: Option<String>,
}

/// A person at the customer.
#[derive(Debug, Clone, PartialEq)]
pub struct ContactLine {
    /// Identity.
    pub id: ContactId,
    /// Name.
    pub name: String,
    /// Role, as `accounts_payable`.
    pub role: Option<String>,
    /// The main contact.
    pub main: bool,
    /// Two-letter language code, when noted.
    pub language: Option<String>,
    /// Address, when noted.
    pub email: Option<String>,
    /// Whether it can be written to.
    pub email_state: EmailState,
    /// Why not.
    pub email_note: Option<String>,
    /// Telephone number, when noted.
    pub phone: Option<String>,
}

/// A block that a person set.
#[derive(Debug, Clone, PartialEq)]
pub struct HoldLine {
    /// Identity.
    pub id: HoldId,
    /// What kind.
    pub kind: HoldWhat,
    /// On this invoice, by number; none: on the whole account.
    pub invoice: Option<String>,
    /// First day.
    pub from: NaiveDate,
    /// First day on which it no longer holds; none: until someone ends it.
    pub to: Option<NaiveDate>,
    /// Why, in words.
    pub note: String,
    /// By whom.
    pub set_by: String,
}

/// A payment of the customer.
#[derive(Debug, Clone, PartialEq)]
pub struct PaymentLine {
    /// Key in the source system.
    pub reference: String,
    /// Day.
    pub received_on: NaiveDate,
    /// Amount.
    pub amount: Money,
    /// What is not set against an invoice.
    pub unallocated: Money,
    /// The invoices it was set against, by number.
    pub invoices: Vec<String>,
}

/// The head of a customer's page; `None` when the company has no customer of this number.
pub async fn head(
    connection: &mut PgConnection,
    company: CompanyId,
    number: &str,
) -> Result<Option<CustomerHead>, StoreError> {
    let row = sqlx::query!(
        r#"select c.id, c.number, c.name, c.kind, c.country, c.language, c.tags, c.credit_limit, c.segment as by_hand, c.custom,
             a.reviewed_at as "reviewed_at?", a.next_review_at as "next_review_at?", a.revision_id as "revision_id?",
             a.segment as "segment?", a.scenario as "scenario?", a.score as "score?", a.band as "band?",
             a.reasons as "reasons?: Json<Vec<Reason>>", a.trouble as "trouble?"
           from customers c left join accounts a on a.company_id = c.company_id and a.customer_id = c.id
           where c.company_id = $1 and c.number = $2"#,
        company.0,
        number,
    )
    .fetch_optional(connection)
    .await?;
    row.map(|r| {
        Ok(CustomerHead {
            id: CustomerId(r.id),
            number: r.number,
            name: r.name,
            kind: match r.kind.as_str() {
                "public" => CustomerKind::Public,
                "consumer" => CustomerKind::Consumer,
                _ => CustomerKind::Business,
            },
            country: r.country,
            language: r.language,
            tags: r.tags,
            credit_limit: r.credit_limit,
            custom: custom::read(r.custom)?,
            segment_by_hand: r.by_hand,
            review: Review {
                at: r.reviewed_at,
                next_at: r.next_review_at,
                revision: r.revision_id,
                segment: r.segment,
                scenario: r.scenario,
                score: r.score,
                band: r.band,
                reasons: r.reasons.map(|Json(v)| v).unwrap_or_default(),
                trouble: r.trouble,
            },
        })
    })
    .transpose()
}

/// The people at a customer, the main contact first.
pub async fn contacts(
    connection: &mut PgConnection,
    company: CompanyId,
    customer: CustomerId,
) -> Result<Vec<ContactLine>, StoreError> {
    sqlx::query!(
        "select id, name, role, main, language, email, email_state, email_note, phone from contacts
         where company_id = $1 and customer_id = $2 order by main desc, name, id",
        company.0,
        customer.0,
    )
    .fetch_all(connection)
    .await?
    .into_iter()
    .map(|r| {
        Ok(ContactLine {
            id: ContactId(r.id),
            name: r.name,
            role: r.role,
            main: r.main,
            language: r.language,
            email: r.email,
            email_state: states::read(&r.email_state)?,
            email_note: r.email_note,
            phone: r.phone,
        })
    })
    .collect()
}

/// The blocks on a customer that hold on a day or later, the oldest first.
pub async fn holds(
    connection: &mut PgConnection,
    company: CompanyId,
    customer: CustomerId,
    today: NaiveDate,
) -> Result<Vec<HoldLine>, StoreError> {
    sqlx::query!(
        r#"select h.id, h.kind, i.number as "invoice?", h.from_on, h.to_on, h.note, h.set_by
           from holds h left join invoices i on i.company_id = h.company_id and i.id = h.invoice_id
           where h.company_id = $1 and h.customer_id = $2 and (h.to_on is null or h.to_on > $3)
           order by h.from_on, h.id"#,
        company.0,
        customer.0,
        today,
    )
    .fetch_all(connection)
    .await?
    .into_iter()
    .map(|r| {
        Ok(HoldLine {
            id: HoldId(r.id),
            kind: states::read(&r.kind)?,
            invoice: r.invoice,
            from: r.from_on,
            to: r.to_on,
            note: r.note,
            set_by: r.set_by,
        })
    })
    .collect()
}

/// The last payments of a customer, newest first.
pub async fn payments(
    connection: &mut PgConnection,
    company: CompanyId,
    customer: CustomerId,
    limit: i64,
) -> Result<Vec<PaymentLine>, StoreError> {
    sqlx::query!(
        r#"select p.reference, p.received_on, p.amount, p.unallocated, p.currency,
             array(select i.number from allocations a
                   join invoices i on i.company_id = a.company_id and i.id = a.invoice_id
                   where a.company_id = p.company_id and a.payment_id = p.id order by i.number) as "invoices!"
           from payments p where p.company_id = $1 and p.customer_id = $2
           order by p.received_on desc, p.id desc limit $3"#,
        company.0,
        customer.0,
        limit,
    )
    .fetch_all(connection)
    .await?
    .into_iter()
    .map(|r| {
        Ok(PaymentLine {
            reference: r.reference,
            received_on: r.received_on,
            amount: super::money(r.amount, &r.currency)?,
            unallocated: super::money(r.unallocated, &r.currency)?,
            invoices: r.invoices,
        })
    })
    .collect()
}
