import { execFileSync } from 'node:child_process';
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A git repository around a folder, in which people commit with SSH keys of their own. */
export type SignedRepository = {
  /** The file that says whose key is whose. */
  readonly signers: string;
  /** Commits whatever the folder holds, signed by this person's key; `null`: unsigned. Gives the commit's hash. */
  commit(email: string | null): string;
  /** From now on this key is known to be theirs. */
  trust(email: string): void;
};

export function aSignedRepository(folder: string, elsewhere: string): SignedRepository {
  const git = (...words: readonly string[]) =>
    execFileSync('git', ['-C', folder, '-c', 'user.name=test', '-c', 'user.email=test@example.co.jp', ...words], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  git('init', '--quiet');
  const signers = join(elsewhere, 'signers');
  appendFileSync(signers, '');
  const keys = new Map<string, string>();
  const keyOf = (email: string): string => {
    const known = keys.get(email);
    if (known !== undefined) return known;
    const path = join(elsewhere, `key-${keys.size}`);
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', email, '-f', path]);
    keys.set(email, path);
    return path;
  };
  return {
    signers,
    commit(email) {
      git('add', '--all');
      const key = email === null ? [] : ['-c', 'gpg.format=ssh', '-c', `user.signingKey=${keyOf(email)}`];
      git(
        ...key,
        'commit',
        '--quiet',
        '--allow-empty',
        '--message',
        'agreement',
        ...(email === null ? ['--no-gpg-sign'] : ['-S']),
      );
      return git('rev-parse', 'HEAD');
    },
    trust(email) {
      appendFileSync(signers, `${email} ${readFileSync(`${keyOf(email)}.pub`, 'utf8')}`);
    },
  };
}
