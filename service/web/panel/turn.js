/** Draw one question and what became of it: looking, answered, stopped or failed. */

import { drawAnswer } from './answer.js';
import { Problem, Unreachable } from './api.js';
import { asText, toClipboard } from './copy.js';
import { button, byId, element, foreign, nodes } from './element.js';

/**
 * @typedef {object} Turn
 * @property {string} key
 * @property {string} question
 * @property {'loading' | 'done' | 'stopped' | 'failed'} state
 * @property {string} stage
 * @property {boolean} slow
 * @property {import('./api.js').Answer} answer as far as it has come
 * @property {unknown} error
 * @property {HTMLElement} element
 */
/**
 * @typedef {import('./answer.js').Context & {stop: (turn: Turn) => void, retry: (turn: Turn) => void, say: (text: string) => void}} TurnContext
 */

/** @param {Turn} turn */
export function headingId(turn) {
  return `${turn.key}-question`;
}

/**
 * Draw the turn anew; the focus stays on what had it, or goes to the heading.
 * @param {Turn} turn @param {TurnContext} context
 */
export function drawTurn(turn, context) {
  const { strings } = context;
  const focused = turn.element.contains(document.activeElement) ? document.activeElement?.id : '';
  turn.element.setAttribute('aria-labelledby', headingId(turn));
  turn.element.replaceChildren(...nodes([
    element('h2', { id: headingId(turn), class: 'asked', tabindex: -1 },
      element('span', { class: 'unseen' }, `${strings.t('you_asked')} `), foreign(turn.question)),
    drawAnswer(turn.answer, turn.key, context),
    turn.state === 'loading' && drawLoading(turn, context),
    turn.state === 'stopped' && element('div', { class: 'failure' }, element('p', {}, strings.t('stopped')), drawRetry(turn, context)),
    turn.state === 'failed' && drawFailure(turn, context),
    turn.state === 'done' && turn.answer.statements.length > 0 && drawCopy(turn, context),
  ]));
  // What had the focus may be gone, as Stop is when the answer comes.
  if (focused) (document.getElementById(focused) ?? byId(headingId(turn))).focus({ preventScroll: true });
}

/** @param {Turn} turn @param {TurnContext} context */
function drawLoading(turn, { strings, stop }) {
  const stage = `stage.${turn.stage}`;
  return element('div', { class: 'loading' },
    element('p', {}, strings.t(strings.has(stage) ? stage : 'loading'), turn.slow && element('br'), turn.slow && strings.t('slow')),
    button(strings.t('stop'), () => stop(turn), { id: `${turn.key}-stop` }));
}

/** @param {Turn} turn @param {TurnContext} context */
function drawFailure(turn, context) {
  const { strings } = context;
  const { title, detail } = failureText(turn.error, strings);
  const wait = turn.error instanceof Problem ? turn.error.retryAfter : 0;
  return element('div', { class: 'failure' },
    element('h3', {}, title),
    element('p', {}, detail),
    wait > 0 && element('p', {}, strings.t('retry_after', { n: wait })),
    drawRetry(turn, context));
}

/** @param {unknown} error @param {import('./strings.js').Strings} strings @param {string} [what] the prefix of the general words */
export function failureText(error, strings, what = 'failed') {
  if (error instanceof Unreachable) {
    return { title: strings.t('offline'), detail: strings.t(what === 'failed' ? 'offline.detail' : 'source.offline.detail') };
  }
  const { title, detail } = error instanceof Problem ? error : { title: '', detail: '' };
  return { title: title || strings.t(what), detail: detail || strings.t(`${what}.detail`) };
}

/** @param {Turn} turn @param {TurnContext} context */
function drawRetry(turn, { strings, retry }) {
  return button(strings.t('retry'), () => retry(turn), { id: `${turn.key}-retry` });
}

/** @param {Turn} turn @param {TurnContext} context */
function drawCopy(turn, context) {
  const { strings, say } = context;
  const result = element('div', { class: 'copied' });
  const copy = async () => {
    const today = new Date().toLocaleDateString('sv'); // Sweden writes dates as ISO 8601 does
    const text = asText(turn.answer, context, { today, root: location.href });
    const done = await toClipboard(text);
    if (done) result.replaceChildren(element('p', {}, strings.t('copied')));
    else drawManualCopy(result, text, `${turn.key}-text`, strings);
    say(strings.t(done ? 'copied' : 'copy.manual'));
  };
  return element('div', { class: 'actions' }, button(strings.t('copy'), copy, { id: `${turn.key}-copy` }), result);
}

/** @param {HTMLElement} place @param {string} text @param {string} id @param {import('./strings.js').Strings} strings */
function drawManualCopy(place, text, id, strings) {
  const box = /** @type {HTMLTextAreaElement} */ (element('textarea', { id, readonly: true, rows: 8, dir: 'auto' }, text));
  place.classList.add('by-hand');
  place.replaceChildren(element('label', { for: id }, strings.t('copy.manual')), box);
  box.focus();
  box.select();
}
