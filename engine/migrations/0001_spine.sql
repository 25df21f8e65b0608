-- The receivables store, the durable workflow and the administration of relance.
--
-- Rules of this schema:
--   * every table of a company starts its key with company_id: the unit of tenancy, of access and of sharding;
--   * amounts are exact numerics in units of their currency; days are dates; moments are timestamptz;
--   * states are closed lists, held by checks; what must be unique is unique here, not by hope.

create table companies (
    id          bigint generated always as identity primary key,
    code        text not null unique check (code ~ '^[A-Z0-9_-]{1,20}$'),
    name        text not null,
    country     text not null check (country ~ '^[A-Z]{2}$'),
    currency    text not null check (currency ~ '^[A-Z]{3}$'),
    language    text not null check (language ~ '^[a-z]{2}$'),
    time_zone   text not null,
    sender      text not null,              -- mailbox that messages come from, as "Atelier Lumière <compta@atelier.example>"
    reply_to    text,
    bank        text,                       -- where to pay, in words or IBAN, shown in messages
    created_at  timestamptz not null
);

create table customers (
    company_id   bigint not null references companies (id),
    id           bigint generated always as identity,
    number       text not null,
    name         text not null,
    kind         text not null default 'business' check (kind in ('business', 'public', 'consumer')),
    country      text not null check (country ~ '^[A-Z]{2}$'),
    language     text check (language ~ '^[a-z]{2}$'),
    time_zone    text,
    tags         text[] not null default '{}',
    credit_limit numeric(18, 4) check (credit_limit >= 0),
    segment      text,                      -- set by hand; wins over the rules
    created_at   timestamptz not null,
    primary key (company_id, id),
    unique (company_id, number)
);
create index customers_by_name on customers (company_id, lower(name));

create table contacts (
    company_id  bigint not null,
    id          bigint generated always as identity,
    customer_id bigint not null,
    external_id text,                       -- key in the source system; makes an import idempotent
    name        text not null,
    salutation  text,
    role        text,
    main        boolean not null default false,
    language    text check (language ~ '^[a-z]{2}$'),
    email       text check (email like '%_@_%'),
    email_state text not null default 'usable' check (email_state in ('usable', 'bounced', 'opted_out')),
    email_note  text,                       -- why it is not usable: the server's answer
    phone       text,
    created_at  timestamptz not null,
    primary key (company_id, id),
    foreign key (company_id, customer_id) references customers (company_id, id),
    unique (company_id, customer_id, external_id)
);
create unique index contacts_one_main on contacts (company_id, customer_id) where main;

-- Invoices and credit notes. open_amount = amount less allocations; changed only together with an allocation.
create table invoices (
    company_id  bigint not null,
    id          bigint generated always as identity,
    customer_id bigint not null,
    kind        text not null check (kind in ('invoice', 'credit_note')),
    number      text not null,
    issued      date not null,
    due         date not null,
    amount      numeric(18, 4) not null check (amount > 0),
    open_amount numeric(18, 4) not null,
    currency    text not null check (currency ~ '^[A-Z]{3}$'),
    purchase_order text,
    known_since date not null,              -- first day on which this store knew of it, local to the company
    settled_on  date,                       -- day on which open_amount became zero
    cycle       int not null default 1 check (cycle >= 1),
    created_at  timestamptz not null,
    primary key (company_id, id),
    unique (company_id, kind, number),
    foreign key (company_id, customer_id) references customers (company_id, id),
    check (open_amount between 0 and amount),
    check ((open_amount = 0) = (settled_on is not null))
);
create index invoices_by_customer on invoices (company_id, customer_id, issued);
create index invoices_open on invoices (company_id, customer_id) where open_amount > 0;
create index invoices_settled on invoices (company_id, customer_id, settled_on) where settled_on is not null;

create table payments (
    company_id  bigint not null,
    id          bigint generated always as identity,
    customer_id bigint not null,
    reference   text not null,              -- key in the source system; makes an import idempotent
    received_on date not null,
    amount      numeric(18, 4) not null check (amount > 0),
    unallocated numeric(18, 4) not null,
    currency    text not null check (currency ~ '^[A-Z]{3}$'),
    note        text,
    taken_back_on date,                     -- the bank took it back: it counts for nothing from then on
    taken_back_by text,
    created_at  timestamptz not null,
    primary key (company_id, id),
    unique (company_id, reference),
    foreign key (company_id, customer_id) references customers (company_id, id),
    check (unallocated between 0 and amount),
    check ((taken_back_on is null) = (taken_back_by is null)),
    check (taken_back_on is null or unallocated = 0)
);
create index payments_by_customer on payments (company_id, customer_id, received_on);
create index payments_unallocated on payments (company_id, customer_id) where unallocated > 0;

