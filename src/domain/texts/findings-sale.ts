import type { FindingCode } from '../people/person.ts';
import type { Locale } from '../policy.ts';
import type { Value } from '../values/value.ts';
import {
  type Detail,
  type InBoth,
  objectName,
  otherSystemName,
  quoted,
  type Sentence,
  shown,
  systemName,
} from './words.ts';

/** What needs a person about companies, deals, and records that became one. */
export const SALE_FINDINGS = {
  RESTORED_BESIDE: {
    ja: (d) =>
      `${systemName(d['system'], 'ja')} の ${shown(d['record'], 'ja')} がごみ箱から戻されましたが、その間に ${shown(d['seat'], 'ja')} が同じ相手のレコードになっています。${shown(d['record'], 'ja')} には何も書き込みません。不要なほうを削除するか、1 件にまとめてください。`,
    en: (d) =>
      `${shown(d['record'], 'en')} is out of the recycle bin of ${systemName(d['system'], 'en')} again, but meanwhile ${shown(d['seat'], 'en')} has taken its place. Nothing is written to ${shown(d['record'], 'en')}. Delete the one that is not needed, or merge them.`,
  },
  RECORDS_BECAME_ONE: {
    ja: (d) =>
      `${otherSystemName(d['system'])} で${by(d['by'], 'ja')}ため、${systemName(d['system'], 'ja')} に${same(d['object'], 'ja')}が 2 件あります。${remedy(d, 'ja')}`,
    en: (d) =>
      `${by(d['by'], 'en')} in ${otherSystemName(d['system'])}, so ${systemName(d['system'], 'en')} has ${same(d['object'], 'en')}. ${remedy(d, 'en')}`,
  },
  COMPANY_NAMES_DIFFER: {
    ja: (d) =>
      `社名は同じですが、Web サイトのドメインが異なるため、別の会社として扱っています(${shown(d['records'] ?? d['subject'], 'ja')})。同じ会社であれば、どちらかのドメインを直してください。`,
    en: (d) =>
      `Same name, but different domains, so they are treated as different companies (${shown(d['records'] ?? d['subject'], 'en')}). If they are one, correct a domain.`,
  },
  PERSON_ACCOUNT: {
    ja: (d) =>
      `この取引先責任者は個人取引先です(${shown(d['contact'] ?? d['subject'], 'ja')})。氏名やメールは取引先 ${shown(d['account'], 'ja')} 側の項目のため、項目の同期から外しています(メール送信除外や電話不可は反映します)。ステージと期限の表示は続けます。`,
    en: (d) =>
      `This contact is a person account (${shown(d['contact'] ?? d['subject'], 'en')}). Its name and address are fields of the account ${shown(d['account'], 'en')}, so its mapped fields are left out, except who declined mails or calls. Stage and deadline are shown as usual.`,
  },
  DEAL_NEEDS_CONVERSION: {
    ja: (d) =>
      `HubSpot に取引がありますが、本人はまだリードです(${shown(d['lead'] ?? d['subject'], 'ja')})。Salesforce でリードの取引を開始してください。取引先責任者ができると、商談を自動で作成します。`,
    en: (d) =>
      `HubSpot has a deal, but its person is still a lead (${shown(d['lead'] ?? d['subject'], 'en')}). Convert the lead in Salesforce; the opportunity is made once there is a contact.`,
  },
  DEAL_NEEDS_CONTACT: {
    ja: (d) =>
      `HubSpot の取引 ${shown(d['deal'] ?? d['subject'], 'ja')} から商談を作れません。${missing(d['because'], 'ja')}`,
    en: (d) =>
      `No opportunity can be made for the HubSpot deal ${shown(d['deal'] ?? d['subject'], 'en')}. ${missing(d['because'], 'en')}`,
  },
  DEAL_REOPENED: {
    ja: (d) =>
      `終了していた商談が、${systemName(d['system'], 'ja')} で再び進行中になりました(${quoted(d['before'], 'ja')}→${quoted(d['stage'], 'ja')})。受注・失注の数字がさかのぼって変わります。両部門で確認してください。`,
    en: (d) =>
      `A closed deal is open again in ${systemName(d['system'], 'en')} (${quoted(d['before'], 'en')} → ${quoted(d['stage'], 'en')}). Won and lost figures change backwards; both departments should know.`,
  },
  STAGE_NOT_MAPPED: {
    ja: (d) =>
      `${systemName(d['system'], 'ja')} のステージ${quoted(d['stage'], 'ja')}が ${shown(d['rule'], 'ja')} の stages にありません。この商談のステージはそのままにしてあります。対応を一行足してください。`,
    en: (d) =>
      `The stage ${quoted(d['stage'], 'en')} of ${systemName(d['system'], 'en')} is not among "stages" at ${shown(d['rule'], 'en')}. The stage of this deal was left alone. Add a line for it.`,
  },
  CURRENCY_NOT_KNOWN: {
    ja: (d) =>
      `通貨 ${shown(d['currency'], 'ja')} が ${systemName(d['system'], 'ja')} で使えないため、金額を写していません。${systemName(d['system'], 'ja')} の通貨設定に ${shown(d['currency'], 'ja')} と換算レートを登録してください。`,
    en: (d) =>
      `${systemName(d['system'], 'en')} does not know the currency ${shown(d['currency'], 'en')}, so the amount was not carried over. Add it there, with a rate.`,
  },
  AMOUNT_FROM_PRODUCTS: {
    ja: (d) =>
      `この商談の金額は商品の合計で決まるため、HubSpot での変更${quoted(d['found'], 'ja')}を${quoted(d['restored'], 'ja')}に戻しました。金額を変えるには、Salesforce の商談の商品を編集してください。`,
    en: (d) =>
      `The amount of this opportunity is the sum of its products, so HubSpot's ${quoted(d['found'], 'en')} was set back to ${quoted(d['restored'], 'en')}. To change it, edit the products in Salesforce.`,
  },
  TIE_REMOVED: {
    ja: (d) =>
      `${systemName(d['system'], 'ja')} で、取引(商談)と人との関連付けが外されました(${shown(d['record'] ?? d['subject'], 'ja')})。もう一方のシステムでは残っています。外すのであれば両方で外し、そうでなければ付け直してください。`,
    en: (d) =>
      `A person is no longer tied to a deal in ${systemName(d['system'], 'en')} (${shown(d['record'] ?? d['subject'], 'en')}), but still is in the other system. Remove the tie in both, or put it back.`,
  },
  OBJECT_NOT_VISIBLE: {
    ja: (d) =>
      `${systemName(d['system'], 'ja')} の${objectName(d['object'], 'ja')}(${shown(d['object'], 'ja')})を読む権限がありません。それ以外は通常どおり動いています。必要であれば、連携ユーザーに権限を追加してください。`,
    en: (d) =>
      `The integration user may not read ${shown(d['object'], 'en')} in ${systemName(d['system'], 'en')}. Everything else goes on. Grant access if you need it.`,
  },
} as const satisfies Partial<Record<FindingCode, Sentence>>;

