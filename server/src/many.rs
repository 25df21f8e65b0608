//! What people do with many messages or tasks at once: part by part, each part in a transaction of its own. What was done stays done
//! when it breaks off, and the same click does the rest.

use relance_engine::store::StoreError;
use relance_engine::store::breaker;
use relance_engine::store::deliveries::{self, Recall};
use relance_engine::store::tasks::{self, Closing};
use relance_rules::ids::{DeliveryId, TaskId};

use crate::work::Doer;

/// So many in one transaction: their accounts are locked as long as it takes.
const PART: usize = 500;

/// Which of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which<T> {
    /// These.
    These(Vec<T>),
    /// All that there are.
    All,
}

/// What was done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Done {
    /// To so many it was done.
    pub done: u32,
    /// So many were not there any more: sent or closed meanwhile.
    pub missed: u32,
}

impl Done {
    fn add(&mut self, asked: usize, done: u32) {
        self.done += done;
        self.missed += u32::try_from(asked).unwrap_or(u32::MAX).saturating_sub(done);
    }
}

impl Doer<'_> {
    /// Recalls messages that wait. Of all of them none leaves from the beginning of it on.
    pub async fn recall(&self, which: &Which<DeliveryId>, recall: Recall<'_>) -> Result<Done, StoreError> {
        if *which == Which::All {
            let now = self.engine.clock.now();
            let mut tx = self.engine.pool.begin().await?;
            // A day that cannot be is refused before anything is done.
            deliveries::recall(&mut tx, self.company, &[], recall, self.actor, now).await?;
            deliveries::keep_waiting(&mut tx, self.company.id, now).await?;
            tx.commit().await?;
        }
        let mut all = Done::default();
        for part in self.messages(which).await?.chunks(PART) {
            let now = self.engine.clock.now();
            let mut tx = self.engine.pool.begin().await?;
            let done = deliveries::recall(&mut tx, self.company, part, recall, self.actor, now).await?;
            tx.commit().await?;
            all.add(part.len(), done);
        }
        if *which == Which::All {
            breaker::dropped(&mut *self.engine.pool.acquire().await?, self.company.id).await?;
        }
        Ok(all)
    }

    /// Lets messages that wait leave at once.
    pub async fn release(&self, which: &Which<DeliveryId>) -> Result<Done, StoreError> {
        let mut all = Done::default();
        for part in self.messages(which).await?.chunks(PART) {
            let now = self.engine.clock.now();
            let mut tx = self.engine.pool.begin().await?;
            let done = deliveries::send_now(&mut tx, self.company, part, self.actor, now).await?;
            tx.commit().await?;
            all.add(part.len(), done);
        }
        Ok(all)
    }

    /// Closes open tasks of one kind with one outcome: all of them are those of a role, when one is given.
    pub async fn close_many(
        &self,
        which: &Which<TaskId>,
        role: Option<&str>,
        closing: Closing<'_>,
    ) -> Result<Done, StoreError> {
        closing.check(self.company)?;
        let ids = match which {
            Which::These(ids) => ids.clone(),
            Which::All => {
                let mut connection = self.engine.pool.acquire().await?;
                tasks::open_of(&mut connection, self.company.id, closing.kind, role).await?
            }
        };
        let mut all = Done::default();
        for part in ids.chunks(PART) {
            let now = self.engine.clock.now();
            let mut tx = self.engine.pool.begin().await?;
            let done = tasks::close_many(&mut tx, self.company, part, closing, self.actor, now).await?;
            tx.commit().await?;
            all.add(part.len(), done);
        }
        Ok(all)
    }

    async fn messages(&self, which: &Which<DeliveryId>) -> Result<Vec<DeliveryId>, StoreError> {
        match which {
            Which::These(ids) => Ok(ids.clone()),
            Which::All => {
                let mut connection = self.engine.pool.acquire().await?;
                deliveries::waiting(&mut connection, self.company.id).await
            }
        }
    }
}
