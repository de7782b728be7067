import { sql } from 'kysely';
import type { KeptMessage, Message } from '../domain/people/message.ts';
import type { Instant } from '../domain/values/value.ts';
import type { EntityPlan } from '../reconcile/entity-plan.ts';
import { stamp, stampOrNull, toJson } from './json.ts';
import { affect, rows, type Session } from './session.ts';

/** What is of no use any more goes before what is new: one plan may do both for one clock. */
export async function storeMessages(on: Session, plans: readonly EntityPlan[], at: Instant): Promise<void> {
  await withdraw(
    on,
    plans.flatMap(({ withdraw: clocks = [] }) => clocks),
    at,
  );
  await keep(
    on,
    plans.flatMap(({ messages = [] }) => messages),
    at,
  );
}

async function withdraw(on: Session, clocks: readonly string[], at: Instant): Promise<void> {
  if (clocks.length === 0) return;
  await affect(
    on,
    sql`
      update tasuki.message set withdrawn_at = ${stamp(at)}
      where clock = any(${clocks}::text[]) and delivered_at is null and withdrawn_at is null`,
  );
}

/** Each occasion is told once: a message that is there already stays as it is. */
async function keep(on: Session, messages: readonly Message[], at: Instant): Promise<void> {
  if (messages.length === 0) return;
  const parameter = messages.map(({ person, to, until, ...message }) => ({
    ...message,
    entity: person,
    recipient: to,
    until: stampOrNull(until),
    made_at: stamp(at),
  }));
  await affect(
    on,
    sql`
      insert into tasuki.message (id, kind, clock, entity, recipient, name, locale, subject, body, until, made_at)
      select * from json_to_recordset(${toJson(parameter)}::json) as m (id text, kind text, clock text, entity text, recipient text, name text,
        locale text, subject text, body text, until timestamptz, made_at timestamptz)
      on conflict (id) do nothing`,
  );
}

/** What is told of an obligation that ends because two people became one. */
export async function withdrawOfMerged(on: Session, entity: string, at: Instant): Promise<void> {
  await affect(
    on,
    sql`
      update tasuki.message m set withdrawn_at = ${stamp(at)} from tasuki.clock k
      where k.id = m.clock and k.entity = ${entity} and k.closed_because = 'merged' and m.delivered_at is null and m.withdrawn_at is null`,
  );
}

export type MessageRow = {
  readonly id: string;
  readonly kind: Message['kind'];
  readonly clock: string;
  readonly entity: string;
  readonly recipient: string;
  readonly name: string;
  readonly locale: Message['locale'];
  readonly subject: string;
  readonly body: string;
  readonly until: Instant | null;
  readonly made_at: Instant;
  readonly delivered_at: Instant | null;
  readonly withdrawn_at: Instant | null;
};

/** See `Ledger.messages`. */
export async function readMessages(on: Session, limit: number): Promise<readonly KeptMessage[]> {
  const found = await rows(
    on,
    sql<MessageRow>`
      select id, kind, clock, entity, recipient, name, locale, subject, body, until, made_at, delivered_at, withdrawn_at
      from tasuki.message order by made_at desc, id limit ${limit}`,
  );
  return found.map(messageFrom);
}

export function messageFrom(row: MessageRow): KeptMessage {
  const { id, kind, clock, name, locale, subject, body } = row;
  return {
    id,
    kind,
    clock,
    person: row.entity,
    to: row.recipient,
    name,
    locale,
    subject,
    body,
    ...(row.until === null ? {} : { until: row.until }),
    at: row.made_at,
    state: row.delivered_at !== null ? 'delivered' : row.withdrawn_at === null ? 'waiting' : 'withdrawn',
  };
}
