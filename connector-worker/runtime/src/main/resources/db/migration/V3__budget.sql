-- What counts against an account's budget of an hour: who was asked, and which codes the site refused
-- or may have refused.
create table spent (
    challenge_id uuid        not null,
    kind         text        not null check (kind in ('PROMPT', 'WRONG_CODE')),
    account_id   uuid        not null,
    connector    text        not null,
    at           timestamptz not null,
    primary key (challenge_id, kind)
);
create index spent_account on spent (account_id, at);
create index spent_age on spent (at);

-- An account has one claimed run (run_one_claimed), and a run one open challenge: one prompt per account.
create unique index checkpoint_one_open on checkpoint (run_id) where state = 'OPEN';
