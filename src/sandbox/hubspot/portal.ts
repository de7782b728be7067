import { clockOff, type SystemClock } from '../kernel/clock.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Random } from '../kernel/random.ts';
import { Access } from './access.ts';
import { AssociationStore, type RecordRef } from './associations/association-store.ts';
import { AssociationTypes } from './associations/association-types.ts';
import {
  associateByHand,
  bumpRecord,
  dissociateByHand,
  type ExportedAssociation,
  exportAssociations,
  seedRecord,
  stampRecords,
  type Toucher,
  touchRecord,
} from './doors.ts';
import type { NewSubmission } from './forms/form.ts';
import { Forms } from './forms/forms.ts';
import { Ids } from './ids.ts';
import { MarketingEvents } from './marketing-events/marketing-events.ts';
import { OBJECT_KINDS, objectKind } from './objects.ts';
import { type NewOwner, Owners } from './owners.ts';
import { DEFAULT_PIPELINE, type NewPipeline, Pipelines } from './pipelines/pipelines.ts';
import { addCurrencyOption, defineStageDates } from './properties/deal-options.ts';
import type { NewProperty } from './properties/definition.ts';
import { freshRegistry } from './properties/registries.ts';
import { RateLimits } from './rate-limits.ts';
import { derivationsOf } from './records/derived.ts';
import type { GivenProperties } from './records/draft.ts';
import { type ExportedRecord, exportRecords } from './records/export-records.ts';
import { mergeRecords } from './records/merge.ts';
import { ObjectSpace } from './records/object-space.ts';
import type { ChangeSource, Snapshot } from './records/record.ts';
import { archiveRecord, forgetRecord } from './records/remove.ts';
import { DEFAULT_SWITCHES, type Switches } from './switches.ts';

export type PortalOptions = {
  portalId: number;
  timeZone: string;
  /** Bearer tokens of the private app that calls. */
  tokens: readonly string[];
  switches: Partial<Switches>;
};

export const APP_ID = '19083857';

/**
 * One HubSpot account without its HTTP: records, associations, properties, owners, and the rules they live by.
 *
 * Methods here act as HubSpot, its users and the world do; what the API may do is in `records/` and `batch/`, and reaches
 * this state through the routes.
 */
export class HubSpotPortal {
  readonly portalId: number;
  readonly timeZone: string;
  /** HubSpot's own. */
  readonly clock: SystemClock;
  readonly switches: Switches;
  readonly #options: PortalOptions;
  readonly #kernel: Kernel;
  owners!: Owners;
  access!: Access;
  rateLimits!: RateLimits;
  forms!: Forms;
  events!: MarketingEvents;
  readonly submitForm = (submission: NewSubmission): string => this.forms.submit(submission);
  links!: AssociationStore;
  pipelines!: Pipelines;
  #spaces!: ReadonlyMap<string, ObjectSpace>;
  #exchangeRates!: Map<string, number>;
  #ids!: Ids;
  #delays!: Random;

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
    this.clock = clockOff(kernel.clock, () => this.switches.clockAheadMs);
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
    this.#ids = new Ids(random);
    this.#delays = random.fork('delays');
    this.owners = new Owners(random.fork('owners'));
    this.access = new Access(this.#options.tokens, this.switches);
    this.forms = new Forms(this);
    this.events = new MarketingEvents(this);
    this.rateLimits = new RateLimits(this.clock, this.switches, this.timeZone);
    this.#openSpaces();
    this.definePipeline(DEFAULT_PIPELINE, 0);
  }

