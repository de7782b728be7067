-- 0005 Ways to what the merge asks about each entity: who edited a field last, when a conflict's default is due, since when a frozen field is free.
--! rollback-floor: 4

create index fact_told on tasuki.fact (system, object, record_id, field, valid_from desc, number desc) where source is not null;
comment on index tasuki.fact_told is 'What the systems'' own histories say, without what sightings showed.';

create index finding_settles on tasuki.finding (((detail ->> 'settlesAt')::numeric)) where code = 'CONFLICT' and closed_at is null;
comment on index tasuki.finding_settles is 'Conflicts whose default is due wake their entity.';

create index finding_frozen on tasuki.finding (entity, closed_at) where code = 'FIELD_FROZEN';
comment on index tasuki.finding_frozen is 'Our writes are counted anew from when a frozen field was released.';
