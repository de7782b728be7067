import type { Fillers } from '../world/doors.ts';
import { definePortalProperties } from '../world/portal-properties.ts';
import { type Directory, retireOwners, seedStaff } from '../world/seed-staff.ts';
import { loadSet, type Made } from './load-set.ts';
import { loadUsers } from './load-users.ts';
import type { LoadPlan } from './read-load-plan.ts';
import type { LoadReport } from './report.ts';

/** Fills both systems as a plan says. A row that cannot be used is reported and left out; the rest is loaded. */
export function loadFiles(fillers: Fillers, plan: LoadPlan, now: number): LoadReport {
  definePortalProperties(fillers.portal);
  const directory: Directory =
    plan.staff === 'default' ? seedStaff(fillers) : { owners: new Map(), users: new Map(), queue: '' };
  const emails = loadUsers(fillers, plan, directory);
  const report: LoadReport = { rows: {}, loaded: {}, bad: [] };
  for (const [name, { read, bad }] of plan.tables) {
    report.rows[name] = read;
    report.bad.push(...bad);
  }
  const made: Made = new Map();
  for (const set of plan.records) loadSet(fillers, { plan, set, directory, emails, made, report, now });
  retireOwners(fillers.portal, directory.owners);
  return report;
}
