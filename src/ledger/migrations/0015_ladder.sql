-- 0015 Reminders, grace and ladders of obligations; turns of Tasks where an agreement caps them; messages that people are to be told.
--! rollback-floor: 15

alter table tasuki.clock
  add column grace_until timestamptz,
  add column remind_at timestamptz,
  add column reminded_at timestamptz,
  add column ladder jsonb,
  add column task_level integer,
  add column task_in text check (task_in = 'hubspot'),
  add column turn_of text,
  add column turn_day text,
  add column turn_at timestamptz,
  add column wake_at timestamptz,
  drop constraint clock_task_state_check,
  add constraint clock_task_state_check check (task_state in ('queued', 'planned', 'open', 'closed', 'removed'));
comment on column tasuki.clock.ladder is 'The rungs that were agreed when it lapsed: whom each names, when it is due, when it was climbed and who was told.';
comment on column tasuki.clock.task_level is 'The rung that subject and priority of its Task tell of.';
comment on column tasuki.clock.task_in is 'Where its Task is, when it is not in Salesforce.';
comment on column tasuki.clock.turn_of is 'Where Tasks of a day are capped: for whom its Task waits, or was granted (turn_day, a local date; turn_at).';
comment on column tasuki.clock.wake_at is 'When time alone may move it on; null where only an event can.';
update tasuki.clock set wake_at = due_at where state = 'running';
drop index tasuki.clock_due;
create index clock_wake on tasuki.clock (wake_at) where wake_at is not null;
create index clock_queue on tasuki.clock (turn_of, due_at, id) where task_state = 'queued' and turn_day is null;
create index clock_turn on tasuki.clock (turn_of, turn_day) where turn_day is not null;

alter table tasuki.directory add column time_zone text, add column language text;
comment on column tasuki.directory.time_zone is 'IANA name; Salesforce tells it of users.';
comment on column tasuki.directory.language is 'Of their screens, as the system names it: ja, en_US.';

create table tasuki.message (
  id text primary key,
  kind text not null check (kind in ('reminder', 'escalation')),
  clock text not null,
  entity text not null references tasuki.entity (id),
  recipient text not null,
  name text not null,
  locale text not null,
  subject text not null,
  body text not null,
  until timestamptz,
  made_at timestamptz not null,
  delivered_at timestamptz,
  withdrawn_at timestamptz
);
comment on table tasuki.message is 'What one person is to be told outside both systems, once per occasion. A channel delivers what waits; what is of no use any more is withdrawn.';
create index message_made on tasuki.message (made_at);
create index message_waiting on tasuki.message (clock) where delivered_at is null and withdrawn_at is null;
