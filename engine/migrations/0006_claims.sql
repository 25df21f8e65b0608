-- Interest and fee that a message or task names for an invoice, as of the day on which it was written: a statement, no booking. Null
-- when its step charges nothing, or nothing is owed.

alter table action_items add column claim jsonb check (jsonb_typeof(claim) = 'object');
