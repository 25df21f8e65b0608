//! Whether messages are opened: an address of one's own for each message that asks to be told (`else ... when not opened in 3 days`).
//!
//! A mail has the address as an image of one point, a post as a field. Nothing of this leaves without a `server.public_url`, and no
//! message has it whose rules do not ask for it. Who opens the address learns nothing: neither whose it is, nor whether it counted.

mod token;

use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use relance_rules::ids::{CompanyId, DeliveryId};
use sqlx::PgPool;

use crate::store::{StoreError, deliveries, installation};
use token::Key;

/// Under this key of the installation stands the secret with which addresses are signed.
const SECRET: &str = "opening_secret";

/// Makes the addresses, and reads them. The default makes none. Cheap to clone.
#[derive(Clone, Default)]
pub struct Openings(Option<Arc<Signed>>);

struct Signed {
    /// How the world reaches us, without a slash at its end.
    public_url: String,
    key: Key,
}

impl fmt::Debug for Openings {
    /// Without the key.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Openings")
            .field(&self.0.as_ref().map(|signed| &signed.public_url))
            .finish()
    }
}

impl Openings {
    /// Reads the installation's secret, or makes it; without a public address nothing is read and no message asks to be told.
    ///
    /// # Errors
    /// The store cannot be read, or holds something else under the secret's name.
    pub async fn load(pool: &PgPool, public_url: Option<&str>) -> Result<Self, StoreError> {
        let Some(public_url) = public_url else {
            return Ok(Self::default());
        };
        let mut connection = pool.acquire().await?;
        let made: [u8; token::KEY] = rand::random();
        // Two programs that begin at once keep what one of them has made.
        let secret: Vec<u8> = installation::keep(&mut connection, SECRET, &made.to_vec()).await?;
        let key = Key::read(&secret)
            .ok_or_else(|| StoreError::unreadable("the secret of addresses of openings", "another length"))?;
        Ok(Self(Some(Arc::new(Signed {
            public_url: public_url.trim_end_matches('/').to_owned(),
            key,
        }))))
    }

    /// Where it is told that this message is opened; none without a public address.
    pub fn address(&self, company: CompanyId, delivery: DeliveryId) -> Option<String> {
        let signed = self.0.as_ref()?;
        let token = signed.key.token(company, delivery);
        Some(format!("{}/o/{token}.gif", signed.public_url))
    }

    /// Notes that the message of this token was opened. The first time counts; a token that is not ours, and a message that
    /// did not ask, change nothing.
    ///
    /// # Errors
    /// The store did not do what was asked.
    pub async fn note(&self, pool: &PgPool, token: &str, now: DateTime<Utc>) -> Result<(), StoreError> {
        let Some((company, delivery)) = self.0.as_ref().and_then(|signed| signed.key.read_token(token))
        else {
            return Ok(());
        };
        let mut transaction = pool.begin().await?;
        deliveries::open(&mut transaction, company, delivery, now).await?;
        Ok(transaction.commit().await?)
    }
}
