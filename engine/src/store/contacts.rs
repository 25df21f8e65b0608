//! People at the customers.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use relance_rules::dsl::text;
use relance_rules::ids::{ContactId, CustomerId};
use sqlx::PgConnection;

use super::companies::Company;
use super::{StoreError, Upserted, accounts, values};

/// A person to be stored under the customer and a key of the source system. `C` is how the customer is named: by id here,
/// by number in imports.
#[derive(Debug, Clone, PartialEq)]
pub struct NewContact<C = CustomerId> {
    /// Whose contact.
    pub customer: C,
    /// Key in the source system, unique for the customer.
    pub external_id: String,
    /// Name.
    pub name: String,
    /// `Madame`, `Mr` ...
    pub salutation: Option<String>,
    /// A role of the vocabulary, as `accounts_payable`.
    pub role: Option<String>,
    /// The customer's main contact; takes the place of an earlier one.
    pub main: bool,
    /// Two-letter language code, when noted.
    pub language: Option<String>,
    /// Mail address. Another address than before is usable again.
    pub email: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
}

impl<C> NewContact<C> {
    /// The same, of this customer.
    pub fn of(self, customer: CustomerId) -> NewContact {
        NewContact {
            customer,
            external_id: self.external_id,
            name: self.name,
            salutation: self.salutation,
            role: self.role,
            main: self.main,
            language: self.language,
            email: self.email,
            phone: self.phone,
        }
    }
}

/// A person as stored.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "the other fields are those of NewContact")]
pub struct Contact {
    pub id: ContactId,
    pub customer: CustomerId,
    pub name: String,
    pub salutation: Option<String>,
    pub role: Option<String>,
    pub main: bool,
    pub language: Option<String>,
    pub email: Option<String>,
    /// Whether mail may be sent to `email`.
    pub reach: relance_rules::facts::Reach,
    /// Why it is not usable: the server's answer.
    pub email_note: Option<String>,
    pub phone: Option<String>,
}

/// Stores one contact; see [`upsert_many`].
pub async fn upsert(
    connection: &mut PgConnection,
    company: &Company,
    new: &NewContact,
    now: DateTime<Utc>,
) -> Result<(ContactId, Upserted), StoreError> {
    let mut done = upsert_many(connection, company, std::slice::from_ref(new), now).await?;
    done.pop()
        .ok_or_else(|| StoreError::not_found("contact", &new.external_id))
}

/// Stores contacts under customer and key, in a fixed number of statements; results in input order. No key may occur
/// twice for a customer, nor two main contacts of one customer.
pub async fn upsert_many(
    connection: &mut PgConnection,
    company: &Company,
    new: &[NewContact],
    now: DateTime<Utc>,
) -> Result<Vec<(ContactId, Upserted)>, StoreError> {
    let customers: Vec<CustomerId> = new.iter().map(|c| c.customer).collect();
    accounts::lock_many(&mut *connection, company.id, &customers).await?;
    make_way_for_main(&mut *connection, company, new).await?;
    let written = write(&mut *connection, company, new, now).await?;
    let touched: Vec<CustomerId> = written.keys().map(|(customer, _)| *customer).collect();
    accounts::wake_many(&mut *connection, company.id, &touched, now).await?;
    let ids = ids_by_key(connection, company, new).await?;
    new.iter()
        .map(|contact| {
            let key = (contact.customer, contact.external_id.clone());
            match (written.get(&key), ids.get(&key)) {
                (Some(done), _) => Ok(*done),
                (None, Some(id)) => Ok((*id, Upserted::Unchanged)),
                (None, None) => Err(StoreError::not_found("contact", &contact.external_id)),
            }
        })
        .collect()
}

type Key = (CustomerId, String);

/// Another main contact than the stored one takes its place.
async fn make_way_for_main(
    connection: &mut PgConnection,
    company: &Company,
    new: &[NewContact],
) -> Result<(), StoreError> {
    let mains = || new.iter().filter(|c| c.main);
    let customers: Vec<i64> = mains().map(|c| c.customer.0).collect();
    let keys: Vec<String> = mains().map(|c| c.external_id.clone()).collect();
    sqlx::query!(
        "update contacts c set main = false
         from unnest($2::bigint[], $3::text[]) as n (customer_id, external_id)
         where c.company_id = $1 and c.customer_id = n.customer_id and c.main
               and c.external_id is distinct from n.external_id",
        company.id.0,
        &customers,
        &keys,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Writes what is new or different; gives these, by key.
async fn write(
    connection: &mut PgConnection,
    company: &Company,
    new: &[NewContact],
    now: DateTime<Utc>,
) -> Result<HashMap<Key, (ContactId, Upserted)>, StoreError> {
    let customers: Vec<i64> = new.iter().map(|c| c.customer.0).collect();
    let keys: Vec<String> = new.iter().map(|c| c.external_id.clone()).collect();
    let names: Vec<String> = new.iter().map(|c| c.name.clone()).collect();
    let salutations: Vec<Option<String>> = new.iter().map(|c| c.salutation.clone()).collect();
    let roles: Vec<Option<String>> = new.iter().map(|c| c.role.clone()).collect();
    let mains: Vec<bool> = new.iter().map(|c| c.main).collect();
    let languages: Vec<Option<String>> = new.iter().map(|c| c.language.clone()).collect();
    let emails: Vec<Option<String>> = new.iter().map(|c| c.email.clone()).collect();
    let phones: Vec<Option<String>> = new.iter().map(|c| c.phone.clone()).collect();
    let rows = sqlx::query!(
        r#"insert into contacts as c
               (company_id, customer_id, external_id, name, salutation, role, main, language, email, phone, created_at)
           select $1, n.*, $11
           from unnest($2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::boolean[], $8::text[], $9::text[],
                       $10::text[])
                as n (customer_id, external_id, name, salutation, role, main, language, email, phone)
           on conflict (company_id, customer_id, external_id) do update
           set name = excluded.name, salutation = excluded.salutation, role = excluded.role, main = excluded.main,
               language = excluded.language, email = excluded.email, phone = excluded.phone,
               email_state = case when c.email is distinct from excluded.email then 'usable' else c.email_state end,
               email_note = case when c.email is distinct from excluded.email then null else c.email_note end
           where (c.name, c.salutation, c.role, c.main, c.language, c.email, c.phone)
                 is distinct from (excluded.name, excluded.salutation, excluded.role, excluded.main, excluded.language,
                                   excluded.email, excluded.phone)
           returning c.id, c.customer_id, c.external_id as "external_id!", (xmax = 0) as "inserted!""#,
        company.id.0,
        &customers,
        &keys,
        &names,
        &salutations as &[Option<String>],
        &roles as &[Option<String>],
        &mains,
        &languages as &[Option<String>],
        &emails as &[Option<String>],
        &phones as &[Option<String>],
        now,
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let what = if row.inserted {
                Upserted::New
            } else {
                Upserted::Changed
            };
            (
                (CustomerId(row.customer_id), row.external_id),
                (ContactId(row.id), what),
            )
        })
        .collect())
}

