// The glossary as it is typed: the rows of the page that the form would open, put in the place of those that are there.

const form = document.querySelector("form.filters");
const count = document.querySelector("#count");
const PAUSE = 200; // ms without a key until the server is asked
let waiting = 0;
let asking = new AbortController();

async function show() {
  asking.abort();
  asking = new AbortController();
  const address = `${form.action}?${new URLSearchParams(new FormData(form))}`;
  try {
    const response = await fetch(address, { signal: asking.signal });
    if (!response.ok) throw new Error(`the glossary cannot be read: ${response.status}`);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    for (const id of ["rows", "count", "languages"]) document.getElementById(id).replaceChildren(...page.getElementById(id).childNodes);
    history.replaceState(null, "", address);
  } catch (error) {
    if (error.name !== "AbortError") count.textContent = form.dataset.failed;
  }
}

form.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(show, PAUSE);
});
