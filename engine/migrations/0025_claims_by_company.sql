-- Work is claimed company by company, and a claimed message is marked when it begins to leave: after a crash only that is in doubt.

alter table deliveries add column begun_at timestamptz;     -- handing over of the present claim began; kept once it is sent

drop index accounts_due;
create index accounts_due on accounts (company_id, next_review_at) where next_review_at is not null;
drop index deliveries_queued;
create index deliveries_queued on deliveries (company_id, not_before, id) where state = 'queued';
drop index deliveries_sending;
create index deliveries_sending on deliveries (company_id, leased_until) where state = 'sending';

-- What was being sent when this version took over may have begun.
update deliveries set begun_at = leased_until where state = 'sending';
