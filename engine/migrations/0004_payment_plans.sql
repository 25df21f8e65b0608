-- Payment plans: what a debtor agreed to pay in parts, for one invoice or several of one account.

create table payment_plans (
    company_id  bigint not null,
    id          bigint generated always as identity,
    customer_id bigint not null,
    currency    text not null check (currency ~ '^[A-Z]{3}$'),
    made_on     date not null,
    made_by     text not null,
    note        text not null,              -- in words; says why the instalments are not what was open, when they are not
    state       text not null default 'running' check (state in ('running', 'kept', 'cancelled')),
    missed      int check (missed >= 1),    -- the instalment that is missed, as the events last told
    ended_on    date,
    ended_by    text,
    created_at  timestamptz not null,
    primary key (company_id, id),
    foreign key (company_id, customer_id) references customers (company_id, id),
    check ((state = 'running') = (ended_on is null)),
    check ((state = 'running') = (ended_by is null)),
    check (ended_on >= made_on)
);
create index payment_plans_by_customer on payment_plans (company_id, customer_id);

create table payment_plan_invoices (
    company_id  bigint not null,
    plan_id     bigint not null,
    invoice_id  bigint not null,
    open_amount numeric(18, 4) not null check (open_amount > 0),  -- when the plan was made
    running     boolean not null default true,                    -- false once the plan has ended
    primary key (company_id, plan_id, invoice_id),
    foreign key (company_id, plan_id) references payment_plans (company_id, id),
    foreign key (company_id, invoice_id) references invoices (company_id, id)
);
create unique index payment_plan_invoices_one_running on payment_plan_invoices (company_id, invoice_id) where running;

create table payment_plan_instalments (
    company_id bigint not null,
    plan_id    bigint not null,
    number     int not null check (number >= 1),
    due        date not null,
    amount     numeric(18, 4) not null check (amount > 0),
    primary key (company_id, plan_id, number),
    unique (company_id, plan_id, due),
    foreign key (company_id, plan_id) references payment_plans (company_id, id)
);

-- A block of the kind `on_plan` stays what it was: somebody's word that there is a plan, without instalments that could be missed.
