import type { ReasonCode } from '../people/change.ts';
import type { Locale } from '../policy.ts';
import type { Value } from '../values/value.ts';
import { DEAL_STATE } from './states.ts';
import { inBrackets, quoted, type Sentence, shown, systemName } from './words.ts';

/** Why something is written about deals, and the companies around them. */
export const SALE_REASONS = {
  'deal-created': {
    ja: (d) =>
      `${systemName(d['from'], 'ja')} にある${d['from'] === 'hubspot' ? '取引' : '商談'}と対になるレコードを作成`,
    en: (d) => `made beside the ${d['from'] === 'hubspot' ? 'deal' : 'opportunity'} in ${systemName(d['from'], 'en')}`,
  },
  'deal-stage': {
    ja: (d) =>
      `${systemName(d['from'], 'ja')} でステージが${quoted(d['stage'], 'ja')}に進んだため反映${inBrackets('ja', String(d['rule'] ?? ''))}`,
    en: (d) =>
      `the stage is ${quoted(d['stage'], 'en')} in ${systemName(d['from'], 'en')}${inBrackets('en', String(d['rule'] ?? ''))}`,
  },
  'deal-outcome': {
    ja: (d) =>
      d['outcome'] == null
        ? '商談がなくなったため、結果の表示を消去'
        : `商談の結果を表示(${outcome(d['outcome'], 'ja')})`,
    en: (d) =>
      d['outcome'] == null ? 'there is no deal any more' : `shows how the deal stands (${outcome(d['outcome'], 'en')})`,
  },
  'role-added': {
    ja: (d) =>
      d['side'] === 'salesforce'
        ? 'HubSpot の取引に関連付けられた人を、商談の取引先責任者の役割に追加'
        : '商談の関係者(取引先・取引先責任者)を、HubSpot の取引に関連付け',
    en: (d) =>
      d['side'] === 'salesforce'
        ? 'associated with the deal in HubSpot, so given a contact role'
        : 'on the opportunity in Salesforce, so associated with the deal',
  },
  'company-created': {
    ja: (d) => `取引先${quoted(d['name'], 'ja')}に HubSpot の人がいるため、会社を作成`,
    en: (d) => `somebody of HubSpot works at the account ${quoted(d['name'], 'en')}, so the company is made`,
  },
} as const satisfies Partial<Record<ReasonCode, Sentence>>;

function outcome(value: Value | undefined, locale: Locale): string {
  return DEAL_STATE[String(value) as keyof typeof DEAL_STATE]?.[locale] ?? shown(value, locale);
}
