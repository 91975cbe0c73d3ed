import { demoHouseholds, type DemoHousehold } from './demo-households';
import { drawnHousehold } from './drawn-household';
import type {
  SyntheticGround,
  SyntheticHousehold,
} from './synthetic-household';

const DEMO = demoHouseholds();

/** Every invented household in the order of the files: the demo people's first. */
export function* syntheticHouseholds(
  ground: SyntheticGround,
): Generator<SyntheticHousehold> {
  for (let index = 0; index < ground.households; index += 1) {
    const demo = DEMO[index];
    yield demo === undefined
      ? drawnHousehold(ground, index)
      : demoHousehold(ground, index, demo);
  }
}

function demoHousehold(
  ground: SyntheticGround,
  index: number,
  demo: DemoHousehold,
): SyntheticHousehold {
  const [cercle, name] = demo.place;
  const commune = ground.communes.find(
    (one) => one.cercle === cercle && one.commune === name,
  );
  if (commune === undefined) throw new RangeError(`no commune ${name}`);
  const { card, names, phoneOwner, locale, smsConsent, status } = demo;
  const { enrolments, grant, result, nutrition = [], works = false } = demo;
  return {
    ...{
      index,
      number: `RSU9${String(index + 1).padStart(7, '0')}`,
      card,
      commune,
    },
    village: {
      code: `${commune.code}-D${demo.village[0] ?? ''}`,
      name: demo.village,
    },
    ...{ names, sex: 'F', alternate: undefined, phone: demo.phone },
    ...{ phoneOwner, locale, smsConsent, status, enrolments, grant },
    ...{ nutrition, works, result },
  };
}
