import { type Access, FULL_ACCESS } from '../access.ts';

/** Who writes, and what the request headers say about rules. */
export type Actor = {
  userId: string;
  access: Access;
  /** `Sforce-Auto-Assign`: true unless the caller says FALSE. */
  autoAssign: boolean;
  /** `Sforce-Duplicate-Rule-Header: allowSave=true`: saves in spite of an alert rule, never of a blocking one. */
  allowSave: boolean;
  /** A person in the screen, or the seed of the world: no field-level security, no duplicate alert. */
  screen: boolean;
  /** The record is planted in the past, when an owner who has left since was still there. */
  past: boolean;
};

export function screenActor(userId: string, when: 'now' | 'past' = 'now'): Actor {
  return { userId, access: FULL_ACCESS, autoAssign: false, allowSave: true, screen: true, past: when === 'past' };
}
