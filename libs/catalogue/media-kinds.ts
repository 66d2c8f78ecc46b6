import type { KindDefinition } from './kind-definition';
import { label } from './label';

/** Reports in the media. */
export const MEDIA_KINDS = [
  {
    code: 'MediaReported',
    label: label('捐献故事报道', 'news reports'),
    unit: '篇次',
    subjects: {},
    tally: true,
    attributes: [
      {
        code: 'level',
        label: label('媒体级别', 'level of the medium'),
        type: 'choice',
        choices: [
          { code: 'national', label: label('中央', 'national') },
          { code: 'provincial', label: label('省级', 'provincial') },
          { code: 'local', label: label('市县级', 'local') },
        ],
      },
      { code: 'medium', label: label('媒体名称', 'medium'), type: 'text' },
    ],
  },
] as const satisfies readonly KindDefinition[];
