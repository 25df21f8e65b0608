-- The breaker: a run far larger than usual stops the sending of its company, and people are asked.

-- How many messages were decided on a day of the company's books. Several rows a day, so that workers do not wait for each other.
create table message_days (
    company_id bigint not null references companies (id),
    day        date not null,
    slot       smallint not null,
    messages   bigint not null check (messages > 0),
    primary key (company_id, day, slot)
);

-- A stop that the breaker made: for which day, at how many messages, and how many were usual. Dropped: all that waited was recalled.
alter table sending_stops
    add column asked_on date,
    add column messages bigint,
    add column usual    bigint,
    add column dropped  boolean not null default false,
    add constraint sending_stops_asked check (num_nulls(asked_on, messages, usual) in (0, 3));
drop index sending_stops_one_in_force;
create unique index sending_stops_one_in_force on sending_stops (company_id, (asked_on is null)) where ended_at is null;
create index sending_stops_asked_on on sending_stops (company_id, asked_on) where asked_on is not null;
