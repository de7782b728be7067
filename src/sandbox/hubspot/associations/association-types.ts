import { COMPANIES, CONTACTS, DEALS, OBJECT_KINDS, type ObjectKind, oneOf } from '../objects.ts';
import { invalid } from '../refusal.ts';
import { UNLABELED_IDS } from './association-ids.ts';

/** One way in which a record of one object may belong to a record of another; it holds in this direction only. */
export type AssociationType = {
  readonly typeId: number;
  readonly category: 'HUBSPOT_DEFINED' | 'USER_DEFINED';
  readonly label: string | null;
  /** As the lists of associations on a record call it, such as `contact_to_company_unlabeled`. */
  readonly name: string;
  /** Paths' names of the two objects. */
  readonly from: string;
  readonly to: string;
  readonly role: 'unlabeled' | 'primary' | 'label';
  /** The id of the same relation seen from the other side. */
  readonly inverseId: number;
};

/** These have one main company each. */
export const WITH_PRIMARY: readonly string[] = [CONTACTS.plural, DEALS.plural];

const KINDS = new Map(OBJECT_KINDS.map((kind) => [kind.plural, kind]));

/** The association types of one account: HubSpot's own and the labels that its admins made. */
export class AssociationTypes {
  readonly #ofPair = new Map<string, AssociationType[]>();
  /** Ids of labels and of HubSpot's own types are counted apart: the same number may mean both. */
  #lastLabelId = 0;

  constructor() {
    for (const [from, to, typeId, inverseId] of UNLABELED_IDS) this.#addPlain(from, to, typeId, inverseId);
    this.#addPrimary(CONTACTS, 1, 2);
    this.#addPrimary(DEALS, 5, 6);
    this.#addBoth(
      { from: 'companies', to: 'companies', label: 'Parent Company' },
      { label: 'Child Company' },
      [14, 13],
    );
  }

  /** Between two objects; empty where HubSpot knows no relation. */
  between(from: string, to: string): readonly AssociationType[] {
    return this.#ofPair.get(`${from}>${to}`) ?? [];
  }

  /** Every type that begins at an object. */
  startingAt(from: string): AssociationType[] {
    return [...this.#ofPair.values()].flat().filter((type) => type.from === from);
  }

  unlabeled(from: string, to: string): AssociationType | undefined {
    return this.between(from, to).find(({ role }) => role === 'unlabeled');
  }

  inverse(type: AssociationType): AssociationType {
    const found = this.between(type.to, type.from).find(
      ({ typeId, category }) => typeId === type.inverseId && category === type.category,
    );
    if (found === undefined) throw new Error(`Association type ${type.typeId} has no way back`);
    return found;
  }

  /** HubSpot's own type by its number alone, whatever objects it belongs to. */
  shippedById(typeId: number): AssociationType | undefined {
    const all = [...this.#ofPair.values()].flat();
    return all.find((type) => type.category === 'HUBSPOT_DEFINED' && type.typeId === typeId);
  }

  /** A label of the account's own, one word for both directions or one for each. */
  addLabel(
    from: string,
    to: string,
    { label, inverseLabel }: { label: string; inverseLabel?: string | undefined },
  ): AssociationType {
    if (this.unlabeled(from, to) === undefined) throw invalid(`${from} and ${to} cannot be associated`);
    if (this.between(from, to).some((type) => type.label === label)) throw invalid(`Label ${label} already exists`);
    const there = (this.#lastLabelId += 1);
    const isOneWord = inverseLabel === undefined || inverseLabel === label;
    const back = isOneWord && from === to ? there : (this.#lastLabelId += 1);
    this.#addBoth({ from, to, label }, { label: inverseLabel ?? label }, [there, back], 'USER_DEFINED');
    const made = this.between(from, to).find((type) => type.typeId === there && type.category === 'USER_DEFINED');
    if (made === undefined) throw new Error(`The label ${label} was not made`);
    return made;
  }

  #addPlain(from: string, to: string, typeId: number, inverseId: number): void {
    const common = { category: 'HUBSPOT_DEFINED', label: null, role: 'unlabeled' } as const;
    // Where there is a primary one, that has the plain name.
    const suffix = from !== to && to === 'companies' && WITH_PRIMARY.includes(from) ? '_unlabeled' : '';
    this.#add({ ...common, from, to, typeId, inverseId, name: `${nameOf(from, to)}${suffix}` });
    if (from !== to) {
      this.#add({
        ...common,
        from: to,
        to: from,
        typeId: inverseId,
        inverseId: typeId,
        name: `${nameOf(to, from)}${suffix}`,
      });
    }
  }

  #addPrimary({ plural }: ObjectKind, typeId: number, inverseId: number): void {
    const common = { category: 'HUBSPOT_DEFINED', label: 'Primary', role: 'primary' } as const;
    const to = COMPANIES.plural;
    this.#add({ ...common, from: plural, to, typeId, inverseId, name: nameOf(plural, to) });
    this.#add({ ...common, from: to, to: plural, typeId: inverseId, inverseId: typeId, name: nameOf(to, plural) });
  }

  #addBoth(
    { from, to, label }: { from: string; to: string; label: string },
    back: { label: string },
    [there, returning]: readonly [number, number],
    category: AssociationType['category'] = 'HUBSPOT_DEFINED',
  ): void {
    const name = (text: string) => text.toLowerCase().replaceAll(/\s+/g, '_');
    const common = { category, role: 'label' } as const;
    this.#add({ ...common, from, to, label, typeId: there, inverseId: returning, name: name(label) });
    if (there === returning) return;
    const inverse = { from: to, to: from, label: back.label, typeId: returning, inverseId: there };
    this.#add({ ...common, ...inverse, name: name(back.label) });
  }

  #add(type: AssociationType): void {
    const key = `${type.from}>${type.to}`;
    this.#ofPair.set(key, [...(this.#ofPair.get(key) ?? []), type]);
  }
}

function nameOf(from: string, to: string): string {
  const [one, other] = [KINDS.get(from), KINDS.get(to)];
  if (one === undefined || other === undefined) throw new Error(`No association between ${from} and ${to}`);
  return `${oneOf(one)}_to_${oneOf(other)}`;
}
