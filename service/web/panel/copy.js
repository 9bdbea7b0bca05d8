/** An answer as plain text with numbered references, and its way to the clipboard. */

import { citationsOf, describe, evidence, isQuoted } from './answer.js';

/** @typedef {import('./api.js').Answer} Answer */
/** @typedef {import('./api.js').Citation} Citation */
/** @typedef {import('./answer.js').Context} Context */

/**
 * @param {Answer} answer @param {Context} context
 * @param {string} root the page's address
 */
export function asText(answer, context, root) {
  const { strings } = context;
  const cited = new Set(answer.statements.flatMap((statement) => statement.citations));
  const references = answer.citations.filter((citation) => cited.has(citation.number));
  return [
    strings.t('copy.question', { question: answer.question }),
    answer.missing.length ? `${strings.t('missing')} ${answer.missing.map((one) => one.text).join(' · ')}` : '',
    ...answer.disagreements.map((one) => `${strings.t('disagree', { topic: one.topic })} `
      + [...new Set(one.statements.flatMap((index) => answer.statements[index]?.citations ?? []))].map((number) => `[${number}]`).join(' ')),
    ...answer.groups.map((group) => groupText(answer, group, context)),
    [strings.t('copy.references'), ...references.map((citation) => referenceText(citation, context, root))].join('\n'),
    accessedText(answer, strings),
  ].filter(Boolean).join('\n\n');
}

/** When it was read, and that it was made automatically. @param {Answer} answer @param {import('./strings.js').Strings} strings */
export function accessedText(answer, strings) {
  const { version, documents } = answer.library ?? { version: '', documents: 0 };
  const today = new Date().toLocaleDateString('sv'); // Sweden writes dates as ISO 8601 does
  return strings.t('copy.accessed', { date: strings.date(today), version, documents: strings.t('documents', { n: documents }) });
}

/** @param {Answer} answer @param {import('./api.js').Group} group @param {Context} context */
function groupText(answer, group, { strings, label }) {
  const about = describe(answer, group);
  const place = [...(about.countries ?? []).map((code) => label('countries', code)), about.place, strings.years(about.years)];
  return [
    [about.title, strings.listed(place)].filter(Boolean).join(' – '),
    ...group.statements.map((index) => {
      const statement = answer.statements[index];
      const { text, citations } = statement;
      return strings.t(isQuoted(statement) ? 'copy.quote' : 'copy.statement', { text, numbers: citations.map((number) => `[${number}]`).join(' ') });
    }),
  ].join('\n');
}

/** @param {Citation} citation @param {Context} context @param {string} root */
function referenceText(citation, context, root) {
  const { strings, label } = context;
  const origin = citation.sources.length ? strings.t(`origin.${citation.origin}`) : evidence(citation, context);
  const facts = [citation.title, origin, locatorText(citation.locator, strings),
    citation.as_of && strings.t('source.as_of', { date: strings.date(citation.as_of) })];
  const sources = citation.sources.map((source) => {
    const notes = [label('voices', source.voice), label('methods', source.method), source.year, label('checked', source.checked)];
    const name = [source.label, source.title].filter(Boolean).join(': ');
    return `    ${name} (${strings.listed(notes)}). ${source.url ?? ''}`.trimEnd();
  });
  return [`[${citation.number}] ${facts.filter(Boolean).join('. ')}. ${new URL(citation.href, root)}`, ...sources].join('\n');
}

/** @param {import('./api.js').Locator | null | undefined} locator @param {import('./strings.js').Strings} strings */
export function locatorText(locator, strings) {
  if (!locator?.label) return '';
  return locator.kind === 'section' ? strings.t('source.section', { label: locator.label }) : locator.label;
}

/**
 * Whether the text went to the clipboard; where it did not, the reader has to copy it by hand.
 * @param {string} text @returns {Promise<boolean>}
 */
export async function toClipboard(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // No clipboard without HTTPS, or in a frame that may not use it.
    return false;
  }
}
