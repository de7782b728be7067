import type { Agreement } from '../domain/agreement/agreement.ts';
import type { Reasons } from '../domain/agreement/terms.ts';
import { ANSWER } from '../domain/texts/states.ts';
import type { NewField } from '../ports/crm.ts';
import { OWN_FIELDS } from '../reconcile/derived.ts';

const { hubspot: H, salesforce: S } = OWN_FIELDS;

/** The labels of a field are one for the whole org, so they are in the language of the agreement's own words. */
const LABELS = {
  answer: '営業の返答',
  rejectReason: '差し戻しの理由',
  recycleReason: 'リサイクルの理由',
  disqualifyReason: '対象外の理由',
} as const;

const ASKED = {
  answer: '引き渡しを受け入れるか、差し戻すか。差し戻すときは理由も選びます。',
  rejectReason: '差し戻すときに選びます。マーケティングに戻ります。',
  recycleReason: 'いまは見送り、マーケティングに戻すときに選びます。空にすると取り消しになります。',
  disqualifyReason: '今後も対象にならないときに選びます。空にすると取り消しになります。',
} as const;

const TOLD = '営業が Salesforce で選んだもの。手で変更しないでください。';

type Name = keyof typeof LABELS;

/** On either side. */
export const ANSWER_FIELDS: readonly string[] = (Object.keys(LABELS) as Name[]).flatMap((name) => [H[name], S[name]]);

/** Does the agreement have sales answer in this field? Where it does not, the field is not there, and nobody misses it. */
export function isAnsweredIn(field: string, agreement: Agreement): boolean {
  return wanted(agreement).some(({ name }) => field === H[name] || field === S[name]);
}

/** The fields in which sales answers, on Lead and Contact; none for what the agreement asks nobody. */
export function askedOfSales(agreement: Agreement): readonly NewField[] {
  return wanted(agreement).map(({ name, options }) => ({
    name: S[name],
    label: LABELS[name],
    description: ASKED[name],
    type: 'picklist',
    options,
    forPeople: true,
  }));
}

/** The properties in which HubSpot shows it. */
export function shownToMarketing(agreement: Agreement): readonly NewField[] {
  return wanted(agreement).map(({ name, options }) => ({
    name: H[name],
    label: LABELS[name],
    description: TOLD,
    type: 'picklist',
    options: name === 'answer' ? [...options, { value: 'silence', label: ANSWER.silence.ja }] : options,
  }));
}

type Options = NonNullable<NewField['options']>;

/** A picklist holds the code, which stays when the words are changed; people read the words. */
function wanted({ reasons = {} }: Agreement): readonly { readonly name: Name; readonly options: Options }[] {
  const { rejected, recycled, disqualified } = reasons;
  const answers = (['accepted', 'rejected'] as const).map((value) => ({ value, label: ANSWER[value].ja }));
  return [
    ...(rejected === undefined ? [] : [{ name: 'answer' as const, options: answers }]),
    ...listed('rejectReason', rejected),
    ...listed('recycleReason', recycled),
    ...listed('disqualifyReason', disqualified),
  ];
}

function listed(
  name: Name,
  reasons: Reasons | undefined,
): readonly { readonly name: Name; readonly options: Options }[] {
  if (reasons === undefined) return [];
  return [{ name, options: Object.entries(reasons).map(([value, label]) => ({ value, label })) }];
}
