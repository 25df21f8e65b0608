//! The list of customers: search, sort, pages.

use chrono::{DateTime, NaiveDate, Utc};
use relance_rules::dsl::money::{Currency, Money};
use relance_rules::ids::{CompanyId, CustomerId};
use sqlx::PgConnection;

use crate::store::StoreError;

/// By what the list is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CustomerSort {
    /// By name.
    Name,
    /// By number.
    Number,
    /// By what is open.
    Outstanding,
    /// By what is overdue.
    Overdue,
    /// By the due date of the oldest overdue invoice.
    OldestDue,
    /// By payer score.
    Score,
}

impl CustomerSort {
    /// All, in the order of the columns.
    pub const ALL: [Self; 6] = [
        Self::Name,
        Self::Number,
        Self::Outstanding,
        Self::Overdue,
        Self::OldestDue,
        Self::Score,
    ];

    /// The word in addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Number => "number",
            Self::Outstanding => "outstanding",
            Self::Overdue => "overdue",
            Self::OldestDue => "oldest",
            Self::Score => "score",
        }
    }
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerQuery<'a> {
    /// Part of a name or a number, or the beginning of an invoice number; empty for all.
    pub search: &'a str,
    /// Only customers with something overdue.
    pub overdue_only: bool,
    /// Only customers of this segment.
    pub segment: Option<&'a str>,
    /// By what.
    pub sort: CustomerSort,
    /// Largest, latest or last first.
    pub descending: bool,
    /// How many to skip.
    pub offset: i64,
    /// How many at most.
    pub limit: i64,
}

/// A page of the list.
#[derive(Debug, Clone, PartialEq)]
pub struct CustomerPage {
    /// The customers.
    pub rows: Vec<CustomerRow>,
    /// How many there are in all, on all pages.
    pub total: i64,
}

/// One line of the list.
#[derive(Debug, Clone, PartialEq)]
pub struct CustomerRow {
    /// Identity.
    pub id: CustomerId,
    /// Number.
    pub number: String,
    /// Name.
    pub name: String,
    /// Two-letter country code.
    pub country: String,
    /// Segment of the last review, by name.
    pub segment: Option<String>,
    /// Payer score of the last review.
    pub score: Option<i32>,
    /// Its band, by name.
    pub band: Option<String>,
    /// What is open, in the company's currency.
    pub outstanding: Money,
    /// What is overdue, in the company's currency.
    pub overdue: Money,
    /// Some amounts are in a currency without a rate and are not in these sums.
    pub incomplete: bool,
    /// Due date of the oldest overdue invoice.
    pub oldest_due: Option<NaiveDate>,
    /// Open invoices.
    pub open_invoices: i64,
    /// The nearest planned day.
    pub next_on: Option<NaiveDate>,
    /// When the last message left.
    pub last_sent: Option<DateTime<Utc>>,
    /// The last review could not decide.
    pub trouble: bool,
}

/// Reads a page of the list.
pub async fn list(
    connection: &mut PgConnection,
    company: CompanyId,
    currency: Currency,
    today: NaiveDate,
    query: &CustomerQuery<'_>,
) -> Result<CustomerPage, StoreError> {
    let rows = sqlx::query!(
        r#"with rates as (
             select distinct on (currency) currency, rate from exchange_rates
             where company_id = $1 and valid_from <= $3::date order by currency, valid_from desc),
           owed as (
             select i.customer_id, count(*) as invoices,
               sum(i.open_amount * case when i.currency = $2 then 1 else r.rate end) as outstanding,
               sum(i.open_amount * case when i.currency = $2 then 1 else r.rate end) filter (where i.due < $3) as overdue,
               min(i.due) filter (where i.due < $3) as oldest_due,
               bool_or(i.currency <> $2 and r.rate is null) as incomplete
             from invoices i left join rates r on r.currency = i.currency
             where i.company_id = $1 and i.kind = 'invoice' and i.open_amount > 0
             group by i.customer_id),
           listed as (
             select c.id, c.number, c.name, c.country, a.segment, a.score, a.band, a.trouble is not null as trouble,
               coalesce(o.outstanding, 0) as outstanding, coalesce(o.overdue, 0) as overdue, o.oldest_due,
               coalesce(o.invoices, 0) as invoices, coalesce(o.incomplete, false) as incomplete
             from customers c
             left join owed o on o.customer_id = c.id
             left join accounts a on a.company_id = c.company_id and a.customer_id = c.id
             where c.company_id = $1
               and ($4 = '' or position(lower($4) in lower(c.name)) > 0 or position(lower($4) in lower(c.number)) > 0
                 or exists (select from invoices i where i.company_id = c.company_id and i.customer_id = c.id
                            and starts_with(lower(i.number), lower($4))))
               and (not $5::bool or o.oldest_due is not null)
               and ($6::text is null or a.segment = $6))
           select l.id as "id!", l.number as "number!", l.name as "name!", l.country as "country!", l.segment, l.score, l.band,
             l.trouble as "trouble!", l.outstanding as "outstanding!", l.overdue as "overdue!", l.oldest_due,
             l.invoices as "invoices!", l.incomplete as "incomplete!", count(*) over () as "total!",
             (select min(p.next_on) from positions p join invoices i
                on i.company_id = p.company_id and i.id = p.invoice_id and i.cycle = p.cycle and i.open_amount > 0
              where p.company_id = $1 and p.customer_id = l.id) as next_on,
             (select max(d.sent_at) from deliveries d
              where d.company_id = $1 and d.customer_id = l.id and d.state = 'sent') as last_sent
           from listed l
           order by
             case when $7 = 'name' and not $8::bool then lower(l.name) end,
             case when $7 = 'name' and $8 then lower(l.name) end desc,
             case when $7 = 'number' and not $8 then l.number end,
             case when $7 = 'number' and $8 then l.number end desc,
             case when $7 = 'outstanding' then case when $8 then -l.outstanding else l.outstanding end end,
             case when $7 = 'overdue' then case when $8 then -l.overdue else l.overdue end end,
             case when $7 = 'score' then case when $8 then -l.score else l.score end end nulls last,
             case when $7 = 'oldest' and $8 then l.oldest_due end desc nulls last,
             case when $7 = 'oldest' and not $8 then l.oldest_due end nulls last,
             lower(l.name), l.number
           limit $9 offset $10"#,
        company.0,
        currency.code(),
        today,
        query.search,
        query.overdue_only,
        query.segment,
        query.sort.word(),
        query.descending,
        query.limit,
        query.offset,
    )
    .fetch_all(connection)
    .await?;
    let total = rows.first().map_or(0, |r| r.total);
    let rows = rows
        .into_iter()
        .map(|r| CustomerRow {
            id: CustomerId(r.id),
            number: r.number,
            name: r.name,
            country: r.country,
            segment: r.segment,
            score: r.score,
            band: r.band,
            outstanding: Money::new(r.outstanding, currency).rounded(),
            overdue: Money::new(r.overdue, currency).rounded(),
            incomplete: r.incomplete,
            oldest_due: r.oldest_due,
            open_invoices: r.invoices,
            next_on: r.next_on,
            last_sent: r.last_sent,
            trouble: r.trouble,
        })
        .collect();
    Ok(CustomerPage { rows, total })
}
