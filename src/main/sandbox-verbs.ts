import { existsSync } from 'node:fs';
import type { Verb } from '../cli/verb.ts';
import { SANDBOX_OPTIONS, sandboxVerb } from './sandbox.ts';

const SANDBOX = new URL('../sandbox/run.ts', import.meta.url);

/** sysexits.h: "a support program or file does not exist". */
const EX_UNAVAILABLE = 69;

/**
 * The verbs that need the emulated CRMs. The production image has neither those nor the demo's story, so they are looked for before
 * they are loaded; there, both verbs stay and say where to find what they would show.
 */
export async function sandboxVerbs(): Promise<readonly Verb[]> {
  if (!existsSync(SANDBOX)) return [absent('sandbox', 'Both emulated CRMs'), absent('demo', 'The demo')];
  const { demoVerb } = await import('./demo.ts');
  return [sandboxVerb, demoVerb];
}

function absent(name: 'sandbox' | 'demo', what: string): Verb {
  return {
    name,
    summary: `${what}: not in this image, which is for production. Build the target "demo" of the Dockerfile.`,
    examples: [`docker build --target demo --tag tasuki-demo . && docker run --rm tasuki-demo tasuki ${name}`],
    options: [...SANDBOX_OPTIONS, { flags: '--keep', help: 'as in the image that has it' }],

    async run({ terminal }) {
      terminal.say(
        terminal.locale === 'ja'
          ? `このイメージは本番用で、サンドボックスを含みません。${name} を使うには、Dockerfile の demo ターゲットをビルドしてください: docker build --target demo -t tasuki-demo .`
          : `This image is for production and has no sandbox. To use "${name}", build the Dockerfile's target "demo": docker build --target demo -t tasuki-demo .`,
      );
      if (terminal.json) terminal.result({ sandbox: false }, '');
      return EX_UNAVAILABLE;
    },
  };
}
