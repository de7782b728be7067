-- 0008 The Task that Salesforce makes by itself of a mail that came in looks like one that a rep closed. Only the mail tells them apart.
--! rollback-floor: 6

alter table tasuki.activity add column disowns text;
comment on column tasuki.activity.disowns is 'Of a mail that is no contact: id of the Task that Salesforce made of it, which is none either.';
create index activity_disowns on tasuki.activity (system, disowns) where disowns is not null;
