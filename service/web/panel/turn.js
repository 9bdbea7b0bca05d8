/** Draw one question and what became of it: looking, answered, stopped or failed. */

import { drawActions } from './actions.js';
import { drawAnswer } from './answer.js';
import { addressOfAnswer, Problem, Unreachable } from './api.js';
import { accessedText } from './copy.js';
import { button, byId, element, foreign, joined, nodes } from './element.js';

/**
 * @typedef {object} Turn
 * @property {string} key
 * @property {string} question
 * @property {'loading' | 'done' | 'stopped' | 'failed'} state
 * @property {string} stage
 * @property {boolean} slow
 * @property {import('./api.js').Answer} answer as far as it has come
 * @property {unknown} error
 * @property {number} [until] when it may be asked again, as Date.now() counts
 * @property {boolean} [shared] opened by a link: another asked it
 * @property {'why' | 'sent'} [helpful] how far the reader is with judging it
 * @property {HTMLElement} element
 */
/**
 * @typedef {import('./answer.js').Context & {stop: (turn: Turn) => void, retry: (turn: Turn) => void, say: (text: string) => void,
 *   keep: () => void, site: string | null, kept: boolean}} TurnContext whether the service keeps answers decides if they can be
 *   shared and judged
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
    turn.state === 'done' && turn.answer.statements.length > 0 && drawPrinted(turn, context),
    turn.state === 'done' && drawActions(turn, context),
  ]));
  // What had the focus may be gone, as Stop is when the answer comes.
  if (focused) (document.getElementById(focused) ?? byId(headingId(turn))).focus({ preventScroll: true });
}

/** What paper says of an answer: when and how it was made, and where it is. @param {Turn} turn @param {TurnContext} context */
function drawPrinted({ answer }, context) {
  const address = context.kept && answer.id ? addressOfAnswer(answer.id, context.strings.language) : '';
  return element('p', { class: 'printed place' }, joined([accessedText(answer, context.strings), address]));
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
  const retry = drawRetry(turn, context);
  return element('div', { class: 'failure' },
    element('h3', {}, title),
    element('p', {}, detail),
    turn.until ? drawWait(turn.until, retry, context) : null,
    retry);
}

/** How long it takes until it may be asked again; the button comes when it may. @param {number} until @param {HTMLElement} retry @param {TurnContext} context */
function drawWait(until, retry, { strings, say }) {
  const place = element('p', { class: 'wait' });
  const tell = () => {
    const left = until - Date.now();
    place.textContent = waitText(left, strings);
    if (left <= 0 && retry.hidden) say(strings.t('wait.over'));
    retry.hidden = left > 0;
  };
  const timer = setInterval(() => (place.isConnected ? tell() : clearInterval(timer)), 1000);
  tell();
  return place;
}

/** @param {number} left in milliseconds @param {import('./strings.js').Strings} strings */
export function waitText(left, strings) {
  const seconds = Math.ceil(left / 1000);
  if (seconds <= 0) return strings.t('wait.over');
  if (seconds < 60) return strings.t('wait.seconds', { n: seconds });
  if (seconds < 3600) return strings.t('wait.minutes', { n: Math.ceil(seconds / 60) });
  return strings.t('wait.hours', { n: Math.ceil(seconds / 3600) });
}

/** @param {unknown} error @param {import('./strings.js').Strings} strings @param {string} [what] the prefix of the general words */
export function failureText(error, strings, what = 'failed') {
  if (error instanceof Unreachable) {
    return { title: strings.t('offline'), detail: strings.t(what === 'failed' ? 'offline.detail' : 'source.offline.detail') };
  }
  const { title, detail, code } = error instanceof Problem ? error : { title: '', detail: '', code: '' };
  if (strings.has(`problem.${code}`)) {
    return { title: strings.t(`problem.${code}`), detail: strings.t(`problem.${code}.detail`) };
  }
  // What the service says beyond that it says in English.
  if (strings.language !== 'en') return { title: strings.t(what), detail: strings.t(`${what}.detail`) };
  return { title: title || strings.t(what), detail: detail || strings.t(`${what}.detail`) };
}

/** @param {Turn} turn @param {TurnContext} context */
function drawRetry(turn, { strings, retry }) {
  return button(strings.t('retry'), () => retry(turn), { id: `${turn.key}-retry` });
}
