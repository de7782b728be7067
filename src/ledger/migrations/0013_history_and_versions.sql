-- 0013 How the instant of a stage entry is known, and under which agreement a person was last judged; and the agreement itself is planned: its
-- review is due to two heads.
--! rollback-floor: 13

alter table tasuki.stage_entry add column grade text check (grade in ('seen', 'recorded', 'stated', 'inferred'));
comment on column tasuki.stage_entry.grade is 'How well the instant is known: seen as it happened; recorded by the system''s own history; stated by a date field; inferred. Null: an entry of an earlier version of Tasuki.';

alter table tasuki.entity add column judged_under text;
comment on column tasuki.entity.judged_under is 'Version of the agreement that this person was last judged by, everything that it asks for having been read; null where none is known.';

alter table tasuki.entity drop constraint entity_kind_check;
alter table tasuki.entity add constraint entity_kind_check check (kind in ('person', 'deal', 'company', 'agreement'));
