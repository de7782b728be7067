import { readFileSync } from 'node:fs';
import { closest } from '../domain/texts/closest.ts';
import { type ConfigFault, ConfigInvalid } from '../errors/errors.ts';
import { OPTIONS, type Option, type OptionName, type Options } from './option-table.ts';

export type { Options } from './option-table.ts';

export type Environment = Readonly<Record<string, string | undefined>>;
/** What commander parsed, by option name (`--pull-every-seconds` is `pullEverySeconds`). */
export type Flags = Readonly<Record<string, unknown>>;

/** Reads the text of a secret's file. */
export type ReadSecret = (path: string) => string;

const NAMES = Object.keys(OPTIONS) as readonly OptionName[];
const OUR_PREFIX = 'TASUKI_';

/**
 * All options, each from its flag, else its environment variable, else the secret's file, else its default. An empty variable is
 * as good as none, so that a compose file can pass on what is not set.
 *
 * Throws `ConfigInvalid` with every fault at once: nobody likes to start a container five times to learn of five typos.
 */
export function readOptions(env: Environment, flags: Flags = {}, readSecret: ReadSecret = readText): Options {
  const faults: ConfigFault[] = [...misspelled(env)];
  const entries = NAMES.map((name) => {
    const read = readOne(name, { env, flags, readSecret });
    if ('faults' in read) faults.push(...read.faults);
    return [name, 'faults' in read ? OPTIONS[name].default : read.value] as const;
  });
  if (faults.length > 0) throw new ConfigInvalid(faults);
  return Object.fromEntries(entries) as Options;
}

/** What is missing before either CRM can be spoken to, each with its remedy. Empty when all is there. */
export function missingCredentials(options: Options): readonly ConfigFault[] {
  const faults: ConfigFault[] = [];
  const want = (name: OptionName, message: string) => {
    if (options[name] === null) faults.push({ at: OPTIONS[name].env, message });
  };
  want(
    'hubspotAccessToken',
    'is not set. Create a private app in HubSpot (Settings > Integrations) and put its access token here.',
  );
  want('salesforceClientId', 'is not set. Create an external client app in Salesforce and put its consumer key here.');
  if (options.salesforceJwtKeyFile !== null) {
    want(
      'salesforceUsername',
      'is not set, and SALESFORCE_JWT_KEY_FILE needs it: the user name of the integration user.',
    );
  } else {
    want('salesforceClientSecret', 'is not set, nor is SALESFORCE_JWT_KEY_FILE. Salesforce needs one of the two.');
  }
  return faults;
}

type Sources = { readonly env: Environment; readonly flags: Flags; readonly readSecret: ReadSecret };
type Read = { readonly value: unknown } | { readonly faults: readonly ConfigFault[] };

function readOne(name: OptionName, sources: Sources): Read {
  const option: Option<unknown> = OPTIONS[name];
  const given = textOf(name, option, sources);
  if ('faults' in given) return given;
  if (given.text === undefined) return { value: option.default };
  const checked = option.check(given.text);
  return 'fault' in checked ? { faults: [{ at: given.at, message: checked.fault }] } : checked;
}

type Given = { readonly at: string; readonly text: string | undefined } | { readonly faults: readonly ConfigFault[] };

function textOf(
  name: OptionName,
  { env: variable, flag, secret }: Option<unknown>,
  { env, flags, readSecret }: Sources,
): Given {
  const fromFlag = flags[name];
  if (flag !== undefined && typeof fromFlag === 'string') return { at: flag.split(' ')[0] ?? variable, text: fromFlag };
  const text = env[variable] || undefined;
  const file = secret ? env[`${variable}_FILE`] || undefined : undefined;
  if (file === undefined) return { at: variable, text };
  if (text !== undefined)
    return { faults: [{ at: variable, message: `is set twice, here and as ${variable}_FILE. Keep one.` }] };
  return fromFile(`${variable}_FILE`, file, readSecret);
}

function fromFile(at: string, path: string, readSecret: ReadSecret): Given {
  try {
    const text = readSecret(path).trim();
    if (text !== '') return { at, text };
    return { faults: [{ at, message: `names ${path}, which is empty.` }] };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { faults: [{ at, message: `names ${path}, which cannot be read: ${why}.` }] };
  }
}

/** A misspelled variable would be ignored in silence, and its default would be in force. */
function misspelled(env: Environment): readonly ConfigFault[] {
  const known = NAMES.flatMap((name) => [OPTIONS[name].env, `${OPTIONS[name].env}_FILE`]);
  return Object.keys(env)
    .filter((name) => name.startsWith(OUR_PREFIX) && !known.includes(name))
    .flatMap((name) => {
      const meant = closest(
        name,
        known.filter((candidate) => candidate.startsWith(OUR_PREFIX)),
      );
      return meant === undefined ? [] : [{ at: name, message: `is no option of Tasuki. Did you mean ${meant}?` }];
    });
}

function readText(path: string): string {
  return readFileSync(path, 'utf8');
}
