import type { Diary } from '../../support/deeds/hands.ts';
import type { Known } from '../../support/laws/scene.ts';

const SALESFORCE_NAME: Readonly<Record<string, string>> = { phone: 'Phone', jobtitle: 'Title' };

/**
 * `clears: keep`: what somebody emptied stays empty there, and the other side keeps what it holds. Leaves the differences between two
 * sides of which a person emptied one out of `lines`.
 */
export function withoutEmptied(
  lines: readonly string[],
  people: readonly Known[],
  { edits }: Readonly<Diary>,
): readonly string[] {
  const emptied = edits.filter(({ value }) => value === '');
  return lines.filter((line) => {
    const [, contact, field] = /^difference: (\d+) (phone|jobtitle): (?:.* \| | \| .*)(?: \(\w+\))?$/u.exec(line) ?? [];
    if (contact === undefined || field === undefined) return true;
    const known = people.find(({ facts }) => facts.links.some(({ record }) => record.id === contact));
    const records = new Set(known?.facts.links.map(({ record }) => record.id));
    return !emptied.some(({ id, field: name }) => records.has(id) && [field, SALESFORCE_NAME[field]].includes(name));
  });
}
