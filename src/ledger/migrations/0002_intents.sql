-- 0002 What we mean to do and what it led to: intended writes, stages entered, obligations and their clocks.
--! rollback-floor: 2

create table tasuki.change (
  id text primary key,
  number bigint generated always as identity unique,
  run text not null,
  entity text not null references tasuki.entity (id),
  write_key text not null,
  kind text not null check (kind in ('create', 'update')),
  system text not null,
  object text not null,
  record_id text,
  key_field text,
  key_value text,
  steps jsonb not null,
  step integer not null default 0,
  after text[] not null default '{}',
  read_back boolean not null,
  marks jsonb not null,
  bases_after jsonb,
  agreement_version text not null,
  state text not null check (state in ('planned', 'approved', 'sending', 'acknowledged', 'confirmed', 'refused', 'unsure', 'superseded', 'undone', 'parked')),
  attempts integer not null default 0,
  planned_at timestamptz not null,
  sent_at timestamptz,
  acknowledged_at timestamptz,
  confirmed_at timestamptz,
  lease_until timestamptz,
  outcome_code text,
  outcome_message text
);
comment on table tasuki.change is 'An intended write with the reason of every field: written here before any CRM is called, moved only along the legal moves of its state.';
comment on column tasuki.change.step is 'The step under way; those before it are acknowledged.';
comment on column tasuki.change.after is 'Changes that must be acknowledged first.';
comment on column tasuki.change.bases_after is 'How the bases stand once this write is in: provisional when acknowledged, definite when confirmed.';
comment on column tasuki.change.lease_until is 'Until when the sender may be silent; then the change is unsure and is read back.';
create unique index change_write_key on tasuki.change (write_key) where state not in ('superseded', 'undone', 'refused');
create index change_approved on tasuki.change (system, number) where state = 'approved';
create index change_unconfirmed on tasuki.change (system, sent_at, number) where state in ('unsure', 'acknowledged');
create index change_sending on tasuki.change (lease_until) where state = 'sending';
create index change_under_way on tasuki.change (record_id, number) where state in ('approved', 'sending', 'unsure');
create index change_acknowledged on tasuki.change (record_id) where state = 'acknowledged';
create index change_open on tasuki.change (entity) where state not in ('confirmed', 'refused', 'superseded', 'undone');
create index change_entity on tasuki.change (entity, number);
create index change_run on tasuki.change (run);
create index change_after on tasuki.change using gin (after);

create table tasuki.stage_entry (
  number bigint generated always as identity primary key,
  entity text not null references tasuki.entity (id),
  stage text not null,
  entered_at timestamptz not null,
  entered_by text not null check (entered_by in ('history', 'rule', 'manual')),
  agreement_version text not null,
  evidence jsonb not null,
  pass integer not null,
  handed_off_at timestamptz,
  unique (entity, pass, stage, entered_at)
);
comment on table tasuki.stage_entry is 'Every stage a person entered: when, by which rule of which agreement, on what evidence, in which pass through the funnel.';
comment on column tasuki.stage_entry.handed_off_at is 'When owner and stage were confirmed in Salesforce: the receiver''s clock starts here.';

create table tasuki.clock (
  id text primary key,
  entity text not null references tasuki.entity (id),
  kind text not null,
  pass integer not null,
  started_at timestamptz not null,
  due_at timestamptz not null,
  arithmetic jsonb not null,
  state text not null check (state in ('running', 'met', 'met-logged-late', 'lapsed', 'closed')),
  lapsed_at timestamptz,
  met_at timestamptz,
  evidence text,
  closed_because text,
  task_id text,
  task_state text check (task_state in ('planned', 'open', 'closed', 'removed')),
  agreement_version text not null
);
comment on table tasuki.clock is 'An obligation of one person towards one lead: its start, its due instant with the arithmetic, and what became of it.';
create index clock_entity on tasuki.clock (entity);
create index clock_due on tasuki.clock (due_at) where state = 'running';
create index clock_unhandled on tasuki.clock (entity) where state = 'lapsed' and task_state is null;

create table tasuki.rotation (
  single boolean primary key default true check (single),
  handed_out jsonb not null default '{}'
);
comment on table tasuki.rotation is 'One row: how many hand-offs each team has received. Planners hold its lock, so that one plans at a time.';
insert into tasuki.rotation default values;
