// Reading needs none of this: it lights what belongs together, jumps, and filters.
"use strict";
const $ = (selector, within = document) => [...within.querySelectorAll(selector)];
const at = (id) => document.getElementById(id);
const articles = $(".article");
const find = at("find");
const more = find?.querySelector(".more");

// Text in one form, so that words are found however they are typed.
const fold = (text) =>
  text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[يى]/g, "ی").replace(/ك/g, "ک").replace(/\s+/g, " ");

// Evidence and record light each other, under the pointer and under the keyboard's focus.
const numbers = (element) => (element?.dataset.of ?? "").split(" ").filter(Boolean);
function light(element) {
  $(".lit").forEach((one) => one.classList.remove("lit"));
  const article = element?.closest(".article");
  if (!article) return;
  const wanted = numbers(element);
  $("mark, .record", article)
    .filter((one) => numbers(one).some((number) => wanted.includes(number)))
    .forEach((one) => one.classList.add("lit"));
  if (element.matches("mark")) bringIn($(".record.lit", article)[0]);
}

// Where the records scroll by themselves beside the text, the lit one comes into view; else nothing moves.
function bringIn(record) {
  const column = record?.parentElement;
  if (!column || column.scrollHeight <= column.clientHeight) return;
  const [inner, outer] = [record, column].map((one) => one.getBoundingClientRect());
  if (inner.top < outer.top || inner.bottom > outer.bottom) column.scrollTop += inner.top - outer.top;
}
for (const event of ["pointerover", "focusin"]) {
  document.addEventListener(event, ({ target }) => light(target.closest("[data-of]")));
}

// A click on evidence jumps to its record; of several, to the one with the shortest quote around it.
document.addEventListener("click", ({ target }) => {
  const mark = target.closest("mark");
  if (!mark || !getSelection().isCollapsed) return;
  const article = mark.closest(".article");
  const length = (number) =>
    $(`mark[data-of~="${number}"]`, article).reduce((sum, one) => sum + one.textContent.length, 0);
  const [nearest] = numbers(mark).filter((number) => !number.startsWith("o")).sort((a, b) => length(a) - length(b));
  if (nearest !== undefined) location.hash = $(`.record[data-of="${nearest}"]`, article)[0].id;
});

function decoded(hash) {
  try {
    return decodeURIComponent(hash);
  } catch {
    return hash; // typed by hand, and cut within a letter
  }
}

// Whatever a link points at is shown, folded away or filtered out as it may be.
function reveal() {
  const hash = location.hash.slice(1);
  if (hash.startsWith("?")) return restore(hash);
  const target = at(hash) ?? at(decoded(hash));
  if (!target) return;
  if (target.closest("[hidden]")) showAll();
  for (let box = target.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
  target.scrollIntoView();
  target.focus({ preventScroll: true });
  if (target.matches(".record")) light(target);
}
addEventListener("hashchange", reveal);

const facets = new Map(JSON.parse(at("facets").textContent));
const texts = new Map();
function textOf(article) {
  if (!texts.has(article)) texts.set(article, fold(article.textContent));
  return texts.get(article);
}
const chosen = () =>
  Object.fromEntries([...new FormData(find)].map(([name, value]) => [name, value.trim()]).filter(([, value]) => value));
const matches = ([, type, parties, topics, status, first, last], want) =>
  (!want.type || type === want.type) &&
  (!want.party || parties.includes(want.party)) &&
  (!want.with || parties.includes(want.with)) &&
  (!want.topic || topics.includes(want.topic)) &&
  (!want.status || status === want.status) &&
  (!want.first || (last && last >= want.first)) &&
  (!want.last || (first && first <= want.last));

function filter() {
  const want = chosen();
  const { words, ...rest } = want;
  const wanted = fold(words ?? "").split(" ").filter(Boolean);
  const narrow = Object.keys(rest).length > 0;
  const within = [];
  const total = { articles: 0, records: 0 };
  for (const article of articles) {
    const records = facets.get(article.id);
    const said = !wanted.length || wanted.every((word) => textOf(article).includes(word));
    const kept = said ? records.filter((one) => matches(one, want)) : [];
    for (const one of records) at(one[0]).hidden = narrow && !kept.includes(one);
    article.hidden = !said || (narrow && !kept.length);
    total.articles += !article.hidden;
    total.records += kept.length;
    if (said) within.push(...records);
  }
  count(within, want);
  // What was looked for comes first; with nothing looked for, the overview does.
  at("overview").open = !Object.keys(want).length;
  at("no-match").hidden = total.articles > 0 || !articles.length;
  $("output", find)[0].textContent =
    `${total.records} ${find.dataset.things} in ${total.articles} of ${articles.length} ${find.dataset.groups}`;
  more.querySelector("summary span").textContent = Object.keys(rest).length ? ` (${Object.keys(rest).length} chosen)` : "";
}

// Each choice tells how many records it would leave beside the other choices; what would leave none is hidden.
const values = { type: (one) => [one[1]], party: (one) => one[2], with: (one) => one[2], topic: (one) => one[3], status: (one) => [one[4]] };
function count(records, want) {
  for (const [name, valuesOf] of Object.entries(values)) {
    const left = records.filter((one) => matches(one, { ...want, [name]: "" }));
    const counts = new Map();
    for (const one of left) for (const value of valuesOf(one)) counts.set(value, (counts.get(value) ?? 0) + 1);
    for (const option of find.elements.namedItem(name).options) {
      if (!option.value) continue;
      option.dataset.name ??= option.textContent.replace(/ \(\d+\)$/, "");
      const number = name === "with" && option.value === want.party ? 0 : counts.get(option.value) ?? 0;
      option.textContent = `${option.dataset.name} (${number})`;
      option.hidden = option.disabled = !number && !option.selected;
    }
  }
}

// The filter stands in the address, so that what it shows can be linked to.
function remember() {
  const want = new URLSearchParams(chosen()).toString();
  history.replaceState(null, "", want ? `#?${want}` : "#articles");
}
function restore(hash) {
  if (!find) return;
  showAll();
  for (const [name, value] of new URLSearchParams(hash.slice(1))) {
    const field = find.elements.namedItem(name);
    if (field) field.value = value;
  }
  filter();
  find.scrollIntoView();
}
function showAll() {
  for (const field of find.elements) if (field.name) field.value = "";
  filter();
}
if (find) {
  find.hidden = false;
  // On a wide screen the filters are always there; on a narrow one they are unfolded on demand.
  const wide = matchMedia("(min-width: 40rem)");
  const unfold = () => { more.open = wide.matches; };
  wide.addEventListener("change", unfold);
  unfold();
  find.addEventListener("input", () => { filter(); remember(); });
  find.addEventListener("submit", (event) => event.preventDefault());
  find.addEventListener("reset", (event) => { event.preventDefault(); showAll(); remember(); });
  filter();
}
if (location.hash) reveal();
