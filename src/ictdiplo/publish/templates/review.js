
// Only on the page of a review: accept, reject, correct and add; each decision is kept by the server at once.
const review = JSON.parse(at("review").textContent);
const PAST = { accepted: "Accepted", rejected: "Rejected", corrected: "Corrected" };

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}
function button(text, onclick) {
  const made = make("button", { type: "button" }, text);
  made.addEventListener("click", onclick);
  return made;
}

async function decide(decision, message) {
  message.textContent = "…";
  try {
    const response = await fetch("decisions", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(decision),
    });
    const said = response.headers.get("Content-Type") === "application/json" ? await response.json() : {};
    message.textContent = response.ok ? "" : said.error ?? "The review's server did not take it.";
    return response.ok ? said : null;
  } catch {
    message.textContent = "The review's server is not running; nothing was kept.";
    return null;
  }
}

const spaced = (name) => name.replaceAll("_", " ");
function fieldset(type, fields) {
  return Object.entries(review.choices[type]).map(([name, choices]) => {
    const field = choices.length
      ? make("select", { name }, ...choices.map((choice) => make("option", { value: choice }, spaced(choice))))
      : make("input", { name, autocomplete: "off" });
    if (fields[name] !== undefined) field.value = fields[name];
    return make("label", {}, spaced(name), field);
  });
}
function formOf(type, fields, submit, send) {
  const form = make("form", { class: "correction" }, ...fieldset(type, fields), make("button", {}, send));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit(Object.fromEntries(new FormData(form)), form);
  });
  return form;
}

function progress() {
  const all = review.articles.flatMap((article) => article.records);
  const decided = all.filter((record) => record.verdict).length;
  const done = review.articles.filter((article) => article.complete && article.records.every((record) => record.verdict));
  at("progress").textContent =
    `${decided} of ${all.length} records decided, ${done.length} of ${review.articles.length} articles complete`;
}

// The verdict on one record.
function judge(article, record, card) {
  const type = ["meeting", "proposal", "mou"].find((name) => card.classList.contains(name));
  const message = make("span", { role: "status" });
  const buttons = {};
  function show() {
    card.classList.remove(...Object.keys(PAST));
    if (record.verdict) card.classList.add(record.verdict);
    for (const [verdict, one] of Object.entries(buttons)) one.setAttribute("aria-pressed", record.verdict === verdict);
  }
  async function give(verdict, fields = {}) {
    const withdrawn = record.verdict === verdict && verdict !== "corrected";
    const kept = await decide({ article: article.id, record: record.id, verdict, fields, withdrawn }, message);
    if (!kept) return;
    record.verdict = withdrawn ? null : verdict;
    show();
    progress();
  }
  // Made when it is first wanted: a browser looks through all forms of a page for what it could fill
  // in, and thousands would take it a minute.
  let form = null;
  function correct() {
    form ??= formOf(type, record.fields, async (fields) => {
      await give("corrected", fields);
      if (!message.textContent) form.hidden = true;
    }, "Keep the correction");
    form.hidden = form.isConnected && !form.hidden;
    card.append(form);
    if (!form.hidden) form.querySelector("input, select").focus();
  }
  buttons.accepted = button("Accept", () => give("accepted"));
  buttons.rejected = button("Reject", () => give("rejected"));
  buttons.corrected = button("Correct", correct);
  card.append(make("div", { class: "verdict" }, ...Object.values(buttons), message));
  card.addEventListener("keydown", ({ target, key }) => {
    if (target === card && key === "a") give("accepted");
    if (target === card && key === "r") give("rejected");
  });
  show();
}

// What the reader missed is added from words of the article, selected with the pointer or typed.
function addition(article, section) {
  const list = make("ul", { class: "added" });
  const message = make("span", { role: "status" });
  function show() {
    list.replaceChildren(...article.added.map((one) => make("li", {}, `${spaced(one.type)}: “${one.words}” `, button("Remove", async () => {
      const sent = { article: article.id, record: one.id, verdict: "added", withdrawn: true };
      if (!(await decide(sent, message))) return;
      article.added = article.added.filter((other) => other !== one);
      show();
    }))));
  }
  function open(type) {
    const words = make("textarea", { name: "words", rows: "3" });
    const selected = getSelection();
    if (section.contains(selected.anchorNode)) words.value = selected.toString().trim();
    const form = formOf(type, {}, async ({ words: quote, ...fields }) => {
      const kept = await decide({ article: article.id, verdict: "added", type, fields, words: quote }, message);
      if (!kept) return;
      article.added.push({ id: kept.record, type, words: quote });
      form.remove();
      show();
    }, "Add it");
    form.prepend(make("label", {}, "words of the article that report it", words));
    box.append(form);
    words.focus();
  }
  const complete = button("Nothing is missing", async () => {
    const sent = { article: article.id, verdict: "complete", withdrawn: article.complete };
    if (!(await decide(sent, message))) return;
    article.complete = !article.complete;
    complete.setAttribute("aria-pressed", article.complete);
    progress();
  });
  complete.setAttribute("aria-pressed", article.complete);
  const adders = [["meeting", "meeting"], ["proposal", "proposal"], ["mou", "memorandum"]];
  const box = make("div", { class: "verdict" },
    ...adders.map(([type, name]) => button(`Add a ${name}`, () => open(type))), complete, message, list);
  $(".records", section)[0].append(box);
  show();
}

$("header.page")[0].append(make("p", { id: "progress", role: "status" }));
articles.forEach((section, place) => {
  const article = review.articles[place];
  $(".record", section).forEach((card, number) => judge(article, article.records[number], card));
  addition(article, section);
});
progress();
