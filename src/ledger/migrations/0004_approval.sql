-- 0004 What waits for a person: why a planned change is held, and what the last plan showed. Without it a first run writes unseen.
--! rollback-floor: 4

alter table tasuki.change add column held text check (held in ('first-run', 'breaker', 'rollout'));
comment on column tasuki.change.held is 'What keeps a planned change from being sent, as the gate found it last; null before it was looked at, and once it is released.';
create index change_planned on tasuki.change (number) where state = 'planned';

create table tasuki.shown_write (
  number bigint generated always as identity primary key,
  plan text not null,
  shown_at timestamptz not null,
  kind text not null,
  system text not null,
  object text not null,
  record text not null,
  steps jsonb not null
);
comment on table tasuki.shown_write is 'The writes that the last plan showed and that wait for approval: an approval is held to them. Emptied by the next plan, approval or rejection.';
comment on column tasuki.shown_write.record is 'The record''s id; of one that is to be made, the key it is made under.';

create function tasuki.share_of(id text) returns integer language sql immutable parallel safe as $$
  select (('x' || left(encode(sha256(convert_to(id, 'UTF8')), 'hex'), 8))::bit(32)::bigint % 10000)::integer
$$;
comment on function tasuki.share_of is 'Where an id stands among all, in hundredths of a percent: below 1000 is the first tenth, which is part of the first quarter.';
