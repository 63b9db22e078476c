-- Who may use Home. Tokens are kept as their SHA-256 only.
create table users (
    id uuid primary key,
    name text not null unique,
    created_at timestamptz not null
);
create table login_link (
    token_hash bytea primary key,
    user_id uuid not null references users (id),
    expires_at timestamptz not null
);
create table login_session (
    token_hash bytea primary key,
    user_id uuid not null references users (id),
    created_at timestamptz not null,
    expires_at timestamptz not null
);
create index login_session_by_expiry on login_session (expires_at);
