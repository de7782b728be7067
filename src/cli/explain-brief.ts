import type { PersonFacts } from '../domain/people/person.ts';
import type { Locale } from '../domain/policy.ts';
import { reasonText } from '../domain/texts/reasons.ts';
import { printable } from '../domain/texts/words.ts';
import type { HistoryLine } from '../ports/ledger.ts';
import { OWN_FIELDS } from '../reconcile/derived.ts';

/** The newest brief that was written for a person's receiver: as it was written, as it stands in Salesforce, and how complete it is. */
export type BriefTold = {
  readonly stage: string;
  /** How many of its sections had something to tell, of how many. */
  readonly filled: number;
  readonly sections: number;
  readonly lacking: readonly string[];
  readonly written: string;
  /** What the record holds by now: a rep may have changed it. `null`: no record, or the field is empty. */
  readonly now: string | null;
};

type Written = Pick<BriefTold, 'written'> & { readonly reason: Parameters<typeof reasonText>[0] };

const NEVER_WRITTEN: ReadonlySet<string> = new Set(['refused', 'superseded', 'undone']);

function writtenIn(history: readonly HistoryLine[]): Written | null {
  const fields = history.flatMap((line) =>
    line.kind === 'change' && !NEVER_WRITTEN.has(line.change.state) ? line.change.steps.flat() : [],
  );
  const brief = fields.findLast(({ reason }) => reason.code === 'brief-written');
  return brief === undefined ? null : { written: String(brief.after), reason: brief.reason };
}

/** `null`: none was ever written for them. */
export function briefTold({ sightings }: PersonFacts, history: readonly HistoryLine[]): BriefTold | null {
  const brief = writtenIn(history);
  if (brief === null) return null;
  const { stage, filled, sections, lacking } = brief.reason.detail;
  const held = sightings
    .filter(
      ({ record, deleted, values }) => record.system === 'salesforce' && !deleted && values['IsConverted'] !== true,
    )
    .map(({ values }) => values[OWN_FIELDS.salesforce.brief])
    .find((value) => typeof value === 'string');
  return {
    stage: String(stage),
    filled: Number(filled),
    sections: Number(sections),
    lacking: String(lacking ?? '')
      .split(', ')
      .filter((section) => section !== ''),
    written: brief.written,
    now: typeof held === 'string' ? held : null,
  };
}

const HEADS = {
  ja: { brief: '引き渡しメモ', edited: '(Salesforce で変更されています。次の引き渡しまでそのままにします)' },
  en: { brief: 'Brief', edited: '(changed in Salesforce since; it stays so until the next hand-off)' },
} as const;

export function briefLines(brief: BriefTold | null, locale: Locale): readonly string[] {
  if (brief === null) return [];
  const { now, written, lacking, ...detail } = brief;
  const reason = reasonText({ code: 'brief-written', detail: { ...detail, lacking: lacking.join(', ') } }, locale);
  const isEdited = now !== null && plain(now) !== plain(written);
  return [
    `${HEADS[locale].brief}: ${reason}${isEdited ? ` ${HEADS[locale].edited}` : ''}`,
    ...(isEdited ? now : written).split(/\r?\n/u).map((line) => `  ${printable(line)}`),
  ];
}

function plain(text: string): string {
  return text.replace(/\r\n?/gu, '\n').trim();
}
