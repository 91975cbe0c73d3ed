import { Argument, type Command } from 'commander';
import { campaignGround, type CampaignDesk } from '../campaigns/campaign-desk';
import { AppError } from '../runtime/errors';
import { packageRoot } from '../runtime/package-root';
import { findStaff } from '../staff/find-staff';
import type { StaffMember } from '../staff/staff-member';
import { openTexts } from '../text/texts';
import { readWhole } from './campaign-options';
import type { CommandHouse } from './command-house';

/** A command that somebody does, whose account is named. */
export function acting(
  campaigns: Command,
  verb: string,
  description: string,
): Command {
  return campaigns
    .command(verb)
    .description(description)
    .addArgument(number())
    .requiredOption('--as <identifiant>', 'le compte qui le fait');
}

/** The number of a campaign, as a word of a command. */
export function number(): Argument {
  return new Argument('<numéro>', 'numéro donné par « list »').argParser(
    readWhole,
  );
}

/** Its own house as the settings have it, else one without gateways. */
export function deskOf({ db, clock, campaigns }: CommandHouse): CampaignDesk {
  const ground =
    campaigns ??
    campaignGround({
      ...{ texts: openTexts({ root: packageRoot }), shortCode: '*#' },
      ...{ senderNames: [], route: () => [] },
    });
  return { ...ground, db, clock };
}

/** The account that acts. @throws AppError `notFound` when there is none that may */
export async function actorOf(
  { db }: CommandHouse,
  login: string,
): Promise<StaffMember> {
  const found = await findStaff(db, login);
  if (found === undefined)
    throw new AppError(
      'notFound',
      `Aucun compte actif ne s'appelle ${login}. Rien n'a été changé.`,
    );
  return found;
}
