import { flows } from '../../flows/index';
import type { Conversation, Shown } from './conversation';
import type { Scene } from './scene';
import { writeScreen } from './screen';

/** The language of a caller who has not chosen one. */
export const firstLocale = 'fr';

/** Writes what the caller sees where the call stands. */
export function showScreen(
  { house, gateway }: Scene,
  {
    position,
    dossier,
    locale,
  }: Pick<Conversation, 'position' | 'dossier' | 'locale'>,
  notice?: string,
): Shown {
  const wanted = locale ?? firstLocale;
  const isBlocked = house.blockedScreens.has(`${wanted} ${position.flow}`);
  return writeScreen(
    flows[position.flow],
    position,
    dossier,
    {
      texts: house.texts,
      locale: isBlocked ? firstLocale : wanted,
      today: house.clock.today(),
    },
    gateway.page,
    notice,
  );
}
