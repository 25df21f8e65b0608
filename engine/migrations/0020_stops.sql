-- The kill switch: people stop the sending of one company, or of everything. While a stop is in force nothing is claimed for sending.

-- One row for each company. A sending claim holds it (for share) and then looks for stops; whoever stops the sending first writes the
-- stop, then waits until he has had the row for himself: from then on every claim sees the stop.
create table sending_gates (
    company_id bigint not null primary key references companies (id)
);
insert into sending_gates (company_id) select id from companies;

create table sending_stops (
    company_id bigint not null references companies (id),
    id         bigint generated always as identity,
    since      timestamptz not null,
    set_by     text not null,
    why        text not null check (why <> ''),
    ended_at   timestamptz,
    ended_by   text,
    primary key (company_id, id),
    check ((ended_at is null) = (ended_by is null)),
    check (ended_at >= since)
);
create unique index sending_stops_one_in_force on sending_stops (company_id) where ended_at is null;

-- Stops of everything, companies that are added later included: no company's table.
create table general_stops (
    id       bigint generated always as identity primary key,
    since    timestamptz not null,
    set_by   text not null,
    why      text not null check (why <> ''),
    ended_at timestamptz,
    ended_by text,
    check ((ended_at is null) = (ended_by is null)),
    check (ended_at >= since)
);
create unique index general_stops_one_in_force on general_stops ((true)) where ended_at is null;
