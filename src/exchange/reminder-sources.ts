import {
  distributionReminders,
  sessionReminders,
} from '../activities/gathering-reminders';
import type { ReminderSource } from '../messaging/reminder-source';
import { cohortReminders } from '../payments/cohort-reminders';
import { waveReminders } from '../payments/wave-reminders';
import type { FileKind } from './formats';

/** Everything of whose dates households are told. */
export const reminderSources: readonly ReminderSource[] = [
  waveReminders,
  cohortReminders,
  sessionReminders,
  distributionReminders,
];

/** The kinds of files that bring or change such dates. */
export const datedKinds: readonly FileKind[] = [
  ...(['benefit-rules', 'enrolments', 'waves'] as const),
  ...(['sessions', 'distributions'] as const),
];
