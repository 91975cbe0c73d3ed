import type { AtVersion } from '../complaints/case-desk';
import type { SealingDesk } from '../complaints/seal-complaint';
import type { CaseFile } from '../complaints/case-file';
import type { Officer } from '../complaints/visibility';
import type { Permission } from '../staff/roles';
import type { Texts } from '../text/texts';
import { type Choice, choices } from './inbox-choices';
import type { Notice } from './notices';
import type { OfferedBody } from './offered-bodies';
import type { Fields } from './route';

/** One field of an act's form. */
export type ActField = {
  name: string;
  label: string;
  hint?: string;
} & (
  | { kind: 'text'; inputmode?: 'numeric' }
  | { kind: 'area' }
  | { kind: 'choice'; items: readonly Choice[] }
);

/** What fields may be made of. */
export interface ActGround {
  found: CaseFile;
  texts: Texts;
  /** To whom it may be given. */
  takers: readonly { id: number; fullName: string }[];
  bodies: readonly OfferedBody[];
  /** The question that waits for an answer. */
  asked: { kind: string; code: string } | undefined;
  /** What a refused form left. */
  typed: Fields;
}

/** Where an act stands on the page. */
export type ActGroup = 'next' | 'closing' | 'around' | 'approval';

/** What came of a form: what the use case answered, or faults by field. */
export type ActResult =
  | { kind: Exclude<string, 'faults'>; faults?: never }
  | { kind: 'faults'; faults: Readonly<Record<string, string>> };

/** One act on a request: its form, and what it does. */
export interface CaseAct {
  /** Last part of its address. */
  word: string;
  title: string;
  button: string;
  hint?: string;
  isGrave?: true;
  group: ActGroup;
  permission: Permission;
  /** What the page says afterwards. */
  notice: Notice;
  /** Whether it can be done to a request as it stands; who may is asked apart. */
  isOpenTo: (found: CaseFile, officer: Officer) => boolean;
  fields?: (ground: ActGround) => readonly ActField[];
  run: (
    desk: SealingDesk,
    officer: Officer,
    at: AtVersion,
    form: Fields,
  ) => Promise<ActResult>;
}

/** Faults of a form that was not filled in. */
export function missing(faults: Readonly<Record<string, string>>): {
  kind: 'faults';
  faults: Readonly<Record<string, string>>;
} {
  return { kind: 'faults', faults };
}

/** What an officer wrote beside an act, where she wrote something. */
export function noteOf(form: Fields): { note?: string } {
  const note = (form['note'] ?? '').trim();
  return note === '' ? {} : { note };
}

/** A list to choose from, as it was left. */
export function choiceField(
  field: Pick<ActField, 'name' | 'label' | 'hint'> & { none: string },
  words: readonly (readonly [string, string])[],
  typed: Fields,
): ActField {
  const { none, ...named } = field;
  const items = choices(words, typed[field.name], none);
  return { ...named, kind: 'choice', items };
}
