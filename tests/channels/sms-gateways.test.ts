import { smsGateways, type SmsConfig } from '../../src/channels/index';
import { SMS_GATEWAYS } from '../../src/runtime/sms-routes-setting';
import { anSms } from '../support/an-sms';
import { closeNetwork } from '../support/closed-network';

const CONFIG: SmsConfig = {
  demo: false,
  insideProduction: false,
  smsAccounts: {
    africasTalking: {
      ...{ username: 'jigi', apiKey: 'key', senderId: undefined },
      baseUrl: undefined,
    },
    orange: {
      ...{ clientId: 'id', clientSecret: 'secret', senderName: undefined },
      baseUrl: undefined,
    },
    kannel: {
      ...{ url: 'http://kannel.example', username: 'jigi', password: 'pw' },
      callbackUrl: 'http://web:8080/webhooks/kannel/token/delivery',
    },
  },
  smsRoutes: [
    { prefix: '7', gateways: ['orange', 'kannel'] },
    { prefix: '76', gateways: ['kannel'] },
    { prefix: '6', gateways: ['kannel', 'africastalking'] },
    { prefix: '*', gateways: ['africastalking'] },
  ],
};

const namesFor = (config: SmsConfig, msisdn: string) =>
  smsGateways(config)
    .routeSms(msisdn)
    .map(({ name }) => name);

test('every gateway that a route may name exists under that name', () => {
  const { byName } = smsGateways(CONFIG);
  expect([...byName.keys()].sort()).toEqual([...SMS_GATEWAYS].sort());
  for (const [name, gateway] of byName) expect(gateway.name).toBe(name);
});

test.each([
  ['+22370000001', ['orange', 'kannel']],
  ['+22376000001', ['kannel']],
  ['+22366000001', ['kannel', 'africastalking']],
  ['+22350000001', ['africastalking']],
  ['+76123456789', ['africastalking']],
])(
  '%s goes by the longest beginning, in the order of preference',
  (msisdn, names) => {
    expect(namesFor(CONFIG, msisdn)).toEqual(names);
  },
);

test('a number that no route is for goes nowhere', () => {
  const smsRoutes = [{ prefix: '7', gateways: ['orange'] as const }];
  expect(namesFor({ ...CONFIG, smsRoutes }, '+22366000001')).toEqual([]);
});

test('without its account a gateway does not exist', () => {
  const { byName } = smsGateways({ ...CONFIG, smsAccounts: {} });
  expect([...byName.keys()]).toEqual(['simulator']);
});

test('in production there is no simulator, even where a route would lead to it', () => {
  const smsRoutes = [{ prefix: '*', gateways: ['simulator'] as const }];
  const config = { ...CONFIG, insideProduction: true, smsRoutes };
  expect(smsGateways(config).simulator).toBeUndefined();
  expect(namesFor(config, '+22376000001')).toEqual([]);
});

test('in demo no real gateway sends, whatever the configuration says', async () => {
  const network = closeNetwork();
  const { byName, routeSms, simulator } = smsGateways({
    ...CONFIG,
    demo: true,
    smsRoutes: [
      { prefix: '7', gateways: ['orange', 'kannel', 'simulator'] },
      { prefix: '*', gateways: ['africastalking', 'simulator'] },
    ],
  });
  expect([...byName.values()]).toEqual([simulator]);
  for (const msisdn of ['+22376123456', '+22366123456']) {
    const recipients = [{ id: 'm-1', msisdn }];
    expect(routeSms(msisdn)).toEqual([simulator]);
    for (const gateway of routeSms(msisdn)) {
      await gateway.send(anSms({ recipients }));
    }
    expect(simulator?.inbox(msisdn)).toHaveLength(1);
  }
  expect(network.tried).toEqual([]);
  network.open();
});
