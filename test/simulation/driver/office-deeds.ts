import { lastMomentDeeds } from '../../support/deeds/deadlines.ts';
import { type Deed, type Hands, HUMAN, liveRecords, liveRows, TEAM, times } from '../../support/deeds/hands.ts';
import { answerDeeds } from './answer-deeds.ts';

const HOUR = 3_600_000;

/**
 * What goes on around the records: reps leave and come back, call whoever is due, enter a meeting days later, pick days late in the
 * evening, type more than a field holds, empty fields; and HubSpot makes a contact of whom nobody knows the company.
 */
export function officeDeeds(hands: Hands): readonly Deed[] {
  const { world, random, said, typed } = hands;
  const { portal, org } = world;
  const by = () => ({ by: org.administratorId });
  let serial = 0;
  const some = <T>(all: readonly T[]): T | undefined => (all.length === 0 ? undefined : random().pick(all));
  const team = (isActive: boolean) =>
    org
      .records('User', ['Id', 'Email', 'IsActive'])
      .filter((user) => TEAM.includes(String(user['Email'])) && user['IsActive'] === isActive);
  const leads = () => liveRows(world, 'Lead');

  function leave(): void {
    const rep = some(team(true));
    if (rep === undefined || team(true).length === 1) return; // somebody stays to turn the light off
    org.touch('User', String(rep['Id']), { IsActive: false }, by());
    said(`user ${String(rep['Email'])} is deactivated`);
  }

  function comeBack(): void {
    const rep = some(team(false));
    if (rep === undefined) return;
    org.touch('User', String(rep['Id']), { IsActive: true }, by());
    said(`user ${String(rep['Email'])} is active again`);
  }

  function loseSeat(): void {
    const owner = some(portal.owners.list({ email: undefined, archived: false }));
    if (owner === undefined) return;
    portal.archiveOwner(owner.id);
    said(`owner ${owner.email} loses the seat in HubSpot`);
  }

  function enterMeetingLate(): void {
    const [lead, rep] = [some(leads()), some(team(true))];
    if (lead === undefined || rep === undefined) return;
    const start = org.state.clock() - (1 + random().int(72)) * HOUR;
    const [from, until] = [start, start + HOUR].map((instant) => new Date(instant).toISOString());
    const fields = { WhoId: lead['Id'], OwnerId: rep['Id'], Subject: '訪問', StartDateTime: from, EndDateTime: until };
    const id = org.seed('Event', fields, { at: org.state.clock(), by: String(rep['Id']) });
    said(`meeting ${id} of ${from} entered on ${String(lead['Id'])}`);
  }

  /** In the office it is the next day already, in UTC it is not. */
  function pickDayLate(): void {
    const deal = some(liveRecords(world, 'deals'))?.id;
    if (deal === undefined) return;
    const day = `2026-12-${String(1 + random().int(28)).padStart(2, '0')}`;
    const closedate = `${day}T${String(15 + random().int(9))}:30:00Z`;
    portal.touch('deals', deal, { closedate }, HUMAN);
    typed('hubspot', 'deals', deal, 'closedate', closedate);
  }

  function typeTooMuch(): void {
    const id = some(liveRecords(world, 'contacts'))?.id;
    if (id === undefined) return;
    const jobtitle = `${'兼任'.repeat(80)}${(serial += 1)}`;
    portal.touch('contacts', id, { jobtitle }, HUMAN);
    typed('hubspot', 'contacts', id, 'jobtitle', jobtitle);
  }

  function emptyField(): void {
    const [contact, lead] = [some(liveRecords(world, 'contacts')), some(leads())];
    if (random().chance(0.5) && contact !== undefined) {
      const field = random().pick(['phone', 'jobtitle']);
      portal.touch('contacts', contact.id, { [field]: '' }, HUMAN);
      typed('hubspot', 'contacts', contact.id, field, '');
    } else if (lead !== undefined) {
      const field = random().pick(['Phone', 'Title']);
      org.touch('Lead', String(lead['Id']), { [field]: null }, by());
      typed('salesforce', 'Lead', String(lead['Id']), field, '');
    }
  }

  function meetWithoutCompany(): void {
    const email = `mumei${(serial += 1)}@example.co.jp`;
    const id = portal.seed('contacts', { email, lastname: '無名', leadscore: '95' }, portal.clock.now());
    said(`new contact ${id}: ${email}, score 95, no company`);
  }

  /** Whoever was met without a company tells it now. */
  function learnCompany(): void {
    const id = some(liveRecords(world, 'contacts').filter(({ properties }) => !properties['company']))?.id;
    if (id === undefined) return;
    const company = `株式会社後日${(serial += 1)}`;
    portal.touch('contacts', id, { company }, HUMAN);
    typed('hubspot', 'contacts', id, 'company', company);
  }

  /** Somebody looks at the prices: HubSpot moves no more than the page seen last, and when. */
  function lookAtPrices(): void {
    const id = some(liveRecords(world, 'contacts'))?.id;
    if (id === undefined) return;
    const at = new Date(portal.clock.now()).toISOString();
    for (let left = 1 + random().int(4); left > 0; left -= 1) {
      const page = `https://www.example.co.jp/pricing/${(serial += 1)}`;
      const seen = { hs_analytics_last_url: page, hs_analytics_last_timestamp: at };
      portal.touch('contacts', id, seen, { source: 'CALCULATED' });
      said(`contact ${id}: saw ${page}`);
    }
  }

  return [
    leave,
    comeBack,
    loseSeat,
    ...lastMomentDeeds(hands),
    ...lastMomentDeeds(hands),
    enterMeetingLate,
    ...times(2, pickDayLate),
    typeTooMuch,
    ...times(2, emptyField),
    ...times(2, meetWithoutCompany),
    ...times(2, learnCompany),
    ...times(4, lookAtPrices),
    ...answerDeeds(hands),
  ];
}
