-- 0006 What else a record is known by, besides its address and our key: further addresses, and the record that HubSpot's own Salesforce
-- integration says it is. And when a person left the scope that an admin drew, or came back, with the reason.
--! rollback-floor: 6

alter table tasuki.sighting add column aliases text[];
comment on column tasuki.sighting.aliases is 'Further canonical addresses, and records of the other system (salesforce:Contact:003…); null without any.';
create index sighting_aliases on tasuki.sighting using gin (aliases) where aliases is not null;

alter table tasuki.link drop constraint link_evidence_check;
alter table tasuki.link add constraint link_evidence_check
  check (evidence in ('link', 'key', 'native', 'email', 'domain', 'name', 'conversion', 'merge', 'created', 'alone'));

create table tasuki.scope_move (
  number bigint generated always as identity primary key,
  entity text not null references tasuki.entity (id),
  at timestamptz not null,
  within boolean not null,
  because jsonb not null
);
comment on table tasuki.scope_move is 'When a person went out of scope or came back, and what the rule read: field → value. Whoever has no row was always within.';
create index scope_move_entity on tasuki.scope_move (entity, number);
