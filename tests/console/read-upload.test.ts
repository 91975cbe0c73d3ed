import type { IncomingMessage } from 'node:http';
import { PassThrough, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setImmediate as turn } from 'node:timers/promises';
import { readUpload } from '../../src/console/read-upload';

/** A form as far as it has come: its file has begun. */
function begunForm(): IncomingMessage {
  const headers = { 'content-type': 'multipart/form-data; boundary=x' };
  const request = Object.assign(new PassThrough(), { headers });
  request.write(
    '--x\r\nContent-Disposition: form-data; name="fichier"; filename="a.csv"\r\n\r\na;b',
  );
  // What is read of a request: its headers, its bytes, and that it broke off.
  return request as unknown as IncomingMessage;
}

test('a form that breaks off while nobody reads its file ends nothing else, and whoever reads it then is told', async () => {
  const request = begunForm();
  const { file } = await readUpload(request);
  request.emit('aborted');
  await turn();
  await turn();
  await expect(buffer(file?.body ?? Readable.from([]))).rejects.toThrow(
    /Unexpected end/,
  );
});
