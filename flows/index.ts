import { activitiesFlow } from './activities.flow';
import { complaintFlow } from './complaint.flow';
import type { Flow, FlowName } from './contract';
import { followFlow } from './follow.flow';
import { helpFlow } from './help.flow';
import { identityFlow } from './identity.flow';
import { languageFlow } from './language.flow';
import { mainFlow } from './main.flow';
import { paymentFlow } from './payment.flow';
import { receiptFlow } from './receipt.flow';
import { resumeFlow } from './resume.flow';
import { settingsFlow } from './settings.flow';

/** Every flow of the service, by name. */
export const flows: Readonly<Record<FlowName, Flow>> = {
  resume: resumeFlow,
  language: languageFlow,
  main: mainFlow,
  identity: identityFlow,
  payment: paymentFlow,
  receipt: receiptFlow,
  complaint: complaintFlow,
  follow: followFlow,
  activities: activitiesFlow,
  help: helpFlow,
  settings: settingsFlow,
};
