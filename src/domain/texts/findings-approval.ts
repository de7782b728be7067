import type { FindingCode } from '../people/person.ts';
import { type Detail, objectName, plural, type Sentence, shown, systemName } from './words.ts';

/** What waits for a person's word. */
export const APPROVAL_FINDINGS = {
  AGREEMENT_UNSIGNED: {
    ja: () =>
      '有効な合意(定義書)がないため、対応表の項目だけを書き込んでいます。ステージ、引き渡し、フォロー期限、ToDo は動きません。両部門の責任者が tasuki agreement sign で署名すると、適用日から動き始めます。状況は tasuki agreement status で確認できます。',
    en: () =>
      'No agreement is in force, so only mapped fields are written: no stages, hand-offs, deadlines or Tasks. They begin on the effective date, once both heads have signed (tasuki agreement sign). How it stands: tasuki agreement status.',
  },
  BREAKER_TRIPPED: {
    ja: (d) =>
      `変更がいつもより多いため、書き込まずに待っています。${systemName(d['system'], 'ja')} の${objectName(d['object'], 'ja')}の${whatJa(d)} ${shown(d['changes'], 'ja')} 件${shareJa(d)}。tasuki approve で内容を確認し、承認するか取り下げてください。`,
    en: (d) =>
      `More changes than usual, so they wait unwritten: ${plural(Number(d['changes'] ?? 0), whatEn(d))} of ${objectName(d['object'], 'en')} records in ${systemName(d['system'], 'en')}${shareEn(d)}. Look at them with "tasuki approve", and approve or reject.`,
  },
  PLAN_REJECTED: {
    ja: (d) =>
      `${shown(d['by'], 'ja')} が変更を取り下げました(${shown(d['subject'], 'ja')}${reason(d['why'], '、理由: ')})。値が変わるまで、同じ変更は計画しません。`,
    en: (d) =>
      `${shown(d['by'], 'en')} rejected a change (${shown(d['subject'], 'en')}${reason(d['why'], ', why: ')}). The same one is not planned again until a value differs.`,
  },
} as const satisfies Partial<Readonly<Record<FindingCode, Sentence>>>;

function whatJa({ field }: Detail): string {
  return field === null || field === undefined ? '新規作成が' : `項目 ${shown(field, 'ja')} の更新が`;
}

function whatEn({ field }: Detail): string {
  return field === null || field === undefined ? 'creation' : `update of ${shown(field, 'en')}`;
}

function shareJa({ percent }: Detail): string {
  return percent === null || percent === undefined ? '' : `(全体の ${percent} %)`;
}

function shareEn({ percent }: Detail): string {
  return percent === null || percent === undefined ? '' : ` (${percent} % of all)`;
}

function reason(why: Detail[string] | undefined, lead: string): string {
  return why === undefined || why === null || why === '' ? '' : `${lead}${shown(why, 'ja')}`;
}
