import type { FindingCode } from '../people/person.ts';
import { type Detail, type Sentence, systemName } from './words.ts';

/** Clocks that do not tell the same time. */
export const CLOCK_FINDINGS = {
  CLOCK_SKEW: {
    ja: (d) =>
      `${systemName(d['system'], 'ja')} の時計が、Tasuki が動いているマシンの時計より ${apartJa(d)}います。編集は失われませんが、ステージの日時や期限の判定がその分ずれます。両方のシステムについて出ている場合は、マシンの時計がずれています。時刻同期(NTP)を確認してください。`,
    en: (d) =>
      `The clock of ${systemName(d['system'], 'en')} is ${apartEn(d)} that of the machine on which Tasuki runs. No edit is lost, but stages are dated and deadlines judged that much off. If both systems are named, it is the machine's clock that is wrong: see to its time synchronisation (NTP).`,
  },
} as const satisfies Partial<Readonly<Record<FindingCode, Sentence>>>;

function apartJa({ seconds }: Detail): string {
  const whole = Number(seconds ?? 0);
  const [minutes, rest] = inMinutes(whole);
  return `${minutes === 0 ? '' : `${minutes} 分`}${rest === 0 ? '' : ` ${rest} 秒`}${whole < 0 ? '遅れて' : '進んで'}`.trim();
}

function apartEn({ seconds }: Detail): string {
  const whole = Number(seconds ?? 0);
  const [minutes, rest] = inMinutes(whole);
  const length = [minutes === 0 ? '' : `${minutes} min`, rest === 0 ? '' : `${rest} s`].filter((part) => part !== '');
  return `${length.join(' ')} ${whole < 0 ? 'behind' : 'ahead of'}`;
}

function inMinutes(seconds: number): readonly [number, number] {
  return [Math.floor(Math.abs(seconds) / 60), Math.abs(seconds) % 60];
}
