import type { BenchPart } from './bench-part';
import { below } from './bench-row';
import type { RunningProgram } from './running-program';

const MEMORY = [below(250)];

/** What the page asks for when the demonstration is opened and looked about in. */
const OPENED = [
  '/api/status',
  '/api/catalogue',
  '/api/orgs',
  ...['', '&by=month', '&by=quarter', '&by=org'].flatMap((by) => [
    `/api/metrics/values?period=2024${by}`,
    `/api/indicators/values?period=2024${by}`,
  ]),
  '/api/values/entries?key=retention.revisited&period=2024',
  '/api/values/entries?key=rate.screen_agree&part=numerator&period=2024',
];

/** `npm start` to ready, the packages installed and the program built; and the process once people have looked about. */
export const start: BenchPart = {
  name: 'start',
  rows: [
    { row: 'first start, with the demonstration', unit: 's', target: [below(60)] },
    { row: 'memory after the first start', unit: 'MB', target: MEMORY },
    { row: 'later start', unit: 's', target: [below(5)] },
    { row: 'memory after a later start', unit: 'MB', target: MEMORY },
  ],
  async measure(context) {
    const { program, firstStart } = await context.program();
    const afterFirst = await memoryOf(program);
    await program.stop();
    const laterStart = await program.start();
    return [
      { value: firstStart / 1_000 },
      { value: afterFirst },
      { value: laterStart / 1_000 },
      { value: await memoryOf(program) },
    ];
  },
};

async function memoryOf(program: RunningProgram): Promise<number> {
  for (const path of OPENED) await program.read(path);
  return program.memory();
}
