/** Draw a source: who says so, and the quote where it stands in its document. */

import { drawPlace, drawQuote } from './answer.js';
import { Problem } from './api.js';
import { locatorText } from './copy.js';
import { button, element, foreign, joined } from './element.js';
import { failureText } from './turn.js';

/** @typedef {import('./api.js').Citation} Citation */
/** @typedef {import('./api.js').Document} Document */
/** @typedef {import('./api.js').Passage} Passage */
/** @typedef {import('./api.js').Reference} Reference */
/** @typedef {import('./api.js').Source} Source */
/**
 * @typedef {object} View
 * @property {Reference} reference
 * @property {Citation} [citation] what the answer said of it; none after a deep link
 * @property {Document} [document]
 * @property {unknown} [error]
 * @property {boolean} whole show all of the document
 * @property {import('./api.js').Case[]} [comparable]
 */
/** @typedef {{retry: () => void, showWhole: () => void, showCurrent: () => void, show: (document: string) => void}} Actions */

/** @param {View} view @param {import('./answer.js').Context} context @param {Actions} actions @returns {import('./element.js').Child[]} */
export function drawSource(view, context, actions) {
  const { strings, label } = context;
  const { citation, document, reference } = view;
  const passage = findPassage(view);
  const about = document ?? citation;
  const origin = about?.origin && strings.t(`origin.${about.origin}`);
  const locator = locatorText(citation?.locator ?? passage?.locator, strings);
  return [
    element('h2', { id: 'source-title', tabindex: -1 }, foreign(about?.title ?? strings.t('source.unknown'))),
    document && drawPlace(document, context),
    element('p', { class: 'place' }, joined([label('kinds', document?.kind), origin,
      about?.as_of && strings.t('source.as_of', { date: strings.date(about.as_of) }), locator])),
    document?.current === false && element('div', { class: 'notice' },
      element('p', {}, strings.t('source.old')), button(strings.t('source.newest'), actions.showCurrent)),
    (citation || reference.passage) && about && drawQuoteSources(view, passage, context),
    document ? drawText(view, passage, context, actions) : drawWaiting(view, context, actions),
    document && drawComparable(document, view.comparable ?? [], context, actions),
  ];
}

/** @param {Document} document @param {import('./api.js').Case[]} cases @param {import('./answer.js').Context} context @param {Actions} actions */
function drawComparable(document, cases, context, { show }) {
  const { strings, label } = context;
  const shared = (/** @type {'themes' | 'settings'} */ list, /** @type {import('./api.js').Case} */ one) =>
    one[list].filter((code) => document[list]?.includes(code)).map((code) => label(list, code)).join(', ');
  return cases.length > 0 && element('section', { class: 'examples' },
    element('h3', {}, strings.t('comparable')),
    element('ul', {}, cases.map((one) => {
      const [themes, settings] = [shared('themes', one), shared('settings', one)];
      return element('li', { class: 'card' },
        element('h4', {}, foreign(one.title)),
        drawPlace(one, context),
        element('p', { class: 'why' }, joined([
          themes && strings.t('comparable.themes', { names: themes }),
          settings && strings.t('comparable.settings', { names: settings }),
          one.regions.some((code) => document.regions?.includes(code)) && strings.t('comparable.regions'),
        ])),
        button(strings.t('open'), () => show(one.id), { 'aria-label': strings.t('open.named', { title: one.title }) }));
    })));
}

/** @param {View} view */
function findPassage({ document, reference }) {
  return document?.passages.find((passage) => passage.id === reference.passage);
}

/** @param {View} view @param {Passage | undefined} passage @param {import('./answer.js').Context} context */
function drawQuoteSources(view, passage, context) {
  const { strings } = context;
  const sources = view.citation?.sources ?? sourcesOfQuote(view, passage);
  const origin = (view.citation ?? view.document)?.origin;
  return element('section', {},
    element('h3', {}, strings.t('source.sources')),
    sources.length ? drawSources(sources, context) : element('p', {}, strings.t(origin === 'document' ? 'source.own' : 'source.inference')));
}

/**
 * The sources of the sentences that the quote touches.
 * @param {View} view @param {Passage | undefined} passage @returns {Source[]}
 */
export function sourcesOfQuote({ document, reference }, passage) {
  const { start = 0, end = Infinity } = reference;
  const ids = (passage?.sentences ?? []).filter((one) => one.start < end && one.end > start).flatMap((one) => one.sources);
  return [...new Set(ids)].flatMap((id) => document?.sources.find((source) => source.id === id) ?? []);
}

