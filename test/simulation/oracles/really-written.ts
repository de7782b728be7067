import type { TrackedChange } from '../../../src/domain/people/change.ts';
import { versionsOf } from '../../../src/sandbox/hubspot/records/record.ts';
import type { World } from '../../support/deeds/hands.ts';
import { text } from '../../support/laws/scene.ts';

/** What the journal calls written did stand there, by HubSpot's own history, whatever has become of it since. */
export function notReallyWritten(
  changes: readonly TrackedChange[],
  { portal }: Pick<World, 'portal'>,
): readonly string[] {
  return changes.flatMap(({ id, kind, target, steps, acknowledgedAt, outcome }) => {
    if (target.system !== 'hubspot' || kind !== 'update' || acknowledgedAt === undefined) return [];
    const record = portal.space(target.object).store.get(text(target.id));
    if (record === undefined) return [];
    return (
      steps
        .flat()
        .filter(({ field }) => !field.startsWith('associations.'))
        // HubSpot takes a stage that lies behind without a word, and leaves it; the journal says so once it has been read back.
        .filter(({ field }) => !(field === 'lifecyclestage' && outcome?.code === 'OVERWRITTEN'))
        .filter(({ field, after }) => !versionsOf(record, field).some(({ value }) => same(value, after)))
        .filter(({ after }) => after !== null) // a field that was empty keeps no version of that
        .map(({ field, after }) => `${id} says that ${field} was ${text(after)}, which it never was`)
    );
  });
}

/** HubSpot keeps texts, addresses in lower case, and days as midnight UTC. */
function same(kept: string, written: unknown): boolean {
  const [one, other] = [kept, written].map((value) =>
    text(value)
      .trim()
      .toLowerCase()
      .replace(/t00:00:00(?:\.000)?z$/u, ''),
  );
  return one === other || Date.parse(one!) === Date.parse(other!);
}
