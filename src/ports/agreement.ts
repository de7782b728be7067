import type { Acknowledgement, AgreementText, AgreementVersion, Signature } from '../domain/agreement/signatures.ts';
import type { OpenDeadlines } from '../domain/clocks/rule-of-clock.ts';
import type { Instant } from '../domain/values/value.ts';

/** What the ledger keeps of agreements. Nothing of it is ever changed or taken away. */
export interface AgreementLedger {
  /** Keeps the text of an agreement that somebody proposes; one that is known stays as it is. */
  keepAgreement(agreement: AgreementText, at: Instant): Promise<void>;
  /**
   * Signs this text, for one role. `before`: that role has signed it already, and nothing is added.
   *
   * Throws `ConfigInvalid` where another text was signed under the same name: decisions name their version, so one name is one text.
   */
  signAgreement(agreement: AgreementText, signature: Signature): Promise<'signed' | 'before'>;
  /** Somebody has read this version, which is signed. `before`: and has said so already. */
  acknowledgeAgreement(hash: string, acknowledgement: Acknowledgement): Promise<'noted' | 'before'>;
  /** Every version that anybody has signed, in the order in which they became known, each with its signatures in the order of signing. */
  agreements(): Promise<readonly AgreementVersion[]>;
  /** How many deadlines are running or lapsed and still owed, by kind and by the version that they began under, in that order. */
  openDeadlines(): Promise<readonly OpenDeadlines[]>;
}
