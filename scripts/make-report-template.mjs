// Writes templates/report-<form>.docx anew: the templates of the self-assessments' reports, which an office may edit in
// Word instead. What is between braces is filled in; what only the office knows it writes into the template.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import PizZip from 'pizzip';

const DAY_OF_1980 = new Date(1980, 0, 1);
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
const RELATION = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml';
const TEXT_WIDTH = 8846;

const run = (text, { size = 32, bold = false, font = '仿宋', raised = false } = {}) =>
  `<w:r><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="${font}"/>${bold ? '<w:b/>' : ''}` +
  `<w:sz w:val="${size}"/><w:szCs w:val="${size}"/>${raised ? '<w:vertAlign w:val="superscript"/>' : ''}</w:rPr>` +
  `<w:t xml:space="preserve">${text}</w:t></w:r>`;

const paragraphOf = (
  runs,
  { align = 'both', before = 0, after = 0, indent = 0, line = 560, exact = true, keep = false } = {},
) =>
  `<w:p><w:pPr>${keep ? '<w:keepNext/>' : ''}<w:spacing w:before="${before}" w:after="${after}" w:line="${line}" ` +
  `w:lineRule="${exact ? 'exact' : 'auto'}"/>${indent ? `<w:ind w:firstLineChars="200" w:firstLine="${indent}"/>` : ''}` +
  `<w:jc w:val="${align}"/></w:pPr>${runs}</w:p>`;

const text = (words, { size, bold, font, ...look } = {}) => paragraphOf(run(words, { size, bold, font }), look);
const body = (words) => text(words, { indent: 640 });
const heading = (words) => text(words, { font: '黑体', indent: 640, keep: true, align: 'left' });
const second = (words) => text(words, { font: '楷体', bold: true, indent: 640, keep: true, align: 'left' });

/** A tag in a paragraph of its own, which is gone when it is filled. */
const tag = (name) => text(name, { line: 240, exact: false });

/** A part of the narrative: a paragraph for each, a mark behind what is cited. */
const part = (name) =>
  tag(`{#${name}}`) +
  paragraphOf(run('{#句}{文}') + run('{注}', { raised: true }) + run('{/句}'), { indent: 640 }) +
  tag(`{/${name}}`);

const cell = (words, width, { bold = false, align = 'center', size = 21, font = '宋体' } = {}) =>
  `<w:tc><w:tcPr><w:tcW w:w="${width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>` +
  `${text(words, { align, size, font, bold, line: 240, exact: false, before: 20, after: 20 })}</w:tc>`;

const row = (texts, widths, looks, head = false) =>
  `<w:tr><w:trPr><w:cantSplit/>${head ? '<w:tblHeader/>' : ''}</w:trPr>` +
  `${texts.map((words, at) => cell(words, widths[at], looks?.[at])).join('')}</w:tr>`;

