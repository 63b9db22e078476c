-- One row for each challenge. Texts of the site are not kept; a code is only ever sealed.
create table challenge (
    challenge_id uuid primary key,
    owner_id uuid not null,
    account_id uuid not null,
    run_id uuid not null,
    topic_partition int not null, -- of its account's key: who consumes it looks after the deadline
    epoch bigint not null,
    reply_partition int,
    state text not null check (state in ('OPEN', 'ANSWERED', 'EXPIRED', 'CANCELLED', 'CLOSED')),
    round int not null,
    factor_type text not null,
    methods text not null, -- one a line
    resend_from timestamptz,
    deadline timestamptz not null,
    extendable_to timestamptz,
    wish text check (wish in ('RESEND', 'METHOD')),
    wish_method text,
    wish_at timestamptz,
    expiry_sent timestamptz, -- the deadline for which ExpireChallenge was sent
    ended_at timestamptz check ((state = 'OPEN') = (ended_at is null)),
    submission_id uuid check ((state = 'ANSWERED') = (submission_id is not null)),
    sealed text check ((state = 'ANSWERED') = (sealed is not null)),
    outcome text check ((state = 'CLOSED') = (outcome is not null)),
    version bigint not null
);
create index challenge_by_deadline on challenge (topic_partition, deadline) where state = 'OPEN';
create index challenge_by_end on challenge (coalesce(ended_at, deadline));

-- The verdict that each submission, or other command of a person, was given. The account is in the
-- key, so that nobody can use up the id of another's submission.
create table submission (
    account_id uuid not null,
    challenge_id uuid not null,
    request_id uuid not null,
    verdict text not null,
    at timestamptz not null,
    primary key (account_id, challenge_id, request_id)
);
create index submission_by_age on submission (at);
