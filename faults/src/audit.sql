-- What the campaign writes down beside the product's own tables, in the same transactions: who claimed, began and left what, and when
-- the facts changed. Together with the moments of the commits (track_commit_timestamp) this tells what was known to whom.

create schema audit;

create table audit.deliveries (
    id          bigint generated always as identity primary key,
    company_id  bigint not null,
    delivery_id bigint not null,
    fence       bigint not null,
    worker      text not null,
    what        text not null,              -- claimed, begun, left, settled
    state       text not null,              -- the state after it
    leased_until timestamptz,
    at          timestamptz not null default clock_timestamp()
);
create index on audit.deliveries (company_id, delivery_id, fence);

create function audit.delivery() returns trigger language plpgsql as $$
declare
    what text;
begin
    if new.state = 'sending' and old.state <> 'sending' then
        what := 'claimed';
    elsif new.state = 'sending' and old.begun_at is null and new.begun_at is not null then
        what := 'begun';
    elsif old.state = 'sending' and new.state <> 'sending' then
        what := 'left';
    elsif old.state = 'in_doubt' and new.state <> 'in_doubt' then
        what := 'settled';
    else
        return null;
    end if;
    insert into audit.deliveries (company_id, delivery_id, fence, worker, what, state, leased_until)
    values (new.company_id, new.id, new.fence, current_setting('application_name'), what, new.state,
            coalesce(new.leased_until, old.leased_until));
    return null;
end $$;
create trigger audit after update on deliveries for each row execute function audit.delivery();

create table audit.facts (
    id          bigint generated always as identity primary key,
    kind        text not null,              -- open_amount, dispute, promise, hold, superseded, sending
    company_id  bigint,
    customer_id bigint,
    invoice_id  bigint,
    subject     bigint,
    value       text not null,
    at          timestamptz not null default clock_timestamp()
);
create index on audit.facts (kind, company_id, customer_id);

create function audit.invoice() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' or new.open_amount <> old.open_amount then
        insert into audit.facts (kind, company_id, customer_id, invoice_id, subject, value)
        values ('open_amount', new.company_id, new.customer_id, new.id, new.id, new.open_amount::text);
    end if;
    return null;
end $$;
create trigger audit after insert or update on invoices for each row execute function audit.invoice();

create function audit.dispute() returns trigger language plpgsql as $$
begin
    insert into audit.facts (kind, company_id, customer_id, invoice_id, subject, value)
    values ('dispute', new.company_id, new.customer_id, new.invoice_id, new.id, new.state);
    return null;
end $$;
create trigger audit after insert or update on disputes for each row execute function audit.dispute();

create function audit.promise() returns trigger language plpgsql as $$
begin
    insert into audit.facts (kind, company_id, customer_id, invoice_id, subject, value)
    values ('promise', new.company_id, new.customer_id, new.invoice_id, new.id,
            case when new.state = 'open' then new.pay_by::text else '' end);
    return null;
end $$;
create trigger audit after insert or update on promises for each row execute function audit.promise();

create function audit.hold() returns trigger language plpgsql as $$
begin
    insert into audit.facts (kind, company_id, customer_id, invoice_id, subject, value)
    values ('hold', new.company_id, new.customer_id, new.invoice_id, new.id, case when new.to_on is null then 'held' else '' end);
    return null;
end $$;
create trigger audit after insert or update on holds for each row execute function audit.hold();

create function audit.revision() returns trigger language plpgsql as $$
begin
    if old.superseded_at is null and new.superseded_at is not null then
        insert into audit.facts (kind, subject, value) values ('superseded', new.id, '');
    end if;
    return null;
end $$;
create trigger audit after update on rulebook_revisions for each row execute function audit.revision();
