/** An SMS as a phone of the demo received it. */
export interface SimulatedSms {
  providerId: string;
  msisdn: string;
  senderId?: string;
  text: string;
  at: Date;
}

const MOST_PHONES = 5_000;
const MOST_A_PHONE = 50;

/** The inboxes of the demo's phones, bounded: whoever was silent longest is forgotten first. */
export function inboxes() {
  const phones = new Map<string, SimulatedSms[]>();
  const listeners = new Set<(sms: SimulatedSms) => void>();
  return {
    put(sms: SimulatedSms): void {
      const inbox = [...(phones.get(sms.msisdn) ?? []), sms];
      phones.delete(sms.msisdn);
      phones.set(sms.msisdn, inbox.slice(-MOST_A_PHONE));
      const [longestSilent] = phones.keys();
      if (phones.size > MOST_PHONES && longestSilent !== undefined) {
        phones.delete(longestSilent);
      }
      for (const heard of listeners) heard(sms);
    },
    of: (msisdn: string): readonly SimulatedSms[] => phones.get(msisdn) ?? [],
    onArrival(heard: (sms: SimulatedSms) => void): () => void {
      listeners.add(heard);
      return () => void listeners.delete(heard);
    },
  };
}
