import { ussdGateways } from '../../src/channels';

test('every gateway answers to the name it has in the path', () => {
  const gateways = ussdGateways();
  expect([...gateways.keys()]).toEqual(['africastalking', 'hubtel']);
  for (const [name, gateway] of gateways) expect(gateway.name).toBe(name);
});

test('a page is modest unless it is set, gateway by gateway', () => {
  const gateways = ussdGateways({
    hubtel: { septets: 182, alphabet: 'ascii' },
  });
  expect(gateways.get('africastalking')?.page).toEqual({
    septets: 160,
    alphabet: 'gsm7',
  });
  expect(gateways.get('hubtel')?.page).toEqual({
    septets: 182,
    alphabet: 'ascii',
  });
});
