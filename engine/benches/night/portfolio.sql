-- A portfolio in the middle of its life: night.customers customers with ten open invoices each, reminded before, and three that are paid.
--
-- Invoice k of customer n has had least(n mod 5, k mod 5) levels, the last of them fifteen days ago, so that tonight each has a next one: the fifth at most.
create schema night;
create function night.segment(kind text, tags text[], country text) returns text immutable language sql
return case when kind = 'public' then 'public' when 'key' = any(tags) then 'key' when country <> 'FR' then 'abroad' else 'standard' end;
create function night.scenario(kind text, tags text[]) returns text immutable language sql
return case when kind = 'public' or 'key' = any(tags) then 'patient' else 'close' end;

insert into customers (company_id, number, name, kind, country, language, tags, created_at)
select 1, 'C' || n, 'Customer ' || n, case when n % 10 = 7 then 'public' else 'business' end,
       (array['FR', 'FR', 'FR', 'BE', 'DE'])[1 + n % 5], 'fr', case when n % 20 = 3 then array['key'] else '{}' end, timestamptz '2025-01-01'
from generate_series(1, current_setting('night.customers')::int) n;

insert into contacts (company_id, customer_id, external_id, name, main, email, created_at)
select 1, id, number, 'Accounts of ' || name, true, lower(number) || '@customer.example', created_at from customers;

create temporary table open_invoices as
select c.id as customer_id, substr(c.number, 2)::int as n, k, least(substr(c.number, 2)::int % 5, k % 5) as stage
from customers c cross join generate_series(1, 10) k;

insert into invoices (company_id, customer_id, kind, number, issued, due, amount, open_amount, currency, known_since, created_at)
select 1, customer_id, 'invoice', 'F' || n || '-' || k, due - 30, due, amount, amount, 'EUR', due - 30, (due - 30)::timestamptz
from (select *, date '2026-03-02' - 5 - 15 * stage as due, (100 + (n * 7 + k * 13) % 900 + 0.25)::numeric as amount from open_invoices) o;

insert into invoices (company_id, customer_id, kind, number, issued, due, amount, open_amount, currency, known_since, settled_on, created_at)
select 1, c.id, 'invoice', 'P' || substr(c.number, 2) || '-' || k, due - 30, due, 500, 0, 'EUR', due - 30, due + substr(c.number, 2)::int % 20, (due - 30)::timestamptz
from customers c cross join lateral (select k, date '2025-10-01' + 20 * k as due from generate_series(1, 3) k) p;

insert into payments (company_id, customer_id, reference, received_on, amount, unallocated, currency, created_at)
select 1, customer_id, number, settled_on, amount, 0, 'EUR', settled_on::timestamptz from invoices where open_amount = 0;
insert into allocations (company_id, invoice_id, payment_id, amount, allocated_on, created_at)
select 1, i.id, p.id, i.amount, i.settled_on, i.settled_on::timestamptz
from invoices i join payments p on p.company_id = 1 and p.reference = i.number where i.open_amount = 0;

-- What was done: every fifteen days a mail, with the words of the highest level among its invoices.
create temporary table done_items as
select o.customer_id, i.id as invoice_id, o.stage - ago + 1 as level, ago, i.open_amount
from open_invoices o
join invoices i on i.company_id = 1 and i.kind = 'invoice' and i.number = 'F' || o.n || '-' || o.k
cross join lateral generate_series(1, o.stage) ago;

insert into actions (company_id, customer_id, scenario, step, title, level, act, kind, detail, state, decided_at, closed_at, revision_id, reasons)
select 1, d.customer_id, night.scenario(c.kind, c.tags), 'level_' || max(level), 'Level ' || max(level), max(level), 0, 'email',
       '{"Email": {}}', 'done', at, at, (select max(id) from rulebook_revisions), '[]'
from done_items d join customers c on c.company_id = 1 and c.id = d.customer_id
cross join lateral (select timestamptz '2026-03-02 08:00Z' - make_interval(days => 15 * ago) as at) t
group by d.customer_id, ago, at, c.kind, c.tags;

insert into action_items (company_id, action_id, invoice_id, cycle, scenario, step, level, act, balance, currency, moves)
select 1, a.id, d.invoice_id, 1, a.scenario, 'level_' || d.level, d.level, 0, d.open_amount, 'EUR', true
from done_items d
join actions a on a.company_id = 1 and a.customer_id = d.customer_id
                  and a.decided_at = timestamptz '2026-03-02 08:00Z' - make_interval(days => 15 * d.ago);

insert into deliveries (company_id, action_id, customer_id, contact_id, medium, idempotency_key, state, attempts, not_before,
                        recipient, subject, body_text, sent_at, created_at)
select 1, a.id, a.customer_id, c.id, 'email', 'night.' || a.id, 'sent', 1, a.decided_at, c.email, a.title, 'Bonjour, ...', a.closed_at, a.decided_at
from actions a join contacts c on c.company_id = 1 and c.customer_id = a.customer_id;

insert into positions (company_id, invoice_id, cycle, customer_id, scenario, last_step, last_level, next_step, next_level, next_on, reasons, updated_at)
select 1, i.id, 1, i.customer_id, night.scenario(c.kind, c.tags), case when stage > 0 then 'level_' || stage end, nullif(stage, 0),
       'level_' || stage + 1, stage + 1, date '2026-03-02', '[]', timestamptz '2026-02-15'
from open_invoices o
join invoices i on i.company_id = 1 and i.kind = 'invoice' and i.number = 'F' || o.n || '-' || o.k
join customers c on c.company_id = 1 and c.id = o.customer_id;

insert into accounts (company_id, customer_id, next_review_at, reviewed_at, revision_id, segment, scenario, score, band, risk, reasons)
select 1, c.id, timestamptz '2026-03-02 07:00Z', timestamptz '2026-02-15', (select max(id) from rulebook_revisions),
       night.segment(c.kind, c.tags, c.country), night.scenario(c.kind, c.tags), 50, 'fair', 1.5, '[]'
from customers c;

drop table open_invoices, done_items;
