import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';

import { badLine } from './bad-line';

test('what was sent over a slow line arrives before what is sent once it is quick again', async () => {
  const server = createServer((far) => far.pipe(far)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  // node:net says `string` for pipes and `null` before listening; neither is so here.
  const line = await badLine((server.address() as AddressInfo).port);
  const near = connect(line.port, '127.0.0.1').setEncoding('utf8');
  near.setNoDelay();
  await once(near, 'connect');

  let heard = '';
  near.on('data', (piece) => (heard += String(piece)));
  near.write('a');
  while (heard !== 'a') await once(near, 'data');
  line.delayMs = 200;
  near.write('b');
  await new Promise((resolve) => setTimeout(resolve, 50));
  line.delayMs = 0;
  near.write('c');
  while (heard.length < 3) await once(near, 'data');

  near.destroy();
  await line.close();
  server.close();
  expect(heard).toBe('abc');
});
