import { theme, type ThemeConfig } from 'antd';

/** The colours of drawings: the variables of styles/base.css, so that a drawing turns dark, and light on paper, with the page. */
export const COLOURS = {
  ink: 'var(--ink)',
  muted: 'var(--muted)',
  line: 'var(--line)',
  surface: 'var(--surface)',
  teal: 'var(--teal)',
  requested: 'var(--requested)',
  faint: 'var(--faint)',
  before: 'var(--before)',
  target: 'var(--red)',
  donorSide: 'var(--donor-side)',
  patientSide: 'var(--patient-side)',
  shades: ['var(--shade-1)', 'var(--shade-2)', 'var(--shade-3)', 'var(--shade-4)', 'var(--shade-5)'],
} as const;

export const TOOLTIP = {
  trigger: 'item',
  confine: true,
  backgroundColor: COLOURS.surface,
  borderColor: COLOURS.line,
  textStyle: { color: COLOURS.ink },
} as const;

export const FONT =
  '-apple-system, "Segoe UI", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif';

const SHAPE = { borderRadius: 8, fontFamily: FONT, fontSize: 14 };

/** The values of styles/base.css for Ant Design, which computes shades of them. Text holds 4.5 : 1 on cards and on the page. */
const LIGHT: ThemeConfig = {
  token: {
    ...SHAPE,
    colorPrimary: '#0f766e',
    colorInfo: '#0f766e',
    colorInfoBg: '#e6f2f0',
    colorErrorBg: '#fdf0ef',
    colorLink: '#0f5c58',
    colorError: '#b4232f',
    colorSuccess: '#2b7a1e',
    colorWarning: '#9a5b00',
    colorSuccessBg: '#eef7ea',
    colorSuccessBorder: '#b7d9a8',
    colorWarningBg: '#fff6dc',
    colorWarningBorder: '#e6c98a',
    colorText: '#17262b',
    colorTextSecondary: '#54666d',
    colorTextTertiary: '#54666d',
    colorTextDescription: '#54666d',
    colorTextPlaceholder: '#66767c',
    colorBorder: '#c3ced0',
    colorBorderSecondary: '#dfe6e7',
    colorBgLayout: '#f3f6f6',
    // Of the ring around what has the focus, which else is paler than can be seen.
    colorPrimaryBorder: '#0f766e',
  },
};

const DARK_EDGE = { activeBorderColor: '#3fb5a8', hoverBorderColor: '#3fb5a8' };

const DARK: ThemeConfig = {
  algorithm: theme.darkAlgorithm,
  token: {
    ...SHAPE,
    colorPrimary: '#0f766e',
    colorInfo: '#3fb5a8',
    colorPrimaryBorder: '#3fb5a8',
    colorInfoBg: '#163a38',
    colorErrorBg: '#401f20',
    colorLink: '#6fcfc4',
    colorError: '#ff8f88',
    colorSuccess: '#7ccf63',
    colorWarning: '#e0a030',
    colorText: '#e6eded',
    colorTextSecondary: '#a3b3b8',
    colorTextTertiary: '#a3b3b8',
    colorTextDescription: '#a3b3b8',
    colorTextPlaceholder: '#93a4a9',
    colorBorder: '#47595e',
    colorBorderSecondary: '#2d3b3f',
    colorBgLayout: '#101719',
    colorBgContainer: '#182124',
    colorBgElevated: '#1d282b',
  },
  components: {
    // White on the dark page's pale red is too faint to be read by everybody, as is the edge of the primary colour.
    Button: { dangerColor: '#101719' },
    Input: DARK_EDGE,
    InputNumber: DARK_EDGE,
    Select: DARK_EDGE,
  },
};

export function themeOf(dark: boolean): ThemeConfig {
  return dark ? DARK : LIGHT;
}
