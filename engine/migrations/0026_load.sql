-- How many messages are in doubt is asked again and again by whoever watches the program.
create index deliveries_in_doubt on deliveries (company_id) where state = 'in_doubt';
-- So is how many accounts need attention.
create index accounts_in_trouble on accounts (company_id) where trouble is not null;
