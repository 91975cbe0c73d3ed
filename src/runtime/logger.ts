import pino from 'pino';
import { describeError } from './described-error';
import { patientOutput } from './patient-output';

/** The facts that a line may carry. A new one is added here first, after asking what it tells about a person. */
export const FACTS = [
  ...['requestId', 'method', 'route', 'status', 'durationMs', 'bytes'],
  ...['gateway', 'operator', 'session', 'step', 'locale', 'flow', 'screen'],
  ...['outcome', 'ending', 'command', 'proofLevel', 'maskedMsisdn', 'replayed'],
  ...['fault', 'pages', 'septets', 'version', 'attempt', 'count', 'name'],
  ...['kind', 'file', 'line', 'column', 'read', 'created', 'updated'],
  ...['unchanged', 'stale', 'rejected', 'seconds', 'migrations', 'households'],
  ...['host', 'port', 'metricsPort', 'demo', 'signal', 'job', 'store', 'check'],
  'campaignId',
] as const satisfies readonly string[];

/** Facts of one line. Numbers of phones appear masked or not at all. */
export type LogFacts = {
  [Name in (typeof FACTS)[number]]?: string | number | boolean | undefined;
} & { error?: unknown };

/**
 * One JSON object a line: a constant message, and facts as fields.
 * `error`: somebody must act now; `warn`: look this week; `info`: one line a request, job or import.
 */
export interface Log {
  error(message: string, facts?: LogFacts): void;
  warn(message: string, facts?: LogFacts): void;
  info(message: string, facts?: LogFacts): void;
  debug(message: string, facts?: LogFacts): void;
}

/** Where lines go and from which level on; tests give a stream of their own. */
export interface LoggerOptions {
  level: string;
  destination?: { write(line: string): void };
}

/** Makes the log of this program, on stdout unless told otherwise. */
export function createLogger(options: LoggerOptions): Log {
  const writer = pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    options.destination ?? patientOutput(1),
  );
  const line =
    (level: 'error' | 'warn' | 'info' | 'debug') =>
    (message: string, facts?: LogFacts) => {
      if (!writer.isLevelEnabled(level)) return;
      writer[level](declaredFacts(facts), message);
      // Lines go out together; one that somebody should look at does not wait for others.
      if (level === 'error' || level === 'warn') writer.flush();
    };
  return {
    error: line('error'),
    warn: line('warn'),
    info: line('info'),
    debug: line('debug'),
  };
}

const DECLARED: ReadonlySet<string> = new Set(FACTS);

/** A structural type lets surplus fields through; this does not. */
function declaredFacts(facts: LogFacts | undefined): Record<string, unknown> {
  const written: Record<string, unknown> = {};
  if (facts === undefined) return written;
  for (const name in facts) {
    const fact: unknown = facts[name as keyof LogFacts];
    if (fact !== undefined && DECLARED.has(name))
      written[name] = typeof fact === 'string' ? withoutNumbers(fact) : fact;
  }
  if (facts.error !== undefined) written['error'] = describe(facts.error);
  return written;
}

/** JSON makes the whole description one text, in which every string is cleared at once. */
function describe(error: unknown): unknown {
  return JSON.parse(withoutNumbers(JSON.stringify(describeError(error))));
}

const PHONE_OR_CARD = /\d(?: ?\d){7,}/g;

/** The last net under a mistake elsewhere: no eight digits in a row, spaced or not, reach the log. */
function withoutNumbers(text: string): string {
  if (text.length < 8) return text;
  return text.replace(PHONE_OR_CARD, '••••••••');
}
