import { say, texts } from './say';

export const SETTINGS_TEXTS = texts({
  settingsHow: say(
    '报告没有说清的口径，由资料库选定，从哪个月起用。',
    'Where reports leave a meaning open, the registry chooses it, from a month on.',
  ),
  settingsFollow: say(
    '改变后，起始月份起的数字全部重新计算；已结账的月份保持原口径。每次改变都留在下面的记录里。',
    'Every figure from that month on is computed anew; closed months keep the meaning they were closed with. Each change stays on record.',
  ),
  settingsReadOnly: say('口径由资料库的管理员统一选择。', 'An administrator of the registry chooses for all.'),
  settingHolds: say('现行', 'Holds'),
  settingDefault: say('默认', 'Default'),
  settingNext: say('{since} 起', 'From {since}'),
  settingChanges: say('改变：{list}', 'Changes: {list}'),
  settingChange: say('改变口径', 'Change'),
  settingChangeOf: say('改变口径：{title}', 'Change: {title}'),
  settingChoice: say('选择', 'Choice'),
  settingSince: say('从哪个月起', 'From which month'),
  settingSinceHint: say('{month} 以前已结账，不能选。', 'Months before {month} are closed and cannot be chosen.'),
  settingWhy: say('理由', 'Why'),
  settingWhyNeeded: say('请写明改变口径的理由', 'Say why the meaning changes'),
  settingConsequence: say(
    '“{title}”从 {since} 起改为“{choice}”：{effect}相关数字将全部重新计算，已结账的月份不变。',
    '“{title}” is “{choice}” from {since} on: {effect} Every figure is computed anew; closed months stay as they are.',
  ),
  settingSaved: say('已改变，正在重新计算。', 'Changed; figures are being computed anew.'),
  settingHistory: say('历次选择', 'Choices made'),
  settingHistoryNone: say('一直用默认口径。', 'The default has always held.'),
  columnSince: say('起始月份', 'From'),
  columnChoice: say('选择', 'Choice'),
  columnChosenBy: say('谁、何时', 'Who and when'),
  settingOverruled: say('已被后来的选择取代', 'overruled by a later choice'),
});
