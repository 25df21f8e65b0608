-- Spreads the store over the workers of a Citus cluster by company. Run it once, as the owner, on the coordinator, in a database in which
-- `create extension citus` and `relance migrate` were run; before the first import, or while nothing else runs.

-- Small, and the same everywhere.
select create_reference_table('companies');
select create_reference_table('api_tokens');
select create_reference_table('general_stops');
select create_reference_table('installation');
select create_reference_table('rulebook_rejection');
select create_reference_table('rulebook_revisions');
select create_reference_table('sessions');
select create_reference_table('users');

-- Of one company each; what belongs together lies together. What is referred to comes first.
select create_distributed_table('customers', 'company_id');
select create_distributed_table('contacts', 'company_id', colocate_with => 'customers');
select create_distributed_table('invoices', 'company_id', colocate_with => 'customers');
select create_distributed_table('payments', 'company_id', colocate_with => 'customers');
select create_distributed_table('allocations', 'company_id', colocate_with => 'customers');
select create_distributed_table('disputes', 'company_id', colocate_with => 'customers');
select create_distributed_table('promises', 'company_id', colocate_with => 'customers');
select create_distributed_table('holds', 'company_id', colocate_with => 'customers');
select create_distributed_table('exchange_rates', 'company_id', colocate_with => 'customers');
select create_distributed_table('accounts', 'company_id', colocate_with => 'customers');
select create_distributed_table('positions', 'company_id', colocate_with => 'customers');
select create_distributed_table('actions', 'company_id', colocate_with => 'customers');
select create_distributed_table('action_items', 'company_id', colocate_with => 'customers');
select create_distributed_table('deliveries', 'company_id', colocate_with => 'customers');
select create_distributed_table('tasks', 'company_id', colocate_with => 'customers');
select create_distributed_table('events', 'company_id', colocate_with => 'customers');
select create_distributed_table('import_runs', 'company_id', colocate_with => 'customers');
select create_distributed_table('import_rejects', 'company_id', colocate_with => 'customers');
select create_distributed_table('payment_plans', 'company_id', colocate_with => 'customers');
select create_distributed_table('payment_plan_invoices', 'company_id', colocate_with => 'customers');
select create_distributed_table('payment_plan_instalments', 'company_id', colocate_with => 'customers');
select create_distributed_table('delivery_attachments', 'company_id', colocate_with => 'customers');
select create_distributed_table('documents', 'company_id', colocate_with => 'customers');
select create_distributed_table('sending_gates', 'company_id', colocate_with => 'customers');
select create_distributed_table('sending_limits', 'company_id', colocate_with => 'customers');
select create_distributed_table('sending_stops', 'company_id', colocate_with => 'customers');
select create_distributed_table('message_days', 'company_id', colocate_with => 'customers');
