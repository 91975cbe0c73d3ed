// Plays Africa's Talking: the same forms at the same doors, and the same impatience.

const TIMEOUT_MS = 10_000;
// The network code of their own sandbox.
const NETWORK = '99999';

/** A call that is about to begin. `tail` is what was dialled after the short code. */
export function newCall(service, msisdn, tail) {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const id = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'));
  return {
    service,
    msisdn,
    sessionId: `ATUid_${id.join('')}`,
    path: tail,
    hops: 0,
    startedAt: performance.now(),
  };
}

/** One step: posts what was typed so far, and gives what came back. Never throws. */
export async function step(call) {
  const { service } = call;
  const fields = {
    sessionId: call.sessionId,
    serviceCode: service.shortCode,
    phoneNumber: call.msisdn,
    networkCode: NETWORK,
    text: call.path,
  };
  const url = `${service.webhook}/ussd`;
  const startedAt = performance.now();
  const answer = await post(url, fields);
  call.hops += 1;
  return {
    url,
    fields,
    ms: Math.round(performance.now() - startedAt),
    ...understood(answer),
  };
}

/** Tells the service how the call ended, as Africa's Talking does some seconds later. */
export async function tellEnd(call, status) {
  const fields = {
    date: new Date().toISOString().slice(0, 19).replace('T', ' '),
    sessionId: call.sessionId,
    serviceCode: call.service.shortCode,
    networkCode: NETWORK,
    phoneNumber: call.msisdn,
    status,
    cost: '0.00',
    durationInMillis: String(Math.round(performance.now() - call.startedAt)),
    hopsCount: String(call.hops),
    input: call.path,
    lastAppResponse: '',
  };
  await post(`${call.service.webhook}/ussd-events`, fields);
}

async function post(url, fields) {
  try {
    const response = await fetch(url, {
      method: 'POST',
      body: new URLSearchParams(fields),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return { status: response.status, body: await response.text() };
  } catch (error) {
    return { status: 0, body: '', isLate: error.name === 'TimeoutError' };
  }
}

const FAULTS = {
  late: 'Le service n’a pas répondu en dix secondes : la passerelle a coupé l’appel.',
  silent:
    'Le service ne répond pas. Vérifiez qu’il tourne (npm start), puis composez encore.',
  unknown:
    'Le service ne connaît pas cette adresse (404) : le jeton du webhook a peut-être changé. Rechargez la page.',
  broken:
    'La réponse ne commence ni par CON ni par END : une passerelle couperait l’appel ici.',
};

function understood({ status, body, isLate }) {
  if (isLate) return { status, kind: 'fault', text: '', fault: FAULTS.late };
  if (status === 0)
    return { status, kind: 'fault', text: '', fault: FAULTS.silent };
  if (status === 404) {
    return { status, kind: 'fault', text: body, fault: FAULTS.unknown };
  }
  const word = body.slice(0, 4);
  if (status === 200 && (word === 'CON ' || word === 'END ')) {
    return { status, kind: word.trim(), text: body.slice(4) };
  }
  return { status, kind: 'fault', text: body, fault: FAULTS.broken };
}
