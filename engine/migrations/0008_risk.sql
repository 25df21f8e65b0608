-- The risk of a payer by the score of the last review, between 1 (best) and 2 (worst): for the order of the work list.

alter table accounts add column risk numeric(6, 4) check (risk between 1 and 2);
