import { h, type VNode } from 'preact';

/**
 * Markup that is put into the page as it is: drawings by Vega, which hold numbers and our colours only, and files of
 * `reports/`. Nothing that came out of a document may go through here.
 */
export function trusted(tag: string, markup: string, attributes: Readonly<Record<string, string>> = {}): VNode {
  return h(tag, { ...attributes, dangerouslySetInnerHTML: { __html: markup } }) as VNode;
}

/** JSON in a script element that no browser runs, escaped so that no text can end the element. */
export function dataBlock(id: string, value: unknown): VNode {
  return trusted('script', inertJson(value), { type: 'application/json', id });
}

/** JSON without `<`, `>`, `&` and the line separators that older scripts choke on. */
export function inertJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
