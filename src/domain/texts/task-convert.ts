import type { TaskWords } from './task.ts';
import type { InBoth } from './words.ts';

type Text = { readonly subject: string; readonly description: readonly string[] };

/** The Task for a deal that waits because its person is still a Lead: what to press, and what happens by itself then. */
export const CONVERT_TASK: InBoth<(words: TaskWords) => Text> = {
  ja: ({ who, owner, started, due, within, count, agreement }) => ({
    subject: `【期限超過】${who} リードの取引開始をお願いします`,
    description: [
      `HubSpot には${who}の取引がありますが、Salesforce ではまだリードのままのため、商談を作成できません。`,
      '',
      `担当: ${owner}`,
      `起点: ${started}`,
      `期限: ${due}${within && `(起点から ${within}以内)`}`,
      '',
      '■ 期限の数え方',
      count,
      '',
      '■ お願いしたいこと',
      'リードの「取引の開始」を行ってください(取引先と取引先責任者を選び、商談は「作成しない」にします)。',
      '取引先責任者ができると、HubSpot の取引と対になる商談を Tasuki が作成します。',
      '商談にする段階でなければ、HubSpot の取引を削除するか、失注にしてください。',
      '',
      '■ この ToDo について',
      '取引の開始が確認できると、この ToDo は自動的に完了になります。',
      '',
      `根拠: 合意(定義書)${agreement}`,
    ],
  }),
  en: ({ who, owner, started, due, within, count, agreement }) => ({
    subject: `Overdue: convert the lead ${who}`,
    description: [
      `HubSpot has a deal with ${who}, who is still a lead in Salesforce, so no opportunity can be made.`,
      '',
      `Owner: ${owner}`,
      `Since: ${started}`,
      `Due: ${due}${within && ` (within ${within})`}`,
      '',
      'How the deadline was counted',
      count,
      '',
      'What to do',
      'Convert the lead: choose account and contact, and do not create an opportunity.',
      'Once there is a contact, Tasuki makes the opportunity that belongs to the HubSpot deal.',
      'If it is too early for an opportunity, delete the deal in HubSpot, or close it as lost.',
      '',
      'About this task',
      'It is completed automatically as soon as the lead has been converted.',
      '',
      `Basis: agreement ${agreement}`,
    ],
  }),
};
