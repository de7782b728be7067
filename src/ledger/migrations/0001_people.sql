-- 0001 People and what is known of them: records seen in either system, whose they are, and what both systems last agreed on.
--! rollback-floor: 1

create table tasuki.person (
  id text primary key,
  number bigint generated always as identity unique,
  created_at timestamptz not null,
  dirty_version bigint not null default 1,
  planned_version bigint not null default 0
);
comment on table tasuki.person is 'One human being, however many records either system has of them. Dirty while dirty_version > planned_version.';
comment on column tasuki.person.number is 'Order of first meeting: planning follows it, so that a rehearsal and the run after it hand out turns alike.';
comment on column tasuki.person.created_at is 'When the earliest of the linked records was created in its system.';
create index person_dirty on tasuki.person (number) where dirty_version > planned_version;

create table tasuki.link (
  system text not null,
  object text not null,
  record_id text not null,
  person text not null references tasuki.person (id),
  role text not null check (role in ('current', 'converted', 'merged', 'duplicate', 'former')),
  since timestamptz not null,
  until timestamptz,
  evidence text not null check (evidence in ('link', 'key', 'email', 'created', 'alone')),
  primary key (system, object, record_id)
);
comment on table tasuki.link is 'A record that is, or was, a person, and how we know. A record belongs to one person at a time.';
create unique index link_current on tasuki.link (person, system) where role = 'current';
create index link_person on tasuki.link (person);

create table tasuki.rival (
  person text not null references tasuki.person (id),
  system text not null,
  object text not null,
  record_id text not null,
  primary key (person, system, object, record_id)
);
comment on table tasuki.rival is 'Records that share a person''s address but could not be told apart: nothing is created for that person meanwhile.';
create index rival_record on tasuki.rival (system, object, record_id);

create table tasuki.sighting (
  system text not null,
  object text not null,
  record_id text not null,
  values jsonb not null,
  facts jsonb not null default '{}',
  email text,
  person_key text,
  created_at timestamptz not null,
  modified_at timestamptz not null,
  seen_at timestamptz not null,
  deleted boolean not null default false,
  merged_into text,
  moved_by text check (moved_by in ('us', 'person', 'automation')),
  version bigint not null default 1,
  match_due boolean not null default false,
  primary key (system, object, record_id)
);
comment on table tasuki.sighting is 'The newest state of each record that we have seen: mapped fields only.';
comment on column tasuki.sighting.facts is 'The value of each fact field as last appended to tasuki.fact, so that a change is told without reading history.';
comment on column tasuki.sighting.email is 'Canonical e-mail, by which records of one person find each other.';
comment on column tasuki.sighting.person_key is 'Our own key as the record holds it: a person''s id.';
comment on column tasuki.sighting.match_due is 'Nobody''s yet, and something around it changed since it was last looked at.';
create index sighting_email on tasuki.sighting (email) where email is not null;
create index sighting_key on tasuki.sighting (person_key) where person_key is not null;
create index sighting_match_due on tasuki.sighting (created_at, system, object, record_id) where match_due;
create index sighting_hubspot_owner on tasuki.sighting ((values ->> 'hubspot_owner_id')) where system = 'hubspot';
create index sighting_salesforce_owner on tasuki.sighting ((values ->> 'OwnerId')) where system = 'salesforce';

create table tasuki.base (
  person text not null references tasuki.person (id),
  field text not null,
  hubspot jsonb not null,
  salesforce jsonb not null,
  canonical jsonb not null,
  since timestamptz not null,
  provisional text check (provisional in ('hubspot', 'salesforce')),
  primary key (person, field)
);
comment on table tasuki.base is 'What each side of a mapped field held when both last agreed: the third leg of the merge. Derived fields have none.';
comment on column tasuki.base.provisional is 'The side that holds our acknowledged but not yet seen write.';

create table tasuki.activity (
  system text not null,
  object text not null,
  source_id text not null,
  kind text not null check (kind in ('call', 'email', 'meeting', 'task')),
  happened_at timestamptz not null,
  logged_at timestamptz not null,
  about_system text not null,
  about_object text not null,
  about_id text not null,
  done_by text,
  direction text not null check (direction in ('out', 'in', 'none')),
  counts_as_contact boolean not null,
  our_task boolean not null,
  closed boolean not null,
  deleted boolean not null,
  primary key (system, object, source_id)
);
comment on table tasuki.activity is 'What happened between a person and us. It names a record; the person is found through that record''s link when it is read, so a merge rewrites nothing.';
create index activity_about on tasuki.activity (about_system, about_object, about_id);

create table tasuki.fact (
  number bigint generated always as identity primary key,
  system text not null,
  object text not null,
  record_id text not null,
  field text not null,
  value jsonb not null,
  valid_from timestamptz not null,
  seen_at timestamptz not null,
  observer text check (observer in ('us', 'person', 'automation'))
);
comment on table tasuki.fact is 'Append-only history of every value that a criterion, a score or a KPI reads. Replay and calibration read only this.';
create index fact_record on tasuki.fact (system, object, record_id, field, number);
