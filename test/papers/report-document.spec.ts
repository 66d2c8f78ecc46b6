import PizZip from 'pizzip';
import { filledOf, formOf, UNIT } from '../support/filled-forms';
import { FORMS } from '../../libs/assessment/forms/shipped-forms';
import type { AssessmentHead } from '../../libs/reports/assessment-head';
import { reportDocument, shippedReportTemplate } from '../../libs/reports/report-document';
import { checkReportTemplate } from '../../libs/reports/report-template';

const HEAD: AssessmentHead = {
  unitName: UNIT,
  period: '2024',
  demonstration: true,
  printedAt: new Date('2025-01-10T01:30:00Z'),
};

/** The paragraphs of a part, as text. */
function textOf(docx: Buffer, part = 'word/document.xml'): string[] {
  const xml = new PizZip(docx).file(part)?.asText() ?? '';
  return xml.split('</w:p>').map((paragraph) => paragraph.replace(/<[^>]+>/g, '').trim());
}

/** The shipped template with other words in its first paragraph. */
async function templateSaying(words: string): Promise<Buffer> {
  const zip = new PizZip(await shippedReportTemplate('hunan'));
  const xml = zip.file('word/document.xml')?.asText() ?? '';
  zip.file('word/document.xml', xml.replace('{标题}', words));
  return zip.generate({ type: 'nodebuffer' });
}

describe('the report as docx', () => {
  it('has the headings that the province asks for, the title, the unit and the day', async () => {
    const text = textOf(await reportDocument(filledOf(formOf('hunan')), HEAD));
    expect(text.slice(0, 3)).toEqual(['2024年度部门整体支出绩效自评报告', UNIT, '（2025年1月10日）']);
    expect(text.filter((each) => /^[一二三四五六七八九十]、/.test(each))).toHaveLength(10);
  });

  it('is called by what the form is at its stage, and so is its attachment', async () => {
    const titles = async (stage: 'year' | 'half', period: string) => {
      const text = textOf(await reportDocument(filledOf(formOf('jiangsu'), { stage, period }), { ...HEAD, period }));
      return [text[0], text.find((each) => each.startsWith('1. '))];
    };
    expect(await titles('year', '2024')).toEqual(['2024年度部门整体支出绩效自评报告', '1. 部门整体支出绩效自评表']);
    expect(await titles('half', '2024-H1')).toEqual([
      '2024年上半年部门整体支出绩效目标监控报告',
      '1. 部门整体支出绩效目标监控表',
    ]);
  });

  it.each(FORMS.map(({ code }) => code))('says nothing of 自评 in July: %s', async (code) => {
    const half = filledOf(formOf(code), { stage: 'half', period: '2024-H1' });
    const text = textOf(await reportDocument(half, { ...HEAD, period: '2024-H1' }));
    expect(text.filter((each) => each.includes('自评'))).toEqual([]);
  });

  it('tells of the general public budget under its heading, and of the whole budget apart', async () => {
    const budget = new Map([
      ['total', { initial: '130.5', adjusted: '130.5', executed: '129.19' }],
      ['general', { initial: '100', adjusted: '100', executed: '99.5' }],
    ]);
    const text = textOf(await reportDocument(filledOf(formOf('hunan'), { budget }), HEAD));
    const after = (heading: string) => text[text.indexOf(heading) + 1];
    expect(after('二、一般公共预算支出情况')).toMatch(
      /^一般公共预算年初预算100万元，全年预算100万元，执行99.5万元，执行率99.50%/,
    );
    expect(after('（一）预算执行')).toMatch(/^年度资金总额年初预算130.5万元/);
  });

  it('marks each figure with the number of its source, in the order of the text', async () => {
    for (const { code } of FORMS) {
      const text = textOf(await reportDocument(filledOf(formOf(code)), HEAD));
      const end = text.indexOf('数据来源');
      const marks = text
        .slice(0, end)
        .flatMap((each) => [...each.matchAll(/\[(\d+)\]/g)].map((mark) => Number(mark[1])));
      const sources = text.slice(end + 1).flatMap((each) => /^\[(\d+)\] /.exec(each)?.slice(1).map(Number) ?? []);
      expect(sources).toEqual(sources.map((_, at) => at + 1));
      expect([...new Set(marks)].sort((one, other) => one - other)).toEqual(sources);
      const first = marks.filter((mark, at) => marks.indexOf(mark) === at);
      expect(first.slice(0, 3)).toEqual([1, 2, 3]);
    }
  });

  it('says of a source its figure, its version and the place in the ledger', async () => {
    const text = textOf(await reportDocument(filledOf(formOf('hunan')), HEAD)).join('\n');
    expect(text).toMatch(/初筛成功率：业务台账 rate\.screen_agree；初筛同意 ÷ 初筛 × 100；口径第1版；台账位置77。/);
  });

  it('marks every page of the demonstration, and none of an office', async () => {
    const form = filledOf(formOf('hunan'));
    expect(textOf(await reportDocument(form, HEAD), 'word/header1.xml').join('')).toBe('演示数据');
    const office = await reportDocument(form, { ...HEAD, demonstration: false });
    expect(textOf(office, 'word/header1.xml').join('')).toBe('');
  });

  it('leaves no braces, and has the same bytes whenever it is written', async () => {
    for (const { code } of FORMS) {
      const form = filledOf(formOf(code));
      const first = await reportDocument(form, HEAD);
      expect(textOf(first).join('')).not.toMatch(/[{}]|undefined/);
      expect((await reportDocument(form, HEAD)).equals(first)).toBe(true);
    }
  });

  it("is written from an office's own template", async () => {
    const template = await templateSaying('本单位 {期间} 的 {标题}');
    await checkReportTemplate('自己的.docx', template);
    const [title] = textOf(await reportDocument(filledOf(formOf('hunan')), HEAD, template));
    expect(title).toBe('本单位 2024年度 的 2024年度部门整体支出绩效自评报告');
  });

  it('is written whatever characters somebody has pasted', async () => {
    const form = filledOf(formOf('hunan'));
    const tasks = [{ code: 'a', duty: '职责', task: '任务', completion: '完成\v两项\u0001', typed: true }];
    const docx = await reportDocument({ ...form, tasks }, HEAD, await templateSaying('{#任务}{完成情况}{/任务}'));
    expect(textOf(docx)[0]).toBe('完成两项\uFFFD');
  });
});

