-- Asked for at each notice, among ten thousand runs that a worker may hold.
create index run_cancelled on run (holder) where cancel_asked and state in ('WORKING', 'WAITING');
