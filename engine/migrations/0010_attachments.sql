-- What went with messages, as it was when they left.

create table delivery_attachments (
    company_id  bigint not null,
    delivery_id bigint not null,
    place       int not null check (place >= 1),
    name        text not null,              -- of the file
    pdf         bytea not null,
    primary key (company_id, delivery_id, place),
    foreign key (company_id, delivery_id) references deliveries (company_id, id)
);

-- The documents of invoices. One that took another's place leaves it to the history.
create table documents (
    company_id  bigint not null,
    id          bigint generated always as identity,
    invoice_id  bigint not null,
    name        text not null,              -- of the file
    sha256      text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    pdf         bytea not null check (octet_length(pdf) between 1 and 5242880),
    added_at    timestamptz not null,
    added_by    text not null,
    replaced_at timestamptz,
    primary key (company_id, id),
    foreign key (company_id, invoice_id) references invoices (company_id, id)
);
create unique index documents_current on documents (company_id, invoice_id) where replaced_at is null;
