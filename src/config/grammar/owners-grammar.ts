import type * as z from 'zod';
import { block, choice, email, list, named, words } from './leaves.ts';

const team = block(
  {
    members: list(email, 'e-mail addresses').optional(),
    queue: words("a queue's developer name").optional(),
    manager: words('an e-mail address, or a role of the agreement').optional(),
    assign: choice(['round-robin', 'queue'], ['by']),
  },
  ['capacity'],
);

/** mappings/owners.yaml. */
export const ownersFile = block(
  {
    owners: block({
      match: choice(['email']),
      table: named(email, 'a block: HubSpot owner id, then the e-mail address in Salesforce').optional(),
      unmatched: block({
        use: words("a queue's developer name, or an e-mail address"),
        finding: choice(['daily']).optional().describe('対応する人がいない、または無効な所有者を知らせる間隔(毎日)'),
      }),
      'without-seat': block({
        finding: choice(['daily', 'never']).describe(
          'もう一方のシステムにいない所有者(HubSpot を使わない営業など)を毎日知らせるか。never: 知らせない',
        ),
      }).optional(),
    }),
    teams: named(team, 'a block: team, then its members, queue, manager and assign'),
  },
  ['ladder', 'absences'],
);
export type OwnersFile = z.infer<typeof ownersFile>;
