import type { FieldChange } from '../domain/people/change.ts';
import type { DealFacts, Finding, Participant } from '../domain/people/person.ts';
import { type Base, recordName, type System } from '../domain/people/record.ts';
import { ASSOCIATED, idsIn } from '../domain/people/tie.ts';
import { standingBase } from './base-of.ts';
import { NOTHING, type PairView, type Part, type PlanContext } from './context.ts';
import { DEAL_BASE, participantBase } from './deal-fields.ts';
import { OWN_FIELDS } from './derived.ts';
import type { Draft } from './settle-drafts.ts';

export type DealPeoplePlan = {
  readonly part: Part;
  /** Contact roles to be made in Salesforce. */
  readonly roles: readonly Draft[];
};

type Tied = { readonly facts: DealFacts; readonly view: PairView; readonly context: PlanContext };

/**
 * Ties the same people to a deal on both sides. Ties are added, never removed: somebody whom both sides had and one side dropped is
 * a finding, because whether a champion left the deal or a row was lost is not ours to guess.
 */
export function planDealPeople(facts: DealFacts, view: PairView, context: PlanContext): DealPeoplePlan {
  // Ties are read by way of links: those of a record that is just back from the recycle bin count from the next plan on.
  if (view.hubspot === null || view.salesforce === null || view.returned.length > 0)
    return { part: NOTHING, roles: [] };
  const tied = { facts, view, context };
  const verdicts = facts.people.map((person) => ({ person, verdict: judge(person, tied) }));
  const missing = verdicts.flatMap(({ person, verdict }) => (verdict === 'add-to-hubspot' ? [person] : []));
  const people = associationOf(
    'contacts',
    missing.flatMap(({ hubspot }) => hubspot?.record.id ?? []),
    missing,
    tied,
  );
  const company = customerPart(tied);
  const agreed = verdicts.flatMap(({ person, verdict }) =>
    verdict === 'agreed' ? [tieBase(person, null, context)] : [],
  );
  return {
    part: {
      ...NOTHING,
      hubspot: [...people, ...company.hubspot],
      agreed: [...agreed, ...company.agreed],
      basesAfter: {
        hubspot: [...tiesOf(people, missing, context), ...company.basesAfter.hubspot],
        salesforce: [],
      },
      open: verdicts.flatMap(({ person, verdict }) => (verdict === 'removed' ? [removed(person, tied)] : [])),
    },
    roles: verdicts.flatMap(({ person, verdict }) =>
      verdict === 'add-to-salesforce' ? [roleDraft(person, tied)] : [],
    ),
  };
}

type Verdict = 'agreed' | 'unchanged' | 'add-to-hubspot' | 'add-to-salesforce' | 'removed';

function judge(person: Participant, { facts }: Tied): Verdict {
  const base = standingBase(facts, participantBase(person.id));
  const here = { hubspot: person.tied.includes('hubspot'), salesforce: person.tied.includes('salesforce') };
  if (here.hubspot && here.salesforce) return base === undefined || base.provisional !== null ? 'agreed' : 'unchanged';
  // What we tied ourselves is missed only once that write has been seen, or has come to nothing; before that, it is on its way.
  if (base !== undefined) return base.provisional === null || !isOnItsWay(base, facts) ? 'removed' : 'unchanged';
  if (here.hubspot && person.salesforce?.record.object === 'Contact') return 'add-to-salesforce';
  return here.salesforce && person.hubspot !== null ? 'add-to-hubspot' : 'unchanged';
}

function isOnItsWay({ field }: Base, { open }: DealFacts): boolean {
  return open.some(({ basesAfter = [] }) => basesAfter.some((base) => base.field === field));
}

/** Both sides tie this person to the deal. */
export function tieBase({ id }: Participant, provisional: System | null, { now }: PlanContext): Base {
  return { field: participantBase(id), hubspot: true, salesforce: true, canonical: true, since: now, provisional };
}

/** Of a deal just made, the associations may not have been read yet: then nothing is written, and nothing may be remembered as tied. */
function tiesOf(
  written: readonly FieldChange[],
  people: readonly Participant[],
  context: PlanContext,
): readonly Base[] {
  return written.length === 0 ? [] : people.map((person) => tieBase(person, 'hubspot', context));
}

function associationOf(
  object: keyof typeof ASSOCIATED,
  ids: readonly string[],
  people: readonly Participant[],
  { view }: Tied,
): readonly FieldChange[] {
  const field = ASSOCIATED[object];
  const before = view.hubspot?.values[field];
  if (ids.length === 0 || before === undefined) return [];
  const after = [...new Set([...idsIn(before), ...ids])].join(';');
  const detail = { people: people.length, side: 'hubspot' };
  return after === before ? [] : [{ field, before, after, reason: { code: 'role-added', detail } }];
}

/** The opportunity's account, as the deal's company in HubSpot: added once, where HubSpot's deal has none. */
function customerPart(tied: Tied): Part {
  const { facts, view, context } = tied;
  const account = facts.companies.find(
    ({ salesforce }) => salesforce?.record.id === view.salesforce?.values['AccountId'],
  );
  const company = account?.hubspot?.record.id;
  if (company === undefined || standingBase(view.facts, DEAL_BASE.customer) !== undefined) return NOTHING;
  if (idsIn(view.hubspot?.values[ASSOCIATED.companies]).length > 0) return NOTHING;
  const base: Base = {
    field: DEAL_BASE.customer,
    hubspot: company,
    salesforce: account?.salesforce?.record.id ?? null,
    canonical: company,
    since: context.now,
    provisional: 'hubspot',
  };
  const hubspot = associationOf('companies', [company], [], tied);
  return hubspot.length === 0 ? NOTHING : { ...NOTHING, hubspot, basesAfter: { hubspot: [base], salesforce: [] } };
}

function roleDraft(person: Participant, { facts, view, context }: Tied): Draft {
  const contact = person.salesforce!.record.id;
  const reason = { code: 'role-added', detail: { people: 1, side: 'salesforce' } } as const;
  return {
    kind: 'create',
    target: { system: 'salesforce', object: 'OpportunityContactRole', id: null },
    key: { field: OWN_FIELDS.salesforce.key, value: `${facts.id}:${person.id}` },
    fields: [
      { field: 'OpportunityId', after: view.salesforce!.record.id, reason },
      { field: 'ContactId', after: contact, reason },
    ],
    basesAfter: [tieBase(person, 'salesforce', context)],
    readBack: true,
    marks: {},
  };
}

function removed(person: Participant, { facts, view }: Tied): Finding {
  const gone: System = person.tied.includes('hubspot') ? 'salesforce' : 'hubspot';
  const record = person[gone]?.record ?? view[gone]?.record;
  return {
    code: 'TIE_REMOVED',
    subject: `${facts.id} ${person.id}`,
    entity: facts.id,
    detail: { system: gone, person: person.id, record: record === undefined ? null : recordName(record) },
  };
}
