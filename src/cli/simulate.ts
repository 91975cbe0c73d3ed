import { Command } from 'commander';

import { DEMO_PEOPLE } from '../exchange/demo-people';
import { type Config, loadConfig } from '../runtime/config';
import { AppError } from '../runtime/errors';
import { createLogger } from '../runtime/logger';
import { packageRoot } from '../runtime/package-root';
import { startService } from '../serve';
import { parseCaller } from '../text/msisdn';
import { openTexts } from '../text/texts';
import { type CalledService, calledService } from './called-service';
import { chooseLanguage } from './choose-language';
import { listedPeople } from './listed-people';
import { terminalCall } from './terminal-call';
import { useTerminalPhone } from './terminal-phone';

interface Choices {
  phone?: string;
  lang?: string;
  url?: string;
  token?: string;
  code?: string;
  dial?: string;
  people?: true;
}

const { languages } = openTexts({ root: packageRoot });

const complain = (line: string) => void process.stderr.write(`${line}\n`);

new Command('simulate')
  .description(
    "un téléphone dans le terminal, qui appelle Jigi comme le fait Africa's Talking",
  )
  .option('--phone <numéro>', "qui appelle (sinon quelqu'un de --people)")
  .option('--lang <langue>', `répond au choix de la langue: ${tongues()}`)
  .option(
    '--url <adresse>',
    'le service à appeler (sinon celui de HOST et PORT, ou un service démarré ici)',
  )
  .option('--token <jeton>', 'le jeton de ses passerelles')
  .option('--code <code>', 'son code court')
  .option('--dial <code>', 'ce qui est composé, par exemple *384*55*1#')
  .option('--people', 'dit qui peut appeler, et quitte')
  .helpOption('-h, --help', 'montre cette aide')
  .action((choices: Choices) => simulate(choices))
  .parseAsync()
  .catch((error: unknown) => {
    complain(error instanceof AppError ? error.message : String(error));
    process.exitCode = 1;
  });

async function simulate(choices: Choices): Promise<void> {
  if (choices.people) {
    process.stdout.write(`${listedPeople(DEMO_PEOPLE)}\n`);
    return;
  }
  const msisdn = callerOf(choices);
  const stopped = new AbortController();
  const stop = () => stopped.abort();
  process.once('SIGTERM', stop).once('SIGINT', stop);

  const config = loadConfig();
  const here = `http://${config.host}:${config.port}`;
  const service = await calledService(
    () => startOwn(config),
    here,
    choices.url,
  );
  try {
    const shortCode = choices.code ?? config.shortCode;
    const call = terminalCall({
      url: service.url,
      token: choices.token ?? config.webhookTokens[0] ?? '',
      shortCode,
      msisdn,
    });
    const terminal = {
      input: process.stdin,
      output: process.stdout,
      complain,
      isTerminal: process.stdin.isTTY && process.stdout.isTTY,
      signal: stopped.signal,
    };
    process.exitCode = await useTerminalPhone(terminal, call, {
      code: choices.dial ?? shortCode,
      title: msisdn,
      ownReply: (screen) =>
        choices.lang && chooseLanguage(screen, languages, choices.lang),
    });
  } finally {
    await service.stop();
  }
}

/** On a free port, beside whatever else runs here; its log tells only what somebody must see. */
function startOwn(config: Config): Promise<CalledService> {
  complain("Aucun service ne tourne ici: j'en démarre un.");
  const log = createLogger({ level: 'error', destination: process.stderr });
  const options = { withJobs: false, say: complain, log };
  return startService({ ...config, port: 0, metricsPort: 0 }, options);
}

/** The number given; else that of the first invented person who speaks the language asked for. */
function callerOf({ phone, lang }: Choices): string {
  if (lang !== undefined && !languages.some(({ code }) => code === lang)) {
    throw new AppError('invalid', `--lang ${lang}: écrivez ${tongues()}.`);
  }
  if (phone === undefined) {
    const person = DEMO_PEOPLE.find(({ locale }) => !lang || locale === lang);
    return (person ?? DEMO_PEOPLE[0])?.msisdn ?? '';
  }
  const caller = parseCaller(phone);
  if (caller !== undefined) return caller;
  throw new AppError(
    'invalid',
    `${phone} n'est pas un numéro. Écrivez-le comme +22360000001.`,
  );
}

function tongues(): string {
  return languages.map(({ code }) => code).join(' ou ');
}
