import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { readYaml } from '../config/files/yaml-file.ts';
import { canonicalText } from '../domain/agreement/canonical-text.ts';
import type { AgreementText } from '../domain/agreement/signatures.ts';
import { canonicalEmail } from '../domain/values/canonical.ts';

const run = promisify(execFile);

/** Why a commit is nobody's signature of this agreement. */
export type NoSignature = 'no-such-commit' | 'not-signed' | 'not-trusted' | 'other-text';

export type CommitRead =
  /** `signer`: the address that git vouches for. */
  | { readonly kind: 'signed'; readonly commit: string; readonly signer: string }
  | { readonly kind: 'refused'; readonly because: NoSignature };

type Asked = {
  /** The folder with agreement.yaml, within a git repository. */
  readonly folder: string;
  /** `HEAD`, a branch, a hash. */
  readonly revision: string;
  /** Of SSH signatures: the file that says whose key is whose; absent: the one that git is configured with. */
  readonly allowedSigners?: string | undefined;
};

/**
 * Who has signed the commit in which this agreement stands.
 *
 * git verifies, by the keys that whoever set up this machine has told it to trust (`gpg.ssh.allowedSignersFile`, or the keyring): good and of
 * known validity, nothing less. What is signed is the commit, so the agreement in it has to be this one, to the last word that counts.
 */
export async function readSignedCommit(asked: Asked, { hash }: Pick<AgreementText, 'hash'>): Promise<CommitRead> {
  const { folder, revision, allowedSigners } = asked;
  const trust = allowedSigners === undefined ? [] : ['-c', `gpg.ssh.allowedSignersFile=${resolve(allowedSigners)}`];
  const git = async (...words: readonly string[]) => (await run('git', ['-C', folder, ...trust, ...words])).stdout;
  const commit = await git('rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`).then(
    (told) => told.trim(),
    () => null,
  );
  if (commit === null) return { kind: 'refused', because: 'no-such-commit' };
  const [state, signer = ''] = (await git('log', '-1', '--format=%G?%n%GS', commit)).split('\n');
  if (state === 'N') return { kind: 'refused', because: 'not-signed' };
  const email = canonicalEmail(/<([^<>]+)>\s*$/u.exec(signer)?.[1] ?? signer);
  if (state !== 'G' || email === null) return { kind: 'refused', because: 'not-trusted' };
  const text = await git('show', `${commit}:./agreement.yaml`).catch(() => null);
  if (text === null || hashOf(text) !== hash) return { kind: 'refused', because: 'other-text' };
  return { kind: 'signed', commit, signer: email };
}

function hashOf(text: string): string | null {
  const file = readYaml('agreement.yaml', text);
  if ('faults' in file) return null;
  return createHash('sha256').update(canonicalText(file.content)).digest('hex');
}
