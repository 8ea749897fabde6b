import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { type Content, el } from '../../report/page/element.ts';
import { safeCopy } from '../../report/text/safe-copy.ts';

/** What stands around a page. */
export interface Frame {
  readonly title: string;
  /** The case the page is about. */
  readonly served?: { readonly slug: string; readonly name: string };
  /** Path of the part of the case that is shown. */
  readonly part?: string;
  /** Scripts of `reports/server`, by name. */
  readonly scripts?: readonly string[];
  /** Without scripts, the page is loaded again after so many seconds. */
  readonly againS?: number;
  /** The page fills the window and does not scroll itself. */
  readonly filled?: boolean;
  /** A visitor who showed the token may leave. */
  readonly canLeave?: boolean;
}

const PARTS: readonly (readonly [path: string, title: string])[] = [
  ['', 'Captures'],
  ['/postmortem', 'Postmortem'],
  ['/comparison', 'Compare'],
  ['/query', 'Query'],
];

/** A whole page: everything in it that came from somebody is escaped. */
export function renderPage(frame: Frame, ...content: readonly Content[]): string {
  const page = el('html', { lang: 'en' }, [
    el('head', null, [
      el('meta', { charset: 'utf-8' }),
      el('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      el('meta', { name: 'color-scheme', content: 'light dark' }),
      el('title', null, `${safeCopy(frame.title)} · lastack`),
      el('link', { rel: 'stylesheet', href: '/static/lastack.css' }),
      frame.againS !== undefined &&
        el('noscript', null, el('meta', { 'http-equiv': 'refresh', content: frame.againS })),
      ...(frame.scripts ?? []).map((name) => el('script', { type: 'module', src: `/static/${name}.js` })),
    ]),
    el('body', { class: frame.filled === true ? 'filled' : undefined }, [
      el('a', { class: 'skip', href: '#main' }, 'Skip to the content'),
      el('div', { class: 'page' }, [bar(frame), el('main', { id: 'main' }, ...content)]),
    ]),
  ]);
  return `<!doctype html>\n${renderToString(page)}\n`;
}

function bar({ served, part, canLeave }: Frame): VNode {
  return el('header', { class: 'top' }, [
    el('span', null, el('a', { href: '/', class: 'home' }, el('b', null, 'lastack'))),
    served !== undefined && el('span', null, el('b', null, safeCopy(served.name))),
    served !== undefined &&
      el(
        'nav',
        { 'aria-label': 'Parts of the case' },
        PARTS.map(([path, title]) =>
          el('a', { href: `/cases/${served.slug}${path}`, 'aria-current': part === path ? 'page' : undefined }, title),
        ),
      ),
    canLeave === true &&
      el('form', { method: 'post', action: '/logout', class: 'leave' }, el('button', { type: 'submit' }, 'Log out')),
  ]);
}

/** An error as a page: one line that says what is wrong and what would be right. */
export function errorPage(statusCode: number, message: string): string {
  return renderPage({ title: `Error ${statusCode}` }, [
    el('h1', null, statusCode === 404 ? 'There is no such page' : 'That did not work'),
    el('p', { class: 'lede' }, safeCopy(message)),
    el('p', null, el('a', { href: '/' }, 'All cases')),
  ]);
}

/** The page that asks for the token. */
export function loginPage(next: string, isWrong: boolean): string {
  return renderPage({ title: 'Token' }, [
    el('h1', null, 'This server asks for its token'),
    isWrong && el('p', { class: 'first', role: 'alert' }, 'That is not the token.'),
    el('form', { method: 'post', action: '/login', class: 'fields' }, [
      el('input', { type: 'hidden', name: 'next', value: next }),
      el('label', null, [
        'Token, as it was printed when the server was first started',
        el('input', {
          name: 'token',
          type: 'password',
          autocomplete: 'current-password',
          required: true,
          autofocus: true,
        }),
      ]),
      el('button', { type: 'submit' }, 'Enter'),
    ]),
  ]);
}
