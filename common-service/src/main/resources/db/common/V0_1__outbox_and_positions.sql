-- Messages that a transaction wrote beside its state, sent by the outbox in the order of id within order_key.
create table outbox (
    id bigint generated always as identity primary key,
    order_key uuid not null,
    topic text not null,
    record_key text not null,
    partition int,
    headers text not null,
    value bytea not null,
    created_at timestamptz not null
);
create index outbox_by_key on outbox (order_key, id);
create index outbox_by_age on outbox (created_at);

-- Up to where each partition was read, moved in the transaction of what was written.
create table reader_position (
    topic text not null,
    partition int not null,
    next_offset bigint not null,
    primary key (topic, partition)
);
