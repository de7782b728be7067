-- 0003 What the worker needs to know of its surroundings and of itself: versions in force, directories, cursors, runs, findings, audit.
--! rollback-floor: 3

create sequence tasuki.version_order;
comment on sequence tasuki.version_order is 'Orders the moments at which a version came into force, also within one millisecond.';

create table tasuki.agreement_version (
  hash text primary key,
  label text not null,
  text text not null,
  first_seen_at timestamptz not null,
  in_force_at timestamptz not null,
  in_force_order bigint not null
);
comment on table tasuki.agreement_version is 'Every agreement that was ever in force, as canonical JSON. The one in force has the highest in_force_order.';

create table tasuki.config_version (
  hash text primary key,
  label text not null,
  text text not null,
  first_seen_at timestamptz not null,
  in_force_at timestamptz not null,
  in_force_order bigint not null
);
comment on table tasuki.config_version is 'Every set of mappings that was ever in force, as canonical JSON. The last good one is obeyed while a bad edit is shown.';

create table tasuki.directory (
  system text not null,
  kind text not null check (kind in ('user', 'queue')),
  id text not null,
  name text not null,
  email text,
  active boolean not null,
  manager_id text,
  api_name text,
  since timestamptz not null,
  changed_at timestamptz not null,
  gone_at timestamptz,
  primary key (system, id)
);
comment on table tasuki.directory is 'Users, owners and queues of both systems. Whoever disappears becomes inactive and stays, for old records name them.';

create table tasuki.schema_snapshot (
  system text not null,
  object text not null,
  fields jsonb not null,
  seen_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (system, object)
);
comment on table tasuki.schema_snapshot is 'What each system last said of the fields of an object.';

create table tasuki.budget (
  day date not null,
  system text not null,
  kind text not null,
  calls bigint not null,
  primary key (day, system, kind)
);
comment on table tasuki.budget is 'API calls spent, by day (UTC), system and kind of call.';

create table tasuki.cursor (
  system text not null,
  stream text not null,
  state jsonb not null,
  covers timestamptz,
  primary key (system, stream)
);
comment on table tasuki.cursor is 'Where each pull stands, of an object, of a signal or of the survey, in the connector''s words, and the instant up to which everything has been seen.';

create table tasuki.run (
  id text primary key,
  kind text not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  counts jsonb
);
comment on table tasuki.run is 'Each pass, with its counts as they stood at its end.';

create table tasuki.finding (
  number bigint generated always as identity primary key,
  code text not null,
  subject text not null,
  entity text,
  detail jsonb not null,
  opened_at timestamptz not null,
  closed_at timestamptz
);
comment on table tasuki.finding is 'What needs a person: opened once, closed once, by code and subject.';
create unique index finding_open on tasuki.finding (code, subject) where closed_at is null;
create index finding_entity on tasuki.finding (entity) where closed_at is null;

create table tasuki.audit (
  number bigint generated always as identity primary key,
  at timestamptz not null,
  who text not null,
  deed text not null,
  detail jsonb not null
);
comment on table tasuki.audit is 'What people did. Append-only: a trigger refuses every update and delete.';

create function tasuki.refuse_rewrite() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end
$$;
comment on function tasuki.refuse_rewrite is 'Keeps append-only tables what they are.';
create trigger audit_append_only before update or delete or truncate on tasuki.audit
  for each statement execute function tasuki.refuse_rewrite();
create trigger fact_no_rewrite before update on tasuki.fact
  for each statement execute function tasuki.refuse_rewrite();

create table tasuki.setting (
  name text primary key,
  value jsonb not null,
  set_at timestamptz not null
);
comment on table tasuki.setting is 'Single values: the bound accounts, the go-live line, whether writing is paused.';
