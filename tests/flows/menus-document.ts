import { flows } from '../../flows';
import { flowNames } from '../../flows/contract';
import type {
  Command,
  FlowEvent,
  FlowName,
  ScreenMeta,
} from '../../flows/contract';
import { packageRoot } from '../../src/runtime/package-root';
import { septets } from '../../src/text/gsm7';
import { openTexts } from '../../src/text/texts';
import { writeScreen } from '../../src/ussd/screen';
import { metaOf, openChart } from '../../src/ussd/turn';
import { aDossier, dossiers, handovers, testDay, walkersOf } from './dossiers';
import { eventsAt, explore, follow, type Visit } from './explore';

const page = { septets: 160, alphabet: 'gsm7' } as const;
const texts = openTexts({ root: packageRoot });

/** A screen of a flow in every language, each at its longest. */
interface LongestScreen {
  state: string;
  shown: readonly { locale: string; text: string; septets: number }[];
}

/** docs/menus.md: every flow as a diagram, every screen in every language with its length. */
export function menusDocument(): string {
  const walked = flowNames.map((name) => {
    const visits = explore(name);
    return { name, visits, screens: longestScreens(name, visits) };
  });
  const parts = [
    introduction,
    tightest(walked),
    ...walked.map(
      ({ name, visits, screens }) =>
        `## ${name}\n\n${diagram(name, visits)}\n\n${screens.map(written).join('\n\n')}`,
    ),
  ];
  return `${parts.join('\n\n')}\n`;
}

const introduction = `# Menus

Written by \`npm run menus\`; do not edit. Every flow as it can really be walked, and every screen in every language with the longest
values that it may hold, in the letters of GSM-7, as a phone shows it. A page holds ${page.septets} septets. Bambara is shown folded; its
official spelling is in locales/bm, and no native reader has signed it yet.

In the diagrams an arrow tells the key and what it means, then what the service does. \`0\` goes back and \`00\` to the first screen from
everywhere, so neither is drawn; states without a screen wait for an answer.`;

function tightest(
  walked: readonly { name: FlowName; screens: readonly LongestScreen[] }[],
): string {
  const all = walked.flatMap(({ name, screens }) =>
    screens.flatMap(({ state, shown }) =>
      shown.map(
        ({ locale, septets }) =>
          [septets, `${name}.${state}, ${locale}`] as const,
      ),
    ),
  );
  const rows = all
    .sort(
      ([a, aName], [b, bName]) => b - a || (aName < bName ? -1 : 1), // the order must not hang on a locale
    )
    .slice(0, 10)
    .map(([length, name]) => `| ${length} | ${name} |`);
  return [
    '## The ten tightest screens',
    '',
    '| septets | screen |',
    '| --- | --- |',
    ...rows,
  ].join('\n');
}

/** The longest rendering of each screen, by the order of the chart's states. */
function longestScreens(
  name: FlowName,
  visits: readonly Visit[],
): LongestScreen[] {
  const { machine } = flows[name];
  return Object.keys(machine.states).flatMap((state) => {
    const here = visits.filter(({ position }) => position.state === state);
    const meta = metaOf(flows[name], state);
    if (here.length === 0 || meta === undefined || meta.waits === true)
      return [];
    return [
      {
        state,
        shown: texts.languages.map(({ code }) =>
          here
            .map((visit) => render(visit, code))
            .reduce((best, one) => (one.septets > best.septets ? one : best)),
        ),
      },
    ];
  });
}

function render({ flow, position, dossier }: Visit, locale: string) {
  const wording = { texts, locale, today: testDay };
  const { text } = writeScreen(flow, position, dossier, wording, page);
  return { locale, text, septets: septets(text) };
}

function written({ state, shown }: LongestScreen): string {
  const headings = shown.map(
    ({ locale, septets }) => `<th>${locale}, ${septets} septets</th>`,
  );
  const screens = shown.map(
    ({ text }) => `<td><pre>\n${escaped(text)}\n</pre></td>`,
  );
  return [
    `### ${state}`,
    '',
    `<table><tr>${headings.join('')}</tr><tr valign="top">`,
    ...screens,
    '</tr></table>',
  ].join('\n');
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

/** The chart as everybody together can walk it: nothing is drawn that nobody reaches. */
function diagram(name: FlowName, visits: readonly Visit[]): string {
  const arrows = new Map<string, Set<string>>();
  const draw = (from: string, to: string, label: string): void => {
    const key = `${from} --> ${to}`;
    arrows.set(key, (arrows.get(key) ?? new Set()).add(label));
  };
  for (const visit of visits) {
    const from = visit.position.state;
    const meta = metaOf(flows[name], from);
    if (meta?.end === true) draw(from, '[*]', '');
    for (const event of eventsAt(visit)) {
      const next = follow(visit, event);
      if (next === undefined) continue;
      const key = keyOf(event, meta);
      const done = next.commands.filter(
        (command) => openedBy(command).length === 0,
      );
      const opened = next.commands.flatMap(openedBy);
      const label = [key, ...done.map(({ type }) => type)].join(' / ');
      if (opened.length === 0) draw(from, next.position.state, label);
      for (const flow of opened) draw(from, flow, label);
    }
  }
  const first = new Set(beginnings(name));
  return [
    '```mermaid',
    'stateDiagram-v2',
    ...Array.from(first, (state) => `  [*] --> ${state}`),
    ...Array.from(arrows, ([arrow, labels]) => {
      const said = Array.from(labels).filter((label) => label !== '');
      return `  ${arrow}${said.length === 0 ? '' : `: ${said.join('<br/>')}`}`;
    }),
    '```',
  ].join('\n');
}

/** What a flow opens stands as a node of its own, told apart from states by its name. */
function openedBy(command: Command): string[] {
  switch (command.type) {
    case 'open':
      return [`flow_${command.flow}`];
    case 'resume':
      return ['where_the_call_was'];
    default:
      return [];
  }
}

/** Where a flow begins, for everybody and with everything that it may be handed. */
function beginnings(name: FlowName): string[] {
  const flow = flows[name];
  return walkersOf(name).flatMap((who) =>
    [undefined, ...handovers[name]].flatMap((handover) => {
      const { position, commands } = openChart(flow, {
        dossier: dossiers[who] ?? aDossier(),
        ...(handover === undefined ? {} : { with: handover }),
      });
      const opened = commands.flatMap(openedBy);
      return opened.length > 0 ? opened : [position.state];
    }),
  );
}

function keyOf(event: FlowEvent, meta: ScreenMeta | undefined): string {
  if (event.type === 'more') return '9 more';
  if (event.type === 'enter') return `${event.digits.length} digits`;
  if (!event.type.startsWith('choose.')) return event.type;
  const name = event.type.slice('choose.'.length);
  const key =
    meta?.keys?.[name] ?? String((meta?.choices ?? []).indexOf(name) + 1);
  return `${key} ${name}`;
}
