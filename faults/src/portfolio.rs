//! The companies of the campaign, and what happens to their invoices from outside.

use anyhow::{Context as _, Result};
use chrono::{DateTime, Days, Utc};
use rand::RngExt as _;
use rand::rngs::StdRng;
use relance_engine::rules::dsl::money::{Currency, Money};
use relance_engine::rules::ids::{CompanyId, ContactId, CustomerId, DisputeId, HoldId, InvoiceId, PromiseId};
use relance_engine::store::companies::Company;
use relance_engine::store::disputes::{self, NewDispute};
use relance_engine::store::holds::{self, BlockKind, NewHold};
use relance_engine::store::payments::{self, NewPayment, Pays};
use relance_engine::store::promises::{self, NewPromise};
use relance_engine::store::{StoreError, contacts, invoices};
use relance_testkit::portfolio;
use rust_decimal::Decimal;
use sqlx::{PgConnection, PgPool};

const WHO: &str = "campaign";

/// Companies with customers; their invoices are in the store.
pub struct Portfolio {
    /// Each with its customers.
    pub companies: Vec<(Company, Vec<CustomerId>)>,
}

impl Portfolio {
    /// So many customers in each of two companies.
    pub async fn make(pool: &PgPool, customers: usize, now: DateTime<Utc>) -> Result<Self> {
        let mut connection = pool.acquire().await?;
        let mut companies = Vec::new();
        for code in ["LARGE", "SMALL"] {
            let company = portfolio::company(&mut connection, code, now).await;
            let count = if code == "LARGE" { customers } else { customers / 8 };
            let mut all = Vec::new();
            for number in 1..=count {
                let number = format!("C{number}");
                let customer = portfolio::customer(&mut connection, &company, &number, now).await;
                let address = format!("{}@{}.example", number.to_lowercase(), code.to_lowercase());
                let contact = portfolio::new_contact(customer, &address);
                contacts::upsert(&mut connection, &company, &contact, now).await?;
                all.push(customer);
            }
            companies.push((company, all));
        }
        Ok(Self { companies })
    }

    /// A new invoice that falls due about today.
    pub async fn book(
        &self,
        pool: &PgPool,
        luck: &mut StdRng,
        number: u64,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let (company, customers) = self.any_company(luck);
        let customer = customers[luck.random_range(0..customers.len())];
        let due = company.today(now) - Days::new(luck.random_range(0..3));
        let cents = luck.random_range(1_000..900_000);
        let new = portfolio::new_invoice(customer, &format!("F{number}"), due, cents);
        let mut transaction = pool.begin().await?;
        invoices::upsert(&mut transaction, company, &new, WHO, now).await?;
        Ok(transaction.commit().await?)
    }

    /// Something else that happens: a payment, a dispute, a promise, a hold, or the end of one.
    pub async fn happen(
        &self,
        pool: &PgPool,
        luck: &mut StdRng,
        number: u64,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let (company, _) = self.any_company(luck);
        let mut transaction = pool.begin().await?;
        let done = match luck.random_range(0..100) {
            0..50 => pay(&mut transaction, company, luck, number, now).await,
            50..60 => dispute(&mut transaction, company, luck, now).await,
            60..70 => close_dispute(&mut transaction, company, luck, now).await,
            70..80 => promise(&mut transaction, company, luck, now).await,
            80..88 => withdraw(&mut transaction, company, luck, now).await,
            88..93 => hold(&mut transaction, company, luck, now).await,
            _ => release(&mut transaction, company, luck, now).await,
        };
        match done {
            Ok(()) => Ok(transaction.commit().await?),
            // There may be one already, or the invoice be paid by now.
            Err(StoreError::Conflict { .. } | StoreError::NotFound { .. }) => {
                Ok(transaction.rollback().await?)
            }
            Err(error) => Err(error.into()),
        }
    }

    fn any_company(&self, luck: &mut StdRng) -> &(Company, Vec<CustomerId>) {
        // Most of what happens, happens to the large one.
        &self.companies[usize::from(luck.random_range(0..8) == 0)]
    }

    /// Gives every contact that came back as undeliverable another address.
    pub async fn mend_addresses(&self, pool: &PgPool, round: u64, now: DateTime<Utc>) -> Result<u64> {
        let mut connection = pool.acquire().await?;
        let mut mended = 0;
        for (company, _) in &self.companies {
            let bounced: Vec<(i64, String)> = sqlx::query_as(
                "select id, email from contacts where company_id = $1 and email_state = 'bounced'",
            )
            .bind(company.id.0)
            .fetch_all(&mut *connection)
            .await?;
            for (contact, email) in bounced {
                let (name, domain) = email.split_once('@').context("an address")?;
                let name = name.split('+').next().unwrap_or(name);
                let new = format!("{name}+{round}@{domain}");
                contacts::set_email(&mut connection, company, ContactId(contact), &new, now).await?;
                mended += 1;
            }
        }
        Ok(mended)
    }

