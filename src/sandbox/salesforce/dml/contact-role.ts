import type { Row } from '../schema/field.ts';
import type { OrgState } from '../state.ts';
import { liveChildren, mirror, rewrite } from './rewrite.ts';
import type { Rule } from './saving.ts';

/** An opportunity has one leading contact at most: the newest wins, the one before steps back. */
export const contactRoleRule: Rule = {
  after: ({ state, row, before, actor }) => {
    const opportunity = row['OpportunityId'] as string;
    if (row['IsPrimary'] !== true) {
      if (before?.['IsPrimary'] === true) mirror(state, opportunity, { ContactId: null });
      return;
    }
    for (const other of liveChildren(state, 'OpportunityContactRole', 'OpportunityId', opportunity)) {
      const stepsBack = other['IsPrimary'] === true && other['Id'] !== row['Id'];
      if (stepsBack) rewrite(state, other, { IsPrimary: false }, actor.userId);
    }
    mirror(state, opportunity, { ContactId: row['ContactId'] ?? null });
  },
  removed: (state, row) => {
    if (row['IsPrimary'] === true && isAlive(state, row)) {
      mirror(state, row['OpportunityId'] as string, { ContactId: null });
    }
  },
};

function isAlive(state: OrgState, role: Row): boolean {
  return state.tables.row(role['OpportunityId'] as string)?.['IsDeleted'] === false;
}
