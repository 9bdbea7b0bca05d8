/** What outlives a reload of the page: the draft and the conversation, in this tab alone, and nothing before one is begun. */

/**
 * @typedef {{draft?: string, turns?: {question: string, answer: import('./api.js').Answer, helpful?: string}[], language?: string,
 *   token?: import('./api.js').Token | null}} Kept
 */

const MOST_TURNS = 10;

export class Keeper {
  /** @param {string | null} site */
  constructor(site) {
    this.name = `rightkey ${site ?? ''}`;
  }

  /** @returns {Kept} */
  read() {
    try {
      return JSON.parse(sessionStorage.getItem(this.name) ?? '{}');
    } catch {
      return {}; // a browser that keeps nothing, or a text that is not ours
    }
  }

  /** Keep it, or nothing where neither a draft nor a question is there. @param {Kept} kept */
  write(kept) {
    try {
      if (!kept.draft && !kept.turns?.length) sessionStorage.removeItem(this.name);
      else sessionStorage.setItem(this.name, JSON.stringify({ ...kept, turns: kept.turns?.slice(-MOST_TURNS) }));
    } catch {
      // no room, or not allowed: the page works without
    }
  }
}
