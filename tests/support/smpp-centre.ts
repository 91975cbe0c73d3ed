import smpp, { type Session } from 'smpp';

/** What an operator was handed: one `submit_sm`, with the octets as they came. */
export interface Submitted {
  from: string;
  to: string;
  dataCoding: number;
  octets: Buffer;
  messageId: string;
}

/** An operator's message centre, by npm `smpp` as a server. */
export interface SmppCentre {
  /** The next SMS that is submitted. */
  next(): Promise<Submitted>;
  /** Sends a delivery report for an SMS, as most centres write it. */
  report(of: Submitted, stat: string): void;
  /** Sends what a phone wrote. */
  bring(sms: {
    from: string;
    to: string;
    dataCoding: number;
    octets: Buffer;
  }): void;
  close(): void;
}

// The package would decode the octets by its own tables; the test is about the octets.
for (const coding of ['ASCII', 'UCS2']) {
  const known = smpp.encodings[coding];
  if (known === undefined) throw new Error(`smpp knows no ${coding}`);
  known.decode = (octets) => octets;
}

const RECEIPT = 0x04;

/** Opens a centre that takes everything. */
export function smppCentre(port: number): SmppCentre {
  const waiting: ((one: Submitted) => void)[] = [];
  const taken: Submitted[] = [];
  const sessions = new Set<Session>();
  let count = 0;
  const take = (one: Submitted): void => {
    const wanted = waiting.shift();
    if (wanted) wanted(one);
    else taken.push(one);
  };
  const server = smpp
    .createServer((session) => {
      sessions.add(session);
      session.on('error', () => undefined);
      for (const name of ['bind_transceiver', 'enquire_link', 'unbind']) {
        session.on(name, (pdu) => session.send(pdu.response()));
      }
      session.on('submit_sm', (pdu) => {
        const messageId = `m${(count += 1)}`;
        session.send(pdu.response({ message_id: messageId }));
        take({
          ...{ from: pdu.source_addr, to: pdu.destination_addr, messageId },
          dataCoding: pdu.data_coding,
          octets: pdu.short_message.message,
        });
      });
    })
    .listen(port, '127.0.0.1');
  const deliver = (fields: Record<string, unknown>): void => {
    for (const session of sessions) session.deliver_sm(fields);
  };
  return {
    next: () =>
      new Promise((resolve) => {
        const one = taken.shift();
        if (one) resolve(one);
        else waiting.push(resolve);
      }),
    report: ({ from, to, messageId }, stat) =>
      deliver({
        ...{ source_addr: to, destination_addr: from, esm_class: RECEIPT },
        short_message: Buffer.from(
          `id:${messageId} sub:001 dlvrd:001 submit date:2611252300 done date:2611252301 stat:${stat} err:000 text:...`,
        ),
      }),
    bring: ({ from, to, dataCoding, octets }) =>
      deliver({
        ...{ source_addr: from, destination_addr: to, data_coding: dataCoding },
        short_message: octets,
      }),
    close() {
      for (const session of sessions) session.destroy();
      server.close();
    },
  };
}
