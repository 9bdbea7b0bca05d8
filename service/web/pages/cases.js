// The typing search of /cases: what the server would show, without waiting for it.

const field = document.querySelector("#q");
const cards = [...document.querySelectorAll(".cards > .card")];
const count = document.querySelector("#count");
const none = document.querySelector("#none");
const forms = JSON.parse(count.dataset.forms);
const plural = new Intl.PluralRules(document.documentElement.lang);
const numbers = new Intl.NumberFormat(document.documentElement.lang, { numberingSystem: "latn" });
// Arabic joins its article to a word, Chinese one word to the next
const JOINED = /[\u0600-\u06ff\u3400-\u9fff]/;

/** @param {string} text */
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

const words = cards.map((card) => plain(card.dataset.text).match(/[\p{L}\p{N}]+/gu) ?? []);

/** @param {string} word @param {string} held */
const stands = (word, held) => (JOINED.test(word) ? held.includes(word) : held.startsWith(word));

function show() {
  const wanted = plain(field.value).match(/[\p{L}\p{N}]+/gu) ?? [];
  let shown = 0;
  cards.forEach((card, index) => {
    card.hidden = !wanted.every((word) => words[index].some((held) => stands(word, held)));
    shown += card.hidden ? 0 : 1;
  });
  count.textContent = (forms[plural.select(shown)] ?? forms.other).replace("{n}", numbers.format(shown));
  none.hidden = shown > 0;
}

field.addEventListener("input", show);
