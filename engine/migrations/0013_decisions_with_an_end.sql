-- Decisions of people that come to an end: approvals that nobody gives expire.

alter table actions drop constraint actions_state_check;
alter table actions add constraint actions_state_check
    check (state in ('pending', 'done', 'in_doubt', 'failed', 'cancelled', 'expired'));

alter table tasks drop constraint tasks_kind_check;
alter table tasks add constraint tasks_kind_check
    check (kind in ('call', 'fix_contact', 'settle_in_doubt', 'attention', 'by_hand', 'task', 'approval', 'expired_approval',
                    'hand_over'));

alter table tasks drop constraint tasks_outcome_check;
alter table tasks add constraint tasks_outcome_check
    check (outcome in ('reached', 'no_answer', 'promise', 'dispute', 'paid', 'fixed', 'was_sent', 'resend', 'drop', 'other',
                       'done', 'sent', 'approved', 'refused', 'ask_again'));

-- Approvals that were asked for before they had an end can be given for two more weeks, and not less than they could.
update actions set detail = jsonb_set(detail, '{until}', to_jsonb(greatest(current_date, (detail ->> 'due')::date) + 14))
    where kind = 'approval' and not detail ? 'until';
