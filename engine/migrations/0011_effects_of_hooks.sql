-- What hooks want done: that one was asked, a note in the customer's history, a post to a system of the firm's own.

alter table actions drop constraint actions_kind_check;
alter table actions add constraint actions_kind_check
    check (kind in ('email', 'webhook', 'call', 'fix_contact', 'by_hand', 'task', 'approval', 'hand_over',
                    'continue', 'cancel_plan', 'expect_credit', 'hook', 'note', 'notice'));
