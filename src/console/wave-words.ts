import {
  type ListedWave,
  type WaveMark,
  type WaveState,
  waveStates,
} from '../payments/list-waves';
import { isIsoDay } from '../text/dates';
import { readNumber } from './read-fields';

/** States of a wave as staff read them, with the colour of their tag. */
export const waveStateWords: Readonly<
  Record<WaveState, { text: string; colour: string }>
> = {
  planned: { text: 'Prévue', colour: 'grey' },
  accepted: { text: 'Acceptée', colour: 'blue' },
  announced: { text: 'Annoncée', colour: 'turquoise' },
  open: { text: 'Ouverte', colour: 'green' },
  closed: { text: 'Close', colour: 'grey' },
  postponed: { text: 'Reportée', colour: 'orange' },
  cancelled: { text: 'Annulée', colour: 'red' },
};

const modalityWords: Readonly<Record<string, string>> = {
  ...{ cash: 'espèces', wallet: 'porte-monnaie', bank: 'banque' },
};

/** A wave as its pages show it. */
export function shownWave(wave: ListedWave) {
  const { modality, status } = wave;
  return {
    ...wave,
    state: waveStateWords[status],
    modalityText: modalityWords[modality] ?? modality,
  };
}

/** A state that an address asks for. */
export function readWaveState(word: string | undefined): WaveState | undefined {
  return waveStates.find((state) => state === word);
}

/** Where a page begins: `2026-03-12.17`. */
export function readWaveMark(word: string | undefined): WaveMark | undefined {
  const [opens = '', number] = word?.split('.') ?? [];
  const id = readNumber(number);
  return isIsoDay(opens) && id !== undefined ? { opens, id } : undefined;
}

/** The same, written. */
export function waveMarkWord({ opens, id }: WaveMark): string {
  return `${opens}.${id}`;
}
