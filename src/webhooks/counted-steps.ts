import type { Metrics } from '../runtime/metrics';
import type { TurnDeps } from './take-turn';

/** Measures steps from the door to their screen. */
export function countedSteps(
  metrics: Pick<Metrics, 'observe'>,
  answer: TurnDeps['answer'],
): TurnDeps['answer'] {
  return async (gateway, turn) => {
    const began = performance.now();
    const screen = await answer(gateway, turn);
    metrics.observe(
      'jigi_ussd_step_seconds',
      { gateway: gateway.name },
      (performance.now() - began) / 1000,
    );
    return screen;
  };
}
