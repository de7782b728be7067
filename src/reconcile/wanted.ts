import type { Reason } from '../domain/people/change.ts';
import type { Finding } from '../domain/people/person.ts';
import type { Value, Values } from '../domain/values/value.ts';

/**
 * Field → value, as a finding remembers what is not to be written: refused by a system, rejected or taken back by a person. It stands
 * there as text, since a finding's details are plain values.
 */
export function wantedIn({ detail }: Pick<Finding, 'detail'>): Values {
  return JSON.parse(String(detail['wanted'] ?? '{}')) as Values;
}

/** Whose turn it is, and who is next in the queue of a full team, is no reason to send again what was refused or rejected. */
export function isByTurn({ code, detail }: Reason): boolean {
  return code === 'owner-assigned' && BY_TURN.has(detail['why']);
}

const BY_TURN: ReadonlySet<Value | undefined> = new Set(['round-robin', 'territory', 'full']);
