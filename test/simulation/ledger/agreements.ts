import type {
  Acknowledgement,
  AgreementText,
  AgreementVersion,
  Signature,
} from '../../../src/domain/agreement/signatures.ts';
import type { Instant } from '../../../src/domain/values/value.ts';
import { ConfigInvalid } from '../../../src/errors/errors.ts';
import { byColumns } from './order.ts';
import { audit } from './settings.ts';
import type { State } from './state.ts';

/** See `AgreementLedger.keepAgreement`. */
export function keepAgreement(state: State, { hash, version, effective, text }: AgreementText, at: Instant): void {
  if (state.agreements.get(hash) !== undefined) return;
  state.agreements.put({ number: state.next(), hash, version, effective, text, first_seen_at: at });
}

/** See `AgreementLedger.signAgreement`. */
export function signAgreement(
  state: State,
  agreement: AgreementText,
  { role, who, how, user, at }: Signature,
): 'signed' | 'before' {
  const { hash, version } = agreement;
  const isTaken = agreements(state).some((other) => other.version === version && other.hash !== hash);
  if (isTaken) throw new ConfigInvalid([{ at: 'version', message: `Another text was signed as "${version}".` }]);
  keepAgreement(state, agreement, at);
  if (state.signatures.get(`${hash} ${role}`) !== undefined) return 'before';
  state.signatures.put({ number: state.next(), agreement: hash, role, who, how, by_user: user, at });
  audit(state, { at, who, deed: 'sign', detail: { version, hash, role, how, user } });
  return 'signed';
}

/** See `AgreementLedger.acknowledgeAgreement`. */
export function acknowledgeAgreement(
  state: State,
  hash: string,
  { who, user, at }: Acknowledgement,
): 'noted' | 'before' {
  if (state.acknowledgements.get(`${hash} ${who}`) !== undefined) return 'before';
  state.acknowledgements.put({ number: state.next(), agreement: hash, who, by_user: user, at });
  audit(state, { at, who, deed: 'acknowledge', detail: { hash, user } });
  return 'noted';
}

/** See `AgreementLedger.agreements`. */
export function agreements(state: State): readonly AgreementVersion[] {
  const inOrder = byColumns<{ readonly number: number }>(({ number }) => number);
  return state.agreements
    .all()
    .toSorted(inOrder)
    .map(({ number: _number, first_seen_at: _at, ...text }) => ({
      ...text,
      signatures: state.signatures
        .by('agreement', text.hash)
        .toSorted(inOrder)
        .map(({ role, who, how, by_user: user, at }) => ({ role, who, how, user, at })),
      acknowledged: state.acknowledgements
        .by('agreement', text.hash)
        .toSorted(inOrder)
        .map(({ who, by_user: user, at }) => ({ who, user, at })),
    }))
    .filter(({ signatures }) => signatures.length > 0);
}
