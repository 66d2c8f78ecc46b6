import { storableJson } from './storable-json';

it.each([
  ['a\u0000b', 'a\uFFFDb'],
  ['\ud800 and \udfff', '\uFFFD and \uFFFD'],
  ['髓😀"\n\\u0000\\\u0000', '髓😀"\n\\u0000\\\uFFFD'],
])('what no database keeps is replaced, and nothing else: %j', (written, kept) => {
  expect(JSON.parse(storableJson({ [written]: [written] }))).toEqual({ [kept]: [kept] });
});