    /// The companies.
    pub fn ids(&self) -> impl Iterator<Item = CompanyId> {
        self.companies.iter().map(|(company, _)| company.id)
    }
}

/// An open invoice of a company: id, number, customer, what is open.
async fn open_invoice(
    connection: &mut PgConnection,
    company: &Company,
    luck: &mut StdRng,
) -> Result<Option<(i64, String, i64, Decimal)>, StoreError> {
    let all: Vec<(i64, String, i64, Decimal)> = sqlx::query_as(
        "select id, number, customer_id, open_amount from invoices where company_id = $1 and open_amount > 0 order by id limit 400",
    )
    .bind(company.id.0)
    .fetch_all(connection)
    .await?;
    Ok(if all.is_empty() {
        None
    } else {
        Some(all[luck.random_range(0..all.len())].clone())
    })
}

/// One of the ids that a query gives.
async fn one_of(
    connection: &mut PgConnection,
    company: &Company,
    luck: &mut StdRng,
    query: &'static str,
) -> Result<Option<i64>, StoreError> {
    let all: Vec<i64> = sqlx::query_scalar(query)
        .bind(company.id.0)
        .fetch_all(connection)
        .await?;
    Ok(if all.is_empty() {
        None
    } else {
        Some(all[luck.random_range(0..all.len())])
    })
}

async fn pay(
    connection: &mut PgConnection,
    company: &Company,
    luck: &mut StdRng,
    number: u64,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let Some((_, invoice, customer, open)) = open_invoice(connection, company, luck).await? else {
        return Ok(());
    };
    let payment = NewPayment {
        customer: CustomerId(customer),
        reference: format!("P{number}"),
        received_on: company.today(now),
        amount: Money::new(open, Currency::EUR),
        note: None,
        pays: vec![Pays {
            invoice,
            amount: None,
        }],
    };
    payments::receive(connection, company, &payment, WHO, now).await?;
    Ok(())
}

async fn dispute(
    connection: &mut PgConnection,
    company: &Company,
    luck: &mut StdRng,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    if let Some((invoice, ..)) = open_invoice(connection, company, luck).await? {
        let new = NewDispute {
            invoice: InvoiceId(invoice),
            category: "price".to_owned(),
            note: String::new(),
        };
        disputes::open(connection, company, &new, WHO, now).await?;
    }
    Ok(())
}

async fn close_dispute(
    connection: &mut PgConnection,
    company: &Company,
    luck: &mut StdRng,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let open = "select id from disputes where company_id = $1 and state = 'open' order by id";
    if let Some(id) = one_of(connection, company, luck, open).await? {
        disputes::close(connection, company, DisputeId(id), false, WHO, now).await?;
    }
    Ok(())
}

async fn promise(
    connection: &mut PgConnection,
    company: &Company,
    luck: &mut StdRng,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    if let Some((invoice, ..)) = open_invoice(connection, company, luck).await? {
        let new = NewPromise {
            invoice: InvoiceId(invoice),
            amount: None,
            pay_by: company.today(now) + Days::new(luck.random_range(2..5)),
        };
        promises::take(connection, company, &new, WHO, now).await?;
    }
    Ok(())
}

async fn withdraw(
    connection: &mut PgConnection,
    company: &Company,
    luck: &mut StdRng,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let open = "select id from promises where company_id = $1 and state = 'open' order by id";
    if let Some(id) = one_of(connection, company, luck, open).await? {
        promises::withdraw(connection, company, PromiseId(id), WHO, now).await?;
    }
    Ok(())
}

async fn hold(
    connection: &mut PgConnection,
    company: &Company,
    luck: &mut StdRng,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    if let Some((_, _, customer, _)) = open_invoice(connection, company, luck).await? {
        let new = NewHold {
            customer: CustomerId(customer),
            invoice: None,
            kind: BlockKind::Manual,
            from: None,
            to: None,
            note: "asked for patience".to_owned(),
        };
        holds::set(connection, company, &new, WHO, now).await?;
    }
    Ok(())
}

async fn release(
    connection: &mut PgConnection,
    company: &Company,
    luck: &mut StdRng,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let held = "select id from holds where company_id = $1 and to_on is null order by id";
    if let Some(id) = one_of(connection, company, luck, held).await? {
        holds::end(connection, company, HoldId(id), WHO, now).await?;
    }
    Ok(())
}
