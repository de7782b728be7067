import { sql } from 'kysely';
import { SYSTEMS, type System } from '../domain/people/record.ts';
import type { Instant } from '../domain/values/value.ts';
import { type ConfigFault, ConfigInvalid } from '../errors/errors.ts';
import { parkApproved } from './change-moves.ts';
import { stamp, toJson } from './json.ts';
import { affect, firstRow, type Session } from './session.ts';

type Accounts = Readonly<Partial<Record<System, string>>>;
type Pause = { readonly since: Instant; readonly by: string; readonly why: string };

/** See `Ledger.bind`: a ledger that follows the wrong portal would take every record for deleted and every link for broken. */
export async function bind(on: Session, accounts: Accounts): Promise<void> {
  const faults: ConfigFault[] = [];
  for (const system of SYSTEMS) {
    const account = accounts[system];
    if (account === undefined) continue;
    const bound = await setOnce(on, `account-${system}`, account, Date.now());
    if (bound === account) continue;
    const message = `it is bound to the ${system} account ${bound}, but the credentials are for ${account}. Use those of ${bound}, or another DATABASE_URL or data folder.`;
    faults.push({ at: 'ledger', message });
  }
  if (faults.length > 0) throw new ConfigInvalid(faults);
}

export async function goLive(on: Session): Promise<Instant | null> {
  return (await read<Instant>(on, 'go-live')) ?? null;
}

export function setGoLive(on: Session, at: Instant): Promise<Instant> {
  return setOnce(on, 'go-live', at, at);
}

export async function paused(on: Session): Promise<Pause | null> {
  return (await read<Pause>(on, 'paused')) ?? null;
}

/** Whatever was approved waits, so that `resume` can show it first. */
export async function pause(on: Session, by: string, why: string, at: Instant): Promise<void> {
  const held: Pause = { since: at, by, why };
  const { since } = await setOnce(on, 'paused', held, at);
  await parkApproved(on);
  if (since === at) await audit(on, { at, who: by, deed: 'pause', detail: { why } });
}

export async function resume(on: Session, by: string, at: Instant): Promise<void> {
  const lifted = await affect(on, sql`delete from tasuki.setting where name = 'paused'`);
  if (lifted === 0) return;
  const approved = await affect(
    on,
    sql`update tasuki.change set state = 'approved' where state = 'parked' and rests_until is null`,
  );
  await audit(on, { at, who: by, deed: 'resume', detail: { approved } });
}

export type AuditEntry = {
  readonly at: Instant;
  readonly who: string;
  readonly deed: string;
  readonly detail: Readonly<Record<string, unknown>>;
};

export async function audit(on: Session, { at, who, deed, detail }: AuditEntry): Promise<void> {
  await affect(
    on,
    sql`insert into tasuki.audit (at, who, deed, detail) values (${stamp(at)}, ${who}, ${deed}, ${toJson(detail)}::jsonb)`,
  );
}

async function read<T>(on: Session, name: string): Promise<T | undefined> {
  return (await firstRow(on, sql<{ value: T }>`select value from tasuki.setting where name = ${name}`))?.value;
}

/** The first value wins; returns the one that stands. */
async function setOnce<T>(on: Session, name: string, value: T, at: Instant): Promise<T> {
  await affect(
    on,
    sql`insert into tasuki.setting (name, value, set_at) values (${name}, ${toJson(value)}::jsonb, ${stamp(at)}) on conflict (name) do nothing`,
  );
  return (await read<T>(on, name)) ?? value;
}
