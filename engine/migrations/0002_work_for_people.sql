-- More work for people: tasks of the rules, messages sent by hand, approvals, and cases handed over to legal.

alter table actions drop constraint actions_kind_check;
alter table actions add constraint actions_kind_check
    check (kind in ('email', 'call', 'fix_contact', 'by_hand', 'task', 'approval', 'hand_over'));

alter table tasks drop constraint tasks_kind_check;
alter table tasks add constraint tasks_kind_check
    check (kind in ('call', 'fix_contact', 'settle_in_doubt', 'attention', 'by_hand', 'task', 'approval', 'hand_over'));

alter table tasks drop constraint tasks_outcome_check;
alter table tasks add constraint tasks_outcome_check
    check (outcome in ('reached', 'no_answer', 'promise', 'dispute', 'paid', 'fixed', 'was_sent', 'resend', 'drop', 'other',
                       'done', 'sent', 'approved', 'refused'));
