import { officerOf } from '../complaints/officer';
import {
  openCorrections,
  type OpenCorrection,
} from '../register/open-corrections';
import { settleCorrection } from '../register/settle-correction';
import { maskMsisdn } from '../text/msisdn';
import { languageWords } from './complaint-words';
import { saying } from './notices';
import { readNumber } from './read-fields';
import { forStaff, type Reply, type Route, type StaffedVisit } from './route';

const access = 'corrections.settle';

/** Where the register and the person do not say the same. */
export const correctionPages: readonly Route[] = [
  forStaff('get', '/corrections', access, list),
  forStaff('post', '/corrections/:id/regler', access, settle),
];

async function list({ house, query }: StaffedVisit): Promise<Reply> {
  const after = readNumber(query['apres']);
  const { corrections, next } = await openCorrections(house.db, after);
  return {
    ...{ kind: 'page', view: 'corrections', title: 'Corrections du registre' },
    values: {
      corrections: corrections.map(shownCorrection),
      first: after && '/console/corrections',
      next: next && `/console/corrections?apres=${next}`,
    },
  };
}

async function settle({ house, staff, params }: StaffedVisit): Promise<Reply> {
  const id = readNumber(params['id']);
  if (id === undefined) return { kind: 'notFound' };
  const officer = await officerOf(house.db, staff.member);
  const { kind } = await settleCorrection(house, officer, id);
  return kind === 'notFound'
    ? { kind }
    : {
        kind: 'goTo',
        path: saying('/console/corrections', 'correctionReglee'),
      };
}

const fields: Readonly<Record<string, string>> = {
  phone: 'Numéro de téléphone',
  locale: 'Langue',
  sms_consent: 'Accord pour les SMS',
};

function shownCorrection(one: OpenCorrection) {
  return {
    ...one,
    fieldText: fields[one.field] ?? one.field,
    registerText: valueText(one.field, one.registerValue),
    chosenText: valueText(one.field, one.chosenValue),
  };
}

/** Numbers masked: the household's card shows them, with a reason. */
function valueText(field: string, value: string | null): string {
  if (value === null || value === '') return 'Rien';
  if (field === 'phone') return maskMsisdn(value);
  if (field === 'locale') return languageWords[value] ?? value;
  return value === 'true' ? 'Oui' : value === 'false' ? 'Non' : value;
}
