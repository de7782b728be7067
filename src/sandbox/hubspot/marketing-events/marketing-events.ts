import { everyIdOf } from '../forms/contact-ids.ts';
import type { HubSpotPortal } from '../portal.ts';
import type { StoredRecord } from '../records/record.ts';
import { resourceNotFound } from '../refusal.ts';
import type { MarketingEvent, NewMarketingEvent, NewParticipation, Participation } from './marketing-event.ts';

/** The webinars, seminars and fairs of an account, and who came. */
export class MarketingEvents {
  readonly #portal: HubSpotPortal;
  readonly #events = new Map<string, MarketingEvent>();
  readonly #participations = new Map<string, Participation[]>();

  constructor(portal: HubSpotPortal) {
    this.#portal = portal;
  }

  /** Returns the id that HubSpot knows the event by. Throws for an id or an external pair that another event has. */
  define(given: NewMarketingEvent): string {
    const { name, eventType, startsAt, endsAt, externalAccountId, externalEventId } = given;
    if (endsAt < startsAt) throw new Error(`The event "${name}" would end before it starts`);
    const isTaken =
      (given.id !== undefined && this.#events.has(given.id)) ||
      (externalEventId !== undefined && this.#findExternal(externalAccountId, externalEventId) !== undefined);
    if (isTaken) throw new Error(`There is an event with the ids of "${name}" already`);

    const id = given.id ?? this.#portal.nextId();
    // Somebody announced it, at the latest when it began.
    const createdAt = Math.min(this.#portal.clock.now(), startsAt);
    const event = { id, name, eventType, startsAt, endsAt, externalAccountId, externalEventId, createdAt };
    this.#events.set(id, event);
    this.#participations.set(id, []);
    return id;
  }

  /**
   * A contact registers, cancels, comes or stays away; a contact has one participation in an event, which changes its
   * state. Returns its id. Throws for an event or a live contact that does not exist.
   */
  participate({ event: eventId, contactId, state, at = this.#portal.clock.now() }: NewParticipation): string {
    const participations = this.participationsIn(this.find(eventId));
    const contact = this.#portal.space('contacts').store.getLive(contactId);
    if (contact === undefined) throw resourceNotFound();

    const ids = everyIdOf(contact);
    const known = participations.find((one) => ids.includes(one.contactId));
    const { id, createdAt, everWas } = known ?? {
      id: this.#portal.nextId(),
      createdAt: at,
      everWas: new Set<Participation['state']>(),
    };
    const participation = {
      id,
      eventId,
      contactId,
      createdAt,
      state,
      occurredAt: at,
      everWas: everWas.union(new Set([state])),
    };
    if (known === undefined) participations.push(participation);
    else participations[participations.indexOf(known)] = participation;
    return id;
  }

  list(): MarketingEvent[] {
    return [...this.#events.values()].sort((left, right) => Number(left.id) - Number(right.id));
  }

  find(id: string): MarketingEvent {
    const event = this.#events.get(id);
    if (event === undefined) throw resourceNotFound();
    return event;
  }

  findExternal(externalAccountId: string, externalEventId: string): MarketingEvent {
    const event = this.#findExternal(externalAccountId, externalEventId);
    if (event === undefined) throw resourceNotFound();
    return event;
  }

  participationsIn(event: MarketingEvent): Participation[] {
    return this.#participations.get(event.id) ?? [];
  }

  participationsOf(contact: StoredRecord): Participation[] {
    const ids = everyIdOf(contact);
    return [...this.#participations.values()].flat().filter(({ contactId }) => ids.includes(contactId));
  }

  #findExternal(externalAccountId: string | undefined, externalEventId: string): MarketingEvent | undefined {
    return [...this.#events.values()].find(
      (event) => event.externalAccountId === externalAccountId && event.externalEventId === externalEventId,
    );
  }
}