const BORDER = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV']
  .map((side) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>`)
  .join('');

/** @param shares of the width of the text */
const table = (shares, heads, fields, looks) => {
  const whole = shares.reduce((a, b) => a + b, 0);
  const widths = shares.map((share) => Math.round((share * TEXT_WIDTH) / whole));
  return (
    // The line above would stand on the table's border.
    text('', { size: 8, line: 120 }) +
    `<w:tbl><w:tblPr><w:tblW w:w="${widths.reduce((a, b) => a + b, 0)}" w:type="dxa"/><w:jc w:val="center"/>` +
    `<w:tblBorders>${BORDER}</w:tblBorders><w:tblLayout w:type="fixed"/>` +
    '<w:tblCellMar><w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr>' +
    `<w:tblGrid>${widths.map((width) => `<w:gridCol w:w="${width}"/>`).join('')}</w:tblGrid>` +
    `${row(
      heads,
      widths,
      heads.map(() => ({ bold: true })),
      true,
    )}${row(fields, widths, looks)}</w:tbl>` +
    text('', { line: 240, exact: false })
  );
};

const LEFT = { align: 'left' };

const budgetTable = table(
  [25, 15, 15, 15, 15, 15],
  ['资金类别（万元）', '年初预算数', '追加追减数', '全年预算数', '全年执行数', '执行率'],
  ['{#预算}{名称}', '{年初}', '{追加}', '{全年}', '{执行}', '{执行率}{/预算}'],
  [LEFT],
);
const scoredLines = table(
  // ≥190000人份, 满意度指标 and 未计分 stand on one line.
  [117, 118, 155, 142, 124, 61, 80, 88],
  ['一级指标', '二级指标', '三级指标', '指标值', '完成值', '分值', '得分', '偏差'],
  ['{#指标}{一级}', '{二级}', '{名称}', '{指标值}', '{完成值}', '{分值}', '{得分}', '{偏差}{/指标}'],
  [undefined, undefined, LEFT],
);
const unscoredLines = table(
  [12, 30, 18, 18, 12, 24],
  ['类别', '指标名称', '目标值', '完成值', '偏差', '原因分析'],
  ['{#指标}{一级}', '{名称}', '{指标值}', '{完成值}', '{偏差}', '{原因}{/指标}'],
  [undefined, LEFT, undefined, undefined, undefined, LEFT],
);
const taskTable = table(
  [24, 26, 50],
  ['主要职责', '任务名称', '完成情况'],
  ['{#任务}{职责}', '{名称}', '{完成情况}{/任务}'],
  [LEFT, LEFT, LEFT],
);

const OWN = {
  unit: '（本段由单位填写：主要职能、机构设置、人员配置。）',
  long: '（本段由单位填写：中长期目标。）',
  use: '（本段由单位填写：{自评}结果拟怎样应用，何时、在何处公开。）',
  other: '（本段由单位填写；没有其他需要说明的，写“无”。）',
};

/** Under numbered headings. */
const told = (...parts) =>
  parts.map(([name, words], at) => second(`（${'一二三四五六'[at]}）${name}`) + words).join('');

const execution = ['预算执行', part('预算执行') + budgetTable];

/** 部门整体支出绩效情况, as Hunan's report tells it. */
const performance = (lines) =>
  told(
    execution,
    ['质量管理', part('质量管理')],
    ['产出', part('产出')],
    ['效益', part('效益')],
    ['满意度', part('满意度')],
    ['{自评}结论', part('自评结论')],
  ) + lines;

const money = (name, field) => heading(name) + part(field);

/** @param general what is told of the general public budget, @param whole what is told of the whole one before the lines */
const ten = (general, whole) =>
  heading('一、基本情况') +
  body(OWN.unit) +
  part('总体目标') +
  heading('二、一般公共预算支出情况') +
  part(general) +
  money('三、政府性基金预算支出情况', '政府性基金') +
  money('四、国有资本经营预算支出情况', '国有资本经营') +
  money('五、社会保险基金预算支出情况', '社会保险基金') +
  heading('六、部门整体支出绩效情况') +
  told(
    ...whole,
    ['质量管理', part('质量管理')],
    ['产出', part('产出')],
    ['效益', part('效益')],
    ['满意度', part('满意度')],
    ['{自评}结论', part('自评结论')],
  ) +
  scoredLines +
  heading('七、存在的问题及原因分析') +
  part('存在的问题') +
  heading('八、下一步改进措施') +
  part('改进措施') +
  heading('九、绩效{自评}结果拟应用和公开情况') +
  body(OWN.use) +
  heading('十、其他需要说明的情况') +
  body(OWN.other);

const five = (unit, name) =>
  heading('一、基本情况') +
  body(unit) +
  part('总体目标') +
  heading(`二、${name}绩效情况`) +
  performance(scoredLines) +
  heading('三、存在的问题及原因分析') +
  part('存在的问题') +
  heading('四、下一步改进措施') +
  part('改进措施') +
  heading('五、绩效{自评}结果拟应用和公开情况') +
  body(OWN.use);

const FORMS = {
  hunan: ten('一般公共预算', [execution]),
  // Its budget has no row of its own for the general public budget: that is all it has.
  district: ten('预算执行', []),
  station: five(OWN.unit, '部门整体支出'),
  'hunan-project': five('（本段由单位填写：项目立项依据、内容和实施单位。）', '项目支出'),
  jiangsu:
    heading('一、主要职能') +
    body('（本段由单位填写：主要职能。）') +
    heading('二、机构设置及人员配置') +
    body('（本段由单位填写：内设机构、编制和在职人数。）') +
    heading('三、部门整体资金') +
    part('预算执行') +
    budgetTable +
    heading('四、中长期目标') +
    body(OWN.long) +
    heading('五、{年度}目标完成情况') +
    part('总体目标') +
    part('决策与过程') +
    part('产出') +
    part('质量管理') +
    part('效益') +
    part('满意度') +
    part('自评结论') +
    unscoredLines +
    heading('六、存在的问题及原因分析') +
    part('存在的问题') +
    heading('七、下一步改进措施') +
    part('改进措施'),
  suzhou:
    heading('一、主要职责') +
    body('（本段由单位填写：主要职责。）') +
    heading('二、机构设置及人员配置') +
    body('（本段由单位填写：内设机构、编制和在职人数。）') +
    heading('三、中长期目标') +
    body(OWN.long) +
    heading('四、{年度}目标完成情况') +
    part('总体目标') +
    part('产出') +
    part('质量管理') +
    part('效益') +
    part('满意度') +
    heading('五、决策与过程') +
    part('决策与过程') +
    part('自评结论') +
    heading('六、存在的问题和改进措施') +
    part('存在的问题') +
    part('改进措施') +
    heading('七、预算信息') +
    part('预算执行') +
    budgetTable +
    heading('八、年度重点任务') +
    taskTable +
    heading('九、{自评}表') +
    unscoredLines,
};

/** A long title stands on one line, in July too; in half points. */
const TITLE_SIZES = { district: 36, jiangsu: 40 };

const documentOf = (form, parts) =>
  text('{标题}', { align: 'center', size: TITLE_SIZES[form] ?? 44, font: '方正小标宋简体', line: 600, after: 200 }) +
  text('{单位名称}', { align: 'center', font: '楷体' }) +
  text('（{日期}）', { align: 'center', font: '楷体', after: 280 }) +
  tag('{#项目}') +
  body('项目名称：{名称}') +
  tag('{/项目}') +
  parts +
  text('附件：', { indent: 640, before: 280, keep: true, align: 'left' }) +
  tag('{#附件}') +
  text('{序号}. {名称}', { indent: 640, align: 'left' }) +
  tag('{/附件}') +
  text('数据来源', { font: '黑体', before: 280, size: 28, keep: true, align: 'left' }) +
  tag('{#来源}') +
  text('[{序号}] {说明}', { size: 20, font: '宋体', align: 'left', line: 280, exact: false }) +
  tag('{/来源}');

const field = (code) =>
  `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> ${code} </w:instrText></w:r>` +
  '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>';

const small = { size: 24, font: '宋体' };
const footer = paragraphOf(run('— ', small) + field('PAGE') + run(' —', small), {
  align: 'center',
  line: 240,
  exact: false,
});
const header = paragraphOf(run('{#演示}{字样}{/演示}', { ...small, bold: true }), {
  align: 'right',
  line: 240,
  exact: false,
});

const partFiles = {
  '[Content_Types].xml':
    `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    '<Default Extension="xml" ContentType="application/xml"/>' +
    `<Override PartName="/word/document.xml" ContentType="${WORD}.document.main+xml"/>` +
    `<Override PartName="/word/styles.xml" ContentType="${WORD}.styles+xml"/>` +
    `<Override PartName="/word/header1.xml" ContentType="${WORD}.header+xml"/>` +
    `<Override PartName="/word/footer1.xml" ContentType="${WORD}.footer+xml"/></Types>`,
  '_rels/.rels':
    `${HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
    `<Relationship Id="rId1" Type="${RELATION}/officeDocument" Target="word/document.xml"/></Relationships>`,
  'word/_rels/document.xml.rels':
    `${HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
    ['styles', 'header', 'footer']
      .map(
        (kind, at) => `<Relationship Id="rId${at + 1}" Type="${RELATION}/${kind}" Target="${kind}${at ? 1 : ''}.xml"/>`,
      )
      .join('') +
    '</Relationships>',
  'word/styles.xml':
    `${HEAD}<w:styles ${W}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="仿宋"/>` +
    '<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults>' +
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style></w:styles>',
  'word/header1.xml': `${HEAD}<w:hdr ${W}>${header}</w:hdr>`,
  'word/footer1.xml': `${HEAD}<w:ftr ${W}>${footer}</w:ftr>`,
};

for (const [form, parts] of Object.entries(FORMS)) {
  const section =
    '<w:sectPr><w:headerReference w:type="default" r:id="rId2"/><w:footerReference w:type="default" r:id="rId3"/>' +
    '<w:pgSz w:w="11906" w:h="16838"/>' +
    '<w:pgMar w:top="2098" w:right="1474" w:bottom="1985" w:left="1587" w:header="851" w:footer="1400" w:gutter="0"/></w:sectPr>';
  const document = `${HEAD}<w:document ${W} ${R}><w:body>${documentOf(form, parts)}${section}</w:body></w:document>`;
  const zip = new PizZip();
  for (const [name, xml] of Object.entries({ ...partFiles, 'word/document.xml': document })) {
    zip.file(name, xml, { date: DAY_OF_1980, createFolders: false });
  }
  const bytes = zip.generate({ type: 'nodebuffer', compression: 'DEFLATE' });
  writeFileSync(join(import.meta.dirname, `../templates/report-${form}.docx`), bytes);
}
