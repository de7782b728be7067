import type { BusinessCalendar } from '../../domain/calendar/business-calendar.ts';
import type { OwnersPolicy, Team } from '../../domain/people/mapping.ts';
import { didYouMean } from '../../domain/texts/closest.ts';
import { canonicalEmail } from '../../domain/values/canonical.ts';
import type { Path } from '../files/yaml-file.ts';
import type { OwnersFile, WrittenTeam } from '../grammar/owners-grammar.ts';
import type { Complaints } from './complain.ts';
import { toAbsences } from './to-absences.ts';
import { type FieldNames, toMembers, toTerritories } from './to-members.ts';

type Roles = Readonly<Record<string, string>>;

/** What owners.yaml may lean on in the other files. */
type Context = {
  /** Of the agreement. */
  readonly roles: Roles;
  /** Of calendar.yaml; `null`: it could not be read, and nothing is said of what it would have. */
  readonly offices: Readonly<Record<string, BusinessCalendar>> | null;
  /** Names of the fields in contact.yaml and company.yaml; `null`: that file could not be read. */
  readonly fields: FieldNames;
};

/** Who answers for whom, with every address in its canonical form. */
export function toOwners(file: OwnersFile, context: Context, complaints: Complaints): OwnersPolicy {
  const { table = {}, unmatched, 'without-seat': seatless } = file.owners;
  return {
    table: Object.fromEntries(Object.entries(table).map(([key, email]) => [ownerId(key, complaints), address(email)])),
    unmatched: address(unmatched.use),
    ...(seatless?.finding === 'never' ? { withoutSeat: 'never' } : {}),
    teams: Object.fromEntries(
      Object.entries(file.teams).map(([name, team]) => [name, toTeam(name, team, context, complaints)]),
    ),
    ...toLadder(file, context, complaints),
    absences: toAbsences(file.absences ?? [], complaints),
  };
}

/** Who is above each team, in place of `User.ManagerId`. */
function toLadder(
  { ladder, teams }: OwnersFile,
  { roles }: Context,
  complaints: Complaints,
): Pick<OwnersPolicy, 'ladder'> {
  if (ladder === undefined) return {};
  const known = Object.keys(teams);
  for (const team of Object.keys(ladder).filter((name) => !known.includes(name)))
    complaints.aboutKey(
      ['ladder', team],
      `There is no team "${team}".${didYouMean(team, known)} Teams: ${known.join(', ')}.`,
    );
  const rungs = Object.entries(ladder).map(
    ([team, people]) =>
      [team, people.map((each, nth) => personOf(['ladder', team, nth], each, roles, complaints))] as const,
  );
  return { ladder: Object.fromEntries(rungs) };
}

/** `HubSpot 4471`, or the bare id. */
function ownerId(key: string, complaints: Complaints): string {
  const id = key.replace(/^hubspot\s+/iu, '').trim();
  if (!/^\d+$/u.test(id)) {
    complaints.aboutKey(
      ['owners', 'table', key],
      `"${key}" is no HubSpot owner. Write the owner's id: "HubSpot 4471".`,
    );
  }
  return id;
}

function toTeam(name: string, written: WrittenTeam, { roles, offices, fields }: Context, complaints: Complaints): Team {
  const { queue, manager, assign, office, 'existing-owner': existing } = written;
  const members = toMembers(name, written, complaints);
  if (assign === 'round-robin' && members.members.length === 0) {
    complaints.about(
      ['teams', name],
      'assign: round-robin takes turns among "members", and there are none. Add them, or write assign: queue.',
    );
  }
  if (assign === 'queue' && queue === undefined) {
    complaints.about(['teams', name], 'assign: queue needs "queue": the developer name of the queue in Salesforce.');
  }
  return {
    ...members,
    queue: queue ?? null,
    manager: manager === undefined ? null : personOf(['teams', name, 'manager'], manager, roles, complaints),
    ...(typeof assign === 'string'
      ? { assign }
      : { assign: 'territory', territories: toTerritories(name, assign, fields, complaints) }),
    ...(existing === 'team' ? { existingOwner: existing } : {}),
    ...calendarOf(office, ['teams', name, 'office'], offices, complaints),
  };
}

function calendarOf(
  office: string | undefined,
  path: readonly string[],
  offices: Context['offices'],
  complaints: Complaints,
): Pick<Team, 'calendar'> {
  if (office === undefined || offices === null) return {};
  const calendar = Object.hasOwn(offices, office) ? offices[office] : undefined;
  if (calendar !== undefined) return { calendar };
  const known = Object.keys(offices);
  complaints.about(
    path,
    `calendar.yaml has no office "${office}".${didYouMean(office, known)} Offices: ${known.join(', ') || 'none'}.`,
  );
  return {};
}

/** A role of the agreement, or an e-mail address. */
function personOf(path: Path, written: string, roles: Roles, complaints: Complaints): string {
  const byRole = roles[written];
  if (byRole !== undefined) return address(byRole);
  const email = canonicalEmail(written);
  if (email !== null) return email;
  const known = Object.keys(roles);
  const roleList = known.length === 0 ? 'the agreement names no roles' : `roles: ${known.join(', ')}`;
  complaints.about(
    path,
    `"${written}" is neither an e-mail address nor a role of the agreement (${roleList}).${didYouMean(written, known)}`,
  );
  return written;
}

function address(text: string): string {
  return canonicalEmail(text) ?? text;
}
