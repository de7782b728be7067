import type { VirtualClock } from '../kernel/clock.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Random } from '../kernel/random.ts';
import { Access } from './access.ts';
import { CONTACTS, objectKind } from './objects.ts';
import { type NewOwner, Owners } from './owners.ts';
import type { NewProperty } from './properties/definition.ts';
import { contactRegistry } from './properties/property-registry.ts';
import { RateLimits } from './rate-limits.ts';
import { birth, commit } from './records/commit.ts';
import { draftWrite, type GivenProperties } from './records/draft.ts';
import { type ExportedRecord, exportRecords } from './records/export-records.ts';
import { ObjectSpace } from './records/object-space.ts';
import type { ChangeSource, Snapshot } from './records/record.ts';
import { refuseDraft } from './records/refuse-draft.ts';
import { resourceNotFound } from './refusal.ts';
import { DEFAULT_SWITCHES, type Switches } from './switches.ts';

export type PortalOptions = {
  portalId: number;
  timeZone: string;
  /** Bearer tokens of the private app that calls. */
  tokens: readonly string[];
  switches: Partial<Switches>;
};

export type Toucher = { source: 'CALCULATED' | 'CRM_UI' | 'INTEGRATION'; userId?: number };

export const APP_ID = '19083857';

/**
 * One HubSpot account without its HTTP: contacts, properties, owners, and the rules they live by.
 *
 * Methods here act as HubSpot, its users and the world do; what the API may do is in `records/` and `batch/`, and reaches
 * this state through the routes.
 */
export class HubSpotPortal {
  readonly portalId: number;
  readonly timeZone: string;
  readonly clock: VirtualClock;
  readonly switches: Switches;
  readonly #options: PortalOptions;
  readonly #kernel: Kernel;
  owners!: Owners;
  access!: Access;
  rateLimits!: RateLimits;
  #contacts!: ObjectSpace;
  // Apart, so that the ids of records depend on the records alone, not on how often somebody asked.
  #idGaps!: Random;
  #delays!: Random;
  #correlations!: Random;
  #lastId = 0;

