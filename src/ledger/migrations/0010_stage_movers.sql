-- 0010 Who moves HubSpot's lifecycle stage is told apart: HubSpot itself because of a deal, or because of the company. Each is an event of
-- its own, and what it means for a person's stage is the planner's to say.
--! rollback-floor: 10

alter table tasuki.fact drop constraint fact_observer_check;
alter table tasuki.fact add constraint fact_observer_check
  check (observer in ('us', 'person', 'automation', 'deal', 'company'));

alter table tasuki.stage_entry drop constraint stage_entry_entered_by_check;
alter table tasuki.stage_entry add constraint stage_entry_entered_by_check
  check (entered_by in ('history', 'rule', 'manual', 'automation', 'deal'));
