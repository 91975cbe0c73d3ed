import { Command } from 'commander';
import type { Clock } from '../runtime/clock';
import { addAuditCommands } from './audit';
import { addCampaignCommands } from './campaigns';
import type { OpenHouse } from './command-house';
import { addDbCommands } from './db';
import { addExportCommands } from './export';
import { speakingFrench } from './french-help';
import { addImportCommands } from './import';
import { addMessagesCommands } from './messages';
import { addInboundCommands } from './inbound';
import { addJournalCommands } from './journal';
import { addRegisterCommands } from './register-make';
import { addReminderCommands } from './reminders';
import { addRetentionCommands } from './retention';
import { addSealedCommands } from './sealed';
import { addStaffCommands } from './staff-accounts';
import { addTextsCommands } from './texts';

/** The administration command with all its parts; a refused command line is thrown, not said. */
export function jigiProgram(open: OpenHouse, clock: Clock): Command {
  const program = speakingFrench(new Command('jigi')).description(
    'Administre Jigi: les fichiers, les textes, les comptes, la base',
  );
  addImportCommands(program, open);
  addExportCommands(program, open);
  addRegisterCommands(program, clock);
  addTextsCommands(program);
  addSealedCommands(program, open);
  addMessagesCommands(program, open);
  addCampaignCommands(program, open);
  addStaffCommands(program, open);
  addInboundCommands(program, open);
  addJournalCommands(program, open);
  addAuditCommands(program, open);
  addReminderCommands(program, open);
  addRetentionCommands(program, open);
  addDbCommands(program, open);
  return program;
}
