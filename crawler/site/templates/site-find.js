/* Finds articles by words (Pagefind, where the site has it) and by form, company and topic. */
(function () {
  "use strict";
  var form = document.getElementById("find"), list = document.getElementById("results");
  var said = document.getElementById("said"), more = document.getElementById("more");
  var articles = Number(form.dataset.articles), labelled = Number(form.dataset.labels);
  var carded = Number(form.dataset.cards), shards = (form.dataset.shards || "").split(" ");
  var names = ["kind", "company", "tag"], columns = { kind: "kinds", company: "companies", tag: "tags" };
  var STEP = 20, files = {}, handed = {}, search = null, turn = 0, next = null;
  var disk = location.protocol === "file:";

  window.archive = {
    labels: function (number, part) { handed["labels-" + number](part); },
    cards: function (number, part) { handed["cards-" + number](part); }
  };

  function load(name) {
    files[name] = files[name] || new Promise(function (done, failed) {
      var script = document.createElement("script");
      handed[name] = done;
      script.src = "find/" + name + ".js";
      script.onerror = function () { delete files[name]; failed(new Error("find/" + name + ".js did not come")); };
      document.head.appendChild(script);
    });
    return files[name];
  }

  function asked() {
    var wanted = {};
    names.forEach(function (name) {
      if (form.elements[name].value) { wanted[name] = form.elements[name].value; }
    });
    return wanted;
  }

  function words() { return form.elements.q ? form.elements.q.value.trim() : ""; }

  /* Places of a file's articles that have all wanted labels, newest first. */
  function matching(part, wanted) {
    var places = {}, found = [];
    for (var name in wanted) {
      places[name] = part[columns[name]].indexOf(wanted[name]);
      if (places[name] < 0) { return found; }
    }
    for (var place = part.rows.length - 1; place >= 0; place--) {
      var row = part.rows[place];
      if ((!("kind" in places) || row[0] === places.kind) && (!("company" in places) || row[1] === places.company) &&
          (!("tag" in places) || row.indexOf(places.tag, 2) >= 0)) { found.push(place); }
    }
    return found;
  }

  /* Labels are found as words that no text has, nor any beginning of them. */
  function token(name, value) {
    var letters = "";
    new TextEncoder().encode(value).forEach(function (byte) {
      letters += "abcdefghijklmnop"[byte >> 4] + "abcdefghijklmnop"[byte & 15];
    });
    return "\u01bf" + name + letters + "qz";
  }

  async function searching() {
    if (!search) {
      var places = shards.map(function (name) { return new URL("find/" + name + "/", document.baseURI).href; });
      search = import(places[0] + "pagefind.js").then(async function (engine) {
        await engine.options({ excerptLength: 1 });
        await Promise.all(places.slice(1).map(function (place) { return engine.mergeIndex(place); }));
        return engine;
      });
      search.catch(function () { search = null; });
    }
    return search;
  }

  /* A word a search: asked for several, a part of the index leaves out those that it does not know, and for one that
     it does not know it takes the beginning of it. So a word is looked for as it stands, else as the beginning of others. */
  async function bySearch(query, wanted) {
    var engine = await searching(), counts = new Map(), found = [];
    var terms = (query.match(/"[^"]+"|[^\s"]+/g) || []).concat(Object.keys(wanted).map(function (name) {
      return token(name, wanted[name]);
    }));
    for (var place = 0; place < terms.length; place++) {
      var exact = await engine.search(terms[place][0] === '"' ? terms[place] : '"' + terms[place] + '"');
      (exact.results.length ? exact : await engine.search(terms[place])).results.forEach(function (one) {
        var known = counts.get(one.id) || { terms: 0, score: 0, one: one };
        known.terms += known.terms === place ? 1 : 0;
        known.score += one.score;
        counts.set(one.id, known);
      });
    }
    counts.forEach(function (known) { if (known.terms === terms.length) { found.push(known); } });
    found.sort(function (a, b) { return b.score - a.score; });
    return {
      total: found.length,
      cards: function (from, to) {
        return Promise.all(found.slice(from, to).map(async function (known) {
          return (await known.one.data()).meta.card;
        }));
      }
    };
  }

  async function byLabels(wanted) {
    var parts = [], places = [];
    for (var n = Math.ceil(articles / labelled) - 1; n >= 0; n--) { parts.push(n); }
    var read = await Promise.all(parts.map(function (number) { return load("labels-" + number); }));
    read.forEach(function (part, at) {
      matching(part, wanted).forEach(function (place) { places.push(parts[at] * labelled + place); });
    });
    return {
      total: places.length,
      cards: function (from, to) {
        return Promise.all(places.slice(from, to).map(async function (place) {
          return (await load("cards-" + Math.floor(place / carded)))[place % carded];
        }));
      }
    };
  }

  function keep() {
    var query = new URLSearchParams(new FormData(form));
    Array.from(query.keys()).forEach(function (key) { if (!query.get(key)) { query.delete(key); } });
    var text = query.toString();
    try { history.replaceState(null, "", text ? "?" + text : location.pathname); } catch (error) { /* from a disk */ }
  }

  function tell(text) { said.textContent = text; }

  function empty() {
    document.body.classList.remove("finding");
    list.textContent = "";
    more.hidden = true;
    tell("");
  }

  async function show() {
    var mine = ++turn, query = words(), wanted = asked(), any = query || Object.keys(wanted).length;
    document.body.classList.toggle("finding", Boolean(any));
    keep();
    next = null;
    if (!any) { empty(); return; }
    if (query && disk) { tell("Searching for words needs a web server. The choices work here, too."); return; }
    tell("Looking …");
    try {
      var found = query ? await bySearch(query, wanted) : await byLabels(wanted), shown = 0;
      if (mine !== turn) { return; }
      list.textContent = "";
      next = async function () {
        var first = shown, cards = await found.cards(first, shown += STEP);
        if (mine !== turn) { return; }
        list.insertAdjacentHTML("beforeend", cards.join(""));
        more.hidden = shown >= found.total;
        if (first && list.children[first]) { list.children[first].querySelector("a").focus(); }
      };
      await next();
      if (mine === turn) { tell(found.total === 1 ? "1 found" : found.total ? found.total + " found" : "Nothing found"); }
    } catch (error) {
      if (mine === turn) { tell("That did not work: " + error.message); }
    }
  }

  new URLSearchParams(location.search).forEach(function (value, name) {
    var field = form.elements[name];
    if (!field || !value) { return; }
    if (field.options && !Array.from(field.options).some(function (one) { return one.value === value; })) {
      field.add(new Option(value, value));
    }
    field.value = value;
  });
  var timer = 0;
  form.addEventListener("input", function (event) {
    clearTimeout(timer);
    document.body.classList.toggle("finding", Boolean(words() || Object.keys(asked()).length));
    timer = setTimeout(show, event.target.name === "q" ? 200 : 0);
  });
  form.addEventListener("submit", function (event) { event.preventDefault(); clearTimeout(timer); show(); });
  form.addEventListener("reset", function () { empty(); setTimeout(show, 0); });
  more.addEventListener("click", function () { if (next) { next(); } });
  if (words() || Object.keys(asked()).length) { show(); }
})();
