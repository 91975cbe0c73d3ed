import type { Metrics } from '../runtime/metrics';
import type { TurnDeps } from './take-turn';

/** Counts steps that were answered, by gateway and by whether the call goes on, and the seconds that they took in all. */
export function countedSteps(
  metrics: Pick<Metrics, 'add'>,
  answer: TurnDeps['answer'],
): TurnDeps['answer'] {
  return async (gateway, turn) => {
    const began = performance.now();
    const screen = await answer(gateway, turn);
    const labels = {
      gateway: gateway.name,
      call: screen.end ? 'ends' : 'goes on',
    };
    const seconds = (performance.now() - began) / 1000;
    metrics.add('jigi_ussd_steps_total', labels);
    metrics.add('jigi_ussd_step_seconds_total', labels, seconds);
    return screen;
  };
}
