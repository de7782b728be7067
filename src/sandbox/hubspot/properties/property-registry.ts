import { LIFECYCLE_STAGES, options } from './choices.ts';
import { CONTACT_GROUPS, CONTACT_PROPERTIES, stageStamps } from './contact-properties.ts';
import { completeDefinition, type NewProperty, type PropertyDefinition } from './definition.ts';

export type PropertyGroup = { readonly name: string; label: string; displayOrder: number; archived: boolean };

/** Every property of one object, live and archived, and the groups they are shown in. */
export class PropertyRegistry {
  readonly #definitions = new Map<string, PropertyDefinition>();
  readonly #groups = new Map<string, PropertyGroup>();
  #live: PropertyDefinition[] | undefined;
  #unique: string[] | undefined;

  define(given: NewProperty, at: number): PropertyDefinition {
    const definition = completeDefinition(given, at);
    this.#definitions.set(definition.name, definition);
    this.#forgetLists();
    return definition;
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
    definition.archivedAt = at;
    this.#forgetLists();
  }

  live(): readonly PropertyDefinition[] {
    this.#live ??= [...this.#definitions.values()].filter((definition) => definition.archivedAt === undefined);
    return this.#live;
  }

  /** The properties whose values one record alone may hold. */
  uniqueNames(): readonly string[] {
    this.#unique ??= ['email', ...this.live().flatMap(({ name, hasUniqueValue }) => (hasUniqueValue ? [name] : []))];
    return this.#unique;
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
    stage.options = choices.map((option, displayOrder) => ({ ...option, displayOrder }));
    for (const stamp of stageStamps(value, label, false)) this.define(stamp, at);
  }
}

export function contactRegistry(at: number): PropertyRegistry {
  const registry = new PropertyRegistry();
  for (const [name, label] of Object.entries(CONTACT_GROUPS)) registry.addGroup(name, label);
  for (const property of CONTACT_PROPERTIES) registry.define(property, at);
  for (const { value, label } of options(LIFECYCLE_STAGES)) {
    for (const stamp of stageStamps(value, label, true)) registry.define(stamp, at);
  }
  return registry;
}
