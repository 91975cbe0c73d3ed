import {
  closeInbox,
  type InboxDesk,
  type InboxItem,
  mostShown,
  readClosed,
  readInbox,
  reopenInbox,
} from '../messaging/inbox';
import { maskMsisdn, spokenMsisdn } from '../text/msisdn';
import { saying } from './notices';
import { readNumber } from './read-fields';
import { forStaff, type Reply, type Route, type StaffedVisit } from './route';

const access = 'inboundSms.work';
const page = '/console/messages';

/** SMS of persons that no word answers: somebody reads them, and says when they are seen to. */
export const inboundPages: readonly Route[] = [
  forStaff('get', '/messages', access, list),
  forStaff('post', '/messages/:id/traite', access, close),
  forStaff('post', '/messages/:id/remis', access, putBack),
];

async function list(visit: StaffedVisit): Promise<Reply> {
  const desk = deskOf(visit);
  const items = await readInbox(desk);
  const closed = await readClosed(desk);
  return {
    ...{ kind: 'page', view: 'inbound', title: 'Messages reçus' },
    values: {
      items: items.map(shown),
      closed: closed.map(({ msisdn, ...item }) => ({
        ...{ ...item, masked: maskMsisdn(msisdn) },
      })),
      isCut: items.length === mostShown,
    },
  };
}

/** Off the list. Somebody else may have been faster: it is off all the same. */
async function close(visit: StaffedVisit): Promise<Reply> {
  const id = readNumber(visit.params['id']);
  if (id === undefined) return { kind: 'notFound' };
  await closeInbox(deskOf(visit), [id]);
  return { kind: 'goTo', path: saying(page, 'messageTraite') };
}

/** On the list again: "Traité" was a slip. Of one's own, within a day. */
async function putBack(visit: StaffedVisit): Promise<Reply> {
  const id = readNumber(visit.params['id']);
  if (id === undefined || !(await reopenInbox(deskOf(visit), id)))
    return { kind: 'notFound' };
  return { kind: 'goTo', path: saying(page, 'messageRemis') };
}

function deskOf({ house, staff }: StaffedVisit): InboxDesk {
  const { db, clock } = house;
  return { db, clock, actor: `officer:${staff.member.id}` };
}

/** What an answer was taken for, where it answered nothing that was asked. */
const taken: Partial<Record<InboxItem['meaning'], string>> = {
  yes: 'Répond OUI, mais rien n’était demandé à ce numéro',
  no: 'Répond NON, mais rien n’était demandé à ce numéro',
  digit: 'Répond par un chiffre, mais rien n’était demandé à ce numéro',
};

function shown({ id, msisdn, meaning, text, receivedAt }: InboxItem) {
  return {
    ...{ id, text, receivedAt },
    spoken: spokenMsisdn(msisdn),
    meant: taken[meaning],
  };
}
