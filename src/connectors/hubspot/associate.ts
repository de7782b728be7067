import { TasukiError } from '../../errors/errors.ts';
import { CALLS } from './calls.ts';
import type { Gateway } from './gateway.ts';
import { chunks, idText } from './records.ts';
import { type Complaint, complaintIn, Refusal } from './refusal.ts';
import { Uncertain } from './trouble.ts';

/** The most pairs that one call associates. */
const PAIRS = 2_000;

/** Two records to be associated, for the sake of a change. */
export type Pair = { readonly change: string; readonly from: string; readonly to: string };

/** What went wrong with a pair; a pair that is associated now, or was before, has none. */
export type Trouble =
  | { readonly pair: Pair; readonly refused: Complaint }
  | { readonly pair: Pair; readonly unsure: string };

/**
 * Associates pairs of records by the unlabeled type of their objects; labels that they have stay. Repeating it is harmless.
 *
 * What HubSpot refuses as a whole is divided until the bad pair stands alone. `begun`: something of the batch that this belongs to has
 * been written, so nothing is thrown any more, and what did not come to be is unsure.
 */
export class Associator {
  readonly #gateway: Gateway;
  readonly #from: string;
  readonly #to: string;
  #begun: boolean;

  constructor(gateway: Gateway, { from, to, begun }: { from: string; to: string; begun: boolean }) {
    this.#gateway = gateway;
    this.#from = from;
    this.#to = to;
    this.#begun = begun;
  }

  async associate(pairs: readonly Pair[]): Promise<Trouble[]> {
    const troubles: Trouble[] = [];
    for (const apart of withoutMirrors(pairs))
      for (const batch of chunks(apart, PAIRS)) troubles.push(...(await this.#send(batch)));
    return troubles;
  }

  async #send(pairs: readonly Pair[]): Promise<Trouble[]> {
    if (pairs.length === 0) return [];
    const unsure = (message: string) => pairs.map((pair) => ({ pair, unsure: message }));
    try {
      const troubles = await this.#call(pairs);
      this.#begun = true;
      return troubles;
    } catch (error) {
      if (error instanceof Uncertain) {
        this.#begun = true;
        return unsure(error.message);
      }
      if (error instanceof Refusal && error.status !== 423) return this.#afterRefusal(pairs, error);
      if (error instanceof Refusal || (this.#begun && error instanceof TasukiError)) return unsure(error.message);
      throw error;
    }
  }

  async #afterRefusal(pairs: readonly Pair[], { complaint }: Refusal): Promise<Trouble[]> {
    if (pairs.length === 1) return pairs.map((pair) => ({ pair, refused: complaint }));
    const named = pairs.filter((pair) => isAbout(complaint, pair));
    const rest = pairs.filter((pair) => !named.includes(pair));
    if (named.length > 0 && rest.length > 0) return [...(await this.#send(rest)), ...(await this.#send(named))];
    const half = Math.ceil(pairs.length / 2);
    return [...(await this.#send(pairs.slice(0, half))), ...(await this.#send(pairs.slice(half)))];
  }

  async #call(pairs: readonly Pair[]): Promise<Trouble[]> {
    const inputs = pairs.map(({ from, to }) => ({ _from: { id: from }, to: { id: to } }));
    const answer = await this.#gateway.call(CALLS.associate, ({ associations }) =>
      associations.createDefault(this.#from, this.#to, { inputs }),
    );
    const done = new Set(answer.results.map(({ _from, to }) => keyOf({ from: idText(_from.id), to: idText(to.id) })));
    const complaints = (answer.errors ?? []).map((error) => complaintIn(error, 207));
    return pairs.flatMap((pair): Trouble[] => {
      if (done.has(keyOf(pair))) return [];
      const refused = complaints.find((complaint) => isAbout(complaint, pair)) ?? complaints[0];
      if (refused !== undefined) return [{ pair, refused }];
      return [{ pair, unsure: 'HubSpot answered with success and passed this association over' }];
    });
  }
}

/**
 * HubSpot answers with both directions of a pair, and ids are an object's own: deal 5 with contact 7 and deal 7 with contact 5 would be
 * told by the same rows. Such pairs go in two calls.
 */
function withoutMirrors(pairs: readonly Pair[]): readonly (readonly Pair[])[] {
  const all = new Set(pairs.map(keyOf));
  const isMirror = ({ from, to }: Pair) => from > to && all.has(keyOf({ from: to, to: from }));
  return [pairs.filter((pair) => !isMirror(pair)), pairs.filter(isMirror)];
}

function keyOf({ from, to }: { readonly from: string; readonly to: string }): string {
  return `${from}>${to}`;
}

/** Some complaints name the records in their context, others in their words only. */
function isAbout({ ids, message }: Complaint, { from, to }: Pair): boolean {
  const words = new Set(message.match(/\d+/g));
  return [from, to].some((id) => ids.includes(id)) || words.has(to) || words.has(from);
}
