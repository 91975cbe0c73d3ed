import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { askGateway } from '../../src/channels/ask-gateway';
import { gatewayStub } from '../support/gateway-stub';

const ask = (origin: string, deadlineMs = 5_000) =>
  askGateway({
    gateway: 'some',
    method: 'POST',
    url: new URL('/send', origin),
    headers: {},
    body: 'é',
    deadlineMs,
  });

/** A peer that takes connections and never says a word, not even of TLS. */
async function mutePeer() {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    server.once('close', () => socket.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  // node:net says `string` for pipes and `null` before listening; neither is so here.
  const { port } = server.address() as AddressInfo;
  return { port, close: () => void server.close() };
}

test('a line on which TLS was never agreed has carried nothing', async () => {
  const peer = await mutePeer();
  await expect(
    ask(`https://127.0.0.1:${peer.port}`, 100),
  ).rejects.toMatchObject({ failure: 'unreachable', begun: 'no' });
  await expect(ask(`http://127.0.0.1:${peer.port}`, 100)).rejects.toMatchObject(
    { failure: 'unanswered', begun: 'maybe' },
  );
  peer.close();
});

test('a peer that speaks no TLS has been sent nothing', async () => {
  const stub = await gatewayStub(() => ({ status: 201 }));
  const secure = stub.origin.replace('http:', 'https:');
  await expect(ask(secure)).rejects.toMatchObject({
    failure: 'unreachable',
    begun: 'no',
  });
  expect(stub.asked).toEqual([]);
  await stub.close();
});

test('a connection serves one request after the other', async () => {
  const stub = await gatewayStub(() => ({ status: 201, body: 'taken' }));
  const answers = [await ask(stub.origin), await ask(stub.origin)];
  expect(answers.map(({ text }) => text)).toEqual(['taken', 'taken']);
  expect(stub.asked.map(({ body }) => body.toString())).toEqual(['é', 'é']);
  expect(stub.connections).toBe(1);
  await stub.close();
});

test('what breaks on a connection that served before may have begun', async () => {
  const stub = await gatewayStub(() => ({ status: 201 }));
  await ask(stub.origin);
  stub.answer = () => 'reset before the body';
  await expect(ask(stub.origin)).rejects.toMatchObject({ begun: 'maybe' });
  expect(stub.connections).toBe(1);
  await stub.close();
});
