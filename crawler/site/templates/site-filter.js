(function () {
  "use strict";
  var form = document.getElementById("filter"), rows = [].slice.call(document.querySelectorAll(".cards > li"));
  var said = document.getElementById("found"), fields = { kind: ".kind", by: ".by", tag: ".tag" };
  function words(row, selector) {
    return [].map.call(row.querySelectorAll(selector), function (label) { return label.textContent; });
  }
  Object.keys(fields).forEach(function (name) {
    var counts = {}, select = form.elements[name];
    rows.forEach(function (row) {
      words(row, fields[name]).forEach(function (word) { counts[word] = (counts[word] || 0) + 1; });
    });
    Object.keys(counts).sort(function (a, b) { return a.localeCompare(b); }).forEach(function (word) {
      select.add(new Option(word + " (" + counts[word] + ")", word));
    });
  });
  function show() {
    var wanted = Object.keys(fields).filter(function (name) { return form.elements[name].value; }), found = 0;
    rows.forEach(function (row) {
      row.hidden = !wanted.every(function (name) {
        return words(row, fields[name]).indexOf(form.elements[name].value) >= 0;
      });
      found += row.hidden ? 0 : 1;
    });
    [].forEach.call(document.querySelectorAll(".cards"), function (list) {
      var empty = !list.querySelector("li:not([hidden])");
      list.hidden = empty;
      list.previousElementSibling.hidden = empty;
    });
    said.textContent = wanted.length ? found + " of " + rows.length + " on this page" : "";
  }
  form.addEventListener("change", show);
  form.addEventListener("reset", function () { setTimeout(show, 0); });
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  show();
})();
