//! The questions to the store and the audit.

/// Steps of an invoice for which more than one message was begun: invoice, step, keys.
pub(super) const STEPS_WITH_SEVERAL_KEYS: &str = "
    select i.number, ai.step, array_agg(d.idempotency_key)
    from action_items ai
    join invoices i on i.company_id = ai.company_id and i.id = ai.invoice_id
    join deliveries d on d.company_id = ai.company_id and d.action_id = ai.action_id
    where ai.level is not null and d.fence > 0
    group by i.company_id, i.number, ai.step, ai.act, ai.cycle
    having count(*) > 1";

/// Claims of dunning messages behind this place of the audit that were committed after something that stands against them, and why.
pub(super) const TOO_LATE: [(&str, &str); 6] = [
    (
        "after the payment of an invoice that it names was committed",
        "select distinct c.delivery_id, c.fence
         from audit.deliveries c
         join deliveries d on d.company_id = c.company_id and d.id = c.delivery_id
         join action_items ai on ai.company_id = d.company_id and ai.action_id = d.action_id and ai.level is not null
         cross join lateral (
             select f.value from audit.facts f
             where f.kind = 'open_amount' and f.company_id = c.company_id and f.customer_id = d.customer_id
                   and f.invoice_id = ai.invoice_id and pg_xact_commit_timestamp(f.xmin) < pg_xact_commit_timestamp(c.xmin)
             order by pg_xact_commit_timestamp(f.xmin) desc, f.id desc limit 1) latest
         where c.what = 'claimed' and c.id > $1 and latest.value::numeric = 0",
    ),
    (
        "while an invoice that it names was disputed",
        "select distinct c.delivery_id, c.fence
         from audit.deliveries c
         join deliveries d on d.company_id = c.company_id and d.id = c.delivery_id
         join action_items ai on ai.company_id = d.company_id and ai.action_id = d.action_id and ai.level is not null
         cross join lateral (
             select f.value from audit.facts f
             where f.kind = 'dispute' and f.company_id = c.company_id and f.customer_id = d.customer_id
                   and f.invoice_id = ai.invoice_id and pg_xact_commit_timestamp(f.xmin) < pg_xact_commit_timestamp(c.xmin)
             order by pg_xact_commit_timestamp(f.xmin) desc, f.id desc limit 1) latest
         where c.what = 'claimed' and c.id > $1 and latest.value = 'open'",
    ),
    (
        "while an invoice that it names was promised",
        "select distinct c.delivery_id, c.fence
         from audit.deliveries c
         join deliveries d on d.company_id = c.company_id and d.id = c.delivery_id
         join action_items ai on ai.company_id = d.company_id and ai.action_id = d.action_id and ai.level is not null
         cross join lateral (
             select f.value from audit.facts f
             where f.kind = 'promise' and f.company_id = c.company_id and f.customer_id = d.customer_id
                   and f.invoice_id = ai.invoice_id and pg_xact_commit_timestamp(f.xmin) < pg_xact_commit_timestamp(c.xmin)
             order by pg_xact_commit_timestamp(f.xmin) desc, f.id desc limit 1) latest
         where c.what = 'claimed' and c.id > $1 and latest.value <> ''
               -- a promise whose day has passed is broken, whether or not that is noted yet
               and c.leased_until::date <= latest.value::date",
    ),
    (
        "while its account was held",
        "select distinct c.delivery_id, c.fence
         from audit.deliveries c
         join deliveries d on d.company_id = c.company_id and d.id = c.delivery_id
         join action_items ai on ai.company_id = d.company_id and ai.action_id = d.action_id and ai.level is not null
         where c.what = 'claimed' and c.id > $1 and exists (
             select from (
                 select distinct on (f.subject) f.value from audit.facts f
                 where f.kind = 'hold' and f.company_id = c.company_id and f.customer_id = d.customer_id
                       and pg_xact_commit_timestamp(f.xmin) < pg_xact_commit_timestamp(c.xmin)
                 order by f.subject, pg_xact_commit_timestamp(f.xmin) desc, f.id desc) latest
             where latest.value = 'held')",
    ),
    (
        "under rules that were no longer in force",
        "select c.delivery_id, c.fence
         from audit.deliveries c
         join deliveries d on d.company_id = c.company_id and d.id = c.delivery_id
         join actions a on a.company_id = d.company_id and a.id = d.action_id
         join audit.facts f on f.kind = 'superseded' and f.subject = a.revision_id
         where c.what = 'claimed' and c.id > $1
               and pg_xact_commit_timestamp(f.xmin) < pg_xact_commit_timestamp(c.xmin)",
    ),
    (
        "or begun while all sending was stopped",
        "select c.delivery_id, c.fence
         from audit.deliveries c
         cross join lateral (
             select f.value from audit.facts f
             where f.kind = 'sending' and pg_xact_commit_timestamp(f.xmin) < pg_xact_commit_timestamp(c.xmin)
             order by pg_xact_commit_timestamp(f.xmin) desc, f.id desc limit 1) latest
         where c.what in ('claimed', 'begun') and c.id > $1 and latest.value = 'stopped'",
    ),
];

