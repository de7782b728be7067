import { type Check, oneOf, serviceUrl, text, url, whole } from './option-checks.ts';

/** One setting of the program: everything that is said of it is said here and nowhere else. */
export type Option<T> = {
  readonly env: string;
  /** Absent for secrets: a command line is visible to everybody on the machine. */
  readonly flag?: string;
  readonly default: T;
  readonly check: Check<NonNullable<T>>;
  /** A secret may also be given as the path of a file, in the variable `<env>_FILE`. */
  readonly secret?: true;
  readonly help: string;
};

function required<T>(option: Option<T>): Option<T> {
  return option;
}

function optional<T>(option: Omit<Option<T | null>, 'default'>): Option<T | null> {
  return { ...option, default: null };
}

/** The one table of options, in the order in which help and `.env.example` show them. */
export const OPTIONS = {
  hubspotAccessToken: optional<string>({
    env: 'HUBSPOT_ACCESS_TOKEN',
    secret: true,
    check: text,
    help: 'Access token of the HubSpot private app. `tasuki doctor` lists the scopes it lacks.',
  }),
  hubspotBaseUrl: required<string>({
    env: 'HUBSPOT_BASE_URL',
    flag: '--hubspot-base-url <url>',
    default: 'https://api.hubapi.com',
    check: serviceUrl,
    help: 'Where HubSpot answers. Change it only to speak to the sandbox.',
  }),
  hubspotApiFamily: required<'v3' | '2026-09'>({
    env: 'HUBSPOT_API_FAMILY',
    flag: '--hubspot-api-family <family>',
    default: 'v3',
    check: oneOf('v3', '2026-09'),
    help: "Which of HubSpot's API paths to use: v3 (v3 and v4), or the dated 2026-09. Support for v4 and v3 ends in 2027.",
  }),
  salesforceLoginUrl: required<string>({
    env: 'SALESFORCE_LOGIN_URL',
    flag: '--salesforce-login-url <url>',
    default: 'https://login.salesforce.com',
    check: serviceUrl,
    help: 'Where Salesforce gives out tokens. With a client secret this is your own domain: https://example.my.salesforce.com.',
  }),
  salesforceClientId: optional<string>({
    env: 'SALESFORCE_CLIENT_ID',
    flag: '--salesforce-client-id <id>',
    check: text,
    help: 'Consumer key of the external client app (or connected app).',
  }),
  salesforceClientSecret: optional<string>({
    env: 'SALESFORCE_CLIENT_SECRET',
    secret: true,
    check: text,
    help: 'Consumer secret, for the client-credentials flow. Leave it empty when you use a key file.',
  }),
  salesforceJwtKeyFile: optional<string>({
    env: 'SALESFORCE_JWT_KEY_FILE',
    flag: '--salesforce-jwt-key-file <path>',
    check: text,
    help: 'Path of the private key (PEM), for the JWT flow. Needs SALESFORCE_USERNAME.',
  }),
  salesforceUsername: optional<string>({
    env: 'SALESFORCE_USERNAME',
    flag: '--salesforce-username <name>',
    check: text,
    help: 'User name of the integration user, for the JWT flow.',
  }),
  databaseUrl: optional<string>({
    env: 'DATABASE_URL',
    secret: true,
    check: url('postgres:', 'postgresql:'),
    help: 'PostgreSQL server (15 or newer) for the ledger. Empty: an embedded database in TASUKI_FOLDER, for one process.',
  }),
  redisUrl: optional<string>({
    env: 'REDIS_URL',
    secret: true,
    check: url('redis:', 'rediss:', 'unix:'),
    help: 'Redis for the queue. Empty: the queue lives in the ledger’s database.',
  }),
  folder: required<string>({
    env: 'TASUKI_FOLDER',
    flag: '--folder <path>',
    default: '.tasuki',
    check: text,
    help: 'Folder of the embedded database. One process owns it at a time.',
  }),
  mappings: required<string>({
    env: 'TASUKI_MAPPINGS',
    flag: '--mappings <path>',
    default: './mappings',
    check: text,
    help: 'Folder with agreement.yaml, contact.yaml, company.yaml, deal.yaml, owners.yaml and calendar.yaml.',
  }),
  locale: required<'ja' | 'en'>({
    env: 'TASUKI_LOCALE',
    flag: '--locale <locale>',
    default: 'ja',
    check: oneOf('ja', 'en'),
    help: 'Language of what people read: ja or en.',
  }),
  logLevel: required<'debug' | 'info' | 'warn' | 'error' | 'silent'>({
    env: 'TASUKI_LOG_LEVEL',
    flag: '--log-level <level>',
    default: 'info',
    check: oneOf('debug', 'info', 'warn', 'error', 'silent'),
    help: 'How much is logged: debug, info, warn, error or silent; unset, `start` logs info and all other verbs warn. Contents of records are never logged.',
  }),
  hubspotCallsPerTenSeconds: required<number>({
    env: 'HUBSPOT_CALLS_PER_10_SECONDS',
    flag: '--hubspot-calls-per-10-seconds <n>',
    default: 90,
    check: whole(1, 250),
    help: 'What Tasuki may use of the allowance per app: 100 for Free and Starter, 190 for Professional and Enterprise.',
  }),
  clockUrl: optional<string>({
    env: 'TASUKI_CLOCK_URL',
    flag: '--clock-url <url>',
    check: serviceUrl,
    help: 'Control address of the sandbox, to follow its virtual clock. Empty: the clock of this machine.',
  }),
  pullEverySeconds: required<number>({
    env: 'TASUKI_PULL_EVERY_SECONDS',
    flag: '--pull-every-seconds <n>',
    default: 300,
    check: whole(5, 86_400),
    help: 'How often each system is asked what changed. An idle question costs calls: at 300, a day stays under 2,000 in Salesforce and 5,000 in HubSpot.',
  }),
  apiShareHubspot: required<number>({
    env: 'TASUKI_API_SHARE_HUBSPOT',
    flag: '--api-share-hubspot <percent>',
    default: 20,
    check: whole(1, 100),
    help: 'What Tasuki may use of HubSpot’s calls of a day, in percent; the rest is kept for your other integrations. When it runs short, hand-offs and deadlines come first.',
  }),
  apiShareSalesforce: required<number>({
    env: 'TASUKI_API_SHARE_SALESFORCE',
    flag: '--api-share-salesforce <percent>',
    default: 20,
    check: whole(1, 100),
    help: 'The same of Salesforce’s calls of the last 24 hours. `tasuki doctor` says what they were used for, and until when they last.',
  }),
  firstRun: required<'ask' | 'go'>({
    env: 'TASUKI_FIRST_RUN',
    flag: '--first-run <how>',
    default: 'ask',
    check: oneOf('ask', 'go'),
    help: 'Whether the very first run waits for `tasuki approve` before it writes (ask), or writes at once (go).',
  }),
  breakerChanges: required<number>({
    env: 'TASUKI_BREAKER_CHANGES',
    flag: '--breaker-changes <n>',
    default: 1000,
    check: whole(1, 10_000_000),
    help: 'When more records than this are to change in one field at once, or to be created of one object, those changes wait for `tasuki approve`.',
  }),
  breakerPercent: required<number>({
    env: 'TASUKI_BREAKER_PERCENT',
    flag: '--breaker-percent <n>',
    default: 20,
    check: whole(1, 100),
    help: 'The same for a share of the records of that object, in percent, from 50 changes on; 100: no limit by share.',
  }),
  surveyEveryHours: required<number>({
    env: 'TASUKI_SURVEY_EVERY_HOURS',
    flag: '--survey-every-hours <n>',
    default: 24,
    check: whole(1, 168),
    help: 'How often all records are counted through, for what no question shows: deletions, merges, ties that came or went.',
  }),
} as const;

export type OptionName = keyof typeof OPTIONS;
export type Options = { readonly [Name in OptionName]: (typeof OPTIONS)[Name] extends Option<infer T> ? T : never };
