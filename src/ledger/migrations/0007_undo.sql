-- 0007 Set aside what fails again and again. A pause parks writes too: only the instant tells the two apart, and resume must not let
-- go of what is poisoned.
--! rollback-floor: 6

alter table tasuki.change add column rests_until timestamptz;
comment on column tasuki.change.rests_until is 'Of a parked one: set aside until then, having failed too often; null of what a pause parked.';
create index change_resting on tasuki.change (rests_until) where state = 'parked' and rests_until is not null;
create index change_resting_entity on tasuki.change (entity) where state = 'parked' and rests_until is not null;
