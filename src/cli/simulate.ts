import { DEMO_PEOPLE } from '../exchange/demo-people';
import { type Config, loadConfig } from '../runtime/config';
import { createLogger } from '../runtime/logger';
import { packageRoot } from '../runtime/package-root';
import { startService } from '../serve';
import { openTexts } from '../text/texts';
import { type CalledService, calledService } from './called-service';
import { chooseLanguage } from './choose-language';
import { listedPeople } from './listed-people';
import { runCommand } from './run-command';
import { type SimulateChoices, simulateProgram } from './simulate-program';
import { simulatedCaller } from './simulated-caller';
import { terminalCall } from './terminal-call';
import { terminalInbox } from './terminal-inbox';
import { type Terminal, useTerminalPhone } from './terminal-phone';

const { languages } = openTexts({ root: packageRoot });

const complain = (line: string) => void process.stderr.write(`${line}\n`);

/** A phone in the terminal: `npm run simulate`. */
void runCommand(
  simulateProgram(
    languages.map(({ code }) => code),
    simulate,
  ),
  process.argv.slice(2),
  complain,
).then((code) => {
  process.exitCode = code;
});

async function simulate(choices: SimulateChoices): Promise<void> {
  if (choices.people) {
    process.stdout.write(`${listedPeople(DEMO_PEOPLE)}\n`);
    return;
  }
  const msisdn = simulatedCaller(choices, DEMO_PEOPLE);
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
  const shortCode = choices.code ?? config.shortCode;
  const token = choices.token ?? config.webhookTokens[0] ?? '';
  try {
    process.exitCode = await useTerminalPhone(
      terminal(stopped.signal),
      terminalCall({ url: service.url, token, shortCode, msisdn }),
      {
        code: choices.dial ?? shortCode,
        title: msisdn,
        inbox: terminalInbox(service.url, msisdn),
        ownReply: (screen) =>
          choices.lang && chooseLanguage(screen, languages, choices.lang),
      },
    );
  } finally {
    await service.stop();
  }
}

function terminal(signal: AbortSignal): Terminal {
  return {
    input: process.stdin,
    output: process.stdout,
    complain,
    isTerminal: process.stdin.isTTY && process.stdout.isTTY,
    signal,
  };
}

/** On a free port, beside whatever else runs here; its log tells only what somebody must see. */
function startOwn(config: Config): Promise<CalledService> {
  complain("Aucun service ne tourne ici: j'en démarre un.");
  const log = createLogger({ level: 'error', destination: process.stderr });
  // With the jobs: without them no SMS would come.
  const options = { withJobs: true, say: complain, log };
  return startService({ ...config, port: 0, metricsPort: 0 }, options);
}
