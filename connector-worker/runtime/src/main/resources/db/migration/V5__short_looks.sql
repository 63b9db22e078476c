-- Asked for at each notice, among ten thousand runs that a worker may hold.
create index run_cancelled on run (holder) where cancel_asked and state in ('WORKING', 'WAITING');

-- A claim looks for whose turn it is, then for that user's oldest run, then whether its account has an
-- older one: of thousands that are queued, and of all that have ended.
drop index run_queue;
create index run_queue on run (owner_id, queued_at) where state = 'QUEUED';
create index run_queue_of_account on run (account_id) where state = 'QUEUED';