  constructor(kernel: Kernel, options: Partial<PortalOptions> = {}) {
    this.#options = {
      portalId: 24_680,
      timeZone: 'Asia/Tokyo',
      tokens: ['pat-na1-sandbox'],
      switches: {},
      ...options,
    };
    this.#kernel = kernel;
    this.portalId = this.#options.portalId;
    this.timeZone = this.#options.timeZone;
    this.clock = kernel.clock;
    this.switches = structuredClone({ ...DEFAULT_SWITCHES, ...this.#options.switches });
    this.#begin();
  }

  /** An account as on its first day, with the switches it was made with. */
  reset(): void {
    Object.assign(this.switches, structuredClone({ ...DEFAULT_SWITCHES, ...this.#options.switches }));
    this.#begin();
  }

  #begin(): void {
    const random = this.#kernel.random.fork(`hubspot ${this.portalId}`);
    this.#idGaps = random.fork('ids');
    this.#delays = random.fork('delays');
    this.#correlations = random.fork('correlations');
    this.#lastId = 171_591_000_000;
    this.owners = new Owners(random.fork('owners'));
    this.access = new Access(this.#options.tokens, this.switches);
    this.rateLimits = new RateLimits(this.clock, this.switches, this.timeZone);
    this.#contacts = new ObjectSpace(CONTACTS, contactRegistry(this.clock.now()));
  }

  /** The space of an object by any of its names; throws what the API answers for a name it does not know. */
  space(object: string): ObjectSpace {
    objectKind(object);
    return this.#contacts;
  }

  /** The source that the history shows for calls over the API. */
  appSource(): ChangeSource {
    return { type: 'INTEGRATION', id: APP_ID, label: 'INTEGRATION' };
  }

  /** Ids grow, with gaps, as they do in a shared database. */
  nextId(): string {
    this.#lastId += 1 + this.#idGaps.int(16);
    return String(this.#lastId);
  }

  nextCorrelationId(): string {
    const hex = (digits: number) =>
      Array.from({ length: digits }, () => this.#correlations.int(16).toString(16)).join('');
    return `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`;
  }

  /** Lets search see a record as it stands now, after this record's own delay. */
  showLater(space: ObjectSpace, snapshot: Snapshot): void {
    const { searchLag, searchOutOfOrder } = this.switches;
    const delay = searchLag.minMs + this.#delays.next() * Math.max(0, searchLag.maxMs - searchLag.minMs);
    space.index.note(snapshot, this.clock.now() + delay, !searchOutOfOrder);
  }

  seedOwner(owner: NewOwner): string {
    return this.owners.add(owner, this.clock.now()).id;
  }

  /** The owner loses the seat: archived, no longer assignable, still named by old records. */
  archiveOwner(id: string): void {
    this.owners.archive(id);
  }

  /** A property of this account; with `readOnlyValue` one that HubSpot itself fills, such as a lead score. */
  defineProperty(definition: NewProperty, object = 'contacts'): void {
    this.space(object).registry.define(definition, this.clock.now());
  }

  /** A lifecycle stage of the account's own; its internal name is a number, which this returns. */
  addLifecycleStage(label: string, after: string): string {
    const value = String(51_439_000 + this.#idGaps.int(900_000));
    this.#contacts.registry.addLifecycleStage(value, label, after, this.clock.now());
    return value;
  }

  /**
   * A record that was there before the story begins: any property may be set, search knows it at once.
   * Throws a `Refusal` for a value HubSpot would never hold, such as an e-mail that somebody else has.
   */
  seed(object: string, properties: GivenProperties, at: number, source: ChangeSource = { type: 'IMPORT' }): string {
    const space = this.space(object);
    const context = { family: 'v3', source: { type: 'IMPORT' }, mayWriteReadOnly: true } as const;
    const { createdate, lastmodifieddate, ...rest } = properties;
    const draft = draftWrite({ portal: this, space, context, claims: new Map(), at }, undefined, rest);
    refuseDraft(this, space, draft);
    const record = birth(this.nextId(), draft.edit, { at, source });
    record.snapshot = {
      ...record.snapshot,
      createdAt: instantOf(createdate, at),
      modifiedAt: instantOf(lastmodifieddate, at),
    };
    space.store.add(record);
    space.store.claim(record.snapshot, space.registry.uniqueNames());
    space.index.show(record.snapshot);
    return record.id;
  }

  /** A change by a person, another integration, or HubSpot's own calculations. */
  touch(object: string, id: string, properties: GivenProperties, { source, userId }: Toucher): void {
    const space = this.space(object);
    const target = space.store.getLive(id);
    if (target === undefined) throw resourceNotFound();
    const by: ChangeSource = userId === undefined ? { type: source } : { type: source, id: `userId:${userId}`, userId };
    const context = { family: 'v3', source: by, mayWriteReadOnly: source !== 'INTEGRATION' } as const;
    const draft = draftWrite({ portal: this, space, context, claims: new Map() }, target, properties);
    refuseDraft(this, space, draft);
    commit(this, space, draft, context);
  }

  /** A month-end job of HubSpot's: every live record gets one identical modified date and nothing else. */
  stampAll(at: number = this.clock.now(), object = 'contacts'): number {
    const space = this.space(object);
    const live = [...space.store.all()].filter((record) => record.snapshot.archivedAt === undefined);
    for (const record of live) {
      record.snapshot = { ...record.snapshot, modifiedAt: at };
      this.showLater(space, record.snapshot);
    }
    return live.length;
  }

  /** Does what HubSpot would have done by itself until now; called before anybody looks. */
  catchUp(): void {
    const { stampAt } = this.switches;
    if (stampAt === null || stampAt > this.clock.now()) return;
    this.switches.stampAt = null;
    this.stampAll(stampAt);
  }

  /** The token (or all of them) stops being valid. */
  expireToken(token?: string): void {
    this.access.expire(token);
  }

  /** Valid again, or for the first time. */
  renewToken(token: string = this.#options.tokens[0] ?? ''): void {
    this.access.add(token);
  }

  /** Every record with all its values, for tests and the control API. */
  records(object: string): ExportedRecord[] {
    this.catchUp();
    return exportRecords(this.space(object));
  }
}

function instantOf(given: unknown, otherwise: number): number {
  return typeof given === 'string' ? Date.parse(given) : otherwise;
}
