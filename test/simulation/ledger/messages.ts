import type { KeptMessage } from '../../../src/domain/people/message.ts';
import type { Instant } from '../../../src/domain/values/value.ts';
import { messageFrom } from '../../../src/ledger/messages.ts';
import type { EntityPlan } from '../../../src/reconcile/entity-plan.ts';
import { byColumns } from './order.ts';
import type { State } from './state.ts';

/** What is of no use any more goes before what is new. */
export function storeMessages(state: State, plans: readonly EntityPlan[], at: Instant): void {
  withdraw(
    state,
    plans.flatMap(({ withdraw: clocks = [] }) => clocks),
    at,
  );
  for (const { person, to, until, ...message } of plans.flatMap(({ messages = [] }) => messages)) {
    if (state.messages.get(message.id) !== undefined) continue;
    const told = { ...message, entity: person, recipient: to, until: until ?? null, made_at: at };
    state.messages.put({ ...told, delivered_at: null, withdrawn_at: null });
  }
}

export function withdraw(state: State, clocks: readonly string[], at: Instant): void {
  for (const clock of clocks)
    for (const message of state.messages.by('clock', clock))
      if (message.delivered_at === null && message.withdrawn_at === null)
        state.messages.put({ ...message, withdrawn_at: at });
}

/** See `Ledger.messages`. */
export function readMessages(state: State, limit: number): readonly KeptMessage[] {
  const inOrder = state.messages.all().toSorted(
    byColumns(
      ({ made_at }) => -made_at,
      ({ id }) => id,
    ),
  );
  return inOrder.slice(0, limit).map(messageFrom);
}
