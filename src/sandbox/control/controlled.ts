import type { Kernel } from '../kernel/kernel.ts';
import type { OrgDoor, PortalDoor } from './doors.ts';

/** All that the control API has in hand. */
export type Controlled = {
  kernel: Kernel;
  portal: PortalDoor;
  org: OrgDoor;
  reset: () => Promise<void>;
};
