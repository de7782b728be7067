import type { Random } from '../kernel/random.ts';
import type { Part } from './cast.ts';
import { type Office, type Rep, repsOf } from './office.ts';
import { officeHour } from './office-hour.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** The records that a sale has brought about so far, in both systems. */
export type Records = {
  contact?: string;
  lead?: string;
  account?: string;
  salesContact?: string;
  opportunity?: string;
  deal?: string;
};

/** One sale while it is told: who works on it, what there is of it, and what happens next when. */
export class Sale {
  readonly office: Office;
  readonly part: Part;
  readonly random: Random;
  readonly records: Records = {};
  readonly inside: Rep;
  readonly field: Rep;
  /** A rep of the field with a seat in HubSpot, where the field's deals are kept there. */
  readonly seated: Rep & { seat: NonNullable<Rep['seat']> };
  readonly worth: number;
  #at: number;

  constructor(office: Office, part: Part, random: Random) {
    this.office = office;
    this.part = part;
    this.random = random;
    this.#at = part.person.createdAt;
    this.inside = random.pick(repsOf(office, 'is'));
    this.field = random.pick(repsOf(office, 'fs'));
    const seated = repsOf(office, 'fs').filter((rep): rep is Sale['seated'] => rep.seat !== undefined);
    this.seated = this.field.seat === undefined ? random.pick(seated) : { ...this.field, seat: this.field.seat };
    this.worth = (6 + random.int(43)) * 100_000;
  }

  /** The instant at which the story stands. */
  get at(): number {
    return this.#at;
  }

  /** The story goes on right away. */
  now(act: (at: number) => void): void {
    const at = this.#at;
    this.office.chronicle.note(at, () => act(at));
  }

  /** Some minutes later. */
  soon(act: (at: number) => void): void {
    this.#at += (2 + this.random.int(9)) * MINUTE_MS;
    this.now(act);
  }

  /** So many days later, in office hours; always later than what was before. */
  later(days: number, act: (at: number) => void): void {
    this.until(officeHour(this.#at + days * DAY_MS, this.random), act);
  }

  /** At this instant, unless the story is beyond it already. */
  until(instant: number, act: (at: number) => void): void {
    this.#at = Math.max(this.#at + MINUTE_MS, instant);
    this.now(act);
  }

  /** A record that an earlier act of the story has made. */
  of(name: keyof Records): string {
    const id = this.records[name];
    if (id === undefined) throw new Error(`The sale "${this.part.plot}" has no ${name} yet`);
    return id;
  }
}
