import type { Config } from './runtime/config';
import { DEMO_ACCOUNTS } from './staff/demo-accounts';
import { roleOf } from './staff/roles';

/** What whoever starts the service reads first: where to look and what to try. */
export function welcomeLines(config: Config, url: string): string[] {
  const [token = ''] = config.webhookTokens;
  const callback = `${url}/webhooks/africastalking/${token}/ussd`;
  return [
    '',
    `Jigi répond à ${url}`,
    ...(config.demo ? [`  Téléphone dans la page:   ${url}/simulator`] : []),
    '  Téléphone dans le terminal: npm run simulate',
    `  Console du personnel:     ${url}/console`,
    ...accountLines(config),
    `  Rappel USSD (Africa's Talking): ${callback}`,
    '  Un premier appel:',
    `    curl -d sessionId=essai-1 -d serviceCode='${config.shortCode}' --data-urlencode phoneNumber=+22360000001 -d networkCode=61002 -d text= ${callback}`,
    '  Arrêter: Ctrl+C',
    '',
  ];
}

/** The invented accounts, one a role. Their second factor is shown on the page that asks for it. */
function accountLines({ demoPassword }: Config): string[] {
  if (demoPassword === undefined) return [];
  return [
    `    Mot de passe de tous les comptes inventés: ${demoPassword}`,
    ...DEMO_ACCOUNTS.map(
      ({ login, fullName, role }) =>
        `    ${login.padEnd(14)}${roleOf(role).title}, ${fullName}`,
    ),
  ];
}
