import type { HistoryEntry } from '../../domain/people/activity.ts';
import { CALLS } from './calls.ts';
import type { Gateway } from './gateway.ts';
import { isByProgram, observerOf, type Version } from './observers.ts';
import { chunks, idText, type Lens } from './records.ts';
import { Refusal } from './refusal.ts';
import { toValue } from './values.ts';

/** HubSpot reads histories of fifty records a call, half of what it takes otherwise. */
const HISTORY_BATCH = 50;

type Past = Version & { readonly value: string; readonly timestamp: Date };
type Told = {
  readonly id: string;
  readonly propertiesWithHistory?: Readonly<Record<string, readonly Past[]>>;
};

/**
 * Every value that the lens's fields of these records ever took, newest first. Records that are gone have none.
 *
 * HubSpot gives a version no id. One is made of record, field and instant; of several in one millisecond the later ones are numbered,
 * from the oldest on, so that what is told again has the same.
 */
export async function readHistory(
  gateway: Gateway,
  ids: readonly string[],
  lens: Lens,
  ownApp: () => Promise<string | null>,
): Promise<HistoryEntry[]> {
  const entries: HistoryEntry[] = [];
  for (const batch of chunks([...new Set(ids)], HISTORY_BATCH)) {
    const records = (await readPast(gateway, batch, lens)).filter(({ id }) => batch.includes(id));
    const versions = records.flatMap((record) => versionsIn(record, lens.fields));
    const app = versions.some(({ past }) => isByProgram(past)) ? await ownApp() : null;
    for (const { id, field, past, nth } of versions) {
      const at = past.timestamp.getTime();
      const again = nth === 0 ? '' : `#${nth + 1}`;
      entries.push({
        record: { system: 'hubspot', object: lens.object, id },
        field,
        value: toValue(past.value, lens.types.get(field) ?? 'string'),
        at,
        by: observerOf(past, app),
        source: `${lens.object}/${id}/${field}@${at}${again}`,
      });
    }
  }
  return entries;
}

async function readPast(gateway: Gateway, ids: readonly string[], { object, fields }: Lens): Promise<Told[]> {
  const question = { inputs: ids.map((id) => ({ id })), properties: [], propertiesWithHistory: [...fields] };
  try {
    const answer = await gateway.call(CALLS.history, ({ batches }) => batches.read(object, question, false));
    return answer.results.map(({ id, propertiesWithHistory }) => ({
      id: idText(id),
      ...(propertiesWithHistory === undefined ? {} : { propertiesWithHistory }),
    }));
  } catch (error) {
    if (error instanceof Refusal && error.status === 404) return []; // none of them is there
    throw error;
  }
}

type VersionOf = { readonly id: string; readonly field: string; readonly past: Past; readonly nth: number };

function versionsIn({ id, propertiesWithHistory = {} }: Told, fields: readonly string[]): VersionOf[] {
  return fields.flatMap((field) => {
    const readable = (propertiesWithHistory[field] ?? []).filter(({ timestamp }) => !Number.isNaN(timestamp.getTime()));
    const newestFirst = readable.toSorted((one, other) => other.timestamp.getTime() - one.timestamp.getTime());
    return newestFirst.map((past, place) => {
      const older = newestFirst.slice(place + 1);
      const nth = older.filter(({ timestamp }) => timestamp.getTime() === past.timestamp.getTime()).length;
      return { id, field, past, nth };
    });
  });
}
