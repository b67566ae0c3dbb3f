// Lists names while one types. Without it every form still works. Texts are only ever set as text.
"use strict";
const page = new URLSearchParams(location.search);
const kept = ["as_of", "source", "lang"].filter((name) => page.get(name));
const keep = (address) => {
  kept.forEach((name) => address.searchParams.set(name, page.get(name)));
  return address;
};

document.querySelectorAll("input[data-suggest]").forEach((input, at) => {
  const list = document.createElement("ul");
  const fills = input.dataset.suggest === "fill";
  let timer, asked = 0, chosen = -1;
  list.className = "suggest";
  list.id = `suggest-${at}`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.getAttribute("aria-label") || input.parentNode.firstChild.textContent.trim() || input.name);
  input.after(list);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]]) {
    input.setAttribute(name, value);
  }
  const typed = () => (fills ? input.value.split(",").pop() : input.value).trim();
  const close = () => {
    list.hidden = true;
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const choose = (company) => {
    close();
    if (!fills) {
      location.assign(keep(new URL(`/companies/${encodeURIComponent(company.id)}`, location.origin)));
      return;
    }
    const before = input.value.split(",").slice(0, -1).map((name) => name.trim());
    input.value = [...before, company.id].join(", ");
    input.focus();
  };
  const mark = (place) => {
    const items = [...list.children];
    chosen = (place + items.length) % items.length;
    items.forEach((item, other) => item.setAttribute("aria-selected", String(other === chosen)));
    input.setAttribute("aria-activedescendant", items[chosen].id);
  };
  const show = (items) => {
    list.replaceChildren(...items.map(({ company, matched }, place) => {
      const item = document.createElement("li");
      const name = document.createElement("bdi");
      item.id = `${list.id}-${place}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      name.textContent = company.name;
      item.append(name);
      if (matched && matched.toLowerCase() !== company.name.toLowerCase() && matched !== company.id) {
        const also = document.createElement("small");
        also.textContent = matched;
        item.append(also);
      }
      item.addEventListener("mousedown", (event) => event.preventDefault());
      item.addEventListener("click", () => choose(company));
      return item;
    }));
    list.items = items;
    chosen = -1;
    list.hidden = items.length === 0;
    input.setAttribute("aria-expanded", String(items.length > 0));
  };
  const ask = async () => {
    const words = typed(), mine = ++asked;
    if (!words) return close();
    const address = keep(new URL("/v1/search", location.origin));
    address.searchParams.set("q", words);
    address.searchParams.set("limit", "8");
    address.searchParams.set("lang", document.documentElement.lang);
    const answer = await fetch(address).then((reply) => (reply.ok ? reply.json() : { items: [] }), () => ({ items: [] }));
    if (mine === asked && words === typed()) show(answer.items);
  };
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 120);
  });
  input.addEventListener("blur", () => setTimeout(close, 150));
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown") mark(chosen + 1);
    else if (event.key === "ArrowUp") mark(chosen < 0 ? -1 : chosen - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && chosen >= 0) choose(list.items[chosen].company);
    else return;
    event.preventDefault();
  });
});
