-- Whether messages reached anybody: which link of what stands after `else` an act has come to, and whether a message was opened.

alter table action_items add column link int not null default 0 check (link >= 0);

alter table deliveries add column watched boolean not null default false;   -- it left with a way to tell that it was opened
alter table deliveries add column opened_at timestamptz;                     -- the first time
alter table deliveries add constraint deliveries_opened check (opened_at is null or watched);
