//! Whose turn it is, where settings limit how many messages leave on a way or to a mail domain.
//!
//! Before anything is read or written of the due messages, those beyond the limits are let wait: they cost next to nothing, and the next
//! claim sees the messages behind them. What is claimed in the end takes its place in the limits in the same transaction.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, Utc};
use relance_rules::ids::{CompanyId, DeliveryId};
use sqlx::PgConnection;

use crate::engine::Engine;
use crate::limits::Rate;
use crate::store::StoreError;
use crate::store::deliveries::Queued;
use crate::store::turns::{self, Bound, Counted};

/// The limits of some messages, held until the end of the transaction.
#[derive(Default)]
pub(super) struct Turns {
    limits: BTreeMap<Counted, Limit>,
    of: HashMap<DeliveryId, Vec<Counted>>,
}

struct Limit {
    rate: Rate,
    /// To which moment it was taken up.
    moment: DateTime<Utc>,
    /// How many may leave now.
    free: usize,
    /// How many were told to wait.
    waiting: usize,
}

impl Turns {
    /// Takes those out of `queued` whose turn has not come, and lets them wait; the oldest come first. Those whose window has closed stay:
    /// they do not leave.
    pub(super) async fn take(
        connection: &mut PgConnection,
        company: CompanyId,
        engine: &Engine,
        queued: &mut Vec<Queued>,
        now: DateTime<Utc>,
    ) -> Result<Self, StoreError> {
        if queued.is_empty() || !is_limited(engine) {
            return Ok(Self::default());
        }
        let ids: Vec<DeliveryId> = queued
            .iter()
            .filter(|q| !q.is_too_late(now))
            .map(|q| q.delivery)
            .collect();
        let bound = turns::bound(&mut *connection, company, &ids).await?;
        let mut all = Self::default();
        let mut rates: BTreeMap<Counted, Rate> = BTreeMap::new();
        for bound in &bound {
            let limited = limits_of(engine, bound);
            all.of.insert(
                bound.delivery,
                limited.iter().map(|(counted, _)| counted.clone()).collect(),
            );
            rates.extend(limited);
        }
        if rates.is_empty() {
            return Ok(Self::default());
        }
        let counted: Vec<Counted> = rates.keys().cloned().collect();
        let moments = turns::hold(&mut *connection, company, &counted, now).await?;
        all.limits = rates
            .into_iter()
            .zip(moments)
            .map(|((counted, rate), moment)| {
                let free = rate.free(moment, now);
                (
                    counted,
                    Limit {
                        rate,
                        moment,
                        free,
                        waiting: 0,
                    },
                )
            })
            .collect();
        let waiting: Vec<_> = bound
            .iter()
            .filter_map(|bound| all.turn(bound.delivery, now))
            .collect();
        turns::let_wait(connection, company, &waiting).await?;
        let waiting: HashSet<DeliveryId> = waiting.into_iter().map(|(id, ..)| id).collect();
        queued.retain(|queued| !waiting.contains(&queued.delivery));
        Ok(all)
    }

    /// Gives a message its turn in all of its limits, or says until when it waits, and for which of them.
    fn turn(
        &mut self,
        delivery: DeliveryId,
        now: DateTime<Utc>,
    ) -> Option<(DeliveryId, DateTime<Utc>, String)> {
        let of = self.of.get(&delivery)?;
        let full = of
            .iter()
            .any(|counted| self.limits.get(counted).is_some_and(|limit| limit.free == 0));
        let mut latest: Option<(DateTime<Utc>, String)> = None;
        for counted in of {
            let Some(limit) = self.limits.get_mut(counted) else {
                continue;
            };
            if !full {
                limit.free -= 1;
            } else if limit.free == 0 {
                let moment = limit
                    .rate
                    .after(limit.moment, limit.rate.free(limit.moment, now), now);
                let at = limit.rate.next(moment, limit.waiting, now);
                limit.waiting += 1;
                if latest.as_ref().is_none_or(|(other, _)| *other < at) {
                    latest = Some((at, counted.name().to_owned()));
                }
            }
        }
        latest.map(|(at, limit)| (delivery, at, limit))
    }

    /// Takes the places of messages that were claimed.
    pub(super) async fn spend(
        &self,
        connection: &mut PgConnection,
        company: CompanyId,
        claimed: impl Iterator<Item = DeliveryId>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let mut sent: BTreeMap<&Counted, usize> = BTreeMap::new();
        for counted in claimed.filter_map(|delivery| self.of.get(&delivery)).flatten() {
            *sent.entry(counted).or_default() += 1;
        }
        if sent.is_empty() {
            return Ok(());
        }
        let taken: Vec<(&Counted, DateTime<Utc>)> = sent
            .into_iter()
            .filter_map(|(counted, sent)| {
                let limit = self.limits.get(counted)?;
                Some((counted, limit.rate.after(limit.moment, sent, now)))
            })
            .collect();
        turns::take(connection, company, &taken).await
    }
}

impl Counted {
    /// As people read it: the domain, or the way.
    fn name(&self) -> &str {
        if self.domain.is_empty() {
            &self.medium
        } else {
            &self.domain
        }
    }
}

fn is_limited(engine: &Engine) -> bool {
    engine.rates().next().is_some()
}

fn limits_of(engine: &Engine, bound: &Bound) -> Vec<(Counted, Rate)> {
    let counted = |medium: &str, domain: &str| Counted {
        medium: medium.to_owned(),
        domain: domain.to_owned(),
    };
    match (&bound.webhook, &bound.domain) {
        (Some(name), _) => engine
            .webhooks
            .limit(name)
            .map(|rate| (counted(&format!("webhook {name}"), ""), rate))
            .into_iter()
            .collect(),
        (None, domain) => {
            let limits = &engine.mailer.settings().limits;
            let all = limits.all.map(|rate| (counted("email", ""), rate));
            let to = domain
                .as_ref()
                .and_then(|domain| Some((counted("email", domain), limits.domains.of(domain)?)));
            all.into_iter().chain(to).collect()
        }
    }
}
