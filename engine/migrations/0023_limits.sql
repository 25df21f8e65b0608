-- Limits of sending: how many messages leave on a way, and to a mail domain, whatever the number of workers.

-- One row for each limit that was used. A claim holds it until its end, so that claims of other workers count on from there.
create table sending_limits (
    company_id bigint not null references companies (id),
    medium     text not null check (medium <> ''),    -- 'email', or the name of an address behind 'webhook '
    domain     text not null,                         -- of the recipients; empty: of the whole medium
    taken_to   timestamptz not null,                  -- the moment to which messages that left have taken the limit up
    primary key (company_id, medium, domain)
);

-- Which limit a queued message waits for; null when it waits for none.
alter table deliveries add column waits_for text check (waits_for <> '');