-- Lettrage: a part of a payment, or of a credit note, set against an invoice.
create table allocations (
    company_id     bigint not null,
    id             bigint generated always as identity,
    invoice_id     bigint not null,
    payment_id     bigint,
    credit_note_id bigint,
    amount         numeric(18, 4) not null check (amount > 0),
    allocated_on   date not null,
    created_at     timestamptz not null,
    primary key (company_id, id),
    foreign key (company_id, invoice_id) references invoices (company_id, id),
    foreign key (company_id, payment_id) references payments (company_id, id),
    foreign key (company_id, credit_note_id) references invoices (company_id, id),
    check (num_nonnulls(payment_id, credit_note_id) = 1),
    check (credit_note_id <> invoice_id)
);
create index allocations_by_invoice on allocations (company_id, invoice_id);
create unique index allocations_payment_once on allocations (company_id, payment_id, invoice_id) where payment_id is not null;
create unique index allocations_credit_once on allocations (company_id, credit_note_id, invoice_id) where credit_note_id is not null;

create table disputes (
    company_id  bigint not null,
    id          bigint generated always as identity,
    invoice_id  bigint not null,
    customer_id bigint not null,
    category    text not null,
    note        text not null default '',
    state       text not null default 'open' check (state in ('open', 'accepted', 'rejected')),
    opened_on   date not null,
    closed_on   date,
    opened_by   text not null,
    created_at  timestamptz not null,
    primary key (company_id, id),
    foreign key (company_id, invoice_id) references invoices (company_id, id),
    foreign key (company_id, customer_id) references customers (company_id, id),
    check ((state = 'open') = (closed_on is null)),
    check (closed_on >= opened_on)
);
create index disputes_by_customer on disputes (company_id, customer_id);
create unique index disputes_one_open on disputes (company_id, invoice_id) where state = 'open';

create table promises (
    company_id  bigint not null,
    id          bigint generated always as identity,
    invoice_id  bigint not null,
    customer_id bigint not null,
    amount      numeric(18, 4) not null check (amount > 0),
    pay_by      date not null,
    made_on     date not null,
    state       text not null default 'open' check (state in ('open', 'kept', 'broken', 'withdrawn')),
    closed_on   date,
    taken_by    text not null,
    created_at  timestamptz not null,
    primary key (company_id, id),
    foreign key (company_id, invoice_id) references invoices (company_id, id),
    foreign key (company_id, customer_id) references customers (company_id, id),
    check (pay_by >= made_on),
    check ((state = 'open') = (closed_on is null))
);
create index promises_by_customer on promises (company_id, customer_id);
create unique index promises_one_open on promises (company_id, invoice_id) where state = 'open';
create index promises_open_by_day on promises (company_id, pay_by) where state = 'open';

-- Blocks set by people: on one invoice, or (invoice_id null) on the whole account.
create table holds (
    company_id  bigint not null,
    id          bigint generated always as identity,
    customer_id bigint not null,
    invoice_id  bigint,
    kind        text not null check (kind in ('manual', 'insolvency', 'on_plan')),
    from_on     date not null,
    to_on       date,                       -- first day on which it no longer holds
    note        text not null,
    set_by      text not null,
    created_at  timestamptz not null,
    primary key (company_id, id),
    foreign key (company_id, customer_id) references customers (company_id, id),
    foreign key (company_id, invoice_id) references invoices (company_id, id),
    check (to_on >= from_on)
);
create index holds_by_customer on holds (company_id, customer_id);

-- One unit of currency is rate units of the company's currency, from a day on.
create table exchange_rates (
    company_id bigint not null references companies (id),
    currency   text not null check (currency ~ '^[A-Z]{3}$'),
    valid_from date not null,
    rate       numeric(18, 8) not null check (rate > 0),
    primary key (company_id, currency, valid_from)
);

-- Rulebooks -------------------------------------------------------------------------------------------------------

create table rulebook_revisions (
    id           bigint generated always as identity primary key,
    content_hash text not null check (content_hash ~ '^[0-9a-f]{64}$'),
    files        jsonb not null,            -- path -> text: the whole rulebook as it was put in force
    put_in_force_at timestamptz not null,
    put_in_force_by text not null,
    superseded_at timestamptz,
    check (superseded_at >= put_in_force_at)
);
create unique index rulebook_revisions_one_in_force on rulebook_revisions ((true)) where superseded_at is null;

