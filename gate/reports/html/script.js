"use strict";
// All that the page says is there without this: it only copies commands, and walks through the picture.
(function () {
  document.querySelectorAll(".copy").forEach(function (command) {
    if (!navigator.clipboard) return;
    var button = document.createElement("button");
    button.type = "button";
    button.textContent = "Copy";
    button.addEventListener("click", function () {
      navigator.clipboard.writeText(command.textContent).then(function () {
        button.textContent = "Copied";
        setTimeout(function () { button.textContent = "Copy"; }, 1500);
      });
    });
    command.after(button);
  });

  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("details").forEach(function (one) { one.open = true; });
  });

  var graph = document.getElementById("graph");
  if (!graph) return;
  var canvas = document.getElementById("canvas");
  var box = graph.viewBox.baseVal;
  var scale = 1;
  var nodes = graph.querySelectorAll("a[data-node]");
  var arrows = graph.querySelectorAll("path[data-from]");

  function zoom(wanted) {
    var centre = (canvas.scrollLeft + canvas.clientWidth / 2) / scale;
    var middle = (canvas.scrollTop + canvas.clientHeight / 2) / scale;
    scale = Math.min(3, Math.max(0.1, wanted));
    graph.setAttribute("width", String(box.width * scale));
    graph.setAttribute("height", String(box.height * scale));
    canvas.scrollLeft = centre * scale - canvas.clientWidth / 2;
    canvas.scrollTop = middle * scale - canvas.clientHeight / 2;
  }
  function whole() {
    zoom(Math.min(1, (canvas.clientWidth - 4) / box.width, 600 / box.height));
  }
  function show(node) {
    var place = node.getBBox();
    canvas.scrollLeft = (place.x + place.width / 2) * scale - canvas.clientWidth / 2;
    canvas.scrollTop = (place.y + place.height / 2) * scale - canvas.clientHeight / 2;
  }
  // Only what is next to it stays bright: the next click goes one step on.
  function walk(node) {
    var number = node.dataset.node;
    var near = new Set([number]);
    var users = 0, used = 0;
    arrows.forEach(function (arrow) {
      var touches = arrow.dataset.from === number || arrow.dataset.to === number;
      arrow.classList.toggle("away", !touches);
      if (arrow.dataset.to === number) { near.add(arrow.dataset.from); users++; }
      if (arrow.dataset.from === number) { near.add(arrow.dataset.to); used++; }
    });
    nodes.forEach(function (other) {
      other.classList.toggle("away", !near.has(other.dataset.node));
      other.classList.toggle("here", other === node);
    });
    document.getElementById("walked").textContent =
      node.querySelector("title").textContent + ": drawn are " + users + " that use it and " + used + " that it uses";
  }
  function all() {
    graph.querySelectorAll(".away, .here").forEach(function (one) { one.classList.remove("away", "here"); });
    document.getElementById("walked").textContent = "";
  }

  nodes.forEach(function (node) {
    node.addEventListener("click", function (event) {
      event.preventDefault();
      if (node.classList.contains("here")) { all(); } else { walk(node); }
    });
  });
  document.getElementById("nearer").addEventListener("click", function () { zoom(scale * 1.25); });
  document.getElementById("farther").addEventListener("click", function () { zoom(scale / 1.25); });
  document.getElementById("whole").addEventListener("click", function () { all(); whole(); });
  canvas.addEventListener("wheel", function (event) {
    if (!event.ctrlKey) return;
    event.preventDefault();
    zoom(scale * (event.deltaY < 0 ? 1.1 : 1 / 1.1));
  }, { passive: false });
  canvas.addEventListener("keydown", function (event) {
    if (event.key === "Escape") all();
    if (event.key === "+") zoom(scale * 1.25);
    if (event.key === "-") zoom(scale / 1.25);
  });

  document.getElementById("tools").hidden = false;
  // As much of it as can still be read; then where the touched code is.
  zoom(Math.min(1, Math.max(0.75, (canvas.clientWidth - 4) / box.width)));
  var touched = graph.querySelector("a.touched");
  if (touched) show(touched);
})();
