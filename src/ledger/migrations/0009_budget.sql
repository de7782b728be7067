-- 0009 Whom the day's calls go to: what was called for which purpose, by quarters of an hour, and which writes come first.
--! rollback-floor: 6

create table tasuki.spending (
  system text not null,
  since timestamptz not null,
  purpose text not null,
  kind text not null,
  calls bigint not null,
  primary key (system, since, purpose, kind)
);
comment on table tasuki.spending is 'API calls of ours by purpose and kind, in the quarter of an hour that begins at since: fine enough for every zone''s midnight and for a rolling day. Kept for 35 days.';
comment on table tasuki.budget is 'Calls by day (UTC), as workers up to migration 8 book them. Newer ones book in spending.';

create table tasuki.call_limit (
  system text primary key,
  calls_limit bigint not null,
  used bigint not null,
  told_at timestamptz not null
);
comment on table tasuki.call_limit is 'What each system last said of its own day: calls that all apps of the account may make, and have made.';

alter table tasuki.change add column urgency smallint not null default 1;
comment on column tasuki.change.urgency is '0 somebody waits for it (or for what waits for it), 1 as usual, 2 a back-fill. What is more urgent is claimed first.';
update tasuki.change
  set urgency = case when marks ? 'handOff' or marks ? 'task' then 0 when marks ->> 'purpose' = 'back-fill' then 2 else 1 end
  where state in ('planned', 'approved', 'parked');

drop index tasuki.change_approved;
create index change_approved on tasuki.change (system, urgency, number) where state = 'approved';
