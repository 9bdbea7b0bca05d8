// The typing search of /cases: what the server would show, without waiting for it.

const field = document.querySelector("#q");
const cards = [...document.querySelectorAll(".cards > .card")];
const count = document.querySelector("#count");
const none = document.querySelector("#none");

/** @param {string} text */
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

const words = cards.map((card) => plain(card.dataset.text).match(/[\p{L}\p{N}]+/gu) ?? []);

function show() {
  const wanted = plain(field.value).match(/[\p{L}\p{N}]+/gu) ?? [];
  let shown = 0;
  cards.forEach((card, index) => {
    card.hidden = !wanted.every((word) => words[index].some((held) => held.startsWith(word)));
    shown += card.hidden ? 0 : 1;
  });
  count.textContent = shown === 1 ? "1 case" : `${shown} cases`;
  none.hidden = shown > 0;
}

field.addEventListener("input", show);
