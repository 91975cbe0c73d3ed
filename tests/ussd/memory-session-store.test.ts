import { memorySessionStore } from '../../src/ussd/memory-session-store';
import { describeSessionStore } from './session-store.contract';

describe('the memory session store', () => {
  describeSessionStore(() => {
    let nowMs = 0;
    return {
      store: memorySessionStore(() => nowMs),
      age: (seconds) => {
        nowMs += seconds * 1000;
      },
    };
  });

  test('forgets a call that has been silent for ten minutes', async () => {
    let nowMs = 0;
    const store = memorySessionStore(() => nowMs);
    await store.save({
      sessionKey: 'call',
      expectedSeq: 0,
      seq: 1,
      value: 'sealed',
      callerKey: undefined,
    });
    nowMs += 600_001;
    expect((await store.load('call')).session).toBeUndefined();
  });
});
