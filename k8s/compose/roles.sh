#!/bin/sh
set -eu
psql -v ON_ERROR_STOP=1 --no-psqlrc --username postgres <<'SQL'
\getenv owner_password OWNER_PASSWORD
\getenv app_password APP_PASSWORD
CREATE ROLE elder_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE elder_app LOGIN PASSWORD :'app_password';
CREATE DATABASE elder OWNER elder_owner;
SQL
