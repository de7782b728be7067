import type { Row } from '../schema/field.ts';
import type { OrgState } from '../state.ts';
import type { Actor } from './actor.ts';

export const DEFAULT_OWNER_USERNAME = 'default-owner@example.co.jp';

/**
 * The org's active assignment rule: one entry, which gives every Lead to the default owner. Salesforce applies it on
 * create *and* on update unless the request says `Sforce-Auto-Assign: FALSE`, and so silently takes a Lead from its rep.
 */
export function assignedOwner(state: OrgState, object: string, actor: Actor): string | undefined {
  if (object !== 'Lead' || !actor.autoAssign || !state.switches.leadAssignmentRule) return undefined;
  const users = state.tables.get('User');
  const username = users.object.field('Username');
  if (username === undefined) return undefined;
  const [id] = users.idsByKey(username, DEFAULT_OWNER_USERNAME);
  return isActive(id === undefined ? undefined : users.get(id)) ? id : undefined;
}

function isActive(user: Row | undefined): boolean {
  return user?.['IsActive'] === true;
}
