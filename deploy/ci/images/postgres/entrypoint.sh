#!/bin/sh
# As the official image: makes the data folder at the first start, says twice that it is ready.
set -eu
case "${1:-postgres}" in -*) set -- postgres "$@" ;; esac
[ "$1" = postgres ] || exec "$@"
shift
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  printf '%s' "${POSTGRES_PASSWORD:?}" >/tmp/password
  initdb -D "$PGDATA" -U "${POSTGRES_USER:-postgres}" --pwfile=/tmp/password -A scram-sha-256 \
    -E UTF8 --locale=C --no-sync >/dev/null
  rm /tmp/password
  echo "host all all all scram-sha-256" >>"$PGDATA/pg_hba.conf"
  [ "${POSTGRES_DB:-postgres}" = postgres ] ||
    echo "create database \"$POSTGRES_DB\"" | postgres --single -D "$PGDATA" postgres >/dev/null
  echo "database system is ready to accept connections (first of two)"
fi
exec postgres -D "$PGDATA" -c "listen_addresses=*" "$@"
