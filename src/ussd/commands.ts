import type { Answer, Command } from '../../flows/contract';
import { answerQuestion } from '../complaints/answer-question';
import { fileComplaint } from '../complaints/file-complaint';
import { findComplaint } from '../complaints/find-complaint';
import { hearComplainant } from '../complaints/hear-complainant';
import { locateComplaint } from '../complaints/locate-complaint';
import { spendNameless } from '../complaints/nameless-limit';
import { askPhoneChange } from '../messaging/ask-phone-change';
import { changeSmsChoice } from '../messaging/change-sms-choice';
import { chooseLanguage } from '../register/choose-for-phone';
import { withoutAbsent } from '../register/disclosure';
import type { Tx } from '../runtime/database';
import { communeOfPoster } from '../staff/commune-of-poster';
import { type IsoDay, lastSuchDay } from '../text/dates';
import { parseMsisdn } from '../text/msisdn';
import { askCallback } from './ask-callback';
import { complaintTold } from './complaint-told';
import type { Conversation } from './conversation';
import { once } from './once';
import { proveCaller } from './prove-caller';
import type { Outcome } from './outcome';
import { sayRation, sayReceipt } from './record-said';
import { effectKey } from './scene';
import { firstLocale } from './show-screen';
import type { Scene } from './scene';
import type { UssdHouse } from './ussd-house';

type Handler<T extends Command['type']> = (
  command: Extract<Command, { type: T }>,
  scene: Scene,
  conversation: Conversation,
  place: string,
) => Promise<Outcome>;

const told = (answer: Answer): Outcome => ({ answer });

/** Runs an effect once for this place of this call. */
function effect(
  scene: Scene,
  place: string,
  name: string,
  work: (
    deps: { tx: Tx } & Pick<UssdHouse, 'clock' | 'wording'>,
  ) => Promise<Answer>,
): Promise<Answer> {
  const { clock, wording } = scene.house;
  return once(scene, effectKey(scene, place, name), (tx) =>
    work({ tx, clock, wording }),
  );
}

const localeOf = (conversation: Conversation): string =>
  conversation.locale ?? firstLocale;

