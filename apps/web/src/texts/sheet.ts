import { say, texts } from './say';

export const SHEET_TEXTS = texts({
  sheetHint: say(
    '一格填一个单位一件事当天的总数；可以从 Excel 整块粘贴。没有发生填 0（零报告），不清楚就留空。',
    'Each cell is the day’s total of one org and kind; a block can be pasted from Excel. 0 says that nothing happened; leave empty what is not known.',
  ),
  sheetDay: say('日期', 'Day'),
  sheetColumns: say('登记哪些事项', 'Which kinds'),
  sheetColumnsNone: say('先选要登记的事项', 'Choose what is to be logged'),
  sheetColumnsNoneHow: say(
    '在上面的“登记哪些事项”里选一项或几项，表格随即出现；所选会记住。',
    'Choose one or more under “Which kinds” above, and the sheet appears; the choice is remembered.',
  ),
  sheetKeys: say(
    '方向键移动，Enter 向下，Tab 向右，Esc 撤回这一格，Ctrl+S 保存',
    'Arrows move, Enter goes down, Tab right, Esc takes the cell back, Ctrl+S saves',
  ),
  sheetCell: say('{org} {kind}', '{org} {kind}'),
  sheetStands: say('已登记 {quantity}', 'logged {quantity}'),
  sheetStandsOf: say('已登记 {count} 条，共 {quantity}', '{count} {count|entry|entries}, {quantity} in all'),
  sheetCorrects: say('更正 {from} → {to}', 'corrects {from} → {to}'),
  sheetRowTotal: say('合计', 'Total'),
  sheetColumnTotal: say('合计', 'Total'),
  sheetNotNumber: say('不是数字，应如 112 或 1,120', 'No number; write 112 or 1,120'),
  sheetNotMultiple: say('应是 {step} 的整数倍', 'A multiple of {step}'),
  sheetOutside: say(
    '粘贴的内容有 {count} 个数超出表格，没有放进去：{what}',
    '{count} pasted {count|number lies|numbers lie} outside the sheet and {count|was|were} left out: {what}',
  ),
  sheetChanges: say('新登记 {fresh} 格，更正 {corrected} 格', '{fresh} new, {corrected} corrected'),
  sheetProblems: say(
    '{count} 格有问题，改好才能保存',
    '{count} {count|cell is|cells are} wrong; put {count|it|them} right before saving',
  ),
  sheetNothing: say('还没有填写', 'Nothing filled in'),
  sheetWhy: say('说明原因（更正或补登记时必填）', 'Why (needed for corrections and closed months)'),
  sheetSave: say('保存', 'Save'),
  sheetDrop: say('放弃未保存的', 'Drop what is not saved'),
  sheetDropSure: say(
    '放弃还没有保存的 {count} 格？',
    'Drop the {count} {count|cell that is|cells that are} not saved?',
  ),
  sheetSaved: say('已保存：新登记 {fresh} 格，更正 {corrected} 格', 'Saved: {fresh} new, {corrected} corrected'),
  sheetDraft: say(
    '填写的内容随时存在这台电脑上，刷新、断网都不会丢。',
    'What is typed is kept on this computer, over a reload and a lost network.',
  ),
  sheetRefused: say(
    '没有保存：{count} 格被拒，见表格中的说明。',
    'Not saved: {count} {count|cell was|cells were} refused, see {count|it|them} in the sheet.',
  ),
  sheetFuture: say('这一天还没有到。', 'That day has not come yet.'),
  sheetBefore: say(
    '建账之前的日子不能登记，最早是 {day}。',
    'The ledger begins on {day}; earlier days cannot be logged.',
  ),
});
