create table seen (id bigint generated always as identity primary key, command_id uuid not null, account_id uuid not null);
