//! Creditors.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use relance_rules::dsl::money::Currency;
use relance_rules::facts;
use relance_rules::ids::CompanyId;
use sqlx::{Connection as _, PgConnection};

use super::{StoreError, Upserted, values};

/// A creditor.
#[derive(Debug, Clone, PartialEq)]
pub struct Company {
    /// Identity.
    pub id: CompanyId,
    /// Short code, as `ALFR`: capital letters, digits, `_` and `-`, at most 20.
    pub code: String,
    /// Name.
    pub name: String,
    /// Two-letter country code.
    pub country: String,
    /// Reporting currency.
    pub currency: Currency,
    /// Two-letter language code.
    pub language: String,
    /// Time zone; its days are the days of the company's books.
    pub time_zone: Tz,
    /// Mailbox that messages come from, as `Atelier Lumière <compta@atelier.example>`.
    pub sender: String,
    /// Mailbox for answers, when it is another one.
    pub reply_to: Option<String>,
    /// Where to pay, in words or as an IBAN.
    pub bank: Option<String>,
}

/// A creditor to be stored; the fields are those of [`Company`].
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "the fields are those of Company")]
pub struct NewCompany {
    pub code: String,
    pub name: String,
    pub country: String,
    pub currency: Currency,
    pub language: String,
    pub time_zone: Tz,
    pub sender: String,
    pub reply_to: Option<String>,
    pub bank: Option<String>,
}

impl Company {
    /// The day that it is in the company's books at a moment.
    pub fn today(&self, now: DateTime<Utc>) -> NaiveDate {
        now.with_timezone(&self.time_zone).date_naive()
    }

    /// What decisions may know of the company.
    pub fn facts(&self) -> facts::Company {
        facts::Company {
            code: self.code.clone(),
            name: self.name.clone(),
            country: self.country.clone(),
            currency: self.currency,
            time_zone: self.time_zone,
        }
    }
}

struct Row {
    id: i64,
    code: String,
    name: String,
    country: String,
    currency: String,
    language: String,
    time_zone: String,
    sender: String,
    reply_to: Option<String>,
    bank: Option<String>,
}

impl TryFrom<Row> for Company {
    type Error = StoreError;
    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: CompanyId(row.id),
            currency: values::currency(&row.currency)?,
            time_zone: values::time_zone(&row.time_zone)?,
            code: row.code,
            name: row.name,
            country: row.country,
            language: row.language,
            sender: row.sender,
            reply_to: row.reply_to,
            bank: row.bank,
        })
    }
}

/// All companies, by code.
pub async fn list(connection: &mut PgConnection) -> Result<Vec<Company>, StoreError> {
    sqlx::query_as!(
        Row,
        "select id, code, name, country, currency, language, time_zone, sender, reply_to, bank
         from companies order by code"
    )
    .fetch_all(connection)
    .await?
    .into_iter()
    .map(Company::try_from)
    .collect()
}

/// All companies; each is asked by itself whether it has work, so that every question goes to one place of a sharded store.
pub async fn ids(connection: &mut PgConnection) -> Result<Vec<CompanyId>, sqlx::Error> {
    let ids = sqlx::query_scalar!("select id from companies order by id")
        .fetch_all(connection)
        .await?;
    Ok(ids.into_iter().map(CompanyId).collect())
}

/// The company with this code.
pub async fn by_code(connection: &mut PgConnection, code: &str) -> Result<Option<Company>, StoreError> {
    sqlx::query_as!(
        Row,
        "select id, code, name, country, currency, language, time_zone, sender, reply_to, bank
         from companies where code = $1",
        code
    )
    .fetch_optional(connection)
    .await?
    .map(Company::try_from)
    .transpose()
}

/// The company with this id.
pub async fn by_id(connection: &mut PgConnection, id: CompanyId) -> Result<Option<Company>, StoreError> {
    sqlx::query_as!(
        Row,
        "select id, code, name, country, currency, language, time_zone, sender, reply_to, bank
         from companies where id = $1",
        id.0
    )
    .fetch_optional(connection)
    .await?
    .map(Company::try_from)
    .transpose()
}

/// Stores a company under its code. A changed one (another time zone, another currency) wakes all its accounts.
pub async fn upsert(
    connection: &mut PgConnection,
    new: &NewCompany,
    now: DateTime<Utc>,
) -> Result<(CompanyId, Upserted), StoreError> {
    // A company and its gate: both or neither.
    let mut transaction = connection.begin().await?;
    let written = sqlx::query!(
        r#"insert into companies as c
               (code, name, country, currency, language, time_zone, sender, reply_to, bank, created_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
           on conflict (code) do update
           set name = $2, country = $3, currency = $4, language = $5, time_zone = $6, sender = $7, reply_to = $8, bank = $9
           where (c.name, c.country, c.currency, c.language, c.time_zone, c.sender, c.reply_to, c.bank)
                 is distinct from ($2, $3, $4, $5, $6, $7, $8, $9)
           returning id, (xmax = 0) as "inserted!""#,
        new.code,
        new.name,
        new.country,
        new.currency.code(),
        new.language,
        new.time_zone.name(),
        new.sender,
        new.reply_to,
        new.bank,
        now,
    )
    .fetch_optional(&mut *transaction)
    .await?;
    if let Some(row) = written.as_ref().filter(|row| row.inserted) {
        sqlx::query!("insert into sending_gates (company_id) values ($1)", row.id)
            .execute(&mut *transaction)
            .await?;
    }
    transaction.commit().await?;
    match written {
        Some(row) if row.inserted => Ok((CompanyId(row.id), Upserted::New)),
        Some(row) => {
            sqlx::query!(
                "update accounts set next_review_at = least(next_review_at, $2) where company_id = $1",
                row.id,
                now
            )
            .execute(connection)
            .await?;
            Ok((CompanyId(row.id), Upserted::Changed))
        }
        None => match by_code(connection, &new.code).await? {
            Some(company) => Ok((company.id, Upserted::Unchanged)),
            None => Err(StoreError::not_found("company", &new.code)),
        },
    }
}
