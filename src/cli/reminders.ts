import { InvalidArgumentError, type Command } from 'commander';
import { reminderSources } from '../exchange/reminder-sources';
import { openSmsWording } from '../messaging/compose';
import {
  cancelReminder,
  upcomingReminders,
  type UpcomingReminder,
} from '../messaging/upcoming-reminders';
import { AppError } from '../runtime/errors';
import { packageRoot } from '../runtime/package-root';
import { bamakoDay, shortDay, weekdayDay } from '../text/dates';
import { openTexts } from '../text/texts';
import { inHouse, type OpenHouse } from './command-house';
import { reminderTitle } from './reminder-titles';

const dayMs = 86_400_000;

/** `reminders list [--days N]` and `reminders cancel ID`: what will go by itself, when and to how many. */
export function addReminderCommands(program: Command, open: OpenHouse): void {
  const reminders = program
    .command('reminders')
    .description("Les annonces qui partiront d'elles-mêmes");
  reminders
    .command('list')
    .description('Ce qui partira, quand, et à combien de téléphones')
    .option('--days <jours>', 'combien de jours à venir', whole, 14)
    .action(async ({ days }: { days: number }) => {
      const upcoming = await inHouse(open, ({ db, clock }) =>
        upcomingReminders(
          { ...{ db, clock, sources: reminderSources }, wording: anyWording() },
          new Date(clock.now().getTime() + days * dayMs),
        ),
      );
      process.stdout.write(`${toldUpcoming(upcoming).join('\n')}\n`);
    });
  reminders
    .command('cancel')
    .description('Retire une annonce, et ses SMS qui ne sont pas partis')
    .argument('<numéro>', 'numéro donné par « list »', whole)
    .action(async (id: number) => {
      const done = await inHouse(open, (house) =>
        cancelReminder({ ...house, actor: 'cli' }, id),
      );
      if (done.kind === 'notFound')
        throw new AppError('notFound', `Il n'y a pas d'annonce ${id}.`);
      process.stdout.write(
        `Annonce ${id} retirée; SMS retirés avant leur départ: ${done.messages}.\n`,
      );
    });
}

/** Which phones are reached depends on which texts there are, not on what they say. */
function anyWording() {
  const texts = openTexts({ root: packageRoot });
  return openSmsWording({ texts, shortCode: '*#', allowUnreviewed: true });
}

/** What staff read of them: a line for each. */
export function toldUpcoming(upcoming: readonly UpcomingReminder[]): string[] {
  if (upcoming.length === 0) return ['Aucune annonce à venir.'];
  return upcoming.map(({ id, rule, subject, from, to, dueAt, phones }) => {
    const day = weekdayDay(bamakoDay(dueAt), 'fr');
    const hour = dueAt.toISOString().slice(11, 16);
    const days = [from, to].flatMap((one) =>
      one === null ? [] : [shortDay(one)],
    );
    const about =
      days.length === 0 ? 'date inconnue' : [...new Set(days)].join(' - ');
    return `${id}  ${day} ${hour}  ${reminderTitle(rule)}: ${subject} (${about}), ${phones} ${phones === 1 ? 'téléphone' : 'téléphones'}`;
  });
}

function whole(text: string): number {
  if (!/^\d{1,9}$/.test(text))
    throw new InvalidArgumentError('Écrivez un nombre entier.');
  return Number(text);
}