/** @param {Source[]} sources @param {import('./answer.js').Context} context */
function drawSources(sources, { strings, label }) {
  return element('ul', { class: 'sources' }, sources.map((source) => {
    const facts = [['voice', label('voices', source.voice)], ['method', label('methods', source.method)],
      ['year', source.year], ['checked', label('checked', source.checked)]];
    return element('li', {},
      element('p', { class: 'name' }, foreign(source.label)),
      source.title && !source.label.startsWith(source.title) && element('p', {}, foreign(source.title)),
      element('dl', {}, facts.filter(([, value]) => value).map(([name, value]) =>
        element('div', {}, element('dt', {}, strings.t(`source.${name}`)), element('dd', {}, value)))),
      isWebAddress(source.url) && element('a', { href: source.url, target: '_blank', rel: 'noopener',
        'aria-label': strings.t('source.link.named', { label: source.label }) }, strings.t('source.link')));
  }));
}

/** @param {string | undefined} url */
function isWebAddress(url) {
  return /^https?:\/\//i.test(url ?? '');
}

/** @param {View} view @param {import('./answer.js').Context} context @param {Actions} actions */
function drawWaiting({ citation, error }, { strings }, { retry }) {
  const failure = error ? failureText(error, strings, 'source.failed') : null;
  const gone = error instanceof Problem && error.status === 404;
  return [
    citation && drawQuote(citation.quote, citation.language),
    failure
      ? element('div', { class: 'failure' },
        element('h3', {}, failure.title), element('p', {}, failure.detail), !gone && button(strings.t('retry'), retry))
      : element('p', { class: 'place' }, strings.t('source.loading')),
  ];
}

/** @param {View} view @param {Passage | undefined} passage @param {import('./answer.js').Context} context @param {Actions} actions */
function drawText(view, passage, context, { showWhole }) {
  const { strings } = context;
  const { reference, citation, whole } = view;
  const document = /** @type {Document} */ (view.document);
  const passages = passage && !whole ? around(document.passages, passage) : document.passages;
  return [
    reference.passage && !passage && element('div', { class: 'notice' }, element('p', {}, strings.t('source.moved')),
      citation && drawQuote(citation.quote, citation.language)),
    element('section', { class: 'text', lang: document.language || citation?.language || null },
      element('h3', { id: 'source-text', tabindex: -1 }, strings.t(passage ? 'source.context' : 'source.text')),
      !passage && document.summary && element('p', { class: 'summary', dir: 'auto' }, document.summary),
      passages.map((one, index) => drawPassage(one, passages[index - 1], one === passage ? reference : null, strings))),
    passages.length < document.passages.length && button(strings.t('source.whole'), showWhole),
    !passage && document.sources.length > 0 && element('section', {},
      element('h3', {}, strings.t('source.all')), drawSources(document.sources, context)),
  ];
}

/**
 * The passages next to the quoted one under its heading, two on either side at most.
 * @param {Passage[]} passages @param {Passage} passage
 */
export function around(passages, passage) {
  const place = passages.indexOf(passage);
  return passages.filter((one, index) => Math.abs(index - place) <= 2 && one.heading === passage.heading);
}

/**
 * @param {Passage} passage @param {Passage | undefined} previous
 * @param {Reference | null} quote @param {import('./strings.js').Strings} strings
 */
function drawPassage(passage, previous, quote, strings) {
  const page = passage.locator?.kind === 'page' && passage.locator.label !== previous?.locator?.label;
  return [
    passage.heading && passage.heading !== previous?.heading && element('h4', {}, foreign(passage.heading)),
    page && element('p', { class: 'place' }, locatorText(passage.locator, strings)),
    element('p', { class: 'passage', dir: 'auto' }, quote ? highlighted(passage.text, quote) : passage.text),
  ];
}

/**
 * Offsets count Unicode code points, as Python does.
 * @param {string} text @param {Reference} quote
 */
function highlighted(text, { start, end }) {
  if (start === undefined || end === undefined) return element('mark', {}, text);
  const points = Array.from(text);
  const part = (/** @type {number} */ from, /** @type {number} */ to) => points.slice(from, to).join('');
  return [part(0, start), element('mark', {}, part(start, end)), part(end, points.length)];
}
