import type { Agreement, Department, Stage } from '../agreement/agreement.ts';
import type { SigningRole } from '../agreement/signatures.ts';
import type { REVIEW_CYCLES, TARGETS } from '../agreement/terms.ts';
import type { FieldMapping } from '../people/mapping.ts';
import type { Locale, Policy } from '../policy.ts';
import type { Value } from '../values/value.ts';
import { type InBoth, quoted, shown } from './words.ts';

/** What two department heads call what stands in the agreement. Words that come with the product have names; an admin's own are shown as they stand. */

/** Whose words are used: values and fields go by what people see in Salesforce, as far as the mappings tell. */
export type Naming = Pick<Policy, 'person' | 'company'>;

export const NOT_AGREED: InBoth = { ja: '未設定', en: 'not agreed yet' };

export const DEPARTMENTS: Readonly<Record<Department, InBoth>> = {
  marketing: { ja: 'マーケティング部門', en: 'marketing' },
  sales: { ja: '営業部門', en: 'sales' },
};

const ROLES: Readonly<Record<SigningRole, InBoth>> = {
  'marketing-head': { ja: 'マーケティング責任者', en: 'marketing head' },
  'sales-head': { ja: '営業責任者', en: 'sales head' },
};

export const CYCLES: Readonly<Record<(typeof REVIEW_CYCLES)[number], InBoth>> = {
  month: { ja: '毎月', en: 'every month' },
  quarter: { ja: '四半期ごと', en: 'every quarter' },
  'half-year': { ja: '半年ごと', en: 'every half-year' },
  year: { ja: '毎年', en: 'every year' },
};

export const TARGET_NAMES: Readonly<Record<(typeof TARGETS)[number], InBoth>> = {
  'mql-to-sql': { ja: 'MQL→SQL 転換率', en: 'MQL to SQL' },
  'sql-to-deal': { ja: 'SQL→商談化率', en: 'SQL to deal' },
  'deal-to-won': { ja: '商談→受注率', en: 'deal to won' },
  'first-contact-in-time': { ja: '期限内の初回接触率', en: 'first contact in time' },
  neglected: { ja: '放置率', en: 'neglect rate' },
};

export const BANT_NAMES: Readonly<Record<keyof NonNullable<Agreement['bant']>, InBoth>> = {
  budget: { ja: '予算(Budget)', en: 'budget' },
  authority: { ja: '決裁権(Authority)', en: 'authority' },
  need: { ja: '課題(Need)', en: 'need' },
  timeline: { ja: '時期(Timeline)', en: 'timeline' },
};

export const REASON_LISTS: Readonly<Record<'rejected' | 'recycled' | 'disqualified', InBoth>> = {
  rejected: { ja: '差し戻し(営業が MQL を受け入れない)', en: 'rejected (sales sends an MQL back)' },
  recycled: { ja: 'リサイクル(マーケティングに戻す)', en: 'recycled (back to marketing)' },
  disqualified: { ja: '対象外', en: 'disqualified' },
};

const TEAMS: Readonly<Record<string, InBoth>> = {
  'inside-sales': { ja: 'インサイドセールス', en: 'inside sales' },
  'field-sales': { ja: 'フィールドセールス', en: 'field sales' },
};

const ACTIONS: Readonly<Record<string, InBoth>> = {
  download: { ja: '資料ダウンロード', en: 'document download' },
  seminar: { ja: 'セミナー参加', en: 'seminar' },
  booth: { ja: '展示会への来場', en: 'visit to our booth' },
  'pricing-view': { ja: '料金ページの閲覧', en: 'pricing page view' },
  'careers-view': { ja: '採用ページの閲覧', en: 'careers page view' },
  consultation: { ja: '個別相談の申し込み', en: 'request for a consultation' },
  quote: { ja: '見積依頼', en: 'request for a quote' },
};

/** By HubSpot's name or Salesforce's, in small letters. */
const FIELDS: Readonly<Record<string, InBoth>> = {
  jobtitle: { ja: '役職', en: 'job title' },
  title: { ja: '役職', en: 'job title' },
  industry: { ja: '業種', en: 'industry' },
  numberofemployees: { ja: '従業員数', en: 'number of employees' },
  annualrevenue: { ja: '年間売上高', en: 'annual revenue' },
  company: { ja: '会社名', en: 'company' },
  phone: { ja: '電話番号', en: 'phone' },
  mobilephone: { ja: '携帯電話', en: 'mobile phone' },
  email: { ja: 'メールアドレス', en: 'e-mail' },
  leadsource: { ja: 'リードソース', en: 'lead source' },
  leadscore: { ja: 'HubSpot のスコア', en: "HubSpot's score" },
  state: { ja: '都道府県', en: 'state' },
  country: { ja: '国', en: 'country' },
  decision_maker_access__c: { ja: '決裁者アクセス', en: 'decision-maker access' },
};

export function roleTitle(role: string, locale: Locale): string {
  return named(ROLES, role)?.[locale] ?? shown(role, locale);
}

export function teamName(team: string, locale: Locale): string {
  return named(TEAMS, team)?.[locale] ?? shown(team, locale);
}

export function actionName(action: string, locale: Locale): string {
  return named(ACTIONS, action)?.[locale] ?? quoted(action, locale);
}

/** `役職`, `会社の業種`, `Salesforce の「Rank__c」`. */
export function fieldName(path: string, naming: Naming, locale: Locale): string {
  const [where = '', ...rest] = path.split('.');
  const written = rest.join('.');
  const field = fieldAt(path, naming)?.hubspot ?? written;
  const isOfCompany = where === 'company';
  if (isOfCompany && field === 'name') return FIELDS['company']![locale];
  const known = named(FIELDS, field.toLowerCase())?.[locale];
  if (known !== undefined) return isOfCompany ? OF_COMPANY[locale](known) : known;
  if (isOfCompany) return OF_COMPANY[locale](quoted(written, locale));
  return IN_SYSTEM[where]?.[locale](quoted(written, locale)) ?? quoted(written, locale);
}

/** A value as reps see it in Salesforce, where the field's line maps it. */
export function valueName(value: Value, path: string, naming: Naming, locale: Locale): string {
  const values = path.startsWith('salesforce.') ? undefined : fieldAt(path, naming)?.values;
  return quoted((values === undefined ? undefined : named(values, String(value))) ?? value, locale);
}

function fieldAt(path: string, { person, company }: Naming): FieldMapping | undefined {
  const [where = '', ...rest] = path.split('.');
  const name = rest.join('.');
  const { fields } = where === 'company' ? company : person;
  if (where === 'hubspot') return fields.find(({ hubspot }) => hubspot === name);
  return fields.find(({ alias }) => alias === name) ?? fields.find((field) => field.name === name);
}

const OF_COMPANY: InBoth<(field: string) => string> = {
  ja: (field) => `会社の${field}`,
  en: (field) => `the company's ${field}`,
};
const IN_SYSTEM: Readonly<Record<string, InBoth<(field: string) => string>>> = {
  hubspot: { ja: (field) => `HubSpot の${field}`, en: (field) => `${field} in HubSpot` },
  salesforce: { ja: (field) => `Salesforce の${field}`, en: (field) => `${field} in Salesforce` },
};

/** Names are an admin's, so one may be called `constructor`. */
function named<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** The stages in which the articles' table is agreed upon. */
export const AGREED_STAGES = ['MQL', 'SQL'] as const satisfies readonly Stage[];
