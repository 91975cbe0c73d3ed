import { flows } from '../../flows/index';
import type { Conversation, Shown } from './conversation';
import type { Scene } from './scene';
import { writeScreen } from './screen';

/** The language of a caller who has not chosen one. */
export const firstLocale = 'fr';

/** The language in which the screen of a position is shown. */
export function localeOfScreen(
  { house }: Scene,
  { position, locale = firstLocale }: Pick<Conversation, 'position' | 'locale'>,
): string {
  return house.blockedScreens.has(`${locale} ${position.flow}`)
    ? firstLocale
    : locale;
}

/** Writes what the caller sees where the call stands. */
export function showScreen(
  scene: Scene,
  conversation: Pick<Conversation, 'position' | 'dossier' | 'locale'>,
  notice?: string,
): Shown {
  const { house, gateway } = scene;
  const { position, dossier } = conversation;
  return writeScreen(
    flows[position.flow],
    position,
    dossier,
    {
      texts: house.texts,
      locale: localeOfScreen(scene, conversation),
      today: house.clock.today(),
    },
    gateway.page,
    notice,
  );
}