/// Open invoices of a company whose next level was due by this day: number, level reached, since when. `$3` days lie between levels,
/// of which there are `$4`; it is `$5`. What was entered or ended while the clock was a day ahead counts from tomorrow.
pub(super) const DUE: &str = "
    select i.number, coalesce(reached.level, 0), coalesce(reached.day, i.due) + $3
    from invoices i
    left join lateral (
        select ai.level, (greatest(d.sent_at, a.closed_at, a.decided_at) at time zone co.time_zone)::date as day
        from action_items ai
        join actions a on a.company_id = ai.company_id and a.id = ai.action_id
        join companies co on co.id = ai.company_id
        left join deliveries d on d.company_id = a.company_id and d.action_id = a.id
        where ai.company_id = i.company_id and ai.invoice_id = i.id and ai.cycle = i.cycle and ai.live and ai.moves
              and ai.level is not null
        order by ai.level desc limit 1) reached on true
    where i.company_id = $1 and i.kind = 'invoice' and i.open_amount > 0 and coalesce(reached.level, 0) < $4
          and i.known_since <= $2
          and coalesce(reached.day, i.due) + $3 <= $2
          and not exists (select from disputes x where x.company_id = i.company_id and x.invoice_id = i.id
                                and (x.state = 'open' or x.closed_on > $2))
          and not exists (select from promises x where x.company_id = i.company_id and x.invoice_id = i.id
                                and (x.state = 'open' or x.closed_on > $2))
          -- looked at, or called off, while the clock was ahead: it comes to its turn when the clock has caught up
          and not exists (select from accounts x where x.company_id = i.company_id and x.customer_id = i.customer_id
                                and x.reviewed_at > $5)
          and not exists (select from actions a where a.company_id = i.company_id and a.customer_id = i.customer_id
                                and a.closed_at > $5)
          -- refused today: the next try is tomorrow
          and not exists (select from action_items ai
                          join actions a on a.company_id = ai.company_id and a.id = ai.action_id
                          where ai.company_id = i.company_id and ai.invoice_id = i.id and a.state = 'failed' and a.closed_at::date >= $2)
          and not exists (select from holds x where x.company_id = i.company_id and x.customer_id = i.customer_id
                                and (x.to_on is null or x.to_on > $2))";

/// Messages of a company that are not done with at this moment. What was claimed or put off while the clock was a day ahead comes to its
/// turn tomorrow.
pub(super) const NOT_DONE: &str = "
    select id, state from deliveries
    where company_id = $1 and (state = 'in_doubt' or state = 'queued' and not_before <= $2 or state = 'sending' and leased_until <= $2)";

/// What may not be there: one half of something.
pub(super) const HALVES: [(&str, &str); 10] = [
    (
        "messages that were decided and are not in the outbox",
        "select a.id from actions a left join deliveries d on d.company_id = a.company_id and d.action_id = a.id
         where a.kind = 'email' and d.id is null",
    ),
    (
        "calls that were decided without a task",
        "select a.id from actions a left join tasks t on t.company_id = a.company_id and t.action_id = a.id and t.kind = 'call'
         where a.kind = 'call' and t.id is null",
    ),
    (
        "calls with several tasks",
        "select t.action_id from tasks t where t.kind = 'call' group by t.company_id, t.action_id having count(*) > 1",
    ),
    (
        "actions without an invoice",
        "select a.id from actions a left join action_items ai on ai.company_id = a.company_id and ai.action_id = a.id
         where ai.action_id is null and a.kind in ('email', 'call')",
    ),
    (
        "actions that nothing tells of in the history",
        "select a.id from actions a left join events e on e.company_id = a.company_id and e.action_id = a.id and e.kind = 'action_decided'
         where e.id is null and a.kind in ('email', 'call')",
    ),
    (
        "messages that are sent while their action is not done",
        "select d.id from deliveries d join actions a on a.company_id = d.company_id and a.id = d.action_id
         where (d.state = 'sent') <> (a.state = 'done') and a.kind = 'email'",
    ),
    (
        "messages that are sent and of which the history does not tell exactly once",
        "select d.id from deliveries d
         left join events e on e.company_id = d.company_id and e.action_id = d.action_id
              and (e.kind = 'message_sent' or e.kind = 'doubt_settled' and e.data ->> 'outcome' = 'was_sent')
         where d.state = 'sent' group by d.company_id, d.id having count(e.id) <> 1",
    ),
    (
        "steps that were taken while the invoice's place was not moved",
        "select ai.invoice_id from action_items ai
         join positions p on p.company_id = ai.company_id and p.invoice_id = ai.invoice_id and p.cycle = ai.cycle
         join actions a on a.company_id = ai.company_id and a.id = ai.action_id
         join accounts ac on ac.company_id = a.company_id and ac.customer_id = a.customer_id
         where ai.live and ai.moves and a.state = 'done' and ai.level is not null and coalesce(p.last_level, 0) < ai.level
               -- the next review moves it
               and (ac.next_review_at is null or ac.next_review_at > a.closed_at)",
    ),
    (
        "invoices whose open amount is not what their payments leave",
        "select i.id from invoices i
         left join lateral (select coalesce(sum(l.amount), 0) as paid from allocations l
                            where l.company_id = i.company_id and l.invoice_id = i.id) paid on true
         where i.open_amount <> i.amount - paid.paid",
    ),
    (
        "payments that are not allocated as their invoices say",
        "select p.id from payments p
         left join lateral (select coalesce(sum(l.amount), 0) as used from allocations l
                            where l.company_id = p.company_id and l.payment_id = p.id) used on true
         where p.unallocated <> p.amount - used.used",
    ),
];
