-- Messages that are posted to an address of the server's settings.

alter table actions drop constraint actions_kind_check;
alter table actions add constraint actions_kind_check
    check (kind in ('email', 'webhook', 'call', 'fix_contact', 'by_hand', 'task', 'approval', 'hand_over',
                    'continue', 'cancel_plan', 'expect_credit'));

alter table deliveries drop constraint deliveries_medium_check;
alter table deliveries add constraint deliveries_medium_check check (medium in ('email', 'webhook'));
