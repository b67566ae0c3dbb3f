// <linchpin-company company="openai" lang="en" as-of="2023-02"></linchpin-company>
//
// Load it once: <script type="module" src="https://your-linchpin.example/embed/linchpin.js"></script>
// The data come from the server that this file came from, or from the one that the attribute `src` names.
const home = new URL(import.meta.url).origin;
const words = {
  en: { suppliers: "direct suppliers", dependents: "direct dependents", source: "Source: Linchpin, ", wrong: "This company cannot be shown." },
  ko: { suppliers: "직접 공급사", dependents: "직접 의존 기업", source: "출처: 린치핀, ", wrong: "이 기업을 표시할 수 없습니다." },
};
const style = `
:host { display: block; font: 1rem/1.5 system-ui, sans-serif; color-scheme: light dark; --ink: #1b2126; --soft: #56616a; --card: #fff; --line: #ddd9cf; --accent: #0f5c5c; }
@media (prefers-color-scheme: dark) { :host { --ink: #e9e7e1; --soft: #a3adb4; --card: #1b2125; --line: #30383d; --accent: #7fd1c7; } }
:host([hidden]) { display: none; }
article { background: var(--card); color: var(--ink); border: 1px solid var(--line); border-radius: .8rem; padding: 1rem 1.2rem; max-width: 30rem; }
h3 { margin: 0 0 .3rem; font-size: 1.25rem; line-height: 1.25; } p { margin: 0 0 .7rem; } a { color: var(--accent); }
ul { list-style: none; padding: 0; margin: 0 0 .7rem; display: flex; flex-wrap: wrap; gap: .3rem .6rem; font-size: .88rem; color: var(--soft); }
li { border: 1px solid var(--line); border-radius: 9rem; padding: 0 .7rem; }
dl { display: flex; gap: 1.6rem; margin: 0 0 .7rem; } dl div { display: flex; flex-direction: column-reverse; }
dd { margin: 0; font-size: 1.5rem; font-weight: 600; line-height: 1.2; font-variant-numeric: tabular-nums; } dt, small { color: var(--soft); font-size: .84rem; }`;

function element(name, text, ...children) {
  const made = document.createElement(name);
  if (text !== undefined && text !== null) made.textContent = text;
  made.append(...children);
  return made;
}

class LinchpinCompany extends HTMLElement {
  static observedAttributes = ["company", "lang", "as-of", "src"];
  #asked = 0;

  constructor() {
    super();
    this.attachShadow({ mode: "open" });
  }

  connectedCallback() {
    this.#load();
  }

  attributeChangedCallback(name, before, now) {
    if (this.isConnected && before !== now) this.#load();
  }

  get #lang() {
    const lang = this.getAttribute("lang") || this.closest("[lang]")?.lang || "en";
    return lang.toLowerCase().startsWith("ko") ? "ko" : "en";
  }

  #address(path) {
    const address = new URL(path, this.getAttribute("src") || home);
    address.searchParams.set("lang", this.#lang);
    const day = this.getAttribute("as-of");
    if (day) address.searchParams.set("as_of", day);
    return address;
  }

  async #load() {
    const id = this.getAttribute("company");
    const mine = ++this.#asked;
    if (!id) return this.#show(element("p", words[this.#lang].wrong));
    let shown;
    try {
      const reply = await fetch(this.#address(`/v1/companies/${encodeURIComponent(id)}`));
      shown = reply.ok ? this.#card(await reply.json()) : element("p", words[this.#lang].wrong);
    } catch {
      shown = element("p", words[this.#lang].wrong);
    }
    if (mine === this.#asked) this.#show(shown);
  }

  #card(company) {
    const w = words[this.#lang];
    const card = element("article");
    const link = element("a", company.name);
    link.href = this.#address(`/companies/${encodeURIComponent(company.id)}`);
    card.append(element("h3", null, link));
    if (company.description) card.append(element("p", company.description));
    if (company.roles.length) card.append(element("ul", null, ...company.roles.map((role) => element("li", role.name))));
    const tile = (word, number) => element("div", null, element("dt", word), element("dd", String(number)));
    card.append(element("dl", null, tile(w.suppliers, company.counts.dependencies), tile(w.dependents, company.counts.dependents)));
    card.append(element("small", w.source + company.as_of));
    card.lang = this.#lang;
    return card;
  }

  #show(content) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    this.shadowRoot.adoptedStyleSheets = [sheet];
    this.shadowRoot.replaceChildren(content);
    this.dispatchEvent(new CustomEvent("linchpin-shown"));
  }
}

if (!customElements.get("linchpin-company")) customElements.define("linchpin-company", LinchpinCompany);