async fn ids_by_key(
    connection: &mut PgConnection,
    company: &Company,
    new: &[NewContact],
) -> Result<HashMap<Key, ContactId>, StoreError> {
    let customers: Vec<i64> = new.iter().map(|c| c.customer.0).collect();
    let keys: Vec<String> = new.iter().map(|c| c.external_id.clone()).collect();
    let rows = sqlx::query!(
        r#"select c.id, c.customer_id, c.external_id as "external_id!"
           from unnest($2::bigint[], $3::text[]) as n (customer_id, external_id)
           join contacts c on c.company_id = $1 and c.customer_id = n.customer_id and c.external_id = n.external_id"#,
        company.id.0,
        &customers,
        &keys,
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| ((CustomerId(row.customer_id), row.external_id), ContactId(row.id)))
        .collect())
}

/// The contacts of a customer, the main one first, then by id.
pub async fn of_customer(
    connection: &mut PgConnection,
    company: &Company,
    customer: CustomerId,
) -> Result<Vec<Contact>, StoreError> {
    sqlx::query!(
        "select id, customer_id, name, salutation, role, main, language, email, email_state, email_note, phone
         from contacts where company_id = $1 and customer_id = $2 order by main desc, id",
        company.id.0,
        customer.0,
    )
    .fetch_all(connection)
    .await?
    .into_iter()
    .map(|row| {
        Ok(Contact {
            id: ContactId(row.id),
            customer: CustomerId(row.customer_id),
            reach: values::reach(row.email.as_deref(), &row.email_state)?,
            name: row.name,
            salutation: row.salutation,
            role: row.role,
            main: row.main,
            language: row.language,
            email: row.email,
            email_note: row.email_note,
            phone: row.phone,
        })
    })
    .collect()
}

/// Notes that the contact's address was refused for good, with the server's answer, and wakes the account.
pub async fn mark_bounced(
    connection: &mut PgConnection,
    company: &Company,
    contact: ContactId,
    note: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    wake_account_of(&mut *connection, company, contact, now).await?;
    sqlx::query!(
        "update contacts set email_state = 'bounced', email_note = $3 where company_id = $1 and id = $2",
        company.id.0,
        contact.0,
        note,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Gives the contact another address, which is usable (also when it is the same: someone had it repaired), and wakes the
/// account. Refused with [`StoreError::Conflict`]: a text without `@`.
pub async fn set_email(
    connection: &mut PgConnection,
    company: &Company,
    contact: ContactId,
    email: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    if !looks_like_address(email) {
        let why = text!(
            "`{email}` is not a mail address: write name@domain",
            "`{email}` n'est pas une adresse de messagerie : écrivez nom@domaine"
        );
        return Err(StoreError::conflict("contact", contact, why));
    }
    wake_account_of(&mut *connection, company, contact, now).await?;
    sqlx::query!(
        "update contacts set email = $3, email_state = 'usable', email_note = null where company_id = $1 and id = $2",
        company.id.0,
        contact.0,
        email,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// A text with something on both sides of one `@`, and no blanks: what the store takes as an address. Whether it exists is
/// for its server to say.
pub fn looks_like_address(text: &str) -> bool {
    let plain = !text.chars().any(|c| c.is_whitespace() || c.is_control());
    plain
        && text
            .split_once('@')
            .is_some_and(|(name, domain)| !name.is_empty() && !domain.is_empty() && !domain.contains('@'))
}

async fn wake_account_of(
    connection: &mut PgConnection,
    company: &Company,
    contact: ContactId,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let customer = sqlx::query_scalar!(
        "select customer_id from contacts where company_id = $1 and id = $2",
        company.id.0,
        contact.0,
    )
    .fetch_optional(&mut *connection)
    .await?
    .ok_or_else(|| StoreError::not_found("contact", contact))?;
    Ok(accounts::wake(connection, company.id, CustomerId(customer), now).await?)
}
