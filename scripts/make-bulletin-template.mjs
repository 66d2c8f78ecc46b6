// Writes templates/bulletin.docx anew: the monthly bulletin's template, which an office may edit in Word instead.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import PizZip from 'pizzip';

const DAY_OF_1980 = new Date(1980, 0, 1);
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';

const run = (text, { size = 18, bold = false, font = '宋体' } = {}) =>
  `<w:r><w:rPr><w:rFonts w:ascii="${font}" w:hAnsi="${font}" w:eastAsia="${font}"/>${bold ? '<w:b/>' : ''}` +
  `<w:sz w:val="${size}"/><w:szCs w:val="${size}"/></w:rPr><w:t xml:space="preserve">${text}</w:t></w:r>`;

const paragraph = (text, { align = 'left', before = 0, after = 0, ...look } = {}) =>
  `<w:p><w:pPr><w:spacing w:before="${before}" w:after="${after}" w:line="240" w:lineRule="auto"/>` +
  `<w:jc w:val="${align}"/></w:pPr>${run(text, look)}</w:p>`;

const cell = (text, width, look) =>
  `<w:tc><w:tcPr><w:tcW w:w="${width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>` +
  `${paragraph(text, { align: 'center', size: 16, ...look })}</w:tc>`;

const row = (texts, widths, look, heading = false) =>
  `<w:tr><w:trPr><w:cantSplit/>${heading ? '<w:tblHeader/>' : ''}</w:trPr>` +
  `${texts.map((text, at) => cell(text, widths[at], look)).join('')}</w:tr>`;

const BORDER = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV']
  .map((side) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>`)
  .join('');

const table = (widths, heads, fields) =>
  `<w:tbl><w:tblPr><w:tblW w:w="${widths.reduce((a, b) => a + b, 0)}" w:type="dxa"/>` +
  `<w:tblBorders>${BORDER}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>` +
  `<w:tblGrid>${widths.map((width) => `<w:gridCol w:w="${width}"/>`).join('')}</w:tblGrid>` +
  `${row(heads, widths, { bold: true }, true)}${row(fields, widths)}</w:tbl>`;

const title = (text) => paragraph(text, { size: 20, bold: true, font: '黑体', before: 80, after: 30 });

const body = [
  paragraph('{title}', { align: 'center', size: 32, bold: true, font: '黑体', after: 40 }),
  paragraph('{unit}　{seal}', { align: 'center', size: 16, after: 20 }),
  '{#demonstration}',
  paragraph('{demonstration}', { align: 'center', size: 18, bold: true }),
  '{/demonstration}',
  title('一、主要数字'),
  table(
    [1700, 760, 900, 900, 880, 1000, 1000, 1060, 2400],
    ['指标', '单位', '本月', '上年同月', '增减', '本年累计', '上年同期', '全年目标', '序时进度'],
    [
      '{#figures}{label}',
      '{unit}',
      '{month}',
      '{monthBefore}',
      '{change}',
      '{year}',
      '{yearBefore}',
      '{target}',
      '{pace}{/figures}',
    ],
  ),
  title('二、本月各环节'),
  table(
    [2400, 2400, 2400, 3400],
    ['环节', '请求', '同意或完成', '成功率（同意或完成/请求）'],
    ['{#stages}{label}', '{entered}', '{passed}', '{rate}{/stages}'],
  ),
  title('三、各市'),
  table(
    [2200, 1400, 1400, 1400, 1400, 1400, 1400],
    [
      '机构',
      '招募人数（人）',
      '新增入库（人份）',
      '初筛（人次）',
      '初筛同意（人次）',
      '实际体检完成（人次）',
      '捐献例数（例）',
    ],
    ['{#cities}{name}', '{a}', '{b}', '{c}', '{d}', '{e}', '{f}{/cities}'],
  ),
  title('四、调整与缺报'),
  paragraph('{adjustments}', { size: 16 }),
  paragraph('{missing}', { size: 16 }),
  paragraph('{notes}', { size: 14, before: 40 }),
];
// A condition over whole paragraphs stands in paragraphs of its own.
const parts = body.map((part) => (part.startsWith('{') ? paragraph(part) : part)).join('');

const files = {
  '[Content_Types].xml':
    `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    '<Default Extension="xml" ContentType="application/xml"/>' +
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>' +
    '<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>',
  '_rels/.rels':
    `${HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
  'word/_rels/document.xml.rels':
    `${HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>',
  'word/styles.xml':
    `${HEAD}<w:styles ${W}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体"/>` +
    '<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults>' +
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style></w:styles>',
  'word/document.xml':
    `${HEAD}<w:document ${W}><w:body>${parts}<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>` +
    '<w:pgMar w:top="680" w:right="650" w:bottom="600" w:left="650" w:header="300" w:footer="300" w:gutter="0"/></w:sectPr></w:body></w:document>',
};

const zip = new PizZip();
for (const [name, text] of Object.entries(files)) zip.file(name, text, { date: DAY_OF_1980, createFolders: false });
writeFileSync(
  join(import.meta.dirname, '../templates/bulletin.docx'),
  zip.generate({ type: 'nodebuffer', compression: 'DEFLATE' }),
);
