import type * as z from 'zod';
import { block, choice, date, email, list, named, words } from './leaves.ts';

const team = block(
  {
    members: list(email, 'e-mail addresses').optional(),
    queue: words("a queue's developer name").optional(),
    manager: words('an e-mail address, or a role of the agreement').optional(),
    assign: choice(['round-robin', 'queue'], ['by']),
    office: words('an office of calendar.yaml')
      .optional()
      .describe('この拠点の暦で期限を数える(calendar.yaml の offices)'),
  },
  ['capacity'],
);

const absence = block({
  who: email,
  from: date.describe('不在の最初の日'),
  to: date.describe('不在の最後の日'),
  deputy: email.describe('その間、期限超過の ToDo を受け取る人'),
});

/** mappings/owners.yaml. */
export const ownersFile = block({
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
  ladder: named(
    list(words('an e-mail address, or a role of the agreement'), 'people, the nearest first').min(1, {
      error: 'must name one person at least.',
    }),
    'a block: team, then the people above it, the nearest first',
  )
    .optional()
    .describe('エスカレーションの manager にあたる人。下の段から順に。なければ Salesforce のユーザーのマネージャ'),
  absences: list(absence, 'absences').optional().describe('不在。期限超過の ToDo は代理へ、順番の割り当ては次の人へ'),
});
export type OwnersFile = z.infer<typeof ownersFile>;
