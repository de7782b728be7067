import * as z from 'zod';
import { block, choice, duration, list, words } from './leaves.ts';

const BEFORE = 'a duration, then before: 1 business day before, 4 business hours before, 24 hours before';

/** `remind:` of a deadline. */
export const remind = z
  .string({ error: `must be ${BEFORE}.` })
  .regex(/^[1-9]\d{0,3} (?:business day|business hour|hour|day)s? before$/u, { error: `must be ${BEFORE}.` })
  .describe('期限の前に送る予告(ToDo ではなくメッセージ): 1 business day before, 24 hours before');

/** `grace:` of a deadline. */
export const grace = duration.describe(
  '期限を過ぎてから超過とみなすまでの猶予。期限内に行ったことの記録を待つ: 2 hours, 1 business hour',
);

/** More rungs than this, and nobody reads what the last ones say. */
const MOST_RUNGS = 5;

const rung = block({
  after: duration.describe('期限超過から数えて: 1 business day'),
  to: words('manager, deputy, a role of the agreement, or an e-mail address').describe(
    'manager(上長)、deputy(代理)、合意の役割名、またはメールアドレス',
  ),
});

/** `lapse:` of a deadline. */
export const lapse = block({
  task: choice(['urgent', 'normal']),
  escalate: list(rung, 'rungs')
    .min(1, { error: 'must have one rung at least: [{ after: 1 business day, to: manager }].' })
    .max(MOST_RUNGS, { error: `must have at most ${MOST_RUNGS} rungs.` })
    .optional()
    .describe('エスカレーション。同じ ToDo のまま、上の段の人に知らせる'),
  'ticked-off': choice(['ask', 'accept'])
    .optional()
    .describe('記録がないまま ToDo だけが完了にされたとき。ask: 要確認として尋ねる / accept: 尋ねない(既定)'),
});
export type WrittenLapse = z.infer<typeof lapse>;

const PER_DAY = 'a number of tasks per day, such as 10 per day';

/** `tasks:` of agreement.yaml. */
export const tasks = block({
  'at-most': z
    .string({ error: `must be ${PER_DAY}.` })
    .regex(/^[1-9]\d{0,2} per day$/u, { error: `must be ${PER_DAY}.` })
    .describe('1 人に 1 日に作る期限超過の ToDo の上限。超えた分は期限の古い順に、次の営業日に回す: 10 per day'),
}).describe('期限超過の ToDo について、全体で決めること');
export type WrittenTasks = z.infer<typeof tasks>;