const MISSING: Readonly<Record<string, InBoth>> = {
  'no-person': {
    ja: '取引に人(コンタクト)が関連付けられていません。HubSpot でコンタクトを関連付けてください。',
    en: 'Nobody is associated with it. Associate a contact in HubSpot.',
  },
  'not-in-salesforce': {
    ja: '関連付けられた人が Salesforce にいません。リードか取引先責任者を登録してください。',
    en: 'Its person has no record in Salesforce. Create a lead or a contact there.',
  },
  'no-account': {
    ja: '取引先責任者に取引先がありません。Salesforce で取引先を設定してください。',
    en: 'Its contact has no account. Set one in Salesforce.',
  },
};

function missing(because: Value | undefined, locale: Locale): string {
  return MISSING[String(because)]?.[locale] ?? '';
}

function by(evidence: Value | undefined, locale: Locale): string {
  if (locale === 'ja')
    return evidence === 'conversion' ? 'リードが既存の取引先責任者に変換された' : 'レコードがマージされた';
  return evidence === 'conversion' ? 'A lead was converted into an existing contact' : 'Two records were merged';
}

function same(object: Value | undefined, locale: Locale): string {
  if (object === 'deals' || object === 'Opportunity')
    return locale === 'ja' ? `同じ案件の${objectName(object, 'ja')}` : 'two records of one deal';
  if (object === 'companies' || object === 'Account')
    return locale === 'ja' ? `同じ会社の${objectName(object, 'ja')}` : 'two records of one company';
  return locale === 'ja' ? '同じ人のレコード' : 'two records of one person';
}

/** Salesforce merges leads, contacts and accounts, but no opportunities. */
function remedy({ object, record }: Detail, locale: Locale): string {
  const id = shown(record, locale);
  if (object === 'Opportunity')
    return locale === 'ja'
      ? `Salesforce では商談をマージできません。必要な内容をもう 1 件に移し、${id} を削除してください。`
      : `Salesforce cannot merge opportunities: move what counts to the other, and delete ${id}.`;
  return locale === 'ja' ? `${id} を、もう 1 件にマージしてください。` : `Merge ${id} into the other.`;
}
