/** Loaded before a process: SIGUSR2 sets its machine's clock CLOCK_JUMP_MS ahead (or back), as an operator or NTP does. */
const Machine = Date;
let aheadMs = 0;

globalThis.Date = class extends Machine {
  constructor(...words) {
    if (words.length === 0) super(Machine.now() + aheadMs);
    else super(...words);
  }

  static now() {
    return Machine.now() + aheadMs;
  }
};

process.on('SIGUSR2', () => {
  aheadMs += Number(process.env.CLOCK_JUMP_MS);
  process.stderr.write(`the clock shows ${new Date().toISOString()}\n`);
});
