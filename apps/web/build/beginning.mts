import type { Plugin } from 'vite';

/** The name of its chunk. */
export const BEGINNING = 'begin';

/** Names the script that begins in index.html by itself, so that it runs while the browser still reads the rest. */
export function beginning(): Plugin {
  return {
    name: 'beginning',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle = {} }) =>
        Object.values(bundle)
          .filter((file) => file.type === 'chunk' && file.name === BEGINNING)
          .map(({ fileName }) => ({
            tag: 'script',
            attrs: { type: 'module', async: true, crossorigin: true, src: `/${fileName}` },
            injectTo: 'head-prepend' as const,
          })),
    },
  };
}