  #openSpaces(): void {
    this.links = new AssociationStore(new AssociationTypes());
    this.pipelines = new Pipelines();
    this.#exchangeRates = new Map([['JPY', 1]]);
    const { links: associations, pipelines } = this;
    const from = { associations, pipelines, exchangeRates: this.#exchangeRates, now: () => this.clock.now() };
    this.#spaces = new Map(
      OBJECT_KINDS.map((kind) => {
        const registry = freshRegistry(kind, derivationsOf(kind, from), this.clock.now());
        return [kind.plural, new ObjectSpace(kind, registry, associations)];
      }),
    );
  }

  /** The space of an object by any of its names; throws what the API answers for a name it does not know. */
  space(object: string): ObjectSpace {
    const { plural } = objectKind(object);
    const space = this.#spaces.get(plural);
    if (space === undefined) throw new Error(`This portal has no ${plural}`);
    return space;
  }

  /** The source that the history shows for calls over the API. */
  appSource(): ChangeSource {
    return { type: 'INTEGRATION', id: APP_ID, label: 'INTEGRATION' };
  }

  nextId(): string {
    return this.#ids.nextId();
  }

  nextCorrelationId(): string {
    return this.#ids.nextCorrelationId();
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

  /** A pipeline of deals, with the dates that a deal keeps for each of its stages. */
  definePipeline(pipeline: NewPipeline, createdAt: number = this.clock.now()): void {
    this.pipelines.define(pipeline, createdAt);
    defineStageDates(this.space('deals').registry, pipeline, this.clock.now());
  }

  /** Another currency of the account; one unit of it is worth `rate` yen. */
  addCurrency(code: string, label: string, rate: number): void {
    this.#exchangeRates.set(code, rate);
    addCurrencyOption(this.space('deals').registry, code, label);
  }

  /** A label between two objects; gives the number by which the first direction is known. */
  defineLabel(from: string, to: string, label: string, inverseLabel?: string): number {
    const [one, other] = [objectKind(from).plural, objectKind(to).plural];
    return this.links.types.addLabel(one, other, { label, inverseLabel }).typeId;
  }

  /** A lifecycle stage of the account's own; its internal name is a number, which this returns. */
  addLifecycleStage(label: string, after: string): string {
    const value = this.#ids.nextStageId();
    this.space('contacts').registry.addLifecycleStage(value, label, after, this.clock.now());
    return value;
  }

  /**
   * A record that was there before the story begins: any property may be set, search knows it at once.
   * Throws a `Refusal` for a value HubSpot would never hold, such as an e-mail that somebody else has.
   */
  seed(object: string, properties: GivenProperties, at: number, source: ChangeSource = { type: 'IMPORT' }): string {
    return seedRecord(this, object, properties, { at, source });
  }

  /** A change by a person, another integration, or HubSpot's own calculations. */
  touch(object: string, id: string, properties: GivenProperties, by: Toucher): void {
    touchRecord(this, { object, id }, properties, by);
  }

  /** Two records belong together from now on. A label is HubSpot's `primary` or one of the account's own. */
  associate(from: RecordRef, to: RecordRef, { label }: { label?: string } = {}): void {
    associateByHand(this, [from, to], label);
  }

  /** They do not any more, whatever their labels. */
  dissociate(from: RecordRef, to: RecordRef): void {
    dissociateByHand(this, from, to);
  }

  /** Every association, told from both sides, one row per type. */
  associations(): ExportedAssociation[] {
    return exportAssociations(this);
  }

  /** Into the recycle bin; nothing happens where there is no such record. */
  archive(object: string, id: string): void {
    archiveRecord(this, this.space(object), id);
  }

  /** A person merges two records; gives the id of the survivor, which may be a new one. */
  merge(object: string, primaryId: string, otherId: string): string {
    const ids = { primary: primaryId, absorbed: otherId };
    return mergeRecords(this, this.space(object), ids, { type: 'MERGE_OBJECTS' }).id;
  }

  /** Somebody asked to be forgotten. */
  gdprDelete(contactId: string): void {
    forgetRecord(this, this.space('contacts'), contactId, undefined);
  }

  /** A month-end job of HubSpot's: every live record gets one identical modified date and nothing else. */
  stampAll(at: number = this.clock.now(), object = 'contacts'): number {
    return stampRecords(this, object, at);
  }

  /** Moves the modified date of a record and shows it to search as it stands, after its delay. */
  bump(object: string, id: string): void {
    bumpRecord(this, object, id);
  }

  /** Does what HubSpot would have done by itself until now; called before anybody looks. */
  catchUp(): void {
    const { stampAt } = this.switches;
    if (stampAt === null || stampAt > this.clock.now()) return;
    this.switches.stampAt = null;
    for (const object of this.#spaces.keys()) this.stampAll(stampAt, object);
  }

  /** The token (or all of them) stops being valid. */
  expireToken(token?: string): void {
    this.access.expire(token);
  }

  /** Valid again, or for the first time. */
  renewToken(token: string = this.#options.tokens[0] ?? ''): void {
    this.access.add(token);
  }

  /** Every record with all its values, or `only` these, for tests and the control API. */
  records(object: string, only?: readonly string[]): ExportedRecord[] {
    this.catchUp();
    return exportRecords(this.space(object), only);
  }
}
