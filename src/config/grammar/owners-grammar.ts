import * as z from 'zod';
import { block, choice, date, email, list, named, words } from './leaves.ts';

const perDay = z
  .string({ error: 'must be so many a day, such as 20 per day.' })
  .regex(/^[1-9]\d{0,3} per day$/u, { error: 'must be so many a day, such as 20 per day.' });

const member = z.union(
  [
    email,
    block({
      who: email,
      weight: z
        .int({ error: 'must be a whole number from 1 to 10.' })
        .min(1, { error: 'must be a whole number from 1 to 10.' })
        .max(10, { error: 'must be a whole number from 1 to 10.' })
        .optional()
        .describe('順番がひと回りする間に受け取る回数(既定は 1)'),
      capacity: perDay.optional().describe('この人が 1 日に受け取る上限。チームの capacity より優先'),
    }),
  ],
  {
    error:
      'must be an e-mail address, or a block such as { who: taro.suzuki@example.co.jp, weight: 2, capacity: 10 per day } (weight: a whole number from 1 to 10).',
  },
);

const emails = list(email, 'e-mail addresses').min(1, { error: 'must name somebody.' });

const territories = block({
  by: words('a field of contact.yaml or company.yaml: person.state, company.industry').describe(
    'どの項目の値で分けるか: person.(contact.yaml の項目)、company.(company.yaml の項目)',
  ),
  table: named(emails, 'a block: a value of the field, then who takes turns there').describe(
    '値ごとの担当者。複数なら順番に割り当てる',
  ),
  otherwise: emails.optional().describe('表にない人、または担当者が受け取れない人を、順番に受け取る人'),
});

const team = block({
  members: list(member, 'e-mail addresses').optional(),
  queue: words("a queue's developer name").optional(),
  manager: words('an e-mail address, or a role of the agreement').optional(),
  assign: z
    .union([choice(['round-robin', 'queue']), territories], {
      error:
        'must be round-robin, queue, or a table of territories: { by: person.state, table: { 東京都: [taro.suzuki@example.co.jp] }, otherwise: [aya.ito@example.co.jp] }.',
    })
    .describe('round-robin: 順番に / queue: キューに入れる / 表: 地域や業種などの値ごとに'),
  capacity: perDay
    .optional()
    .describe('1 人が 1 日に受け取る上限(拠点の暦日で数える)。全員が上限に達したら、キューに入れて知らせる'),
  'existing-owner': choice(['anybody', 'team'])
    .optional()
    .describe(
      'HubSpot の担当者がすでにいる人を、その担当者に渡すか。anybody: Salesforce の有効なユーザーなら渡す(既定)/ team: このチームの人だけ',
    ),
  office: words('an office of calendar.yaml')
    .optional()
    .describe('この拠点の暦で期限を数える(calendar.yaml の offices)'),
});
export type WrittenTeam = z.infer<typeof team>;

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
