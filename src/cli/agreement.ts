import type { Locale } from '../domain/policy.ts';
import { type DeedGiven, readWritten } from './agreement-deed.ts';
import { acknowledgeDeed, deliverDeed } from './agreement-deliver.ts';
import { diffDeed } from './agreement-diff.ts';
import { agreementNow, lookUp, mappingsIfSound, NOTHING_KNOWN, writtenAs } from './agreement-now.ts';
import { renderDeed } from './agreement-render.ts';
import { signDeed } from './agreement-sign.ts';
import { checkText, nobodyNamed, statusText } from './agreement-text.ts';
import { EX_USAGE, type Verb, type VerbContext } from './verb.ts';

const DEEDS: Readonly<Record<string, (given: DeedGiven) => Promise<number>>> = {
  status: statusDeed,
  diff: diffDeed,
  sign: signDeed,
  deliver: deliverDeed,
  acknowledge: acknowledgeDeed,
};

export const agreementVerb: Verb = {
  name: 'agreement',
  argument: '<check|render|status|diff|sign|deliver|acknowledge>',
  summary:
    'The agreement of both departments: is it sound, who signed what, what would change; show it; sign it; who has read it.',
  examples: [
    'tasuki agreement check',
    'tasuki agreement render --locale ja --html --out agreement.html',
    'tasuki agreement status --json | jq .inForce.version',
    'tasuki agreement diff --from 2026-11',
    'tasuki agreement sign --as marketing-head',
    'tasuki agreement sign --as sales-head --who ken.takahashi@example.co.jp --yes',
    'tasuki agreement sign --as marketing-head --commit HEAD --allowed-signers signers',
    'tasuki agreement deliver',
    'tasuki agreement acknowledge --who aya.ito@example.co.jp',
  ],
  options: [
    { flags: '--as <role>', help: 'sign: marketing-head or sales-head' },
    { flags: '--who <email>', help: "sign: the address of that role; acknowledge: the reader's" },
    { flags: '--from <version>', help: 'diff: against this signed version (default: the one in force)' },
    { flags: '--proposed', help: 'render: what stands in the folder (default: the one in force)' },
    { flags: '--html', help: 'render: as a page to print (default: Markdown)' },
    { flags: '--out <file>', help: 'render: into this file, which ends in .md or .html' },
    { flags: '--commit <revision>', help: 'sign: by this signed commit of agreement.yaml; git vouches for who it was' },
    {
      flags: '--allowed-signers <file>',
      help: 'sign --commit: whose SSH key is whose (default: as git is configured)',
    },
    { flags: '--yes', help: 'sign: ask nothing; needs --who' },
  ],

  async run(context, { argument, flags }) {
    const { terminal, options } = context;
    if (argument === 'check') return checkDeed(context);
    if (argument === 'render') return renderDeed(context, flags);
    const deed = DEEDS[argument ?? ''];
    if (deed === undefined) {
      terminal.say(WHICH[terminal.locale]);
      return EX_USAGE;
    }
    const desk = await context.openLedger();
    try {
      return await deed({ desk, terminal, options, flags });
    } finally {
      await desk.close();
    }
  },
};

/** Is what stands in the folder sound, and can it be signed? Its faults are thrown, each with its place, before the ledger is asked. */
async function checkDeed({ terminal, options, openLedger }: VerbContext): Promise<number> {
  const mappings = readWritten(options);
  const { calendar } = mappings.policy;
  const now = await lookUp(openLedger, (desk) =>
    agreementNow(desk.ledger, mappings, { now: desk.clock.now(), calendar }),
  );
  const written = now?.written ?? writtenAs(mappings, [], NOTHING_KNOWN);
  const isSignable = !written.isNameTaken && nobodyNamed(written, 'en').length === 0;
  const { version, effective, hash } = mappings.agreement;
  terminal.result(
    { version, effective, hash, signable: isSignable, ...(now === null ? {} : { inForce: written.isInForce }) },
    checkText(now, written, { locale: terminal.locale, calendar }),
  );
  return isSignable ? 0 : 1;
}

async function statusDeed({ desk, terminal, options }: DeedGiven): Promise<number> {
  const { calendar } = await desk.policy();
  const now = await agreementNow(desk.ledger, mappingsIfSound(options), { now: desk.clock.now(), calendar });
  const { standing, written } = now;
  terminal.result(
    {
      inForce: standing.inForce === null ? null : { ...standing.inForce.version, from: standing.inForce.from },
      coming: standing.coming.map(({ version, from }) => ({ ...version, from })),
      proposed:
        written === null || written.isInForce
          ? null
          : { ...written.version, missing: written.missing, nameTaken: written.isNameTaken },
    },
    statusText(now, { locale: terminal.locale, calendar }),
  );
  return 0;
}

const WHICH: Readonly<Record<Locale, string>> = {
  ja: `どれを行うか書いてください: check、render、${Object.keys(DEEDS).join('、')}`,
  en: `Say which: check, render, ${Object.keys(DEEDS).join(', ')}`,
};
