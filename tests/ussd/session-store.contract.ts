import { randomUUID } from 'node:crypto';

import type { SessionStore } from '../../src/ussd/session-store';

/** A store under test, and hands on its time. */
export interface StoreUnderTest {
  store: SessionStore;
  /** Lets the store grow older by this many seconds. */
  age: (seconds: number) => void;
}

/** What every session store promises; memory and Redis pass the same sentences. */
export function describeSessionStore(open: () => StoreUnderTest): void {
  const keys = () => ({
    sessionKey: randomUUID(),
    callerKey: randomUUID(),
  });
  const kept = (
    sessionKey: string,
    expectedSeq: number,
    value: string,
    callerKey?: string,
  ) => ({
    sessionKey,
    expectedSeq,
    seq: expectedSeq + 1,
    value,
    callerKey,
  });

  test('what was kept is found again, to the letter', async () => {
    const { store } = open();
    const { sessionKey } = keys();
    const value = 'sealed|with a bar,\nand ɛɔɲŋ';
    expect(await store.save(kept(sessionKey, 0, value))).toBe('kept');
    expect((await store.load(sessionKey)).session).toBe(value);
  });

  test('of many calls asked for at once each finds its own, and the last of its phone', async () => {
    const { store } = open();
    const calls = ['one', 'two', 'three'].map((name) => ({ name, ...keys() }));
    const outcomes = await Promise.all([
      ...calls.map(({ name, sessionKey, callerKey }) =>
        store.save(
          kept(sessionKey, 0, name, name === 'two' ? undefined : callerKey),
        ),
      ),
      store.save(kept(randomUUID(), 7, 'over a call that is not there')),
    ]);
    expect(outcomes).toEqual(['kept', 'kept', 'kept', 'lost']);
    const found = await Promise.all([
      ...calls.map(({ sessionKey }) => store.load(sessionKey)),
      store.load(randomUUID()),
      ...calls.map(({ callerKey }) => store.load(randomUUID(), callerKey)),
    ]);
    expect(found.map(({ session, seq }) => [session, seq])).toEqual([
      ...[
        ['one', 1],
        ['two', 1],
        ['three', 1],
      ],
      ...[
        [undefined, 0],
        [undefined, 0],
        [undefined, 0],
        [undefined, 0],
      ],
    ]);
    expect(found.map(({ earlier }) => earlier)).toEqual([
      ...[undefined, undefined, undefined, undefined],
      ...['one', undefined, 'three'],
    ]);
  });

  test('a call that nobody kept is not there', async () => {
    const { store } = open();
    expect((await store.load(randomUUID())).session).toBeUndefined();
  });

  test('of two answers to one step the first wins and the other is told', async () => {
    const { store } = open();
    const { sessionKey } = keys();
    await store.save(kept(sessionKey, 0, 'dial'));
    const outcomes = await Promise.all([
      store.save(kept(sessionKey, 1, 'first')),
      store.save(kept(sessionKey, 1, 'second')),
    ]);
    expect([...outcomes].sort()).toEqual(['kept', 'lost']);
    const winner = outcomes[0] === 'kept' ? 'first' : 'second';
    expect((await store.load(sessionKey)).session).toBe(winner);
  });

  test('a step cannot be kept over a call that has gone on', async () => {
    const { store } = open();
    const { sessionKey } = keys();
    await store.save(kept(sessionKey, 0, 'dial'));
    await store.save(kept(sessionKey, 1, 'menu'));
    expect(await store.save(kept(sessionKey, 0, 'dial again'))).toBe('lost');
    expect((await store.load(sessionKey)).session).toBe('menu');
  });

  test('a redial finds the last call of its phone, under another session', async () => {
    const { store } = open();
    const { sessionKey, callerKey } = keys();
    await store.save(kept(sessionKey, 0, 'cut here', callerKey));
    const redial = await store.load(randomUUID(), callerKey);
    expect(redial).toMatchObject({ session: undefined, earlier: 'cut here' });
  });

  test('a redial finds the last call for as long as that call is kept', async () => {
    const { store, age } = open();
    const { sessionKey, callerKey } = keys();
    await store.save(kept(sessionKey, 0, 'dial', callerKey));
    age(400);
    await store.save(kept(sessionKey, 1, 'cut here'));
    age(400);
    const redial = await store.load(randomUUID(), callerKey);
    expect(redial.earlier).toBe('cut here');
  });

  test('a phone that was not to be found again is not', async () => {
    const { store } = open();
    const { sessionKey, callerKey } = keys();
    await store.save(kept(sessionKey, 0, 'shared phone'));
    expect((await store.load(randomUUID(), callerKey)).earlier).toBeUndefined();
  });

  test('a young store says that it may have forgotten, an old one that it has not', async () => {
    const { store, age } = open();
    await store.load(randomUUID());
    expect((await store.load(randomUUID())).mayHaveForgotten).toBe(true);
    age(601);
    expect((await store.load(randomUUID())).mayHaveForgotten).toBe(false);
  });
}
