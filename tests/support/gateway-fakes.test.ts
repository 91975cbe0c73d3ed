import africastalking from 'africastalking';
import common from 'africastalking/lib/common';
import { africasTalkingFake } from './africas-talking-fake';
import { closeNetwork, type ClosedNetwork } from './closed-network';
import { gatewayStub } from './gateway-stub';
import { orangeFake } from './orange-fake';

let network: ClosedNetwork;
beforeAll(() => {
  network = closeNetwork();
});
afterAll(() => network.open());

describe("the fake of Africa's Talking, before the official package as it is", () => {
  const account = { username: 'jigi', apiKey: 'key' };

  test('takes one text for many numbers', async () => {
    const fake = africasTalkingFake(account);
    const stub = await gatewayStub(fake.answer);
    // The package has no other way to another address.
    common.SMS_URL = `${stub.origin}/version1/messaging`;
    fake.codes.set('+22376000002', {
      statusCode: 406,
      status: 'UserInBlacklist',
    });
    const answer = await africastalking(account).SMS.send({
      to: ['+22376000001', '+22376000002'],
      message: 'Paiement à Kita',
      from: 'JIGI',
    });
    expect(answer).toMatchObject({
      SMSMessageData: {
        Message: expect.stringMatching(/^Sent to 1\/2 Total Cost: /) as string,
        Recipients: [
          { statusCode: 101, number: '+22376000001', status: 'Success' },
          { statusCode: 406, number: '+22376000002', messageId: 'None' },
        ],
      },
    });
    expect([...fake.received]).toEqual([['+22376000001', ['Paiement à Kita']]]);
    await stub.close();
  });

  test('refuses another key as the package knows it', async () => {
    const stub = await gatewayStub(africasTalkingFake(account).answer);
    common.SMS_URL = `${stub.origin}/version1/messaging`;
    const stranger = africastalking({ username: 'jigi', apiKey: 'other' });
    await expect(
      stranger.SMS.send({ to: ['+22376000001'], message: 'x' }),
    ).rejects.toMatchObject({ response: { status: 401 } });
    await stub.close();
  });
});

describe('the fake of Orange, before the requests of its documentation', () => {
  const account = { clientId: 'id', clientSecret: 'secret' };

  test('gives a token, takes an SMS under it, and tells the contracts', async () => {
    const fake = orangeFake(account);
    const stub = await gatewayStub(fake.answer);
    const token = await fetch(`${stub.origin}/oauth/v3/token`, {
      method: 'POST',
      headers: {
        Authorization: 'Basic aWQ6c2VjcmV0',
        'Content-Type': 'application/x-www-form-urlencoded',
        Accept: 'application/json',
      },
      body: 'grant_type=client_credentials',
    });
    expect(await token.json()).toEqual({
      ...{ token_type: 'Bearer', access_token: 'token-1' },
      expires_in: '3600',
    });
    const headers = {
      Authorization: 'Bearer token-1',
      'Content-Type': 'application/json',
    };
    const sent = await fetch(
      `${stub.origin}/smsmessaging/v1/outbound/tel%3A%2B2230000/requests`,
      {
        method: 'POST',
        headers,
        body: '{"outboundSMSMessageRequest":{"address":"tel:+22376123456","senderAddress":"tel:+2230000","senderName":"PROG","outboundSMSTextMessage":{"message":"Hello!"}}}',
      },
    );
    expect(sent.status).toBe(201);
    expect(await sent.json()).toMatchObject({
      outboundSMSMessageRequest: {
        address: 'tel:+22376123456',
        senderAddress: 'tel:+2230000',
        outboundSMSTextMessage: { message: 'Hello!' },
        resourceURL: expect.stringMatching(
          /^https:\/\/api\.orange\.com\/smsmessaging\/v1\/outbound\/tel%3A%2B2230000\/requests\/[\w-]+$/,
        ) as string,
      },
    });
    const contracts = await fetch(`${stub.origin}/sms/admin/v1/contracts`, {
      headers,
    });
    expect(await contracts.json()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ country: 'MLI', availableUnits: 4_200 }),
      ]),
    );
    await stub.close();
  });

  test('refuses other keys, and a token that has ended', async () => {
    const fake = orangeFake(account);
    const stub = await gatewayStub(fake.answer);
    const refused = await fetch(`${stub.origin}/oauth/v3/token`, {
      method: 'POST',
      headers: { Authorization: 'Basic b3RoZXI6a2V5cw==' },
      body: 'grant_type=client_credentials',
    });
    expect(refused.status).toBe(401);
    const ended = await fetch(`${stub.origin}/sms/admin/v1/contracts`, {
      headers: { Authorization: 'Bearer token-0' },
    });
    expect(ended.status).toBe(401);
    await stub.close();
  });
});
