import type { Agreement } from '../domain/agreement/agreement.ts';
import type { BusinessCalendar } from '../domain/calendar/business-calendar.ts';
import { fitted } from './files/faults-of.ts';
import { readYaml, type YamlFile } from './files/yaml-file.ts';
import { type AgreementFile, agreementFile } from './grammar/agreement-grammar.ts';
import { Complaints } from './meaning/complain.ts';
import { toAgreement } from './meaning/to-agreement.ts';

type Read = { readonly value: AgreementFile; readonly file: YamlFile };

/** A text never changes, and reading one is slow. */
const known = new Map<string, Read | null>();

/**
 * Agreements that were in force once, from their canonical texts. What began under one of them goes on by it, so it is understood also
 * where the other files no longer fit it (a team that owners.yaml has lost, a field that is not mapped any more): nobody is there to mend
 * what was signed. A text that fits no grammar is left out.
 */
export function earlierAgreements(texts: readonly string[], calendar: BusinessCalendar): readonly Agreement[] {
  return texts.flatMap((text) => {
    const read = known.get(text) ?? readEarlier(text);
    known.set(text, read);
    if (read === null) return [];
    const others = {
      teams: [],
      roles: read.value.roles ?? {},
      personFields: null,
      companyFields: null,
      makesOpportunities: null,
    };
    return [toAgreement(read.value, { ...others, calendar, complaints: new Complaints(read.file) })];
  });
}

function readEarlier(text: string): Read | null {
  const file = readYaml('agreement.yaml', text);
  if ('faults' in file) return null;
  const result = fitted(file, agreementFile);
  return 'value' in result ? { value: result.value, file } : null;
}
