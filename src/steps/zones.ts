import type { BusinessCalendar } from '../domain/calendar/business-calendar.ts';
import type { DirectoryEntry } from '../domain/people/record.ts';
import type { Works } from './works.ts';

/**
 * The offsets of the zones in which people work, as far as their calendar reaches, so that the core needs no zone database. A zone that
 * nobody knows is left out: then the office's own is meant.
 */
export function zonesOf(
  directory: readonly DirectoryEntry[],
  { policy, offsetsOf }: Pick<Works, 'policy' | 'offsetsOf'>,
): ReadonlyMap<string, BusinessCalendar['offsets']> {
  const { zone: office, covers } = policy().calendar;
  const named = new Set(directory.flatMap(({ timeZone }) => timeZone ?? []));
  named.delete(office);
  return new Map(
    [...named].flatMap((zone) => {
      const offsets = offsetsOf?.(zone, covers.from, covers.to) ?? null;
      return offsets === null ? [] : [[zone, offsets] as const];
    }),
  );
}
