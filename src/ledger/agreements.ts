import { sql } from 'kysely';
import {
  type Acknowledgement,
  type AgreementText,
  type AgreementVersion,
  otherUnderThisName,
  type Signature,
} from '../domain/agreement/signatures.ts';
import type { Instant } from '../domain/values/value.ts';
import { ConfigInvalid } from '../errors/errors.ts';
import { stamp } from './json.ts';
import { affect, rows, type Session } from './session.ts';
import { audit } from './settings.ts';

/** See `AgreementLedger.keepAgreement`. */
export async function keepAgreement(
  on: Session,
  { hash, version, effective, text }: AgreementText,
  at: Instant,
): Promise<void> {
  await affect(
    on,
    sql`
      insert into tasuki.agreement_text (hash, version, effective, text, first_seen_at)
      values (${hash}, ${version}, ${effective}, ${text}, ${stamp(at)}) on conflict (hash) do nothing`,
  );
}

/** See `AgreementLedger.signAgreement`. */
export async function signAgreement(
  on: Session,
  agreement: AgreementText,
  { role, who, how, user, at }: Signature,
): Promise<'signed' | 'before'> {
  refuseTakenName(agreement, await agreements(on));
  await keepAgreement(on, agreement, at);
  const { hash, version } = agreement;
  const added = await affect(
    on,
    sql`
      insert into tasuki.signature (agreement, role, who, how, by_user, at)
      values (${hash}, ${role}, ${who}, ${how}, ${user}, ${stamp(at)}) on conflict (agreement, role) do nothing`,
  );
  if (added === 0) return 'before';
  await audit(on, { at, who, deed: 'sign', detail: { version, hash, role, how, user } });
  return 'signed';
}

function refuseTakenName(agreement: AgreementText, known: readonly AgreementVersion[]): void {
  const { version } = agreement;
  if (otherUnderThisName(agreement, known) === undefined) return;
  const message = `Another text was signed as version "${version}". Decisions name their version, so one name is one text: give this one a new "version".`;
  throw new ConfigInvalid([{ at: 'mappings/agreement.yaml: version', message }]);
}

/** See `AgreementLedger.acknowledgeAgreement`. */
export async function acknowledgeAgreement(
  on: Session,
  hash: string,
  { who, user, at }: Acknowledgement,
): Promise<'noted' | 'before'> {
  const added = await affect(
    on,
    sql`
      insert into tasuki.acknowledgement (agreement, who, by_user, at)
      values (${hash}, ${who}, ${user}, ${stamp(at)}) on conflict (agreement, who) do nothing`,
  );
  if (added === 0) return 'before';
  await audit(on, { at, who, deed: 'acknowledge', detail: { hash, user } });
  return 'noted';
}

/** See `AgreementLedger.agreements`. */
export async function agreements(on: Session): Promise<readonly AgreementVersion[]> {
  const texts = await rows(
    on,
    sql<AgreementText>`
      select hash, version, effective, text from tasuki.agreement_text t
      where exists (select from tasuki.signature s where s.agreement = t.hash) order by number`,
  );
  if (texts.length === 0) return [];
  const signatures = await rows(
    on,
    sql<Signature & { agreement: string }>`
      select agreement, role, who, how, by_user as "user", at from tasuki.signature order by number`,
  );
  const read = await rows(
    on,
    sql<Acknowledgement & { agreement: string }>`
      select agreement, who, by_user as "user", at from tasuki.acknowledgement order by number`,
  );
  return texts.map((text) => ({
    ...text,
    signatures: of(text, signatures),
    acknowledged: of(text, read),
  }));
}

function of<Row extends { readonly agreement: string }>(
  { hash }: AgreementText,
  all: readonly Row[],
): readonly Omit<Row, 'agreement'>[] {
  return all.flatMap(({ agreement, ...row }) => (agreement === hash ? [row] : []));
}