-- The last change that was refused, until a good one comes: at most one row.
create table rulebook_rejection (
    singleton    boolean primary key default true check (singleton),
    content_hash text not null,
    diagnostics  jsonb not null,
    at           timestamptz not null
);

-- The workflow ----------------------------------------------------------------------------------------------------

-- One row for each customer: when the account is looked at next, and what the last look said of the whole account.
create table accounts (
    company_id     bigint not null,
    customer_id    bigint not null,
    next_review_at timestamptz,             -- null: only an event wakes it
    reviewed_at    timestamptz,
    revision_id    bigint references rulebook_revisions (id),
    segment        text,
    scenario       text,
    score          int,
    band           text,
    reasons        jsonb not null default '[]',
    trouble        text,                    -- why the last review could not decide: "needs attention"
    primary key (company_id, customer_id),
    foreign key (company_id, customer_id) references customers (company_id, id)
);
create index accounts_due on accounts (next_review_at) where next_review_at is not null;

-- Where each invoice stands and what comes next for it: one row for each open invoice and cycle.
create table positions (
    company_id  bigint not null,
    invoice_id  bigint not null,
    cycle       int not null,
    customer_id bigint not null,
    scenario    text,
    last_step   text,
    last_level  int check (last_level >= 1),
    next_step   text,
    next_level  int check (next_level >= 1),
    next_on     date,
    reasons     jsonb not null,
    updated_at  timestamptz not null,
    primary key (company_id, invoice_id, cycle),
    foreign key (company_id, invoice_id) references invoices (company_id, id)
);
create index positions_by_customer on positions (company_id, customer_id);
create index positions_by_next on positions (company_id, next_on) where next_on is not null;

-- Something decided: a message or a task for some invoices of one account.
create table actions (
    company_id  bigint not null,
    id          bigint generated always as identity,
    customer_id bigint not null,
    scenario    text not null,
    step        text not null,
    title       text not null,
    level       int check (level >= 1),
    act         int not null check (act >= 0),
    kind        text not null check (kind in ('email', 'call', 'fix_contact')),
    detail      jsonb not null,             -- rules::decision::ActionKind
    state       text not null default 'pending' check (state in ('pending', 'done', 'in_doubt', 'failed', 'cancelled')),
    decided_at  timestamptz not null,
    closed_at   timestamptz,                -- carried out, failed or called off; null while pending or in doubt
    revision_id bigint not null references rulebook_revisions (id),
    reasons     jsonb not null,
    outcome     text,                       -- in words: why called off or failed, what the call gave
    primary key (company_id, id),
    foreign key (company_id, customer_id) references customers (company_id, id),
    check ((state in ('pending', 'in_doubt')) = (closed_at is null))
);
create index actions_by_customer on actions (company_id, customer_id, decided_at);

create table action_items (
    company_id bigint not null,
    action_id  bigint not null,
    invoice_id bigint not null,
    cycle      int not null,
    scenario   text not null,
    step       text not null,
    level      int check (level >= 1),
    act        int not null,
    balance    numeric(18, 4) not null,     -- at the decision
    currency   text not null check (currency ~ '^[A-Z]{3}$'),
    moves      boolean not null,            -- false for tasks that do not move the invoice (fix_contact)
    live       boolean not null default true,  -- false once the action failed or was called off
    primary key (company_id, action_id, invoice_id),
    foreign key (company_id, action_id) references actions (company_id, id),
    foreign key (company_id, invoice_id) references invoices (company_id, id)
);
-- The promise "never twice": one act of one step for one invoice and cycle.
create unique index action_items_once on action_items (company_id, invoice_id, scenario, step, act, cycle) where live and moves;

