import { compareCrms, plain } from '../compare-crms.ts';
import { type Known, type Scene, text } from './scene.ts';

const SALESFORCE_NAME: Readonly<Record<string, string>> = {
  email: 'Email',
  phone: 'Phone',
  jobtitle: 'Title',
  company: 'Company',
};

/** Findings that leave a record as it is, whatever is in it: a person has to say whose it is. */
const OF_THE_WHOLE_RECORD: readonly string[] = ['KEY_HELD_TWICE', 'RECORDS_BECAME_ONE', 'RESTORED_BESIDE'];

/** A difference is no fault where a person was told of it. */
export async function differences(people: readonly Known[], { books, ledger }: Scene): Promise<readonly string[]> {
  const found = (await compareCrms(books)).differences;
  const open = await ledger.findings();
  return found.flatMap(({ person: contact, field, hubspot, salesforce }) => {
    const facts = people.find(({ facts: { links } }) => links.some(({ record }) => record.id === contact))?.facts;
    const seat = facts?.links.find(({ role, record }) => role === 'current' && record.system === 'salesforce');
    if (seat?.record.object !== 'Lead') return []; // what is left of its Lead is history
    const names = new Set(facts?.links.map(({ record }) => record.id));
    const told = open.some(
      ({ code, subject, entity, detail }) =>
        [
          'CONFLICT',
          'WRITE_REFUSED',
          'VALUE_NOT_MAPPED',
          'VALUE_NOT_ACCEPTED',
          'VALUE_TOO_LONG',
          ...OF_THE_WHOLE_RECORD,
        ].includes(code) &&
        (entity === facts?.id || [...names].some((id) => subject.includes(id))) &&
        (OF_THE_WHOLE_RECORD.includes(code) ||
          [field, SALESFORCE_NAME[field]].some(
            (name) => name !== undefined && JSON.stringify([subject, detail]).includes(name),
          )),
    );
    const fillBlank = field === 'industry' && hubspot != null && salesforce != null;
    const standIn = field === 'company' && hubspot == null;
    const kept = field === 'firstname' && salesforce == null; // `clears: keep`, and Salesforce has nothing to say
    return told || fillBlank || standIn || kept
      ? []
      : [`difference: ${contact} ${field}: ${text(hubspot)} | ${text(salesforce)}`];
  });
}

/** The same for people whom sales knows as a Contact. */
export function contactDifferences(people: readonly Known[], { portal, org }: Scene): readonly string[] {
  const rows = new Map(org.records('Contact').map((row) => [text(row['Id']), row]));
  const contacts = new Map(portal.records('contacts').map((record) => [record.id, record]));
  return people.flatMap(({ facts }) => {
    const seat = (object: string) =>
      facts.links.find(({ role, record }) => role === 'current' && record.object === object)?.record.id ?? '';
    const [contact, row] = [contacts.get(seat('contacts')), rows.get(seat('Contact'))];
    if (contact === undefined || row === undefined) return [];
    return (['email', 'phone', 'jobtitle'] as const).flatMap((field) => {
      const [one, other] = [contact.properties[field], row[SALESFORCE_NAME[field]!]];
      const told = facts.findings.some(({ detail, subject }) =>
        [field, SALESFORCE_NAME[field]].some(
          (name) => name !== undefined && JSON.stringify([subject, detail]).includes(name),
        ),
      );
      return told || plain(field, one) === plain(field, other)
        ? []
        : [`difference: ${contact.id} ${field}: ${text(one)} | ${text(other)} (${text(row['Id'])})`];
    });
  });
}

/** What HubSpot shows of the other side is so; and whoever is an MQL is in Salesforce, or somebody knows why not. */
export function states(people: readonly Known[], { portal, org }: Scene): readonly string[] {
  const live = new Set(
    ['Lead', 'Contact'].flatMap((object) =>
      org
        .records(object)
        .filter((row) => row['IsDeleted'] !== true && row['IsConverted'] !== true)
        .flatMap((row) => [text(row['Id']), ...(row['Tasuki_Key__c'] == null ? [] : [text(row['Tasuki_Key__c'])])]),
    ),
  );
  return portal.records('contacts').flatMap(({ id, properties, archived }) => {
    const known = people.find(({ facts }) =>
      facts.links.some(({ record, role }) => record.id === id && role === 'current'),
    );
    if (archived || known === undefined) return [];
    const state = properties['tasuki_sfa_state'];
    const seat = known.facts.links.find(({ record, role }) => record.system === 'salesforce' && role === 'current');
    const there = live.has(properties['tasuki_key'] ?? '') || live.has(seat?.record.id ?? '');
    const told = known.facts.findings.some(({ code }) => code === 'WRITE_REFUSED');
    return [
      ...((state === 'lead' || state === 'contact') && !there ? [`${id} shows ${state}, but Salesforce has none`] : []),
      ...(state !== 'lead' && state !== 'contact' && there
        ? [`${id} shows ${state}, but Salesforce has a record`]
        : []),
      ...(state === 'none' && properties['tasuki_stage'] === 'MQL' && !told ? [`${id} is an MQL without a Lead`] : []),
      ...(properties['tasuki_stage'] !== standing(known)?.stage && !told
        ? [`${id} shows ${properties['tasuki_stage']}, but stands at ${standing(known)?.stage}`]
        : []),
    ];
  });
}

/** The last stage of the last pass; of two people who became one, the other may have been longer at it. */
function standing({ facts: { stages } }: Known): Known['facts']['stages'][number] | undefined {
  const pass = Math.max(...stages.map((entry) => entry.pass));
  return stages.findLast((entry) => entry.pass === pass);
}
