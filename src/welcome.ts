import type { Config } from './runtime/config';

/** What whoever starts the service reads first: where to look and what to try. */
export function welcomeLines(config: Config, url: string): string[] {
  const [token = ''] = config.webhookTokens;
  const callback = `${url}/webhooks/africastalking/${token}/ussd`;
  return [
    '',
    `Jigi répond à ${url}`,
    ...(config.demo ? [`  Téléphone dans la page:   ${url}/simulator`] : []),
    '  Téléphone dans le terminal: npm run simulate',
    `  Rappel USSD (Africa's Talking): ${callback}`,
    '  Un premier appel:',
    `    curl -d sessionId=essai-1 -d serviceCode='${config.shortCode}' --data-urlencode phoneNumber=+22360000001 -d networkCode=61002 -d text= ${callback}`,
    '  Arrêter: Ctrl+C',
    '',
  ];
}
