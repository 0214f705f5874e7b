#!/bin/sh
# Makes the role and the database of the bots, when the server is begun. The role is no superuser: row-level security holds it.
set -eu
password=$(cat /run/secrets/yrd_database_password)
psql --username=postgres --set=ON_ERROR_STOP=1 --set=password="$password" <<'SQL'
CREATE ROLE yrd LOGIN PASSWORD :'password';
CREATE DATABASE yrd OWNER yrd ENCODING 'UTF8';
SQL
