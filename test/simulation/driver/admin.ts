import type { Mappings } from '../../../src/config/load.ts';
import type { Policy } from '../../../src/domain/policy.ts';
import { agreed } from '../../../src/main/agreed.ts';
import { putInForce } from '../../../src/main/policy.ts';
import type { Ledger } from '../../../src/ports/ledger.ts';
import type { Random } from '../../../src/sandbox/kernel/random.ts';
import { signByBoth } from '../../support/sign.ts';
import {
  AGREEMENT_EDITS,
  ANSWER_EDITS,
  CALENDAR_EDITS,
  editedMappings,
  FIELD_EDITS,
  LADDER_EDITS,
  type MappingEdit,
} from './edited-mappings.ts';

/** `edits`: the names of those that stood. */
export type Reign = { readonly since: number; readonly policy: Policy; readonly edits: readonly string[] };

/** Whoever edits `mappings/`: at most one edit of each kind stands at a time. Both heads sign each agreement as soon as it is written. */
export type Admin = {
  readonly policy: () => Policy;
  /** Every policy that was ever in force in this history. */
  readonly policies: () => readonly Policy[];
  /** The same with the instant since when, oldest first. */
  readonly reigns: () => readonly Reign[];
  /** Makes, changes or takes back an edit, and puts the mappings in force as the product does; gives the names of the edits that stand. */
  edit(random: Random): Promise<string>;
  /** Takes the edits of fields back. */
  tidyUp(): Promise<void>;
};

const KINDS = [FIELD_EDITS, AGREEMENT_EDITS, CALENDAR_EDITS, LADDER_EDITS, LADDER_EDITS] as const;

/** `random`: in one history of three sales is asked for an answer from the first day on. */
export async function adminOf(ledger: Ledger, now: () => number, random: Random): Promise<Admin> {
  const standing = new Map<(typeof KINDS)[number], MappingEdit>();
  if (random.chance(1 / 3)) standing.set(AGREEMENT_EDITS, random.pick(ANSWER_EDITS));
  let version = 0;
  const signedAs = async (edits: readonly MappingEdit[]): Promise<Mappings> => {
    const mappings = editedMappings(edits, version);
    await signByBoth(mappings, ledger, now());
    return agreed(mappings, ledger, now());
  };
  let inForce = await signedAs([...standing.values()]);
  const reigns: Reign[] = [
    { since: Number.NEGATIVE_INFINITY, policy: inForce.policy, edits: [...standing.values()].map(({ name }) => name) },
  ];
  const put = async (): Promise<string> => {
    const edits = [...new Set(KINDS)].flatMap((kind) => standing.get(kind) ?? []);
    const before: Mappings = inForce;
    inForce = await signedAs(edits);
    reigns.push({ since: now(), policy: inForce.policy, edits: edits.map(({ name }) => name) });
    await putInForce(inForce, before, ledger, now());
    return edits.map(({ name }) => name).join(', ') || 'as shipped';
  };
  return {
    policy: () => inForce.policy,
    policies: () => reigns.map(({ policy }) => policy),
    reigns: () => reigns,
    async edit(random) {
      const kind = random.pick(KINDS);
      if (standing.has(kind) && random.chance(0.5)) standing.delete(kind);
      else standing.set(kind, random.pick(kind));
      // Another agreement is another version, also where it says what an earlier one said: the one before it has been in force.
      if (kind === AGREEMENT_EDITS || kind === LADDER_EDITS) version += 1;
      return put();
    },
    async tidyUp() {
      if (standing.delete(FIELD_EDITS)) await put();
    },
  };
}
