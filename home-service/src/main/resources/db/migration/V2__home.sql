-- Versions of everything that is shown; one that is given later is higher.
create sequence view_version;

create table account (
    id uuid primary key,
    user_id uuid not null references users,
    connector text not null,
    label text not null,
    created_at timestamptz not null,
    credentials text not null check (credentials in ('SENDING', 'SAVED', 'REFUSED')),
    credentials_version bigint not null,
    -- The highest version that any fact named: the next one must be above it.
    seen_version bigint not null,
    refused_why text,
    refused_field text,
    paused_why text,
    -- The version at which it was paused: only a later one that is saved ends the pause.
    paused_version bigint,
    run_id uuid,
    erasing_at timestamptz,
    erase_documents boolean not null default false,
    erased_at timestamptz,
    erased_until timestamptz,
    -- A tombstone: not shown any more, and no fact brings it back.
    gone boolean not null default false,
    version bigint not null
);
create unique index account_label on account (user_id, connector, label) where erasing_at is null;
create index account_of_user on account (user_id);
create index account_erased on account (erased_until) where erased_at is not null and not gone;

-- What was sent to the workers. The sealed text goes when the log answers; its hash stays, to know a text by.
create table credentials (
    account_id uuid not null references account,
    version bigint not null,
    command_id uuid not null,
    sealed text,
    sha256 text not null,
    at timestamptz not null,
    sent_at timestamptz not null,
    primary key (account_id, version)
);
create index credentials_unanswered on credentials (sent_at) where sealed is not null;

-- ForgetSession and EraseAccount that the log has not answered yet.
create table pending_command (
    command_id uuid primary key,
    account_id uuid not null references account,
    kind text not null check (kind in ('FORGET_SESSION', 'ERASE_ACCOUNT')),
    at timestamptz not null,
    sent_at timestamptz not null
);
create index pending_command_age on pending_command (sent_at);
create index pending_command_of_account on pending_command (account_id);

-- The facts about accounts that were applied; those about runs stand in the timeline.
create table account_fact (
    event_id uuid primary key,
    account_id uuid not null references account
);

-- The one run that an account has open.
create table open_run (
    account_id uuid primary key references account,
    run_id uuid not null unique,
    user_id uuid not null
);
create index open_run_of_user on open_run (user_id);

-- The view of a run. `fold` is what the log's facts made of it, the columns what is told of it.
create table run (
    id uuid primary key,
    account_id uuid not null references account,
    user_id uuid not null,
    connector text not null,
    trigger text not null,
    state text not null,
    since timestamptz not null,
    queued_at timestamptz not null,
    started_at timestamptz,
    ended_at timestamptz,
    reason text,
    words text,
    until_at timestamptz,
    correlation_id text,
    documents int not null,
    challenge_id uuid,
    fold text not null,
    changes_at timestamptz,
    -- Of the log; absent until a fact of it was read.
    partition int,
    version bigint not null
);
create index run_of_account on run (account_id, queued_at desc);
create index run_of_user on run (user_id, queued_at desc);
create index run_changes on run (changes_at) where changes_at is not null;

create table timeline (
    run_id uuid not null references run on delete cascade,
    position bigint not null,
    event_id uuid not null unique,
    type text not null,
    at timestamptz not null,
    epoch bigint,
    late boolean not null,
    data text not null,
    primary key (run_id, position)
);

create table challenge (
    id uuid primary key,
    run_id uuid not null references run on delete cascade,
    account_id uuid not null,
    user_id uuid not null,
    state text not null,
    outcome text,
    asked text not null,
    rejected text,
    jwk text,
    version bigint not null
);
create index challenge_of_run on challenge (run_id);
create index challenge_of_account on challenge (account_id);
create index challenge_not_ended on challenge (user_id) where state <> 'ENDED';

create table document (
    id uuid primary key,
    account_id uuid not null,
    user_id uuid not null,
    run_id uuid not null,
    name text not null,
    media_type text not null,
    size bigint not null,
    sha256 text not null,
    store_key text not null,
    saved_at timestamptz not null
);
create index document_of_user on document (user_id, account_id, saved_at desc);

create table connector (
    slug text primary key,
    offered text not null
);
