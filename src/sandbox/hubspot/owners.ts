import type { Random } from '../kernel/random.ts';
import { Refusal } from './refusal.ts';
import { isoText } from './time-texts.ts';

export type Owner = {
  readonly id: string;
  /** Not an owner id: whoever assigns with it gets an error. */
  readonly userId: number;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly type: 'PERSON' | 'QUEUE';
  readonly teams: readonly OwnerTeam[];
  readonly createdAt: number;
  updatedAt: number;
  isArchived: boolean;
};

type OwnerTeam = { readonly id: string; readonly name: string; readonly primary: boolean };

export type NewOwner = {
  email: string;
  firstName: string;
  lastName: string;
  /** A person who lost the seat is archived: still named by old records, no longer assignable. */
  active?: boolean;
  type?: 'PERSON' | 'QUEUE';
  teams?: readonly OwnerTeam[];
};

/** The people records can be assigned to. */
export class Owners {
  readonly #owners = new Map<string, Owner>();
  readonly #random: Random;
  #lastId = 41_629_000;
  #lastUserId = 9_586_000;

  constructor(random: Random) {
    this.#random = random;
  }

  add(given: NewOwner, at: number): Owner {
    this.#lastId += 1 + this.#random.int(900);
    this.#lastUserId += 1 + this.#random.int(900);
    const { email, firstName, lastName, type = 'PERSON', teams = [], active = true } = given;
    const id = String(this.#lastId);
    const owner: Owner = {
      id,
      userId: this.#lastUserId,
      email,
      firstName,
      lastName,
      type,
      teams,
      createdAt: at,
      updatedAt: at,
      isArchived: !active,
    };
    this.#owners.set(id, owner);
    return owner;
  }

  archive(id: string): void {
    const owner = this.#owners.get(id);
    if (owner === undefined) throw new Error(`There is no owner ${id}`);
    // `updatedAt` stays: archiving is invisible to whoever follows timestamps.
    owner.isArchived = true;
  }

  isAssignable(id: string): boolean {
    return this.#owners.get(id)?.isArchived === false;
  }

  /** Once an owner, always nameable by the records of that time. */
  isKnown(id: string): boolean {
    return this.#owners.has(id);
  }

  teamOf(id: string): string | undefined {
    return this.#owners.get(id)?.teams.find((team) => team.primary)?.id;
  }

  list({ email, archived }: { email: string | undefined; archived: boolean }): Owner[] {
    return [...this.#owners.values()].filter(
      (owner) =>
        owner.isArchived === archived && (email === undefined || owner.email.toLowerCase() === email.toLowerCase()),
    );
  }

  find(id: string, by: 'id' | 'userId', archived: boolean): Owner {
    const owner =
      by === 'id' ? this.#owners.get(id) : [...this.#owners.values()].find(({ userId }) => String(userId) === id);
    if (owner?.isArchived === archived) return owner;
    throw new Refusal(404, { message: `No owner with ${by} ${id} was found`, category: 'OBJECT_NOT_FOUND' });
  }
}

export function presentOwner(owner: Owner): Record<string, unknown> {
  const { id, email, type, firstName, lastName, userId, teams, createdAt, updatedAt, isArchived } = owner;
  return {
    id,
    email,
    type,
    firstName,
    lastName,
    userId: isArchived ? null : userId,
    userIdIncludingInactive: userId,
    createdAt: isoText(createdAt),
    updatedAt: isoText(updatedAt),
    archived: isArchived,
    ...(teams.length === 0 ? {} : { teams }),
  };
}
