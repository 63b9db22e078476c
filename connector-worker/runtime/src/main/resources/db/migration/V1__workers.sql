-- One row per start of a worker process. Its lease is judged by the database's clock.
create table instance (
    instance_id uuid primary key,
    name        text        not null,
    started_at  timestamptz not null,
    expires_at  timestamptz not null,
    state       text        not null check (state in ('LIVE', 'DEAD', 'STOPPED'))
);
create index instance_live on instance (expires_at) where state = 'LIVE';

-- What the workers hold of an account. Credentials (kt-kept) and session (kt-session) are sealed.
-- An erased account stays as a tombstone without any of it.
create table account (
    account_id          uuid primary key,
    owner_id            uuid   not null,
    state               text   not null default 'ACTIVE' check (state in ('ACTIVE', 'ERASING', 'ERASED')),
    connector           text,
    version             bigint not null default 0,
    credentials         text,
    credentials_version bigint,
    credentials_sha256  text,
    session             text,
    session_version     bigint,
    session_generation  bigint not null default 0,
    erase_command       uuid,
    erase_documents     boolean,
    erased_at           timestamptz
);
create index account_erasing on account (account_id) where state = 'ERASING';

-- Which commands were applied; their bodies are not kept.
create table inbox (
    command_id uuid primary key,
    account_id uuid        not null,
    type       text        not null,
    applied_at timestamptz not null
);
create index inbox_age on inbox (applied_at);
create index inbox_account on inbox (account_id);

create table run (
    run_id                uuid primary key,
    account_id            uuid        not null,
    owner_id              uuid        not null,
    connector             text        not null,
    trigger               text        not null,
    fresh                 boolean     not null,
    not_after             timestamptz not null,
    longest_ms            bigint      not null,
    traceparent           text,
    queued_at             timestamptz not null,
    state                 text        not null check (state in ('QUEUED', 'WORKING', 'WAITING', 'ENDED')),
    epoch                 bigint      not null default 0,
    holder                uuid,
    started_at            timestamptz,
    ends_at               timestamptz,
    cancel_asked          boolean     not null default false,
    auto_success_disabled boolean     not null default false,
    login_succeeded       boolean     not null default false,
    unsafe_request        boolean     not null default false,
    worker_refusals       int         not null default 0,
    ended_at              timestamptz,
    reason                text
);
create unique index run_one_claimed on run (account_id) where state in ('WORKING', 'WAITING');
create index run_queue on run (queued_at) where state = 'QUEUED';
create index run_not_after on run (not_after) where state = 'QUEUED';
create index run_ends_at on run (ends_at) where state in ('WORKING', 'WAITING');
create index run_holder on run (holder) where state in ('WORKING', 'WAITING');
create index run_turns on run (owner_id, started_at);
create index run_account on run (account_id);
create index run_ended on run (ended_at) where state = 'ENDED';

-- What a run has done: its steps with their sealed results (kt-step), and its waits.
create table journal (
    run_id   uuid    not null references run on delete cascade,
    position int     not null,
    kind     text    not null check (kind in ('STEP', 'WAIT')),
    name     text    not null,
    once     boolean not null,
    done     boolean not null,
    epoch    bigint  not null,
    sealed   text,
    primary key (run_id, position)
);

-- One row per challenge. The private key (kt-challenge-key) is deleted when the run has passed it.
create table checkpoint (
    challenge_id   uuid primary key,
    run_id         uuid        not null references run on delete cascade,
    position       int         not null,
    attempt        int         not null,
    retry_of       uuid,
    round          int         not null,
    state          text        not null check (state in ('OPEN', 'ANSWERED', 'REVEALED', 'PASSED', 'EXPIRED', 'CANCELLED')),
    private_key    text,
    seal_to        text        not null,
    prompt         text        not null,
    deadline       timestamptz not null,
    extendable_to  timestamptz,
    submission_id  uuid,
    answer         text,
    answer_round   int,
    revealed_epoch bigint,
    rejected_by    text,
    rejected_why   text,
    counted        boolean     not null default false
);
create index checkpoint_run on checkpoint (run_id, position, attempt);

-- Which contents an account has already, so that each is stored once.
create table document (
    account_id  uuid        not null,
    sha256      text        not null,
    document_id uuid        not null,
    saved_at    timestamptz not null,
    primary key (account_id, sha256)
);
