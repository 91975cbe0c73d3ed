import type { CaseFile } from '../complaints/case-file';
import { openQuestion } from '../complaints/case-history';
import { mayAct, mayApprove, type Officer } from '../complaints/visibility';
import { colleaguesOf } from '../staff/colleagues';
import { placesOfCommunes } from '../staff/place-of-commune';
import type { ActGroup, ActGround, CaseAct } from './case-act';
import { caseActs } from './case-acts';
import { offeredBodies } from './offered-bodies';
import type { StaffedVisit } from './route';

/** A form of the page that was refused: which one, why, and what it left. */
export interface LeftForm {
  act: string;
  faults: Readonly<Record<string, string>>;
  /** Somebody else acted meanwhile. */
  isOvertaken?: true;
}

const groupTitles: Readonly<Record<Exclude<ActGroup, 'approval'>, string>> = {
  next: 'Travailler',
  closing: 'Répondre et clore',
  around: 'Autour de la demande',
};

/** Whether an account may do this to a request as it stands. */
export function isOffered(
  act: CaseAct,
  officer: Officer,
  found: CaseFile,
): boolean {
  // The second person may be of a level below.
  const rule = act.group === 'approval' ? mayApprove : mayAct;
  return rule(officer, act.permission, found) && act.isOpenTo(found, officer);
}

/** The forms of what an account may do to a request, in their groups; the refused one as it was left. */
export async function actForms(
  { house, staff, form: typed }: StaffedVisit,
  officer: Officer,
  found: CaseFile,
  left: LeftForm | undefined,
) {
  const { db, texts } = house;
  const offered = caseActs.filter((act) => isOffered(act, officer, found));
  const placeOf = await placesOfCommunes(db, [found.communeCode]);
  const region = placeOf(found.communeCode).region;
  const [takers, bodies, asked] = await Promise.all([
    colleaguesOf(db, staff.member, 'complaints.work'),
    offeredBodies(db, region),
    openQuestion(db, found.id),
  ]);
  const ground = { found, texts, takers, bodies, asked };
  const forms = offered.map((act) => {
    const isLeft = left?.act === act.word;
    return shownForm(act, { ...ground, typed: isLeft ? typed : {} }, left);
  });
  const of = (group: ActGroup) => forms.filter((form) => form.group === group);
  return {
    isLeftShown: forms.some(({ isOpen }) => isOpen),
    approval: of('approval'),
    groups: Object.entries(groupTitles).flatMap(([group, title]) => {
      // The table's own keys.
      const its = of(group as ActGroup);
      return its.length === 0 ? [] : [{ title, forms: its }];
    }),
  };
}

function shownForm(act: CaseAct, ground: ActGround, left?: LeftForm) {
  const { word, title, button, hint, group, isGrave = false } = act;
  const isOpen = left?.act === word;
  return {
    ...{ word, title, button, hint, group, isGrave, isOpen },
    classes: word === 'renvoyer' ? 'govuk-button--secondary' : '',
    fields: (act.fields?.(ground) ?? []).map((field) => ({
      ...field,
      value: ground.typed[field.name],
      fault: isOpen ? left.faults[field.name] : undefined,
    })),
  };
}