describe('a template that an office sends', () => {
  it.each(FORMS.map(({ code }) => code))('may be the one of the form %s that comes with the program', async (code) => {
    await expect(checkReportTemplate(`${code}.docx`, await shippedReportTemplate(code))).resolves.toBeUndefined();
  });

  it('is refused with the names that there are not, as they are written', async () => {
    const template = await templateSaying('{标题}{单位}{#来源}{说明}{年份}{/来源}{质量管理}');
    await expect(checkReportTemplate('自己的.docx', template)).rejects.toMatchObject({
      code: 'template_names_unknown',
      details: { field: 'file', names: ['{单位}', '{年份}', '{质量管理}'] },
    });
    const raw = checkReportTemplate('自己的.docx', await templateSaying('{@总分}'));
    await expect(raw).rejects.toMatchObject({ details: { names: ['{@总分}'] } });
  });

  it('may not multiply its lists with each other', async () => {
    const check = async (words: string) => checkReportTemplate('自己的.docx', await templateSaying(words));
    for (const words of [
      '{#指标}{#指标}{名称}{/指标}{/指标}',
      '{#质量管理}{#句}{#来源}{说明}{/来源}{/句}{/质量管理}',
    ]) {
      await expect(check(words)).rejects.toMatchObject({ code: 'template_names_unknown' });
    }
    await check('{#项目}{名称}{#指标}{#演示}{字样}{/演示}{名称}{/指标}{/项目}');
  });

  it('may use a name of the whole inside a list', async () => {
    await checkReportTemplate('自己的.docx', await templateSaying('{#来源}{单位名称}{说明}{/来源}'));
  });

  it('is refused where its braces do not match', async () => {
    const template = await templateSaying('{#质量管理}{标题}');
    await expect(checkReportTemplate('自己的.docx', template)).rejects.toMatchObject({
      code: 'template_not_readable',
      details: { names: ['质量管理'] },
    });
  });

  it('is refused where one list ends under the name of another', async () => {
    const template = await templateSaying('{#来源}{说明}{/附件}');
    await expect(checkReportTemplate('自己的.docx', template)).rejects.toMatchObject({
      code: 'template_not_readable',
      details: { names: ['来源', '附件'] },
    });
  });

  it.each([
    ['word/document.xml', (xml: string) => xml.replace('</w:body>', '')],
    ['word/styles.xml', (xml: string) => xml.slice(0, xml.length / 2)],
    ['word/styles.xml', (xml: string) => xml.replace(/ xmlns:w="[^"]*"/, '')],
    ['[Content_Types].xml', (xml: string) => `${xml}<Types/>`],
    ['docProps/app.xml', () => '<Properties><Pages>1</Properties>'],
    ['word/_rels/footer1.xml.rels', () => '<Relationships>'],
  ])('is refused where Word would not open its %s', async (part, broken) => {
    const zip = new PizZip(await shippedReportTemplate('hunan'));
    zip.file(part, broken(zip.file(part)?.asText() ?? ''));
    await expect(checkReportTemplate('自己的.docx', zip.generate({ type: 'nodebuffer' }))).rejects.toMatchObject({
      code: 'template_not_readable',
      sentence: { zh: '模板无法使用：文件损坏，或不是 Word 生成的。请改好后再上传。' },
    });
  });

  it('is refused where a picture in it is not what was packed', async () => {
    const zip = new PizZip(await shippedReportTemplate('hunan'));
    zip.file('word/media/seal.bin', 'as it was packed');
    const docx = zip.generate({ type: 'nodebuffer', compression: 'STORE' });
    await expect(checkReportTemplate('自己的.docx', docx)).resolves.toBeUndefined();
    docx.write('as it was broken', docx.indexOf('as it was packed'));
    await expect(checkReportTemplate('自己的.docx', docx)).rejects.toMatchObject({ code: 'template_not_readable' });
  });

  it('may carry parts that are not filled, in whatever encoding they are', async () => {
    const zip = new PizZip(await shippedReportTemplate('hunan'));
    const xml = '\uFEFF<?xml version="1.0" encoding="UTF-16"?><资料>来源</资料>';
    zip.file('customXml/item1.xml', Buffer.from(xml, 'utf16le'));
    await expect(checkReportTemplate('自己的.docx', zip.generate({ type: 'nodebuffer' }))).resolves.toBeUndefined();
  });

  it('is refused with braces of a Chinese keyboard, and without any name', async () => {
    const wide = checkReportTemplate('自己的.docx', await templateSaying('｛单位名称｝｛随便｝｛#来源｝'));
    await expect(wide).rejects.toMatchObject({
      code: 'template_braces_wide',
      details: { names: ['｛单位名称｝', '｛#来源｝'] },
      sentence: { zh: expect.stringContaining('请改成半角的 {单位名称}、{#来源}') },
    });
    const zip = new PizZip(await shippedReportTemplate('hunan'));
    for (const part of ['document', 'header1']) {
      const path = `word/${part}.xml`;
      zip.file(
        path,
        zip
          .file(path)!
          .asText()
          .replace(/\{[^}]*\}/g, ''),
      );
    }
    await expect(checkReportTemplate('自己的.docx', zip.generate({ type: 'nodebuffer' }))).rejects.toMatchObject({
      code: 'template_without_names',
    });
  });

  it('is refused where it is no Word document, or unpacks to far too much', async () => {
    await expect(checkReportTemplate('x.docx', Buffer.from('你好'))).rejects.toMatchObject({
      code: 'template_not_docx',
    });
    await expect(checkReportTemplate('x.txt', Buffer.from('你好'))).rejects.toMatchObject({
      code: 'template_not_docx',
    });
    const zip = new PizZip(await shippedReportTemplate('hunan'));
    zip.file('word/media/large.bin', Buffer.alloc(65 * 1024 * 1024));
    const bomb = zip.generate({ type: 'nodebuffer', compression: 'DEFLATE' });
    expect(bomb.length).toBeLessThan(1024 * 1024);
    await expect(checkReportTemplate('x.docx', bomb)).rejects.toMatchObject({ code: 'file_too_large' });
  });
});
