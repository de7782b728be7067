-- 0011 People whom time alone may move on (points that expire, a deed dated ahead) are looked at again when it may have.
--! rollback-floor: 10

alter table tasuki.entity add column wake_at timestamptz;
comment on column tasuki.entity.wake_at is 'When the last plan asked to look again though nothing may have been heard; null where only an event can change anything.';
create index entity_wake on tasuki.entity (wake_at) where wake_at is not null;
