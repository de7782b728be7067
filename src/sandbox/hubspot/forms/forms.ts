import { createHash } from 'node:crypto';
import type { HubSpotPortal } from '../portal.ts';
import type { StoredRecord } from '../records/record.ts';
import { Refusal } from '../refusal.ts';
import { everyIdOf } from './contact-ids.ts';
import { conversionProperties } from './conversion.ts';
import type { Answer, Form, FormType, NewForm, NewSubmission } from './form.ts';
import { SubmissionList, type SubmissionPage } from './submission-list.ts';
import { writeContact } from './write-contact.ts';

type Kept = { form: Form; submissions: SubmissionList; senders: Set<string> };

/** The forms of an account, and what people wrote into them. */
export class Forms {
  readonly #portal: HubSpotPortal;
  readonly #kept = new Map<string, Kept>();
  #sequence = 0;

  constructor(portal: HubSpotPortal) {
    this.#portal = portal;
  }

  /** A form of the account; one that is there already gets its new name and keeps what it received. */
  define({ guid, name, formType, fields, archived = false }: NewForm, at = this.#portal.clock.now()): void {
    const kept = this.#kept.get(guid);
    const form: Form = {
      guid,
      name,
      formType: formType ?? kept?.form.formType ?? 'hubspot',
      fields: fields ?? kept?.form.fields ?? ['email'],
      createdAt: kept?.form.createdAt ?? at,
      updatedAt: at,
      isArchived: archived,
    };
    if (kept === undefined) this.#kept.set(guid, { form, submissions: new SubmissionList(), senders: new Set() });
    else kept.form = form;
  }

  list(types: readonly FormType[], archived: boolean): Form[] {
    const forms = [...this.#kept.values()].map(({ form }) => form);
    return forms.filter((form) => form.isArchived === archived && types.includes(form.formType));
  }

  find(guid: string): Form {
    return this.#get(guid).form;
  }

  submissions(guid: string, limit: number, after: string | undefined): SubmissionPage {
    return this.#get(guid).submissions.page(limit, after);
  }

  /**
   * Somebody sends a form: the contact with that e-mail, in whatever case, is created or changed, and its id returned.
   * Empty answers leave what the contact has, and answers that are no property of a contact stay in the submission alone.
   */
  submit({ guid, email, answers = {}, pageUrl, pageTitle, at }: NewSubmission): string {
    const { form, submissions, senders } = this.#get(guid);
    const now = this.#portal.clock.now();
    const submittedAt = at ?? now;
    if (submittedAt > now) throw new Error(`A form cannot be sent in the future, at ${submittedAt}; it is ${now}`);

    const values = [{ objectTypeId: '0-1', name: 'email', value: email }, ...readAnswers(answers)];
    const sender = this.#write(values, submittedAt, form);
    const conversion = {
      at: submittedAt,
      eventName: `${pageTitle ?? pageUrl}: ${form.name}`,
      pageUrl,
      isFirstOfForm: !everyIdOf(sender).some((id) => senders.has(id)),
    };
    this.#count(sender, conversionProperties(sender.snapshot.values, conversion), submittedAt);
    senders.add(sender.id);

    this.#sequence += 1;
    const conversionId = uuidOf(`${guid} ${this.#sequence}`);
    submissions.add({ conversionId, submittedAt, values, pageUrl, sequence: this.#sequence });
    return sender.id;
  }

  #write(values: readonly Answer[], at: number, form: Form): StoredRecord {
    const { registry, store } = this.#portal.space('contacts');
    const [{ value: email }] = values as [Answer, ...Answer[]];
    const known = store.holder('email', email);
    const isWritten = ({ objectTypeId, name, value }: Answer): boolean =>
      objectTypeId === '0-1' && value !== '' && registry.get(name)?.readOnlyValue === false;
    const told = Object.fromEntries(values.filter(isWritten).map(({ name, value }) => [name, value]));
    // Somebody who writes an additional address, or the same in capitals, keeps the one the account knows.
    const given = known === undefined ? told : { ...told, email: known.snapshot.values.get('email') ?? email };
    return writeContact(this.#portal, known, given, { at, source: { type: 'FORM', id: form.guid, label: 'FORM' } });
  }

  #count(sender: StoredRecord, properties: ReadonlyMap<string, string>, at: number): void {
    const { registry } = this.#portal.space('contacts');
    const known = [...properties].filter(([name]) => registry.get(name) !== undefined);
    writeContact(this.#portal, sender, Object.fromEntries(known), { at, source: { type: 'CALCULATED' } });
  }

  #get(guid: string): Kept {
    const kept = this.#kept.get(guid);
    if (kept !== undefined) return kept;
    throw new Refusal(404, { message: `No form with guid ${guid} was found`, category: 'OBJECT_NOT_FOUND' });
  }
}

function readAnswers(answers: Readonly<Record<string, string>>): Answer[] {
  return Object.entries(answers)
    .filter(([name]) => name !== 'email')
    .map(([name, value]) => {
      const [, objectTypeId = '0-1', property = name] = /^(\d-\d+)\/(.+)$/.exec(name) ?? [];
      return { objectTypeId, name: property, value };
    });
}

/** The same for the same text, so that the same story makes the same world. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
