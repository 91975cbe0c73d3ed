import { randomInt } from 'node:crypto';
import type { Tx } from '../runtime/database';
import { keyedHash } from '../runtime/keyed-hash';
import type { StaffDesk } from './staff-desk';

const CODES = 10;
/** No 0, 1, i, l, o: they are copied by hand. */
const LETTERS = '23456789abcdefghjkmnpqrstuvwxyz';
const CODE_LETTERS = 10;

/** Whether what was typed has the form of a recovery code, in the form in which it is kept. */
export function readRecoveryCode(typed: string): string | undefined {
  const plain = typed.toLowerCase().replaceAll(/[\s-]/g, '');
  return plain.length === CODE_LETTERS && !/^\d{6}$/.test(plain)
    ? plain
    : undefined;
}

/**
 * Makes ten new codes; those made before open no more.
 * @returns them, in the only form in which they can be read, as `ab3de-7fghj`
 */
export async function makeRecoveryCodes(
  tx: Tx,
  desk: StaffDesk,
  accountId: number,
): Promise<string[]> {
  const codes = Array.from({ length: CODES }, newCode);
  await tx.staffRecoveryCode.deleteMany({ where: { accountId } });
  await tx.staffRecoveryCode.createMany({
    data: codes.map((code) => ({
      ...{ accountId, codeHash: codeHash(desk, accountId, code) },
    })),
  });
  return codes.map((code) => `${code.slice(0, 5)}-${code.slice(5)}`);
}

/** Takes a code away. @returns whether it was one that had not opened yet */
export async function useRecoveryCode(
  tx: Tx,
  desk: StaffDesk,
  accountId: number,
  code: string,
): Promise<boolean> {
  const used = await tx.staffRecoveryCode.updateMany({
    where: {
      ...{ accountId, codeHash: codeHash(desk, accountId, code) },
      usedAt: null,
    },
    data: { usedAt: desk.clock.now() },
  });
  return used.count === 1;
}

function newCode(): string {
  const letter = () => LETTERS.charAt(randomInt(LETTERS.length));
  return Array.from({ length: CODE_LETTERS }, letter).join('');
}

function codeHash(
  { hashKey }: StaffDesk,
  accountId: number,
  code: string,
): string {
  return keyedHash(hashKey, 'staff recovery code', `${accountId} ${code}`);
}
