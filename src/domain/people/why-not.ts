import type { Values } from '../values/value.ts';

/** Why a field is not being written now, or that it is about to be. */
export const WHY_NOT_CODES = [
  'in-step', // both sides hold the same, or a derived field shows what it should
  'next-plan', // the next plan writes it
  'on-its-way', // approved, sent, or written and not yet seen
  'waits-approval',
  'waits-rollout',
  'paused',
  'parked', // failed too often, rests
  'unsure',
  'refused',
  'rejected',
  'undone',
  'frozen',
  'conflict',
  'ahead', // HubSpot shows a further lifecycle stage than the agreement gives
  'too-long',
  'not-accepted',
  'unmapped-value',
  'no-right',
  'unsigned', // only mapped fields are written while nobody has signed an agreement
  'out-of-scope',
  'one-side-only',
  'look-alikes',
  'not-carried', // this kind of record has no such field in the mapping
  'not-mapped',
  'not-read',
  'person-account',
  'one-way',
  'fill-blank',
  'once',
  'clears-keep',
  'apart', // both agreed to differ: a stand-in, or a first meeting that keeps both
] as const;
export type WhyNotCode = (typeof WHY_NOT_CODES)[number];

export type WhyNot = { readonly code: WhyNotCode; readonly detail: Values };

/** `because('refused', { message })` */
export function because(code: WhyNotCode, detail: Values = {}): WhyNot {
  return { code, detail };
}
