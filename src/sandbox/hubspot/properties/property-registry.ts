import type { Derivations } from '../records/derived.ts';
import type { Snapshot } from '../records/record.ts';
import { stageStamps } from './contact-properties.ts';
import { completeDefinition, type NewProperty, type PropertyDefinition } from './definition.ts';

export type PropertyGroup = { readonly name: string; label: string; displayOrder: number; archived: boolean };

export type RegistryOptions = {
  /** Unique from the first day on, such as a contact's e-mail. */
  readonly unique: readonly string[];
  /** The values that are worked out from the rest of a record. */
  readonly derivations: Derivations;
};

/** Every property of one object, live and archived, and the groups they are shown in. */
export class PropertyRegistry {
  readonly #options: RegistryOptions;
  readonly #definitions = new Map<string, PropertyDefinition>();
  readonly #groups = new Map<string, PropertyGroup>();
  #live: PropertyDefinition[] | undefined;
  #unique: string[] | undefined;

  constructor(options: RegistryOptions) {
    this.#options = options;
  }

  /** An account of its own with the same properties and groups. */
  copy(derivations: Derivations): PropertyRegistry {
    const copy = new PropertyRegistry({ ...this.#options, derivations });
    for (const [name, definition] of this.#definitions) copy.#definitions.set(name, definition);
    for (const [name, group] of this.#groups) copy.#groups.set(name, { ...group });
    copy.#live = this.#live;
    return copy;
  }

  define(given: NewProperty, at: number): PropertyDefinition {
    const [firstGroup] = this.#groups.keys();
    const place = firstGroup === undefined ? {} : { groupName: firstGroup };
    const definition = completeDefinition({ ...place, ...given }, at);
    this.put(definition);
    return definition;
  }

  /** Puts a definition in the place of its namesake. */
  put(definition: PropertyDefinition): void {
    this.#definitions.set(definition.name, definition);
    this.#forgetLists();
  }

  get(name: string): PropertyDefinition | undefined {
    const definition = this.#definitions.get(name);
    return definition?.archivedAt === undefined ? definition : undefined;
  }

  getArchived(name: string): PropertyDefinition | undefined {
    const definition = this.#definitions.get(name);
    return definition?.archivedAt === undefined ? undefined : definition;
  }

  archive(definition: PropertyDefinition, at: number): void {
    this.put({ ...definition, archivedAt: at });
  }

  live(): readonly PropertyDefinition[] {
    this.#live ??= [...this.#definitions.values()].filter((definition) => definition.archivedAt === undefined);
    return this.#live;
  }

  /** The properties whose values one record alone may hold. */
  uniqueNames(): readonly string[] {
    this.#unique ??= [
      ...this.#options.unique,
      ...this.live().flatMap(({ name, hasUniqueValue }) => (hasUniqueValue ? [name] : [])),
    ];
    return this.#unique;
  }

  /** What a record shows for a property: kept, or worked out at this moment. */
  valueOf(snapshot: Snapshot, property: string): string | undefined {
    const derive = this.#options.derivations.get(property);
    return derive === undefined ? snapshot.values.get(property) : derive(snapshot);
  }

  /** Properties that are kept nowhere, so they cannot go stale. */
  derivedNames(): readonly string[] {
    return [...this.#options.derivations.keys()];
  }

  archived(): readonly PropertyDefinition[] {
    return [...this.#definitions.values()].filter((definition) => definition.archivedAt !== undefined);
  }

  group(name: string): PropertyGroup | undefined {
    const group = this.#groups.get(name);
    return group?.archived ? undefined : group;
  }

  groups(): PropertyGroup[] {
    return [...this.#groups.values()].filter((group) => !group.archived);
  }

  addGroup(name: string, label: string, displayOrder = -1): PropertyGroup {
    const group = { name, label, displayOrder, archived: false };
    this.#groups.set(name, group);
    return group;
  }

  #forgetLists(): void {
    this.#live = undefined;
    this.#unique = undefined;
  }

  /** Adds a stage of the account's own after another one; such a stage is known by a number. */
  addLifecycleStage(value: string, label: string, after: string, at: number): void {
    const stage = this.get('lifecyclestage');
    if (stage === undefined) throw new Error('This object has no lifecycle stage');
    const place = stage.options.findIndex((option) => option.value === after) + 1;
    const choices = stage.options.toSpliced(place, 0, { label, value, displayOrder: place, hidden: false });
    this.put({ ...stage, options: choices.map((option, displayOrder) => ({ ...option, displayOrder })) });
    for (const stamp of stageStamps(value, label, false)) this.define(stamp, at);
  }
}
