-- 0001 People, deals and companies, and what is known of them: records seen in either system, whose they are, how they hang together,
-- and what both systems last agreed on.
--! rollback-floor: 1

create table tasuki.entity (
  id text primary key,
  kind text not null check (kind in ('person', 'deal', 'company')),
  number bigint generated always as identity unique,
  created_at timestamptz not null,
  dirty_version bigint not null default 1,
  planned_version bigint not null default 0,
  merged_into text references tasuki.entity (id)
);
comment on table tasuki.entity is 'One human being, deal or company, however many records either system has of it. Dirty while dirty_version > planned_version.';
comment on column tasuki.entity.merged_into is 'The entity that this one turned out to be: it has all its records, and answers to its name.';
comment on column tasuki.entity.number is 'Order of first meeting: planning follows it, so that a rehearsal and the run after it hand out turns alike.';
comment on column tasuki.entity.created_at is 'When the earliest of the linked records was created in its system.';
create index entity_dirty on tasuki.entity (number) where dirty_version > planned_version;
create index entity_merged on tasuki.entity (merged_into) where merged_into is not null;

create table tasuki.link (
  system text not null,
  object text not null,
  record_id text not null,
  entity text not null references tasuki.entity (id),
  role text not null check (role in ('current', 'converted', 'merged', 'duplicate', 'former')),
  since timestamptz not null,
  until timestamptz,
  evidence text not null check (evidence in ('link', 'key', 'email', 'domain', 'name', 'conversion', 'merge', 'created', 'alone')),
  primary key (system, object, record_id)
);
comment on table tasuki.link is 'A record that is, or was, an entity, and how we know. A record belongs to one entity at a time.';
create unique index link_current on tasuki.link (entity, system) where role = 'current';
create index link_entity on tasuki.link (entity);

create table tasuki.rival (
  entity text not null references tasuki.entity (id),
  system text not null,
  object text not null,
  record_id text not null,
  primary key (entity, system, object, record_id)
);
comment on table tasuki.rival is 'Records that look like an entity but could not be told apart: nothing is created for that entity meanwhile.';
create index rival_record on tasuki.rival (system, object, record_id);

create table tasuki.sighting (
  system text not null,
  object text not null,
  record_id text not null,
  values jsonb not null,
  facts jsonb not null default '{}',
  email text,
  domain text,
  company_name text,
  entity_key text,
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
comment on column tasuki.sighting.domain is 'Canonical web domain, by which records of one company find each other; the normalised company_name is the second best.';
comment on column tasuki.sighting.entity_key is 'Our own key as the record holds it: an entity''s id.';
comment on column tasuki.sighting.match_due is 'Nobody''s yet, and something around it changed since it was last looked at.';
create index sighting_email on tasuki.sighting (email) where email is not null;
create index sighting_key on tasuki.sighting (entity_key) where entity_key is not null;
create index sighting_domain on tasuki.sighting (domain, system, created_at, object, record_id) where domain is not null;
create index sighting_company_name on tasuki.sighting (company_name, system, created_at, object, record_id) where company_name is not null;
create index sighting_match_due on tasuki.sighting (created_at, system, object, record_id) where match_due;
create index sighting_hubspot_owner on tasuki.sighting ((values ->> 'hubspot_owner_id')) where system = 'hubspot';
create index sighting_salesforce_owner on tasuki.sighting ((values ->> 'OwnerId')) where system = 'salesforce';

create table tasuki.tie (
  system text not null,
  source_object text not null,
  source_id text not null,
  from_object text not null,
  from_id text not null,
  to_object text not null,
  to_id text not null,
  kind text not null check (kind in ('employer', 'customer', 'participant', 'became')),
  is_primary boolean not null,
  primary key (system, source_object, source_id, kind, to_object, to_id)
);
comment on table tasuki.tie is 'One record pointing at another of the same system, as the newest sighting of its source shows it.';
comment on column tasuki.tie.source_id is 'The record that says so: for a contact role a third one, else the one that points.';
create index tie_from on tasuki.tie (system, from_object, from_id);
create index tie_to on tasuki.tie (system, to_object, to_id);

create table tasuki.base (
  entity text not null references tasuki.entity (id),
  field text not null,
  hubspot jsonb not null,
  salesforce jsonb not null,
  canonical jsonb not null,
  since timestamptz not null,
  provisional text check (provisional in ('hubspot', 'salesforce')),
  primary key (entity, field)
);
comment on table tasuki.base is 'What each side of a mapped field held when both last agreed: the third leg of the merge. Derived fields have none.';
comment on column tasuki.base.provisional is 'The side that holds our acknowledged but not yet seen write.';

create table tasuki.activity (
  system text not null,
  object text not null,
  source_id text not null,
  kind text not null check (kind in ('form', 'seminar', 'page', 'campaign', 'call', 'email', 'meeting', 'task', 'note')),
  happened_at timestamptz not null,
  logged_at timestamptz not null,
  about_system text,
  about_object text,
  about_id text,
  about_email text,
  done_by text,
  direction text not null check (direction in ('out', 'in', 'none')),
  what text,
  counts_as_contact boolean not null,
  our_task boolean not null,
  closed boolean not null,
  deleted boolean not null,
  primary key (system, object, source_id),
  check ((about_id is null) = (about_system is null) and (about_id is null) = (about_object is null))
);
comment on table tasuki.activity is 'What happened between a person and us. It names a record; the person is found through that record''s link when it is read, so a merge rewrites nothing.';
comment on column tasuki.activity.about_email is 'The address that the source names in the place of a record. Whoever bore it first stays the one it is about.';
create index activity_about on tasuki.activity (about_system, about_object, about_id);
create index activity_unresolved on tasuki.activity (about_email) where about_id is null;

create table tasuki.fact (
  number bigint generated always as identity primary key,
  system text not null,
  object text not null,
  record_id text not null,
  field text not null,
  value jsonb not null,
  valid_from timestamptz not null,
  seen_at timestamptz,
  observer text check (observer in ('us', 'person', 'automation')),
  source text
);
comment on table tasuki.fact is 'Append-only history of every value that a criterion, a score or a KPI reads. Replay and calibration read only this.';
comment on column tasuki.fact.seen_at is 'When a sighting showed it; null for what a system''s own history told afterwards.';
comment on column tasuki.fact.source is 'The row of the system''s own history; null for what a sighting showed.';
create unique index fact_source on tasuki.fact (system, source) where source is not null;
create index fact_record on tasuki.fact (system, object, record_id, field, number);
