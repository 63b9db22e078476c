-- A run whose holder is gone, or gave it back, is ADOPTABLE until another worker claims it.
alter table run drop constraint run_state_check;
alter table run add constraint run_state_check
    check (state in ('QUEUED', 'WORKING', 'WAITING', 'ADOPTABLE', 'ENDED'));
alter table run add column was_waiting boolean not null default false;
-- How often its holder died while the connector worked, since a step was last finished.
alter table run add column losses int not null default 0;

drop index run_one_claimed;
create unique index run_one_claimed on run (account_id) where state in ('WORKING', 'WAITING', 'ADOPTABLE');
create index run_adoptable on run (queued_at) where state = 'ADOPTABLE';
drop index run_ends_at;
create index run_ends_at on run (ends_at) where state in ('WORKING', 'WAITING', 'ADOPTABLE');
