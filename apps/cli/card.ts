import type { Command } from 'commander';
import type { DataSource } from 'typeorm';
import { cardsOf, type Card } from '../../libs/catalogue/card';
import { compareVersions } from '../../libs/catalogue/card-comparison';
import { KeyUnknown } from '../../libs/indicators/values';
import { currentDefinitions } from '../../libs/metrics/definitions';
import { requireFormat } from './format';
import { asTable } from './table';
import type { Run } from './user';

interface CardOptions {
  readonly format: string;
  readonly compare?: string;
}

export function addCardVerb(program: Command, run: Run): void {
  program
    .command('card [key]')
    .description('口径卡：指标怎么算、自何时起、由何而来  what a figure means; without a key, a line for each')
    .option('--compare <versions>', '比较两个版本，如 1,1.2  tell two versions apart')
    .option('--format <format>', 'table | json', 'table')
    .action((key: string | undefined, options: CardOptions) =>
      run(async (source, { registryId }) => {
        process.stdout.write(await cardsInWords(source, registryId, key, options));
      }),
    );
}

async function cardsInWords(
  source: DataSource,
  registryId: number,
  key: string | undefined,
  { format, compare }: CardOptions,
): Promise<string> {
  requireFormat(format, ['table', 'json']);
  const cards = cardsOf(await currentDefinitions(source.manager, registryId));
  if (key === undefined) {
    if (format === 'json') return asJson(cards);
    return asTable(
      ['指标 key', '名称 name', '单位 unit', '版本 version', '算法 formula'],
      cards.map((card) => {
        const { name, formula } = card.versions.at(-1)!;
        return [card.key, card.label.zh, card.unit, name, formula.zh];
      }),
    );
  }
  const card = cards.find((one) => one.key === key);
  if (!card) throw new KeyUnknown(key);
  if (compare !== undefined) return asJson(compareVersions(card, compare));
  return format === 'json' ? asJson(card) : inWords(card);
}

function asJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function inWords({ key, label, unit, decimals, addsUp, source, versions, setting, assumptions }: Card): string {
  const lines = [
    `${label.zh}  ${label.en}  (${key})`,
    `单位：${unit}${decimals === null ? '' : `，${decimals} 位小数`}`,
    ...versions.flatMap(({ name, since, formula, madeBy }) => [
      `版本 ${name}${since === null ? '' : `，自 ${since}`}${madeBy ? `，按设置 ${madeBy.setting}=${madeBy.choice}` : ''}：`,
      `  ${formula.zh}`,
      `  ${formula.en}`,
    ]),
    `汇总：${addsUp.label.zh}`,
    `来源：${source.entries.zh}`,
    ...source.askedBy.map(({ zh }) => `见于：${zh}`),
    ...(setting ? [`可选口径（${setting.key}）：`] : []),
    ...(setting?.choices ?? []).map(({ code, label: name, effect }) => {
      return `  ${code}${code === setting?.default ? '（缺省）' : ''} ${name.zh}：${effect.zh}`;
    }),
    ...assumptions.map(({ zh }) => `假定：${zh}`),
  ];
  return `${lines.join('\n')}\n`;
}
