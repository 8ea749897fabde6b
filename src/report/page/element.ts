import { type ComponentChildren, h, type VNode } from 'preact';

/** Attributes by their HTML names; `false` and `undefined` leave one out. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** Something to show: text is escaped when the page is rendered, whatever it holds. */
export type Content = ComponentChildren;

/** An element with escaped attributes and children. */
export function el(tag: string, attributes: Attributes | null, ...children: readonly Content[]): VNode {
  return h(tag, attributes, ...children) as VNode;
}
