/* Comments by giscus: nothing is asked of anybody before a reader presses the button. */
(function () {
  "use strict";
  var talk = document.getElementById("talk"), button = talk.querySelector("button");
  button.hidden = false;
  button.addEventListener("click", function () {
    var script = document.createElement("script");
    Object.keys(talk.dataset).forEach(function (name) { script.dataset[name] = talk.dataset[name]; });
    script.src = "https://giscus.app/client.js";
    script.async = true;
    script.crossOrigin = "anonymous";
    script.addEventListener("error", function () {
      talk.querySelector("p").textContent = "The comments could not be loaded.";
    });
    talk.appendChild(script);
    button.remove();
  });
})();
