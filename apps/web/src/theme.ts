import type { ThemeConfig } from 'antd';

/** The colours of the page; styles/base.css has the same as variables. Text colours hold 4.5 : 1 on white and on the page. */
export const COLOURS = {
  ink: '#17262b',
  muted: '#54666d',
  line: '#dfe6e7',
  page: '#f3f6f6',
  teal: '#0f766e',
  tealDark: '#0f5c58',
  requested: '#a9c5c6',
  faint: '#d3dadc',
  target: '#b4232f',
  donorSide: '#c27a1a',
  patientSide: '#8a80ad',
} as const;

export const FONT =
  '-apple-system, "Segoe UI", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif';

export const THEME: ThemeConfig = {
  token: {
    colorPrimary: COLOURS.teal,
    colorInfo: COLOURS.teal,
    colorInfoBg: '#e6f2f0',
    colorErrorBg: '#fdf0ef',
    colorLink: COLOURS.tealDark,
    colorError: COLOURS.target,
    colorText: COLOURS.ink,
    colorTextSecondary: COLOURS.muted,
    colorTextTertiary: COLOURS.muted,
    colorTextDescription: COLOURS.muted,
    colorTextPlaceholder: '#66767c',
    colorBorder: '#c3ced0',
    colorBorderSecondary: COLOURS.line,
    colorBgLayout: COLOURS.page,
    borderRadius: 8,
    fontFamily: FONT,
    fontSize: 14,
  },
};
