-- 0016 Find the deadline of a Task by the Task: somebody may have moved it to another person's record.
--! rollback-floor: 12

create index clock_task on tasuki.clock (task_id) where task_id is not null;
