import type { Made } from './load-set.ts';
import type { RecordSetSpec } from './plan-schema.ts';
import type { LoadPlan } from './read-load-plan.ts';
import { RowRefusal } from './report.ts';
import type { Row } from './row.ts';

export type Associated = { object: string; id: string; label?: string };

/** The records that a new one of HubSpot hangs together with. Throws a `RowRefusal` for a key that nothing was loaded under. */
export function associationsOf(
  { associate }: RecordSetSpec,
  row: Row,
  { plan, made }: { plan: LoadPlan; made: Made },
): Associated[] {
  return associate.flatMap(({ record, column, separator, label }) => {
    const object = plan.records.find(({ name }) => name === record)?.into.split('.')[1] ?? '';
    const text = row.get(column);
    const keys = (separator === undefined ? [text] : text.split(separator)).map((key) => key.trim());
    return keys
      .filter((key) => key !== '')
      .map((key) => {
        const id = made.get(record)?.get(key);
        if (id === undefined) throw new RowRefusal(`${column} = "${key}" was not loaded with "${record}"`);
        return { object, id, ...(label === undefined ? {} : { label }) };
      });
  });
}
