import type { Fillers, PortalFiller } from './doors.ts';
import { IS_QUEUE, STAFF, type StaffMember } from './staff.ts';

/** Who is who in both systems, by e-mail. */
export type Directory = { owners: Map<string, string>; users: Map<string, string>; queue: string };

export function seedStaff({ portal, org }: Fillers): Directory {
  const owners = new Map<string, string>();
  const users = new Map<string, string>();
  for (const member of STAFF) {
    const { email, lastName, firstName, title } = member;
    if (member.hubspot !== 'none') {
      owners.set(email, portal.seedOwner({ email, lastName, firstName }));
    }
    if (member.salesforce !== 'none') {
      const managerId = users.get(member.manager ?? '');
      const active = member.salesforce === 'active';
      users.set(
        email,
        org.seedUser({ email, lastName, firstName, title, active, ...(managerId === undefined ? {} : { managerId }) }),
      );
    }
  }
  const members = usersOf(users, (member) => member.team === 'is');
  const queue = org.seedQueue({ ...IS_QUEUE, objects: [...IS_QUEUE.objects], members });
  return { owners, users, queue };
}

/** Whoever left loses the seat only now: HubSpot assigns nothing to an archived owner, but old records still name one. */
export function retireOwners(portal: PortalFiller, owners: ReadonlyMap<string, string>): void {
  for (const { email, hubspot } of STAFF) {
    const id = owners.get(email);
    if (hubspot === 'inactive' && id !== undefined) portal.archiveOwner(id);
  }
}

/** The ids of the Salesforce users among the staff that `wanted` chooses. */
export function usersOf(users: ReadonlyMap<string, string>, wanted: (member: StaffMember) => boolean): string[] {
  return STAFF.filter(wanted)
    .map(({ email }) => users.get(email))
    .filter((id) => id !== undefined);
}
