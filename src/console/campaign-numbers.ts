import { exclusions, type CampaignNumbers } from '../campaigns/reckon-campaign';
import { formatXof } from '../text/money';
import { operatorTitles, spanWords } from './campaign-words';
import { grouped, tenths } from './grouped';

/** The numbers of a campaign, as its page shows them. */
export function shownNumbers(
  numbers: CampaignNumbers,
  languageName: (locale: string) => string,
) {
  const { households, messages, collapsed, segments, costXof, load } = numbers;
  return {
    tiles: [
      { name: 'SMS à envoyer', value: grouped(messages) },
      { name: 'Ménages du public', value: grouped(households) },
      { name: 'Parties à payer', value: grouped(segments) },
      { name: 'Coût', value: formatXof(costXof) },
      { name: 'Durée de l’envoi', value: spanWords(numbers.seconds) },
    ],
    collapsed: collapsed === 0 ? undefined : grouped(collapsed),
    excluded: numbers.excluded.map((one) => ({
      reason: exclusions[one.reason],
      households: grouped(one.households),
      part: Math.round((1000 * one.households) / Math.max(1, households)) / 10,
    })),
    operators: numbers.byOperator.map((one) => ({
      name: operatorTitles[one.operator],
      messages: grouped(one.messages),
      segments: grouped(one.segments),
      cost: formatXof(one.costXof),
    })),
    languages: numbers.byLanguage.map((one) => ({
      name: languageName(one.locale),
      messages: grouped(one.messages),
    })),
    beginsAt: numbers.beginsAt,
    endsAt: numbers.endsAt,
    load: {
      sms: grouped(load.smsPerSecond),
      sessions: tenths(load.sessionsPerSecond),
      requests: tenths(load.requestsPerSecond),
      open: grouped(load.openSessions),
    },
    cost: costXof,
  };
}
