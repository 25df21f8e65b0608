//! What decisions may know of accounts, loaded for many accounts with a fixed number of queries.

mod accounts;
mod behaviour;
mod holds;
mod invoices;
mod settlements;

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use relance_rules::facts::{AccountFacts, Rate};
use relance_rules::ids::{CompanyId, CustomerId};
use relance_rules::promises::Grace;
use sqlx::PgConnection;

use super::companies::Company;
use super::{StoreError, plans, values};

/// What one query is asked: some accounts of a company on a day.
struct Asked<'a> {
    company: CompanyId,
    customers: &'a [i64],
    today: NaiveDate,
    now: DateTime<Utc>,
    grace: &'a Grace,
}

/// Rows by the account, or the invoice, that they belong to.
type Grouped<T> = HashMap<i64, Vec<T>>;

fn group<T>(map: &mut Grouped<T>, key: i64, value: T) {
    map.entry(key).or_default().push(value);
}

/// The facts of these customers at a moment, in input order, where promises are kept as the rules in force allow; 19 queries for any number of customers. Refused with
/// [`StoreError::NotFound`]: a customer that the company does not have.
pub async fn load(
    connection: &mut PgConnection,
    company: &Company,
    customers: &[CustomerId],
    grace: &Grace,
    now: DateTime<Utc>,
) -> Result<Vec<AccountFacts>, StoreError> {
    let ids: Vec<i64> = customers.iter().map(|c| c.0).collect();
    let asked = Asked {
        company: company.id,
        customers: &ids,
        today: company.today(now),
        now,
        grace,
    };
    let mut debtors = accounts::customers(&mut *connection, company, &asked).await?;
    let mut contacts = accounts::contacts(&mut *connection, &asked).await?;
    let mut unallocated = accounts::unallocated(&mut *connection, &asked).await?;
    let agreed = plans::of_customers(&mut *connection, company.id, &ids).await?;
    let blocks = holds::load(&mut *connection, &asked, &agreed).await?;
    let mut account_holds = blocks.accounts;
    let mut invoices = invoices::load(&mut *connection, &asked, blocks.invoices, &agreed).await?;
    let mut history = behaviour::history(&mut *connection, &asked).await?;
    let mut messages = behaviour::messages(&mut *connection, &asked).await?;
    let fixing = accounts::fixing_contact(&mut *connection, &asked).await?;
    let rates = rates(&mut *connection, company.id).await?;
    customers
        .iter()
        .map(|id| {
            Ok(AccountFacts {
                company: company.facts(),
                customer: debtors
                    .remove(&id.0)
                    .ok_or_else(|| StoreError::not_found("customer", id))?,
                contacts: contacts.remove(&id.0).unwrap_or_default(),
                invoices: invoices.remove(&id.0).unwrap_or_default(),
                unallocated: unallocated.remove(&id.0).unwrap_or_default(),
                history: history.remove(&id.0).unwrap_or_default(),
                holds: account_holds.remove(&id.0).unwrap_or_default(),
                messages: messages.remove(&id.0).unwrap_or_default(),
                rates: rates.clone(),
                fixing_contact: fixing.contains(&id.0),
            })
        })
        .collect()
}

/// All rates of the company, by currency and day.
async fn rates(connection: &mut PgConnection, company: CompanyId) -> Result<Vec<Rate>, StoreError> {
    sqlx::query!(
        "select currency, valid_from, rate from exchange_rates where company_id = $1 order by currency, valid_from",
        company.0
    )
    .fetch_all(connection)
    .await?
    .into_iter()
    .map(|row| {
        Ok(Rate {
            from: values::currency(&row.currency)?,
            on: row.valid_from,
            rate: row.rate.normalize(),
        })
    })
    .collect()
}
