-- Which key a sealed text names in its header; '?' if it is none. Only the header is looked at, so
-- that large texts stay where they are.
create function kid_of(sealed text) returns text
    language plpgsql immutable strict parallel safe as $$
declare
    header text := translate(split_part(substr(sealed, 1, 1000), '.', 1), '-_', '+/');
begin
    return coalesce(
        convert_from(decode(rpad(header, (length(header) + 3) / 4 * 4, '='), 'base64'), 'UTF8')::json ->> 'kid',
        '?');
exception when others then
    return '?';
end $$;

-- After a rotation the accounts are looked for that still name the former key.
create index account_credentials_kid on account (kid_of(credentials)) where credentials is not null;
create index account_session_kid on account (kid_of(session)) where session is not null;