/** One handler for each command of the flows; a missing one does not compile. */
export const commands: { [T in Command['type']]: Handler<T> } = {
  open: (command) =>
    Promise.resolve({
      open:
        command.with === undefined
          ? { flow: command.flow }
          : { flow: command.flow, with: command.with },
    }),

  resume: (_command, _scene, { offer }) =>
    Promise.resolve(
      offer === undefined
        ? { open: { flow: 'main' } }
        : { change: { ...offer, offer: undefined } },
    ),

  'language.choose': async ({ locale }, scene, conversation, place) => {
    const answer = await effect(
      scene,
      place,
      'language.choose',
      async (deps) => {
        await chooseLanguage(deps, scene.turn.msisdn, locale);
        return { type: 'told.done' };
      },
    );
    const dossier = { ...conversation.dossier, localeKnown: true };
    return { answer, change: { locale, dossier } };
  },

  'sms.choose': async ({ on }, scene, conversation, place) => {
    const answer = await effect(scene, place, 'sms.choose', async (deps) => {
      await changeSmsChoice(deps, scene.turn.msisdn, on);
      return { type: 'told.done' };
    });
    const dossier = { ...conversation.dossier, smsOn: on };
    return { answer, change: { dossier } };
  },

  'identity.prove': ({ digits }, scene, conversation, place) =>
    proveCaller(scene, conversation, digits, place),

  'receipt.record': sayReceipt,

  'ration.record': sayRation,

  'complaint.file': async (command, scene, conversation, place) => {
    const anonymous = command.respondBy === 'none';
    const asksForNumber = command.subject === 'phone.newNumber';
    const newMsisdn = asksForNumber
      ? parseMsisdn(command.newNumber ?? scene.turn.msisdn)
      : undefined;
    if (asksForNumber && newMsisdn === undefined) {
      return told({ type: 'told.unusable' });
    }
    const { proof } = conversation;
    const { hashKey } = scene.house;
    const answer = await effect(scene, place, command.type, async (deps) => {
      if (
        anonymous &&
        !(await spendNameless(
          { ...deps, hashKey },
          scene.turn.msisdn,
          command.category === 'thanks' ? 'thanks' : 'complaints',
        ))
      ) {
        return { type: 'told.exhausted' };
      }
      const filed = await fileComplaint(deps, {
        category: command.category,
        subject: command.subject,
        origin: 'ussd',
        respondBy: command.respondBy,
        anonymous,
        retaliation: command.retaliation ?? false,
        locale: localeOf(conversation),
        proofLevel: proof?.level ?? 'L0',
        householdId: proof?.householdId,
        // Who dials again with the number needs no number of hers to be kept.
        contactMsisdn:
          anonymous || command.respondBy === 'dial'
            ? undefined
            : scene.turn.msisdn,
        paymentId: command.paymentId,
        distributionId: command.distributionId,
      });
      if (newMsisdn !== undefined && proof !== undefined && !anonymous) {
        await askPhoneChange(deps, {
          householdId: proof.householdId,
          newMsisdn,
        });
      }
      return withoutAbsent({
        type: 'told.filed' as const,
        reference: filed.reference,
        dueOn: filed.dueOn,
      });
    });
    const filed =
      answer.type === 'told.filed'
        ? [...conversation.filed, answer.reference]
        : conversation.filed;
    return { answer, change: { filed } };
  },

  'complaint.locate': async (command, scene, conversation, place) => {
    const { reference, communeDigits } = command;
    const code = await communeOfPoster(scene.house.db, communeDigits);
    if (code === undefined || !conversation.filed.includes(reference)) {
      return told({ type: 'told.unusable' });
    }
    return told(
      await effect(scene, place, command.type, async (deps) => {
        await locateComplaint(deps, reference, code);
        return { type: 'told.done' };
      }),
    );
  },

  'complaint.find': async ({ reference }, scene, conversation, place) => {
    const search = await once(
      scene,
      effectKey(scene, place, 'complaint.find'),
      (tx) =>
        findComplaint(
          { tx, clock: scene.house.clock },
          reference,
          scene.phoneKey(),
        ),
    );
    return told(
      search.kind === 'found'
        ? {
            type: 'told.found',
            complaint: complaintTold(
              scene.house.texts,
              conversation,
              search.complaint,
            ),
          }
        : { type: `told.${search.kind}` },
    );
  },

  'complaint.say': async (command, scene, conversation, place) => {
    const { proof } = conversation;
    if (proof === undefined) {
      return told({ type: 'told.unusable' });
    }
    return told(
      await effect(scene, place, command.type, async (deps) => {
        const hearing = await hearComplainant(deps, {
          complaintId: command.complaintId,
          householdId: proof.householdId,
          word: command.word,
        });
        return {
          type: hearing.kind === 'done' ? 'told.done' : 'told.unusable',
        };
      }),
    );
  },

  'complaint.answer': async (command, scene, conversation, place) => {
    const { proof } = conversation;
    if (proof === undefined) return told({ type: 'told.unusable' });
    return told(
      await effect(scene, place, command.type, async (deps) => {
        const kept = await answerQuestion(deps, {
          ...{ complaintId: command.complaintId, by: 'ussd' },
          householdId: proof.householdId,
          answer: answerOf(command.answer, deps.clock.today()),
        });
        return { type: kept.kind === 'done' ? 'told.done' : 'told.unusable' };
      }),
    );
  },

  'counsellor.ask': async (_command, scene) =>
    told({
      type: 'told.counsellor',
      open: await scene.house.counsellorLine.isOpen(),
    }),

  'callback.request': async (command, scene, conversation, place) =>
    told(await askCallback(command, scene, conversation, place)),
};

/** Day and month in four digits are the last such day; anything else is what it is. */
function answerOf(said: string, today: IsoDay): string {
  return said.length === 4 ? (lastSuchDay(said, today) ?? said) : said;
}

/** Carries out one decision of a chart. */
export function carryOut(
  command: Command,
  scene: Scene,
  conversation: Conversation,
  place: string,
): Promise<Outcome> {
  // The table's type pairs each command with its own handler; indexing by a union loses the pairing.
  const handler = commands[command.type] as Handler<Command['type']>;
  return handler(command, scene, conversation, place);
}
