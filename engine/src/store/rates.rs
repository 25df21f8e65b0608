//! Exchange rates into the company's currency.

use chrono::{DateTime, NaiveDate, Utc};
use relance_rules::dsl::lang::Text;
use relance_rules::dsl::money::Currency;
use relance_rules::dsl::text;
use relance_rules::ids::CustomerId;
use rust_decimal::Decimal;
use sqlx::PgConnection;

use super::companies::Company;
use super::{StoreError, Upserted, accounts};

/// Stores a rate: from `valid_from` on, one unit of `currency` is `rate` units of the company's currency. Wakes the
/// accounts that have something open in that currency. Refused: a rate of the company's own currency, or not above zero.
pub async fn upsert(
    connection: &mut PgConnection,
    company: &Company,
    currency: Currency,
    valid_from: NaiveDate,
    rate: Decimal,
    now: DateTime<Utc>,
) -> Result<Upserted, StoreError> {
    let refuse = |why: Text| Err(StoreError::conflict("rate of", currency, why));
    if currency == company.currency {
        return refuse(text!(
            "it is the company's own currency",
            "c'est la devise de la société"
        ));
    }
    if rate <= Decimal::ZERO {
        return refuse(text!(
            "a rate must be more than zero",
            "un cours est plus grand que zéro"
        ));
    }
    let customers = sqlx::query_scalar!(
        "select customer_id from invoices where company_id = $1 and open_amount > 0 and currency = $2
         union
         select customer_id from payments where company_id = $1 and unallocated > 0 and currency = $2",
        company.id.0,
        currency.code(),
    )
    .fetch_all(&mut *connection)
    .await?;
    let customers: Vec<CustomerId> = customers.into_iter().flatten().map(CustomerId).collect();
    let written = sqlx::query_scalar!(
        r#"insert into exchange_rates as r (company_id, currency, valid_from, rate) values ($1, $2, $3, $4)
           on conflict (company_id, currency, valid_from) do update set rate = $4 where r.rate <> round($4, 8)
           returning (xmax = 0) as "inserted!""#,
        company.id.0,
        currency.code(),
        valid_from,
        rate,
    )
    .fetch_optional(&mut *connection)
    .await?;
    let Some(inserted) = written else {
        return Ok(Upserted::Unchanged);
    };
    accounts::wake_many(connection, company.id, &customers, now).await?;
    Ok(if inserted {
        Upserted::New
    } else {
        Upserted::Changed
    })
}
