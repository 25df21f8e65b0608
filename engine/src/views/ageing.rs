//! What is owed, by how long it has been due.

use chrono::NaiveDate;
use relance_rules::dsl::money::{Currency, Money};
use relance_rules::ids::{CompanyId, CustomerId};
use rust_decimal::Decimal;
use serde::Serialize;
use sqlx::PgConnection;

use crate::store::StoreError;

/// Stretches of days after the due date. An invoice is not due up to and with its due date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AgingBucket {
    /// Not due yet.
    NotDue,
    /// 1 to 30 days.
    UpTo30,
    /// 31 to 60 days.
    UpTo60,
    /// 61 to 90 days.
    UpTo90,
    /// More than 90 days.
    Over90,
}

impl AgingBucket {
    /// All, the youngest first.
    pub const ALL: [Self; 5] = [
        Self::NotDue,
        Self::UpTo30,
        Self::UpTo60,
        Self::UpTo90,
        Self::Over90,
    ];

    fn read(number: i32) -> Self {
        match number {
            0 => Self::NotDue,
            1 => Self::UpTo30,
            2 => Self::UpTo60,
            3 => Self::UpTo90,
            _ => Self::Over90,
        }
    }

    fn index(self) -> usize {
        match self {
            Self::NotDue => 0,
            Self::UpTo30 => 1,
            Self::UpTo60 => 2,
            Self::UpTo90 => 3,
            Self::Over90 => 4,
        }
    }
}

/// Open invoices of one stretch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bucket {
    /// How many.
    pub invoices: i64,
    /// Their open amounts.
    pub amount: Decimal,
}

/// Open invoices by stretch, in one currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ageing {
    /// The currency.
    pub currency: Currency,
    /// One for each of [`AgingBucket::ALL`], in that order.
    pub buckets: [Bucket; 5],
}

impl Ageing {
    /// Nothing owed.
    pub fn empty(currency: Currency) -> Self {
        let nothing = Bucket {
            invoices: 0,
            amount: Decimal::ZERO,
        };
        Self {
            currency,
            buckets: [nothing; 5],
        }
    }

    /// All that is open.
    pub fn outstanding(&self) -> Money {
        Money::new(self.buckets.iter().map(|b| b.amount).sum(), self.currency)
    }

    /// What is past its due date.
    pub fn overdue(&self) -> Money {
        Money::new(self.buckets.iter().skip(1).map(|b| b.amount).sum(), self.currency)
    }

    /// How many invoices are open.
    pub fn invoices(&self) -> i64 {
        self.buckets.iter().map(|b| b.invoices).sum()
    }

    /// How many invoices are past their due date.
    pub fn overdue_invoices(&self) -> i64 {
        self.buckets.iter().skip(1).map(|b| b.invoices).sum()
    }

    fn add(&mut self, bucket: AgingBucket, invoices: i64, amount: Decimal) {
        if let Some(b) = self.buckets.get_mut(bucket.index()) {
            b.invoices += invoices;
            b.amount += amount;
        }
    }
}

/// Ageing in each currency and in the company's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Portfolio {
    /// In the company's currency, by the rates that hold today, rounded to its minor unit; without the currencies of
    /// `without_rate`.
    pub converted: Ageing,
    /// As invoiced, the company's currency first, then by code.
    pub by_currency: Vec<Ageing>,
    /// Currencies in which something is owed and for which no rate is known today.
    pub without_rate: Vec<Currency>,
}

/// The ageing of a company, or of one of its customers, on a day.
pub async fn portfolio(
    connection: &mut PgConnection,
    company: CompanyId,
    currency: Currency,
    customer: Option<CustomerId>,
    today: NaiveDate,
) -> Result<Portfolio, StoreError> {
    let rows = sqlx::query!(
        r#"with rates as (
             select distinct on (currency) currency, rate from exchange_rates
             where company_id = $1 and valid_from <= $4::date order by currency, valid_from desc)
           select i.currency,
             case when i.due >= $4::date then 0
                  when $4::date - i.due <= 30 then 1
                  when $4::date - i.due <= 60 then 2
                  when $4::date - i.due <= 90 then 3
                  else 4 end as "bucket!",
             count(*) as "invoices!", sum(i.open_amount) as "amount!",
             case when i.currency = $2 then 1 else max(r.rate) end as "rate"
           from invoices i left join rates r on r.currency = i.currency
           where i.company_id = $1 and i.kind = 'invoice' and i.open_amount > 0
             and ($3::bigint is null or i.customer_id = $3)
           group by i.currency, 2
           order by i.currency <> $2, i.currency, 2"#,
        company.0,
        currency.code(),
        customer.map(|c| c.0),
        today,
    )
    .fetch_all(connection)
    .await?;
    let mut result = Portfolio {
        converted: Ageing::empty(currency),
        by_currency: Vec::new(),
        without_rate: Vec::new(),
    };
    for row in rows {
        let own = super::currency(&row.currency)?;
        let bucket = AgingBucket::read(row.bucket);
        if result.by_currency.last().is_none_or(|a| a.currency != own) {
            result.by_currency.push(Ageing::empty(own));
        }
        if let Some(last) = result.by_currency.last_mut() {
            last.add(bucket, row.invoices, row.amount);
        }
        match row.rate {
            Some(rate) => {
                let read = Money::new(row.amount * rate, currency).rounded();
                result.converted.add(bucket, row.invoices, read.amount);
            }
            None if result.without_rate.contains(&own) => {}
            None => result.without_rate.push(own),
        }
    }
    Ok(result)
}
