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
};
