import { loadMappings, type Mappings } from '../config/load.ts';
import type { Options } from '../config/options.ts';
import type { Flags, LedgerDesk, Terminal } from './verb.ts';

/** What each deed of `tasuki agreement` is given. */
export type DeedGiven = {
  readonly desk: LedgerDesk;
  readonly terminal: Terminal;
  readonly options: Options;
  readonly flags: Flags;
};

/** What the folder says. Throws `ConfigInvalid` with every fault of it: what cannot be read can be neither signed nor compared. */
export function readWritten({ mappings, locale }: Options): Mappings {
  return loadMappings(mappings, locale);
}
