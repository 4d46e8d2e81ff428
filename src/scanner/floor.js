/* Runs before the scanner, in browsers of any age: ECMAScript 5. What is wrong, and what to do, stands in index.html. */
(function () {
  var root = document.getElementById('root');
  var floor = document.getElementById('floor');

  function lacks() {
    if (window.isSecureContext === false) return 'insecure';
    if (!('noModule' in document.createElement('script'))) return 'old';
    if (!window.crypto || !crypto.subtle) return 'crypto';
    if (!window.indexedDB) return 'storage';
  }

  /* The scanner is not shown: it has nothing to be shown in. */
  function say(why) {
    var i;
    for (i = 0; i < floor.children.length; i++) {
      floor.children[i].hidden = floor.children[i].getAttribute('data-why') !== why;
    }
    floor.hidden = false;
    root.parentNode.removeChild(root);
    root = null;
    tellHelpLine();
  }

  /* Whom to call: the hub's operator knows. Without a network it is not said. */
  function tellHelpLine() {
    var ask = new XMLHttpRequest();
    ask.open('GET', '/v1/help');
    ask.onload = function () {
      if (ask.status !== 200) return;
      var help = document.getElementById('help');
      help.appendChild(document.createTextNode(ask.responseText));
      help.hidden = false;
    };
    ask.send();
  }

  function failed(event) {
    if (root && !root.firstChild) say(/SyntaxError/.test(event.message) ? 'old' : 'failed');
  }

  if (lacks()) return say(lacks());
  window.addEventListener('error', failed, true);
  window.addEventListener('load', function (event) {
    setTimeout(failed, 15000, event);
  });
})();
