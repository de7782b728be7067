import { DAY_MS, tokyoDay } from './stamps.ts';
import type { Tables } from './store/tables.ts';

const ARCHIVE_DAYS = 365;

/** Once a day: closed tasks and events of more than a year ago are archived. Returns the day up to which it was done. */
export function archiveOld(tables: Tables, now: number, doneOn: string): string {
  const today = tokyoDay(now);
  if (today === doneOn) return today;
  const line = tokyoDay(now - ARCHIVE_DAYS * DAY_MS);
  for (const name of ['Task', 'Event']) {
    const table = tables.get(name);
    for (const row of table.values()) {
      if (row['IsArchived'] === true || (name === 'Task' && row['IsClosed'] !== true)) continue;
      const day = (row['ActivityDate'] as string | null | undefined) ?? tokyoDay(row['CreatedDate'] as number);
      if (day < line) table.put({ ...row, IsArchived: true });
    }
  }
  return today;
}
