-- 0014 What sales says of a person moves their stage, and so does its silence where the agreement says what that means.
--! rollback-floor: 14

alter table tasuki.stage_entry drop constraint stage_entry_entered_by_check;
alter table tasuki.stage_entry add constraint stage_entry_entered_by_check
  check (entered_by in ('history', 'rule', 'manual', 'automation', 'deal', 'answer', 'silence'));

-- The disputed list is read by what was rejected.
create index stage_entry_rejected on tasuki.stage_entry (entered_at desc, number) where evidence ->> 'answer' = 'rejected';
