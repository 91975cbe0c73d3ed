import type { Tx } from '../runtime/database';
import { recordAudit } from '../staff/audit';
import type { Officer } from './visibility';

/** Keeps that a complaint was shown to an officer. */
export function noteComplaintView(
  tx: Tx,
  officer: Pick<Officer, 'id'>,
  complaintId: number,
): Promise<void> {
  return recordAudit(tx, {
    ...{ actor: `officer:${officer.id}`, action: 'complaint.viewed' },
    subject: `complaint:${complaintId}`,
  });
}
