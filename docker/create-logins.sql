-- Run once by the PostgreSQL image, on an empty volume: a login that owns the tables, migrates them and restores backups
-- into databases of their own, and the program's, which may read the ledger and add to it.
\getenv owner_password MARROW_OWNER_PASSWORD
\getenv app_password MARROW_APP_PASSWORD
create role marrow_owner login createdb password :'owner_password';
create role marrow_app login password :'app_password';
create database marrow owner marrow_owner;
