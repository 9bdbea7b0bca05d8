/** The pane that holds a source: opening and closing it, with the browser's history and the focus. */

import { getComparable, getDocument } from './api.js';
import { byId, nodes } from './element.js';
import { drawSource } from './source.js';

/** @typedef {import('./api.js').Citation} Citation */
/** @typedef {import('./api.js').Reference} Reference */

const BESIDE = matchMedia('(min-width: 64rem)');
const NAMES = /** @type {const} */ (['document', 'version', 'passage', 'start', 'end']);

/** @param {string} search @returns {Reference | null} what a deep link points to */
export function referenceOf(search) {
  const given = new URLSearchParams(search);
  const document = given.get('document');
  if (!document) return null;
  const offset = (/** @type {string} */ name) => (/^\d+$/.test(given.get(name) ?? '') ? Number(given.get(name)) : undefined);
  return {
    document, version: given.get('version') ?? undefined, passage: given.get('passage') ?? undefined,
    start: offset('start'), end: offset('end'),
  };
}

/**
 * The page's address with this source open, or with none.
 * @param {string} search @param {Reference | null} reference
 */
export function addressOf(search, reference) {
  const asked = new URLSearchParams(search);
  for (const name of NAMES) {
    asked.delete(name);
    if (reference?.[name] !== undefined) asked.set(name, String(reference[name]));
  }
  return `${asked.toString() ? `?${asked}` : location.pathname}${location.hash}`;
}

export class Pane {
  /** @param {import('./answer.js').Context} context @param {() => void} onClosed called when nothing that opened it is left to take the focus */
  constructor(context, onClosed) {
    this.context = context;
    this.onClosed = onClosed;
    this.place = /** @type {HTMLElement} */ (byId('source'));
    /** @type {import('./source.js').View | null} */
    this.view = null;
    this.opener = '';
    /** @type {Map<string, Citation>} */
    this.citations = new Map();
    this.place.querySelector('.back')?.addEventListener('click', () => this.leave());
    addEventListener('popstate', () => this.follow());
    addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || !this.view || event.isComposing) return;
      event.preventDefault(); // which closes nothing else
      this.leave();
    });
    BESIDE.addEventListener('change', () => this.arrange());
  }

  /** Show what the address points to, or nothing. */
  follow() {
    const reference = referenceOf(location.search);
    if (reference) this.show(reference);
    else this.close();
  }

  /**
   * Open a source as a new step in the history; another source takes the place of an open one.
   * @param {Reference} reference @param {string} opener the id of the element that gets the focus back @param {Citation} [citation]
   */
  open(reference, opener, citation) {
    const address = addressOf(location.search, reference);
    if (citation) this.citations.set(address, citation);
    // A frame has its steps in the history of the page around it, which is not ours to walk in.
    if (this.view || window.parent !== window) history.replaceState(history.state, '', address);
    else history.pushState({ opened: true }, '', address);
    this.mark(false);
    this.opener = opener;
    this.show(reference);
  }

  /** Close, as the browser's Back would. */
  leave() {
    if (!this.view) return;
    if (history.state?.opened) history.back();
    else {
      history.replaceState(null, '', addressOf(location.search, null));
      this.close();
    }
  }

  close() {
    if (!this.view) return;
    this.view = null;
    this.mark(false);
    this.place.hidden = true;
    this.arrange();
    document.title = this.context.strings.t('name');
    const opener = byId(this.opener);
    if (opener) opener.focus();
    else this.onClosed();
  }

  /** @param {Reference} reference */
  show(reference) {
    const citation = this.citations.get(addressOf(location.search, reference));
    this.view = { reference, citation, whole: !reference.passage };
    this.place.hidden = false;
    this.mark(true);
    this.arrange();
    this.draw();
    this.place.scrollTop = 0;
    byId('source-title').focus({ preventScroll: true });
    this.load();
  }

  async load() {
    const view = this.view;
    if (!view) return;
    const { document: id, version } = view.reference;
    try {
      // What is like it is a help beside it: it may be missing.
      const alike = getComparable(id).catch(() => []);
      const found = await getDocument(id, version);
      if (this.view !== view) return;
      view.document = found;
      if (found.origin === 'brief') this.compare(view, alike);
    } catch (error) {
      if (this.view !== view) return;
      view.error = error;
    }
    this.draw();
    const mark = this.place.querySelector('mark');
    // Where its beginning is seen the title above it is worth more than its end.
    if (mark && mark.getBoundingClientRect().top > innerHeight - 96) mark.scrollIntoView({ block: 'nearest' });
  }

  /** @param {import('./source.js').View} view @param {Promise<import('./api.js').Case[]>} alike */
  async compare(view, alike) {
    view.comparable = await alike;
    if (this.view === view) this.draw();
  }

  draw() {
    const view = this.view;
    if (!view) return;
    const focused = document.activeElement?.id === 'source-title';
    const content = /** @type {HTMLElement} */ (this.place.querySelector('.content'));
    content.replaceChildren(...nodes(drawSource(view, this.context, {
      retry: () => this.show(view.reference),
      showWhole: () => this.showWhole(),
      show: (document) => this.open({ document }, this.opener),
      showCurrent: () => this.open({ document: view.reference.document }, this.opener),
    })));
    const title = byId('source-title');
    if (focused) title.focus({ preventScroll: true });
    document.title = this.context.strings.t('page', { title: title.textContent });
  }

  /** The quote stays where it is on the screen while its document opens around it. */
  showWhole() {
    if (!this.view) return;
    const top = () => this.place.querySelector('mark')?.getBoundingClientRect().top ?? 0;
    const before = top();
    this.view.whole = true;
    this.draw();
    this.place.scrollTop += top() - before;
    byId('source-text').focus({ preventScroll: true });
  }

  /** Beside the conversation where there is room; over it, and then alone, where there is not. */
  arrange() {
    const open = this.view !== null;
    const alone = open && !BESIDE.matches;
    document.documentElement.classList.toggle('with-source', open);
    for (const behind of document.querySelectorAll('header, main')) behind.toggleAttribute('inert', alone);
    this.place.setAttribute('role', alone ? 'dialog' : 'complementary');
    if (alone) this.place.setAttribute('aria-modal', 'true');
    else this.place.removeAttribute('aria-modal');
  }

  /** @param {boolean} open */
  mark(open) {
    const opener = byId(this.opener);
    if (open) opener?.setAttribute('aria-current', 'true');
    else opener?.removeAttribute('aria-current');
  }
}
