-- What follows from events: dunning goes on elsewhere, a payment plan is called off, a credit note is awaited.

alter table actions drop constraint actions_kind_check;
alter table actions add constraint actions_kind_check
    check (kind in ('email', 'call', 'fix_contact', 'by_hand', 'task', 'approval', 'hand_over',
                    'continue', 'cancel_plan', 'expect_credit'));

alter table holds drop constraint holds_kind_check;
alter table holds add constraint holds_kind_check
    check (kind in ('manual', 'insolvency', 'on_plan', 'credit_expected'));
