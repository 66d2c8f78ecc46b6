/** The sheet of a template that says how to fill it in. */
export const NOTES_SHEET = '说明';

/** The sheet that a template's drop-downs are fed from; nobody sees it. */
export const LISTS_SHEET = '选项';
