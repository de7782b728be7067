import type { System } from '../domain/people/record.ts';
import type { Locale } from '../domain/policy.ts';
import { systemName } from '../domain/texts/words.ts';
import { SKEW_BOUND_MS } from '../steps/watch-clock.ts';
import type { Works } from '../steps/works.ts';
import type { Check } from './check.ts';

/** Does this CRM tell the same time as we do, by its answers until now? Left out where they bear none. */
export function clockChecks(system: System, { crm }: Pick<Works, 'crm'>, locale: Locale): readonly Check[] {
  const aheadMs = crm[system].aheadMs();
  if (aheadMs === null) return [];
  const t = locale === 'ja' ? JA : EN;
  const name = t.clock(systemName(system, locale));
  if (Math.abs(aheadMs) <= SKEW_BOUND_MS) return [{ name, ok: true, says: t.agrees }];
  const seconds = Math.round(Math.abs(aheadMs) / 1000);
  return [{ name, ok: false, says: aheadMs < 0 ? t.behind(seconds) : t.ahead(seconds), remedy: t.remedy }];
}

type Words = typeof JA;
const JA = {
  clock: (system: string) => `時計 ${system}`,
  agrees: 'このマシンの時計との差は 1 分以内です',
  ahead: (seconds: number) => `このマシンの時計より ${seconds} 秒進んでいます`,
  behind: (seconds: number) => `このマシンの時計より ${seconds} 秒遅れています`,
  remedy: '両方のシステムで出ている場合は、このマシンの時刻同期(NTP)を確認してください',
};
const EN: Words = {
  clock: (system) => `Clock ${system}`,
  agrees: 'agrees with that of this machine to within a minute',
  ahead: (seconds) => `is ${seconds} s ahead of that of this machine`,
  behind: (seconds) => `is ${seconds} s behind that of this machine`,
  remedy: 'If both systems are named, see to the time synchronisation (NTP) of this machine.',
};
