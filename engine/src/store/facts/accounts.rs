//! The debtor, the people there, and money of theirs that is not allocated.

use std::collections::{HashMap, HashSet};

use relance_rules::dsl::money::Money;
use relance_rules::facts::{Contact, Customer};
use relance_rules::ids::{ContactId, CustomerId};
use sqlx::PgConnection;

use super::{Asked, Grouped, group};
use crate::store::companies::Company;
use crate::store::{StoreError, custom, values};

/// The customers, by id.
pub(super) async fn customers(
    connection: &mut PgConnection,
    company: &Company,
    asked: &Asked<'_>,
) -> Result<HashMap<i64, Customer>, StoreError> {
    let rows = sqlx::query!(
        "select id, number, name, kind, country, language, time_zone, tags, credit_limit, segment, custom
         from customers where company_id = $1 and id = any($2::bigint[])",
        asked.company.0,
        asked.customers,
    )
    .fetch_all(connection)
    .await?;
    let mut found = HashMap::with_capacity(rows.len());
    for row in rows {
        let customer = Customer {
            id: CustomerId(row.id),
            kind: values::customer_kind(&row.kind)?,
            time_zone: row.time_zone.as_deref().map(values::time_zone).transpose()?,
            credit_limit: row
                .credit_limit
                .map(|limit| Money::new(limit.normalize(), company.currency)),
            number: row.number,
            name: row.name,
            country: row.country,
            language: row.language,
            tags: row.tags,
            segment: row.segment,
            custom: custom::read(row.custom)?,
        };
        found.insert(row.id, customer);
    }
    Ok(found)
}

/// The contacts, the main one first, then by id.
pub(super) async fn contacts(
    connection: &mut PgConnection,
    asked: &Asked<'_>,
) -> Result<Grouped<Contact>, StoreError> {
    let rows = sqlx::query!(
        r#"select id, customer_id, name, role, main, language, email, email_state,
                  coalesce(phone, '') <> '' as "has_phone!"
           from contacts where company_id = $1 and customer_id = any($2::bigint[])
           order by main desc, id"#,
        asked.company.0,
        asked.customers,
    )
    .fetch_all(connection)
    .await?;
    let mut found = Grouped::new();
    for row in rows {
        let contact = Contact {
            id: ContactId(row.id),
            email: values::reach(row.email.as_deref(), &row.email_state)?,
            name: row.name,
            role: row.role,
            main: row.main,
            language: row.language,
            has_phone: row.has_phone,
        };
        group(&mut found, row.customer_id, contact);
    }
    Ok(found)
}

/// Payments and credit notes that are not allocated, one sum for each currency.
pub(super) async fn unallocated(
    connection: &mut PgConnection,
    asked: &Asked<'_>,
) -> Result<Grouped<Money>, StoreError> {
    let rows = sqlx::query!(
        r#"select customer_id as "customer_id!", currency as "currency!", sum(amount) as "amount!"
           from (
               select customer_id, currency, unallocated as amount from payments
               where company_id = $1 and customer_id = any($2::bigint[]) and unallocated > 0
               union all
               select customer_id, currency, open_amount from invoices
               where company_id = $1 and customer_id = any($2::bigint[]) and open_amount > 0 and kind = 'credit_note'
           ) free
           group by customer_id, currency order by customer_id, currency"#,
        asked.company.0,
        asked.customers,
    )
    .fetch_all(connection)
    .await?;
    let mut found = Grouped::new();
    for row in rows {
        group(
            &mut found,
            row.customer_id,
            values::money(row.amount, &row.currency)?,
        );
    }
    Ok(found)
}

/// The customers for whom someone is already looking for a contact.
pub(super) async fn fixing_contact(
    connection: &mut PgConnection,
    asked: &Asked<'_>,
) -> Result<HashSet<i64>, StoreError> {
    let rows = sqlx::query_scalar!(
        "select customer_id from tasks
         where company_id = $1 and customer_id = any($2::bigint[]) and state = 'open' and kind = 'fix_contact'",
        asked.company.0,
        asked.customers,
    )
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().collect())
}
