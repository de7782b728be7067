import type { FieldPolicy } from '../domain/people/mapping.ts';
import { OTHER_SYSTEM, type System } from '../domain/people/record.ts';
import type { Value } from '../domain/values/value.ts';

/**
 * One mapped field as both sides hold it. Values are canonical and in one tongue (Salesforce's words where a picklist map
 * translates), so that `===` means "no difference a person would call one".
 */
export type FieldVersions = {
  /** What each side held when both last agreed; absent at the first meeting. */
  readonly base: { readonly hubspot: Value; readonly salesforce: Value } | undefined;
  readonly hubspot: Value;
  readonly salesforce: Value;
  readonly policy: FieldPolicy;
  readonly conflict: System | 'newest' | 'ask';
  readonly first: System | 'newest' | 'ask' | 'keep';
  readonly clears: 'keep' | 'follow';
  /** The side whose record was modified last: settles `newest`, nothing else. `null` when that cannot be told: then a person is asked. */
  readonly newest: System | null;
};

/** What is to happen to one field, and why. `from` is the side whose value stands. */
export type FieldVerdict =
  | { readonly kind: 'unchanged' }
  /** Both sides hold what they are to hold from here on: the same, or two values that are left apart. */
  | { readonly kind: 'agreed' }
  | {
      readonly kind: 'copied';
      readonly from: System;
      readonly why: 'copied' | 'filled-blank' | 'conflict-settled' | 'first-meeting' | 'cleared' | 'stricter';
    }
  | { readonly kind: 'conflict'; readonly first: boolean };

/**
 * Decides what one mapped field should hold on both sides.
 *
 * The base is what makes this safe. Two timestamps tell who wrote last; only the base tells who wrote at all. If one side
 * stayed put, the other simply wins, however old its edit is. The base has two columns because maps are not always
 * reversible: a stand-in that has not moved is nobody's edit.
 *
 * Emptying a side is an edit only where the field says `clears: follow` (law R5); otherwise the emptied side stays empty and
 * the other keeps its value, until somebody types something.
 *
 *     mergeField({ ...twoWay, base: { hubspot: '課長', salesforce: '課長' }, hubspot: '部長', salesforce: '課長' })
 *     // => { kind: 'copied', from: 'hubspot', why: 'copied' }
 */
export function mergeField(versions: FieldVersions): FieldVerdict {
  const { base, hubspot, salesforce, policy } = versions;
  if (hubspot === salesforce) return isAsAgreed(versions) ? { kind: 'unchanged' } : { kind: 'agreed' };
  // Before anything else, for no agreement to differ takes an opt-out back.
  if (policy === 'stricter') return stricter(versions);
  // Apart, and agreed to be: a stand-in such as (会社名未入力) is on one side only until somebody types something.
  if (isAsAgreed(versions)) return { kind: 'unchanged' };
  if (policy === 'fill-blank') return fillBlank(versions);
  if (policy === 'once') return once(versions);
  if (policy !== 'two-way') return oneWay(versions, policy);
  if (base === undefined) return firstMeeting(versions);

  const moved = { hubspot: hasMoved('hubspot', versions), salesforce: hasMoved('salesforce', versions) };
  if (!moved.hubspot && !moved.salesforce) return { kind: 'unchanged' };
  if (moved.hubspot && moved.salesforce) return settle(versions.conflict, versions, 'conflict-settled');
  return copy(moved.hubspot ? 'hubspot' : 'salesforce', versions, 'copied');
}

/** Both sides hold what they held when they last agreed. */
function isAsAgreed({ base, hubspot, salesforce }: FieldVersions): boolean {
  return base !== undefined && base.hubspot === hubspot && base.salesforce === salesforce;
}

function hasMoved(side: System, versions: FieldVersions): boolean {
  const now = versions[side];
  if (now === versions.base?.[side]) return false;
  return now !== null || versions.clears === 'follow';
}

function copy(
  from: System,
  versions: FieldVersions,
  why: 'copied' | 'conflict-settled' | 'first-meeting',
): FieldVerdict {
  if (versions[from] === null) return { kind: 'copied', from, why: 'cleared' };
  if (versions[OTHER_SYSTEM[from]] === null && why === 'first-meeting')
    return { kind: 'copied', from, why: 'filled-blank' };
  return { kind: 'copied', from, why };
}

function fillBlank(versions: FieldVersions): FieldVerdict {
  if (isBlank('hubspot', versions)) return { kind: 'copied', from: 'salesforce', why: 'filled-blank' };
  if (isBlank('salesforce', versions)) return { kind: 'copied', from: 'hubspot', why: 'filled-blank' };
  return { kind: 'unchanged' };
}

/** Empty, or still holding what stood in when the other side was empty. */
function isBlank(side: System, versions: FieldVersions): boolean {
  const { base } = versions;
  if (versions[side] === null) return true;
  return base !== undefined && base[OTHER_SYSTEM[side]] === null && base[side] === versions[side];
}

/** The one that forbids more. Nothing is said against a side that forbids nothing: `false` and empty are left apart. */
function stricter({ hubspot, salesforce }: FieldVersions): FieldVerdict {
  if (hubspot === true) return { kind: 'copied', from: 'hubspot', why: 'stricter' };
  return salesforce === true ? { kind: 'copied', from: 'salesforce', why: 'stricter' } : { kind: 'unchanged' };
}

/** As long as both sides have been empty there was nothing to copy, and the two have not met over this field. */
function once(versions: FieldVersions): FieldVerdict {
  const { base } = versions;
  const hasMet = base !== undefined && (base.hubspot !== null || base.salesforce !== null);
  return hasMet ? { kind: 'unchanged' } : firstMeeting(versions);
}

/** One side always stands; its emptiness travels only where the field says so. */
function oneWay(versions: FieldVersions, from: System): FieldVerdict {
  if (versions[from] !== null) return copy(from, versions, versions.base === undefined ? 'first-meeting' : 'copied');
  const emptied = versions.base !== undefined && versions.base[from] !== null;
  return versions.clears === 'follow' && emptied ? { kind: 'copied', from, why: 'cleared' } : { kind: 'unchanged' };
}

function firstMeeting(versions: FieldVersions): FieldVerdict {
  if (versions.hubspot === null) return { kind: 'copied', from: 'salesforce', why: 'filled-blank' };
  if (versions.salesforce === null) return { kind: 'copied', from: 'hubspot', why: 'filled-blank' };
  if (versions.first === 'keep') return { kind: 'agreed' };
  return settle(versions.first, versions, 'first-meeting');
}

function settle(
  rule: System | 'newest' | 'ask',
  versions: FieldVersions,
  why: 'conflict-settled' | 'first-meeting',
): FieldVerdict {
  const winner = rule === 'newest' ? versions.newest : rule;
  if (winner === 'ask' || winner === null) return { kind: 'conflict', first: why === 'first-meeting' };
  return copy(winner, versions, why);
}
