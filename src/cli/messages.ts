import { type Command, InvalidArgumentError, Option } from 'commander';
import { type MessageClass, messageClasses } from '../messaging/message-class';
import {
  pauseClass,
  pausedClasses,
  resumeClass,
} from '../messaging/pause-class';
import {
  pauseGatewayByStaff,
  resumeGatewayByStaff,
} from '../messaging/pause-gateway';
import { gatewayRows, queueDepth, unknownMessages } from '../messaging/queries';
import { type Settlement, settleMessage } from '../messaging/settle-message';
import { AppError } from '../runtime/errors';
import { SMS_GATEWAYS } from '../runtime/sms-routes-setting';
import { inHouse, type CommandHouse, type OpenHouse } from './command-house';
import { toldFate, toldStatus, toldUnknown } from './message-status';

const print = (lines: readonly string[]): void =>
  void process.stdout.write(`${lines.join('\n')}\n`);

/** `messages`: what waits, what stands still, and what only a person can settle. */
export function addMessagesCommands(program: Command, open: OpenHouse): void {
  const messages = program
    .command('messages')
    .description(
      "Les SMS: ce qui attend, ce qui est suspendu, ce que l'on ignore",
    );
  messages
    .command('status')
    .description('Compte les SMS qui attendent et montre ce qui est suspendu')
    .action(() =>
      inHouse(open, async ({ db, clock }) => {
        const [depth, gateways, paused] = await Promise.all([
          queueDepth(db),
          gatewayRows(db),
          pausedClasses(db),
        ]);
        print(toldStatus({ depth, gateways, paused, now: clock.now() }));
      }),
    );
  addPauses(messages, open);
  addUnknown(messages, open);
}

/** What a pause is of: a class or a gateway. */
interface Paused {
  class?: MessageClass;
  gateway?: string;
}

function addPauses(messages: Command, open: OpenHouse): void {
  const verbs = [
    ['pause', 'Suspend une classe de SMS ou une passerelle', stop],
    ['resume', 'Laisse repartir une classe de SMS ou une passerelle', goOn],
  ] as const;
  for (const [verb, description, act] of verbs)
    messages
      .command(verb)
      .description(description)
      .addOption(
        new Option('--class <classe>', 'la classe').choices(messageClasses),
      )
      .addOption(
        new Option('--gateway <passerelle>', 'la passerelle').choices(
          SMS_GATEWAYS,
        ),
      )
      .action((of: Paused) =>
        inHouse(open, async (house) => {
          if ((of.class === undefined) === (of.gateway === undefined))
            throw new AppError(
              'invalid',
              'Indiquez soit --class, soit --gateway.',
            );
          print([await act(house, of)]);
        }),
      );
}

async function stop(house: CommandHouse, of: Paused): Promise<string> {
  const done =
    of.class === undefined
      ? await pauseGatewayByStaff(house, of.gateway ?? '', 'cli')
      : await pauseClass(house, of.class, 'cli');
  return done
    ? 'Suspendu: plus rien ne part, sauf ce qui est déjà parti dans la seconde.'
    : "C'était déjà suspendu. Rien n'a été changé.";
}

async function goOn(house: CommandHouse, of: Paused): Promise<string> {
  const done =
    of.class === undefined
      ? await resumeGatewayByStaff(house, of.gateway ?? '', 'cli')
      : await resumeClass(house, of.class, 'cli');
  return done
    ? 'Repris: les SMS repartent dans la seconde.'
    : "Ce n'était pas suspendu. Rien n'a été changé.";
}

function addUnknown(messages: Command, open: OpenHouse): void {
  messages
    .command('unknown')
    .description("Montre les SMS dont on ignore s'ils sont arrivés")
    .option('--most <nombre>', 'combien au plus', readNumber, 50)
    .action(({ most }: { most: number }) =>
      inHouse(open, async ({ db }) => {
        print(toldUnknown(await unknownMessages(db, most)));
      }),
    );
  messages
    .command('settle')
    .argument('<sms>', 'le numéro que « unknown » montre', readNumber)
    .description("Dit ce qu'il est advenu d'un SMS que l'on ignorait")
    .addOption(
      new Option('--as <état>', 'remis, pris par la passerelle, ou perdu')
        .choices(['delivered', 'sent', 'failed'])
        .makeOptionMandatory(),
    )
    .action((sms: number, { as }: { as: Settlement }) =>
      inHouse(open, async (house) => {
        const settled = await settleMessage(house, sms, as, 'cli');
        if (settled.kind === 'notFound')
          throw new AppError('notFound', `Il n'y a pas de SMS n° ${sms}.`);
        if (settled.kind === 'settled')
          throw new AppError(
            'conflict',
            `Le sort du SMS n° ${sms} est connu: ${toldFate(settled.state)}. Rien n'a été changé.`,
          );
        print([`SMS n° ${sms}: noté. Il n'est pas renvoyé.`]);
      }),
    );
}

function readNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new InvalidArgumentError('Écrivez un nombre entier.');
  return Number(text);
}
