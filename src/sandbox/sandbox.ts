import { controlServer } from './control/control-server.ts';
import { HubSpotPortal } from './hubspot/portal.ts';
import { hubspotServer } from './hubspot/server.ts';
import { createKernel, type Kernel } from './kernel/kernel.ts';
import { loadFiles } from './load/load-files.ts';
import { readLoadPlan } from './load/read-load-plan.ts';
import type { LoadReport } from './load/report.ts';
import { SalesforceOrg } from './salesforce/org.ts';
import { salesforceServer } from './salesforce/server.ts';
import { fillWorld } from './world/fill-world.ts';
import { StagedClock } from './world/staged-clock.ts';

export type SandboxOptions = {
  /** How many people marketing knows. Left aside with `load`. */
  people?: number;
  seed?: number;
  /** Virtual epoch milliseconds at which the world begins. */
  start?: number;
  frozen?: boolean;
  ports?: { hubspot?: number; salesforce?: number; control?: number };
  /** A folder of CSV files, and the file that says how to read them (`load.yaml` in the folder unless given). */
  load?: { folder: string; plan?: string };
};

export type Sandbox = {
  hubspot: string;
  salesforce: string;
  control: string;
  kernel: Kernel;
  portal: HubSpotPortal;
  org: SalesforceOrg;
  /** What was loaded from files, if files were loaded. */
  loaded: LoadReport | undefined;
  close(): Promise<void>;
};

const HOST = '127.0.0.1';
const DEFAULT_PEOPLE = 300;

/** Starts both emulated CRMs and the control API on the loopback interface, with a world in them. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const plan = options.load === undefined ? undefined : await readLoadPlan(options.load);
  const start = options.start ?? plan?.clock ?? Date.now();
  const { seed = 1, frozen = false } = options;
  const clock = new StagedClock({ start, frozen });
  const kernel: Kernel = { ...createKernel({ seed, start, frozen }), clock };
  const portal = new HubSpotPortal(kernel);
  const org = new SalesforceOrg(kernel);
  const fill = async (): Promise<LoadReport | undefined> => {
    const now = clock.now();
    if (plan !== undefined) return loadFiles({ portal, org }, plan, now);
    const during = clock.during.bind(clock);
    const random = kernel.random.fork('world');
    fillWorld({ portal, org }, { people: options.people ?? DEFAULT_PEOPLE, now, random, during });
    return undefined;
  };
  const loaded = await fill();
  const reset = async (): Promise<void> => {
    kernel.faults.clear();
    kernel.log.clear();
    kernel.clock.restart();
    portal.reset();
    org.reset();
    await fill();
  };
  const hubspot = hubspotServer(portal, kernel);
  const salesforce = salesforceServer(org, kernel);
  const control = controlServer({ kernel, portal, org, reset });
  const { ports } = options;
  return {
    hubspot: await hubspot.listen({ host: HOST, port: ports?.hubspot ?? 0 }),
    salesforce: await salesforce.listen({ host: HOST, port: ports?.salesforce ?? 0 }),
    control: await control.listen({ host: HOST, port: ports?.control ?? 0 }),
    kernel,
    portal,
    org,
    loaded,
    close: async () => {
      await Promise.all([hubspot.close(), salesforce.close(), control.close()]);
    },
  };
}
