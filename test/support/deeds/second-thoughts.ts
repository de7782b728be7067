import { type Deed, type Diary, type Hands, HUMAN, type HumanEdit, type World } from './hands.ts';

/** Whoever thinks again does so soon. */
const LATEST = 6;
const THOUGHT_ABOUT = /^(?:phone|jobtitle|company|Phone|Title|Company)$/u;

/** People correct what was typed a moment ago, in the same place: before it has been copied, while it is, or right afterwards. */
export function secondThoughts({ world, random, typed }: Hands, { edits }: Readonly<Diary>): Deed {
  let serial = 0;
  return () => {
    const recent = edits.filter(({ field, value }) => THOUGHT_ABOUT.test(field) && value !== '').slice(-LATEST);
    if (recent.length === 0) return;
    const { system, object, id, field, value } = random().pick(recent);
    if (!isThere(world, { system, object, id })) return;
    serial += 1;
    const corrected = /phone/iu.test(field)
      ? `${value.slice(0, 8)}${String(9000 + serial)}`
      : `${value.split('訂')[0] ?? value}訂${serial}`;
    if (system === 'hubspot') world.portal.touch(object, id, { [field]: corrected }, HUMAN);
    else world.org.touch(object, id, { [field]: corrected }, { by: world.org.administratorId });
    typed(system, object, id, field, corrected);
  };
}

function isThere({ portal, org }: World, { system, object, id }: Pick<HumanEdit, 'system' | 'object' | 'id'>): boolean {
  if (system === 'hubspot') {
    const record = portal.space(object).store.get(id);
    return record !== undefined && record.snapshot.archivedAt === undefined;
  }
  const row = org.state.tables.get(object).get(id);
  return row !== undefined && row['IsDeleted'] !== true && row['IsConverted'] !== true;
}
