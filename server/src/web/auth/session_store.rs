//! Sessions in Postgres, so that they outlive the process and serve several. The table knows a hash of the cookie only.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use relance_engine::engine::Engine;
use relance_engine::store::StoreError;
use relance_engine::store::sessions::{self, StoredSession};
use tower_sessions::SessionStore;
use tower_sessions::cookie::time::OffsetDateTime;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result};

use super::secret;

/// The store of sessions.
#[derive(Debug, Clone)]
pub struct PostgresSessions(pub Engine);

fn backend(error: StoreError) -> Error {
    Error::Backend(crate::telemetry::chain(&error))
}

fn key(id: &Id) -> String {
    secret::hash(&id.to_string())
}

#[async_trait]
impl SessionStore for PostgresSessions {
    async fn create(&self, record: &mut Record) -> Result<()> {
        // 128 random bits: that two are the same is not worth a test, but cheap to rule out.
        while self.load(&record.id).await?.is_some() {
            record.id = Id::default();
        }
        self.save(record).await
    }

    async fn save(&self, record: &Record) -> Result<()> {
        let stored = StoredSession {
            data: serde_json::to_value(&record.data).map_err(|e| Error::Encode(e.to_string()))?,
            expires_at: DateTime::from_timestamp(record.expiry_date.unix_timestamp(), 0)
                .ok_or_else(|| Error::Encode("expiry out of range".to_owned()))?,
        };
        let mut connection = self.0.pool.acquire().await.map_err(|e| backend(e.into()))?;
        sessions::save(&mut connection, &key(&record.id), &stored)
            .await
            .map_err(backend)
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let mut connection = self.0.pool.acquire().await.map_err(|e| backend(e.into()))?;
        // The real time, also where the engine's clock stands still: sessions are of the browser's world.
        let Some(stored) = sessions::load(&mut connection, &key(id), Utc::now())
            .await
            .map_err(backend)?
        else {
            return Ok(None);
        };
        Ok(Some(Record {
            id: *id,
            data: serde_json::from_value(stored.data).map_err(|e| Error::Decode(e.to_string()))?,
            expiry_date: OffsetDateTime::from_unix_timestamp(stored.expires_at.timestamp())
                .map_err(|e| Error::Decode(e.to_string()))?,
        }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        let mut connection = self.0.pool.acquire().await.map_err(|e| backend(e.into()))?;
        sessions::delete(&mut connection, &key(id)).await.map_err(backend)
    }
}
