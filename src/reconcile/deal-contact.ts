import type { DealFacts, Finding, Participant } from '../domain/people/person.ts';
import type { Sighting } from '../domain/people/record.ts';

type Eligible =
  | { readonly kind: 'contact'; readonly person: Participant; readonly account: string }
  | {
      readonly kind: 'waits';
      readonly because: 'no-person' | 'not-in-salesforce' | 'still-a-lead' | 'no-account';
      readonly person: Participant | null;
    };

/** Whoever can be the contact role: a Contact of an Account, the primary one first. */
export function contactFor({ people }: DealFacts): Eligible {
  const tied = people.filter((person) => person.tied.includes('hubspot'));
  const ready = tied.flatMap((person) => {
    const { salesforce } = person;
    const account = salesforce?.values['AccountId'];
    return salesforce?.record.object === 'Contact' && typeof account === 'string' ? [{ person, account }] : [];
  });
  const [first] = ready;
  if (first !== undefined) return { kind: 'contact', ...first };
  const [person] = tied;
  if (person === undefined) return { kind: 'waits', because: 'no-person', person: null };
  const lead = tied.find(({ salesforce }) => salesforce?.record.object === 'Lead');
  if (lead !== undefined) return { kind: 'waits', because: 'still-a-lead', person: lead };
  const because = person.salesforce === null ? 'not-in-salesforce' : 'no-account';
  return { kind: 'waits', because, person };
}

/** What a person has to do before this deal's opportunity can be made. */
export function needOf(contact: Extract<Eligible, { kind: 'waits' }>, deal: Sighting, { id }: DealFacts): Finding {
  const subject = `hubspot:deals:${deal.record.id}`;
  const { because, person } = contact;
  const detail = {
    because,
    person: person?.id ?? null,
    lead: person?.salesforce?.record.id ?? null,
    deal: deal.record.id,
  };
  const code = because === 'still-a-lead' ? 'DEAL_NEEDS_CONVERSION' : 'DEAL_NEEDS_CONTACT';
  return { code, subject, entity: id, detail };
}
