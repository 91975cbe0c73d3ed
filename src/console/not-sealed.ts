import type { ConsoleHouse } from './console-house';
import type { Reply } from './route';

/**
 * What an officer reads who seals before there is a key: that nothing was kept of what she wrote, and where somebody is
 * heard meanwhile.
 * @param reference of the request that stays as it was; absent where none was filed
 */
export function notSealed(
  { contacts }: Pick<ConsoleHouse, 'contacts'>,
  reference?: string,
): Reply {
  return {
    ...{ kind: 'page', view: 'not-sealed', title: 'Rien n’est gardé' },
    ...{ status: 409, values: { contacts, reference } },
  };
}
