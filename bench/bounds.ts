/** What a figure may be at most, or must be at least; `aim` is where we want it. */
export interface Bound {
  title: string;
  unit: string;
  least?: number;
  most?: number;
  aim?: number;
}

/** Every figure that the bench prints; those without a bound are only told. */
export const bounds: Readonly<Record<string, Bound>> = {
  'ussd.express.rate': {
    title: 'steps/s, service / bare Express',
    unit: 'x',
    least: 0.5,
    aim: 0.8,
  },
  'ussd.express.p99': {
    title: 'p99, service / bare Express',
    unit: 'x',
    most: 2,
  },
  'ussd.menu.rate': {
    title: 'steps/s, service / Express + ussd-menu-builder + Redis',
    unit: 'x',
    least: 1,
  },
  'ussd.express.cpu': {
    title: 'processor time a step, service / bare Express',
    unit: 'x',
  },
  'ussd.driver.rate': {
    title:
      'steps/s, bare node:http / bare Express (room above what is compared)',
    unit: 'x',
    least: 1.5,
  },
  'ussd.paced.p99': { title: 'p99 at a fixed pace', unit: 'ms', most: 50 },
  'ussd.paced.memory': {
    title: 'memory of the web process at a fixed pace',
    unit: 'MiB',
    most: 300,
    aim: 250,
  },
  'ussd.paced.growth': {
    title: 'its growth over the last half of that time',
    unit: 'MiB',
    most: 10,
  },
  'import.copy': {
    title: 'import / bare COPY of the same files',
    unit: 'x',
    most: 6,
    aim: 3,
  },
  'import.again': { title: 'the same files again / bare COPY', unit: 'x' },
  'import.changed': {
    title: 'rows that the second import changed or refused',
    unit: 'rows',
    most: 0,
  },
  'import.memory': {
    title: 'memory of the import',
    unit: 'MiB',
    most: 300,
  },
  'cards.missing': {
    title: 'time of a card that is not there / of one with a wrong back',
    unit: 'x',
    least: 0.9,
    most: 1.1,
  },
  ...Object.fromEntries(
    ['inbox', 'search', 'case', 'dashboard'].map((page) => [
      `console.${page}.p95`,
      {
        title: `p95 of the ${page} page, 20 officers beside 200 steps/s`,
        ...{ unit: 'ms', most: 300 },
      },
    ]),
  ),
  'sms.queue.copy': {
    title: 'queueing personalised messages by one statement / COPY of the rows',
    unit: 'x',
    least: 0.5,
  },
  'sms.send.pgBoss': {
    title: 'messages claimed, posted, marked / pg-boss, posting nothing',
    unit: 'x',
    least: 4,
  },
  'sms.send.bullmq': {
    title: 'messages claimed, posted, marked / BullMQ, posting nothing',
    unit: 'x',
    least: 2,
  },
  'sms.send.alone': {
    title: 'one text for many, 1000 a request / one each, one a request',
    unit: 'x',
  },
  'sms.flight.rate': {
    title: 'messages/s at a gateway of 100 ms / requests in flight over 100 ms',
    unit: 'x',
    least: 0.85,
  },
  'sms.ussd.p99': {
    title: 'p99 of calls while messages go at full speed / without',
    unit: 'x',
    most: 1.5,
  },
  'campaign.freeze': {
    title: 'freezing an audience / inserting the same rows bare',
    unit: 'x',
    most: 2,
  },
  'campaign.progress': {
    title: 'reading the progress of a campaign',
    unit: 'ms',
    most: 50,
  },
};
