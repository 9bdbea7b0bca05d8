/** The page that frames the panel: what it wants, and the messages between the two. Neither says what was asked. */

const VERSION = 1;

/**
 * What the portal's page set on its script, handed on in the address behind `#`.
 * @typedef {{title: string, greeting: string, questions: string[], scheme: string, accent: string[], closable: boolean}} Wishes
 */

/** @param {string} hash @returns {Wishes} */
export function wishesOf(hash) {
  const given = new URLSearchParams(hash.slice(1));
  const colours = (given.get('accent') ?? '').split(',');
  return {
    title: (given.get('title') ?? '').slice(0, 80),
    greeting: (given.get('greeting') ?? '').slice(0, 300),
    questions: given.getAll('question').slice(0, 6),
    scheme: given.get('scheme') ?? '',
    accent: colours.length === 4 && colours.every((one) => /^#[0-9a-f]{6}$/.test(one)) ? colours : [],
    closable: given.get('closable') === '1',
  };
}

export class Host {
  /** @param {string} origin of the page that may frame this one; empty where none does */
  constructor(origin) {
    this.origin = window.parent === window ? '' : origin;
  }

  /** @param {string} type @param {Record<string, unknown>} [more] */
  tell(type, more = {}) {
    if (this.origin) window.parent.postMessage({ rightkey: VERSION, type, ...more }, this.origin);
  }

  /** @param {(type: string, data: Record<string, unknown>) => void} heard */
  listen(heard) {
    addEventListener('message', ({ source, origin, data }) => {
      if (!this.origin || source !== window.parent || origin !== this.origin || data?.rightkey !== VERSION) return;
      heard(String(data.type), data);
    });
  }
}

/**
 * Dress the page as the portal wishes. The colours were made readable by the service.
 * @param {Wishes} wishes
 */
export function dress({ scheme, accent }) {
  const root = document.documentElement;
  const system = matchMedia('(prefers-color-scheme: dark)');
  const colour = () => {
    const dark = scheme === 'dark' || (scheme !== 'light' && system.matches);
    if (accent.length) {
      root.style.setProperty('--accent', accent[dark ? 2 : 0]);
      root.style.setProperty('--on-accent', accent[dark ? 3 : 1]);
    }
  };
  system.addEventListener('change', colour);
  colour();
  if (scheme !== 'dark' && scheme !== 'light') return;
  root.style.colorScheme = scheme;
  for (const sheet of document.styleSheets) {
    for (const rule of sheet.cssRules) {
      if (rule instanceof CSSMediaRule && rule.conditionText.includes('prefers-color-scheme: dark')) {
        rule.media.mediaText = scheme === 'dark' ? 'screen' : 'not all';
      }
    }
  }
}
