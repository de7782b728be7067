import { type Deed, type Hands, liveRows, type Row, TEAM, type World } from './hands.ts';

/** The instant of the first deadline that is still to come, as Salesforce shows it. */
export function nextDue(world: World): number | undefined {
  const [first] = whoIsDue(world);
  return first === undefined ? undefined : dueOf(first);
}

/** What reps do at the last moment: they call whoever is due next, or convert them. */
export function lastMomentDeeds({ world, random, said }: Hands): readonly Deed[] {
  const { org } = world;

  function call(): void {
    const [lead] = whoIsDue(world);
    const team = org
      .records('User')
      .filter((user) => TEAM.includes(String(user['Email'])) && user['IsActive'] === true);
    if (lead === undefined || team.length === 0) return;
    const rep = String(random().pick(team)['Id']);
    const fields = { WhoId: lead['Id'], OwnerId: rep, Subject: '架電', Status: '完了', TaskSubtype: 'Call' };
    const id = org.seed('Task', fields, { at: org.state.clock(), by: rep });
    said(`call ${id} logged on ${String(lead['Id'])}, who was due`);
  }

  function convert(): void {
    const [lead] = whoIsDue(world);
    if (lead === undefined) return;
    const made = org.convertLead(String(lead['Id']), { opportunity: null, by: org.administratorId });
    said(`Lead ${String(lead['Id'])} converted: Contact ${made.contactId}, who was due`);
  }

  return [call, call, convert];
}

/** Live Leads whose next deadline is still to come, the first one first. */
function whoIsDue(world: World): readonly Row[] {
  return liveRows(world, 'Lead')
    .filter((row) => dueOf(row) > world.clock.now())
    .toSorted((one, other) => dueOf(one) - dueOf(other));
}

function dueOf(row: Row): number {
  return Date.parse(String(row['Tasuki_Next_Due__c']).replace('+0000', 'Z'));
}
