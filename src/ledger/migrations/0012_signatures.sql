-- 0012 Who signed which agreement, as who and when, and who has read it. An agreement binds when both heads have signed its text.
--! rollback-floor: 12

create table tasuki.agreement_text (
  number bigint generated always as identity primary key,
  hash text not null unique,
  version text not null,
  effective text not null,
  text text not null,
  first_seen_at timestamptz not null
);
comment on table tasuki.agreement_text is 'Every agreement that was ever proposed or signed, as canonical text; hash is its SHA-256, version the name its authors gave it, effective a local date. agreement_version says which of them were obeyed, and from when.';

create table tasuki.signature (
  number bigint generated always as identity primary key,
  agreement text not null references tasuki.agreement_text (hash),
  role text not null check (role in ('marketing-head', 'sales-head')),
  who text not null,
  how text not null check (how in ('command line', 'console', 'commit')),
  by_user text not null,
  at timestamptz not null,
  unique (agreement, role)
);
comment on table tasuki.signature is 'One head''s signature of one text. by_user is who was at the machine, as the operating system knows them: on the command line nobody else vouches for who.';

create table tasuki.acknowledgement (
  number bigint generated always as identity primary key,
  agreement text not null references tasuki.agreement_text (hash),
  who text not null,
  by_user text not null,
  at timestamptz not null,
  unique (agreement, who)
);
comment on table tasuki.acknowledgement is 'Who has read which version.';

create trigger agreement_text_append_only before update or delete or truncate on tasuki.agreement_text
  for each statement execute function tasuki.refuse_rewrite();
create trigger signature_append_only before update or delete or truncate on tasuki.signature
  for each statement execute function tasuki.refuse_rewrite();
create trigger acknowledgement_append_only before update or delete or truncate on tasuki.acknowledgement
  for each statement execute function tasuki.refuse_rewrite();
