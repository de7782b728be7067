import type { TaskTemplate } from './task.ts';

/** The Task for a promise that is neither a first contact nor a conversion: it lists what would keep it. */
export const OWED_TASK: TaskTemplate = {
  ja: ({ who, what, owner, started, due, within, count, ends, agreement }) => ({
    subject: `【期限超過】${who} ${what}をお願いします`,
    description: [
      `${who}について、「${what}」が期限を過ぎても確認できていません。`,
      '',
      `担当: ${owner}`,
      `起点: ${started}`,
      `期限: ${due}${within && `(起点から ${within}以内)`}`,
      '',
      '■ 期限の数え方',
      count,
      '',
      ends.length > 1 ? '■ お願いしたいこと(次のいずれか)' : '■ お願いしたいこと',
      ...ends.map((end) => `・${end}`),
      '',
      '■ この ToDo について',
      '上の内容が両システムの記録で確認できると、この ToDo は自動的に完了になります。',
      'この ToDo だけを手で完了にしても、約束を果たしたことにはなりません。',
      '',
      `根拠: 合意(定義書)${agreement}`,
    ],
  }),
  en: ({ who, what, owner, started, due, within, count, ends, agreement }) => ({
    subject: `Overdue: ${what}, ${who}`,
    description: [
      `The deadline for ${what} (${who}) has passed, and nothing on record shows that it was kept.`,
      '',
      `Owner: ${owner}`,
      `Since: ${started}`,
      `Due: ${due}${within && ` (within ${within})`}`,
      '',
      'How the deadline was counted',
      count,
      '',
      ends.length > 1 ? 'What keeps it (one is enough)' : 'What keeps it',
      ...ends.map((end) => `- ${end}`),
      '',
      'About this task',
      'It is completed automatically as soon as that is on record in either system.',
      'Ticking off this task alone does not keep the promise.',
      '',
      `Basis: agreement ${agreement}`,
    ],
  }),
};
