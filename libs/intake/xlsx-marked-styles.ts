const FILL =
  '<fill><patternFill patternType="solid"><fgColor rgb="FFFFC7CE"/><bgColor indexed="64"/></patternFill></fill>';
const PART = /<((?:\w+:)?)(fills|cellXfs)\b([^<>]*)>([\s\S]*?)<\/\1\2>/g;
const STYLE = /<((?:\w+:)?)xf\b(?:[^<>]*\/>|[^<>]*[^<>/]>[\s\S]*?<\/\1xf>|>[\s\S]*?<\/\1xf>)/g;

/** The styles of a workbook with another for each that a marked cell has: the same but for its colour. */
export class MarkedStyles {
  /** The new numbers, by the old. */
  private readonly numbers = new Map<number, number>();
  private readonly styles: readonly string[];
  private readonly fills: number;

  constructor(private readonly xml: string) {
    this.styles = [...(partOf(xml, 'cellXfs') ?? '').matchAll(STYLE)].map(([style]) => style);
    this.fills = [...(partOf(xml, 'fills') ?? '').matchAll(/<(?:\w+:)?fill[\s/>]/g)].length;
  }

  /** Whether the styles are such that others can be added. */
  get canBeMarked(): boolean {
    return this.styles.length > 0 && this.fills > 0;
  }

  /** The number of the style of a marked cell. */
  marked(style: number): number {
    const old = style < this.styles.length ? style : 0;
    const number = this.numbers.get(old) ?? this.styles.length + this.numbers.size;
    this.numbers.set(old, number);
    return number;
  }

  written(): string {
    return this.xml.replace(PART, (_, prefix: string, name: string, attributes: string, inside: string) => {
      const more =
        name === 'fills' ? [withPrefix(FILL, prefix)] : [...this.numbers.keys()].map((old) => this.filled(old));
      const count = (name === 'fills' ? this.fills : this.styles.length) + more.length;
      const kept = attributes.replace(/\scount\s*=\s*(["'])\d*\1/, '');
      return `<${prefix}${name}${kept} count="${count}">${inside}${more.join('')}</${prefix}${name}>`;
    });
  }

  private filled(old: number): string {
    const plain = this.styles[old]!.replace(/^<[^>]*>/, (tag) =>
      tag.replace(/\s(fillId|applyFill)\s*=\s*(["'])[^"']*\2/g, ''),
    );
    return plain.replace(/^<((?:\w+:)?)xf\b/, `<$1xf fillId="${this.fills}" applyFill="1"`);
  }
}

function partOf(xml: string, name: string): string | undefined {
  return [...xml.matchAll(PART)].find((match) => match[2] === name)?.[4];
}

function withPrefix(xml: string, prefix: string): string {
  return xml.replace(/<(\/?)/g, `<$1${prefix}`);
}
