import type { Policy } from '../policy.ts';
import type { LocalDate } from '../values/value.ts';
import { formatDay } from './format-local.ts';
import { clipped, type InBoth } from './words.ts';

/** Salesforce holds 255 characters in Task.Subject. */
const LINE_LENGTH = 255;

export type ReviewTaskFacts = {
  /** The day of the review, on the office's calendar. */
  readonly date: LocalDate;
  readonly policy: Pick<Policy, 'agreement' | 'locale'>;
};

/** The Task that each head finds when the agreement is to be reviewed: what to look at, with which command, and how it ends. */
export function reviewTaskText({ date, policy }: ReviewTaskFacts): {
  readonly subject: string;
  readonly description: string;
} {
  const { agreement, locale } = policy;
  const { subject, lines } = TEXT[locale](agreement.version, formatDay(date, locale));
  return { subject: clipped(subject, LINE_LENGTH), description: lines.join('\n') };
}

const TEXT: InBoth<(version: string, date: string) => { readonly subject: string; readonly lines: readonly string[] }> =
  {
    ja: (version, date) => ({
      subject: `【合意の見直し】MQL・SQL の合意(定義書)${version} を見直してください`,
      lines: [
        `マーケティングと営業の合意(定義書)${version} の見直し日(${date})になりました。`,
        'もう一方の責任者にも、同じ ToDo を作成しています。',
        '',
        '■ 確認すること',
        '・MQL・SQL の条件と点数は、実際に商談になった人と合っているか',
        '・引き渡したのに営業が見送った人の理由に、偏りはないか',
        '・初回接触などのフォロー期限は守られているか。日数に無理はないか',
        '・引き渡し先のチームと担当者、不在の代理は、いまの体制と合っているか',
        '・入力されるべき項目(登録ルール)は埋まっているか',
        '',
        '■ 進め方',
        '現在の内容: tasuki agreement render',
        '条件を変えたらどうなるか: tasuki replay --agreement 変更案.yaml',
        '変える場合: agreement.yaml を新しい version にして、両責任者が tasuki agreement sign で署名',
        '',
        '■ この ToDo について',
        '新しい版に両責任者が署名すると、自動的に完了になります。',
        '変えないと決めた場合は、手で完了にしてください。次回の見直し日に、また作成します。',
      ],
    }),
    en: (version, date) => ({
      subject: `Review the agreement on MQL and SQL (${version})`,
      lines: [
        `The agreement ${version} of marketing and sales is to be reviewed (${date}).`,
        'The other head has the same task.',
        '',
        'What to look at',
        '- Do the criteria and points of MQL and SQL fit those who did become deals?',
        '- Why did sales send people back, and does one reason stand out?',
        '- Are first contact and the other deadlines kept, and are they reasonable?',
        '- Do teams, owners and deputies match who is there now?',
        '- Are the fields filled in that the registration rules ask for?',
        '',
        'How to go about it',
        'What it says today: tasuki agreement render',
        'What another criterion would have given: tasuki replay --agreement proposal.yaml',
        'To change it: give agreement.yaml a new version, and both heads sign: tasuki agreement sign',
        '',
        'About this task',
        'It is completed automatically once both heads have signed a new version.',
        'If nothing is to change, tick it off. The next one comes with the next review.',
      ],
    }),
  };
