import { levels, levelTitles } from '../complaints/levels';
import type { Named } from '../complaints/name-subject';
import type { Database } from '../runtime/database';
import { accountByLogin } from '../staff/account-by-login';
import { type ActField, choiceField, missing } from './case-act';
import type { Fields } from './route';

const kinds = {
  agent: 'Un agent de paiement',
  staff: 'Quelqu’un du programme, qui a un compte',
  person: 'Une personne',
  body: 'Un service, un comité',
} as const;

/** The fields that tell whom a request is about. */
export function namedFields(typed: Fields): ActField[] {
  return [
    choiceField(
      { name: 'genre', label: 'Qui', none: 'Choisissez' },
      Object.entries(kinds),
      typed,
    ),
    {
      ...{ kind: 'text', name: 'nom', label: 'Nom' },
      hint: 'De la personne ou du service',
    },
    {
      ...{ kind: 'text', name: 'code', label: 'Code ou identifiant' },
      hint: 'Le code de l’agent dans les fichiers de paiement, ou l’identifiant du compte',
    },
    choiceField(
      { name: 'niveau', label: 'Son niveau', none: 'Aucun' },
      Object.entries(levelTitles),
      typed,
    ),
  ];
}

/** Reads whom a form names. */
export async function readNamed(
  db: Pick<Database, 'prisma'>,
  form: Fields,
): Promise<{ kind: 'read'; named: Named } | ReturnType<typeof missing>> {
  const kind = form['genre'];
  const text = (form['nom'] ?? '').trim();
  const code = (form['code'] ?? '').trim();
  const level = levels.find((one) => one === form['niveau']);
  const at = level === undefined ? {} : { level };
  switch (kind) {
    case 'agent':
      if (code === '') return missing({ code: 'Écrivez le code de l’agent.' });
      return {
        kind: 'read',
        named: { kind, code, ...at, ...(text !== '' && { text }) },
      };
    case 'person':
    case 'body':
      if (text === '') return missing({ nom: 'Écrivez un nom.' });
      return { kind: 'read', named: { kind, text, ...at } };
    case 'staff': {
      const accountId = await accountByLogin(db, code);
      if (accountId === undefined)
        return missing({ code: 'Aucun compte n’a cet identifiant.' });
      return { kind: 'read', named: { kind, accountId } };
    }
    default:
      return missing({ genre: 'Choisissez de qui il s’agit.' });
  }
}