-- The outbox.
create table deliveries (
    company_id   bigint not null,
    id           bigint generated always as identity,
    action_id    bigint not null,
    customer_id  bigint not null,
    contact_id   bigint,
    medium       text not null check (medium in ('email')),
    idempotency_key text not null,          -- also the local part of the Message-ID
    state        text not null default 'queued'
                 check (state in ('queued', 'sending', 'sent', 'in_doubt', 'failed', 'cancelled')),
    attempts     int not null default 0,
    not_before   timestamptz not null,
    not_after    timestamptz,
    fence        bigint not null default 0, -- rises with each claim; a worker that lost its lease cannot record
    leased_until timestamptz,
    recipient    text,
    subject      text,
    body_text    text,
    body_html    text,
    last_error   text,
    sent_at      timestamptz,
    created_at   timestamptz not null,
    primary key (company_id, id),
    unique (company_id, idempotency_key),
    unique (company_id, action_id),
    foreign key (company_id, action_id) references actions (company_id, id),
    foreign key (company_id, customer_id) references customers (company_id, id),
    check ((state = 'sending') = (leased_until is not null)),
    check ((state = 'sent') = (sent_at is not null)),
    check (state <> 'sent' or (recipient is not null and subject is not null and body_text is not null))
);
create index deliveries_queued on deliveries (not_before) where state = 'queued';
create index deliveries_sending on deliveries (leased_until) where state = 'sending';
create index deliveries_by_customer on deliveries (company_id, customer_id, sent_at);
create index deliveries_sent on deliveries (company_id, sent_at) where state = 'sent';

-- Work for people.
create table tasks (
    company_id  bigint not null,
    id          bigint generated always as identity,
    customer_id bigint not null,
    action_id   bigint,
    kind        text not null check (kind in ('call', 'fix_contact', 'settle_in_doubt', 'attention')),
    title       text not null,
    script      text,                       -- what to say, rendered
    assign_role text not null,
    contact_id  bigint,
    due_on      date not null,
    state       text not null default 'open' check (state in ('open', 'done', 'cancelled')),
    outcome     text check (outcome in ('reached', 'no_answer', 'promise', 'dispute', 'paid', 'fixed', 'was_sent', 'resend', 'drop', 'other')),
    note        text,
    created_at  timestamptz not null,
    closed_at   timestamptz,
    closed_by   text,
    primary key (company_id, id),
    foreign key (company_id, customer_id) references customers (company_id, id),
    foreign key (company_id, action_id) references actions (company_id, id),
    check ((state = 'open') = (closed_at is null)),
    check (state <> 'done' or outcome is not null)
);
create index tasks_open on tasks (company_id, due_on) where state = 'open';
create index tasks_by_customer on tasks (company_id, customer_id);
create unique index tasks_one_fix_contact on tasks (company_id, customer_id) where state = 'open' and kind = 'fix_contact';
create unique index tasks_one_settle on tasks (company_id, action_id) where state = 'open' and kind = 'settle_in_doubt';

-- What happened, append-only.
create table events (
    company_id  bigint not null,
    id          bigint generated always as identity,
    at          timestamptz not null,
    kind        text not null,
    customer_id bigint,
    invoice_id  bigint,
    action_id   bigint,
    actor       text not null,              -- a login, `import`, `engine`
    data        jsonb not null default '{}',
    primary key (company_id, id)
);
create index events_by_customer on events (company_id, customer_id, at);

-- Imports ---------------------------------------------------------------------------------------------------------

create table import_runs (
    company_id  bigint not null references companies (id),
    id          bigint generated always as identity,
    source      text not null,              -- folder or file, as given
    started_at  timestamptz not null,
    finished_at timestamptz,
    counts      jsonb not null default '{}',   -- file kind -> {read, new, changed, unchanged, rejected}
    actor       text not null,
    primary key (company_id, id)
);

create table import_rejects (
    company_id bigint not null,
    run_id     bigint not null,
    seq        int not null,
    file       text not null,
    line       int not null,                -- line in the file, from 1, the header included
    field      text,                        -- column name in the file
    value      text,
    reason     text not null,
    primary key (company_id, run_id, seq),
    foreign key (company_id, run_id) references import_runs (company_id, id)
);

-- Administration --------------------------------------------------------------------------------------------------

create table users (
    id            bigint generated always as identity primary key,
    login         text not null unique,
    name          text not null,
    password_hash text not null,
    role          text not null check (role in ('viewer', 'collector', 'credit_manager', 'admin')),
    language      text not null default 'fr' check (language in ('fr', 'en')),
    active        boolean not null default true,
    created_at    timestamptz not null
);

create table sessions (
    id         text primary key,            -- a hash of the cookie's value
    data       jsonb not null,
    expires_at timestamptz not null
);

create table api_tokens (
    id           bigint generated always as identity primary key,
    name         text not null unique,
    token_hash   text not null unique,      -- SHA-256; the token itself is shown once
    role         text not null check (role in ('viewer', 'collector', 'credit_manager', 'admin')),
    created_at   timestamptz not null,
    created_by   text not null,
    last_used_at timestamptz,
    revoked_at   timestamptz
);

-- Facts about this installation itself: the demo's clock and firm, for example.
create table installation (
    key   text primary key,
    value jsonb not null
);
