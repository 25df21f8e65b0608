-- Fields of the firm's own: what an import brought for them, as text; the rulebook says how each is read.

alter table customers add column custom jsonb not null default '{}' check (jsonb_typeof(custom) = 'object');
alter table invoices  add column custom jsonb not null default '{}' check (jsonb_typeof(custom) = 'object');

-- What a run noticed that is no reason to refuse a line.
alter table import_runs add column notices jsonb not null default '[]' check (jsonb_typeof(notices) = 'array');
