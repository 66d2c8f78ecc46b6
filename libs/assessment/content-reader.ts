import type { Label } from '../catalogue/label';
import { decimal, isDecimal, type DecimalString } from '../core/decimal';
import { DomainError, type Sentence } from '../core/domain-error';

export class ContentRefused extends DomainError {
  constructor(what: Label, field: string, problem: Sentence) {
    super(
      'content_refused',
      {
        zh: `${what.zh}${field === '' ? '' : `的 ${field} `}${problem.zh}`,
        en: `${field === '' ? '' : `${field} of `}the ${what.en} ${problem.en}`,
      },
      { field },
    );
  }
}

const LONGEST_TEXT = 500;
const LONGEST_NUMBER = 20;

/** Content that came from outside, read field by field; what is wrong is refused with the field's name. */
export class ContentReader {
  constructor(
    private readonly what: Label,
    private readonly value: unknown,
    private readonly field = '',
  ) {}

  refuse(zh: string, en: string): never {
    throw new ContentRefused(this.what, this.field, { zh, en });
  }

  /** The fields of an object that has these and no others; those ending in `?` may be left out. */
  fields<Name extends string>(...names: readonly Name[]): Record<Bare<Name>, ContentReader> {
    const { value } = this;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      this.refuse('应为一组字段（JSON 对象）。', 'must be an object.');
    }
    const wanted = names.map((name) => name.replace('?', ''));
    for (const name of Object.keys(value)) {
      if (!wanted.includes(name)) this.refuse(`不认识字段 ${name}。`, `has an unknown field ${name}.`);
    }
    for (const name of names) {
      if (!name.endsWith('?') && !Object.hasOwn(value, name))
        this.refuse(`缺少字段 ${name}。`, `lacks the field ${name}.`);
    }
    const own = (name: string) => (Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined);
    const read = wanted.map((name) => [name, this.at(own(name), this.field === '' ? name : `${this.field}.${name}`)]);
    return Object.fromEntries(read) as Record<Bare<Name>, ContentReader>;
  }

  items(atLeast: number, atMost: number): ContentReader[] {
    const { value } = this;
    if (!Array.isArray(value) || value.length < atLeast || value.length > atMost) {
      this.refuse(`应为 ${atLeast} 至 ${atMost} 项的列表。`, `must be a list of ${atLeast} to ${atMost}.`);
    }
    return value.map((each: unknown, at) => this.at(each, `${this.field}[${at}]`));
  }

  text(): string {
    const { value } = this;
    if (typeof value !== 'string' || value.trim() === '') this.refuse('应为文字，不能为空。', 'must be a text.');
    if (value.length > LONGEST_TEXT) this.refuse(`超过 ${LONGEST_TEXT} 字。`, `is longer than ${LONGEST_TEXT}.`);
    if (/\p{Cc}/u.test(value)) this.refuse('含有控制字符或换行。', 'has control characters or line breaks.');
    return value;
  }

  /** A text that may be empty. */
  orEmpty(): string {
    return this.value === '' ? '' : this.text();
  }

  matching(pattern: RegExp, zh: string, en: string): string {
    const { value } = this;
    if (typeof value !== 'string' || !pattern.test(value)) this.refuse(zh, en);
    return value;
  }

  code(): string {
    const [zh, en] = ['应为小写字母开头的编码，如 hunan-2025。', 'must be a code such as hunan-2025.'];
    return this.matching(/^[a-z][a-z0-9_-]{0,39}$/, zh, en);
  }

  year(): string {
    return this.matching(/^[12]\d{3}$/, '应为四位年份，如 "2024"。', 'must be a year such as "2024".');
  }

  label(): Label {
    const { zh, en } = this.fields('zh', 'en');
    return { zh: zh.text(), en: en.text() };
  }

  labels(): Label[] {
    return this.items(0, 50).map((each) => each.label());
  }

  /** A decimal string between two bounds. */
  number(from: DecimalString, to: DecimalString): DecimalString {
    const { value } = this;
    const isNumber = typeof value === 'string' && value.length <= LONGEST_NUMBER && isDecimal(value);
    if (!isNumber || decimal(value).lt(from) || decimal(value).gt(to)) {
      const bounds = `${from}–${to}`;
      this.refuse(
        `应为 ${bounds} 之间的数，写作文字，如 "30"。`,
        `must be a number of ${bounds} as a text, such as "30".`,
      );
    }
    return value;
  }

  whole(from: number, to: number): number {
    const { value } = this;
    if (typeof value !== 'number' || !Number.isInteger(value) || value < from || value > to) {
      this.refuse(`应为 ${from} 至 ${to} 的整数。`, `must be a whole number from ${from} to ${to}.`);
    }
    return value;
  }

  oneOf<const Choice extends string>(choices: readonly Choice[]): Choice {
    const choice = choices.find((each) => each === this.value);
    if (choice === undefined) this.refuse(`应为 ${choices.join('、')} 之一。`, `must be one of ${choices.join(', ')}.`);
    return choice;
  }

  orNull<Read>(read: (reader: ContentReader) => Read): Read | null {
    return this.value === null ? null : read(this);
  }

  /** Undefined when the field was left out. */
  optional<Read>(read: (reader: ContentReader) => Read): Read | undefined {
    return this.value === undefined ? undefined : read(this);
  }

  private at(value: unknown, field: string): ContentReader {
    return new ContentReader(this.what, value, field);
  }
}

type Bare<Name extends string> = Name extends `${infer Text}?` ? Text : Name;
