import type { Log } from './logger';
import type { Metrics } from './metrics';

/** A log whose lines are counted by level, those below its level too. */
export function countedLog(log: Log, metrics: Pick<Metrics, 'add'>): Log {
  const counted = (level: keyof Log): Log[typeof level] => {
    const labels = { level };
    return (message, facts) => {
      metrics.add('jigi_log_lines_total', labels);
      log[level](message, facts);
    };
  };
  return {
    error: counted('error'),
    warn: counted('warn'),
    info: counted('info'),
    debug: counted('debug'),
  };
}
