"""The peer: Chromium over the whole screen, showing plain pages of like content from loopback. The pages tell this server
when they stand on the screen (load, then two animation frames)."""
import html
import http.server
import json
import pathlib
import threading
import time

FLAGS = ["--kiosk", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
         "--disable-extensions", "--disable-gpu", "--disable-quic", "--disable-default-apps", "--password-store=basic",
         "--window-position=0,0", "--window-size=1920,1080"]

STYLE = """
body{margin:0;background:#faf8f4;color:#16201f;font:24px 'Noto Sans',sans-serif}
header,footer{height:70px;display:flex;align-items:center;justify-content:space-between;padding:0 48px;border:1px solid #c9c5bc}
footer button{font:inherit;height:64px;padding:0 28px;border-radius:12px;border:2px solid #0a5c63;background:#fff}
main{max-width:1050px;margin:24px auto}h1{font-size:40px}h2{font-size:30px}
input{font:inherit;width:100%;box-sizing:border-box;height:68px;border-radius:12px;border:2px solid #0a5c63;padding:0 20px}
.cards{display:flex;flex-wrap:wrap;gap:16px;margin:20px 0}
.card{flex:1 1 320px;background:#fff;border:1px solid #c9c5bc;border-radius:12px;padding:18px;box-shadow:0 2px 6px #0002}
.card p{margin:6px 0;color:#47504f}.keys{display:grid;grid-template-columns:repeat(10,1fr);gap:10px}
.keys button{height:64px;font:inherit}
"""

SCRIPT = """
addEventListener('load',()=>requestAnimationFrame(()=>requestAnimationFrame(()=>fetch('/shown'+location.pathname))));
"""

# As the kiosk's start screen does: another language every six seconds.
ROTATION = """
let turn=0;setInterval(()=>{turn=(turn+1)%WORDS.length;document.documentElement.lang=WORDS[turn].lang;
document.documentElement.dir=WORDS[turn].lang=='ar'?'rtl':'ltr';
for(const e of document.querySelectorAll('[data-word]'))e.textContent=WORDS[turn][e.dataset.word]},6000);
"""

WORDS = ["start.heading", "start.intro", "start.area", "start.area_hint", "start.places", "start.places_hint", "start.topics",
         "start.topics_hint", "start.popular"]
FOOTER = ["nav.start_again", "nav.text_size", "nav.contrast", "nav.low_reach", "nav.sound", "nav.help"]


def card(title, *lines):
    return f"<div class=card><h2>{html.escape(title)}</h2>" + "".join(f"<p>{html.escape(line)}</p>" for line in lines) + "</div>"


class Pages:
    """Made from the demo region and the kiosk's own words."""

    def __init__(self, assets):
        assets = pathlib.Path(assets)
        self.words = {code: json.loads((assets / "words" / f"{code}.json").read_text()) for code in ("en", "cy", "pl", "ar")}
        self.topics = json.loads((assets / "demo" / "topics.json").read_text())
        services = []
        for feed in sorted((assets / "demo" / "feeds").glob("*.json")):
            content = json.loads(feed.read_text())
            services += content if isinstance(content, list) else content.get("services", content.get("contents", []))
        self.services = services

    def page(self, content, script=""):
        en = self.words["en"]
        footer = "".join(f"<button data-word='{key}'>{html.escape(en[key])}</button>" for key in FOOTER)
        return (f"<!doctype html><html lang=en><meta charset=utf-8><title>Kiosk</title><style>{STYLE}</style>"
                f"<header><b>Riverside Library</b><span>English</span><span>14:32</span></header><main>{content}</main>"
                f"<footer>{footer}</footer><script>{SCRIPT}{script}</script>").encode()

    def start(self):
        en = self.words["en"]
        def word(key, tag):
            return f"<{tag} data-word='{key}'>{html.escape(en[key])}</{tag}>"
        ways = "".join(f"<div class=card>{word(key, 'h2')}{word(key + '_hint', 'p')}</div>"
                       for key in ("start.area", "start.places", "start.topics"))
        topics = "".join(card(topic["name"], "12 services") for topic in self.topics[:6])
        content = (word("start.heading", "h1") + word("start.intro", "p") + f"<input placeholder='{html.escape(en['search.hint'])}'>"
                   f"<div class=cards>{ways}</div>{word('start.popular', 'h2')}<div class=cards>{topics}</div>")
        words = [dict({key: table[key] for key in WORDS + FOOTER}, lang=code) for code, table in self.words.items()]
        return self.page(content, f"const WORDS={json.dumps(words)};" + ROTATION)

    def of_visit(self, number):
        """Page `number` of a visit: results with the keyboard, a service, a form, a calendar, and so on; then back to the start."""
        some = self.services[number * 7 % len(self.services):][:8]
        keys = "<div class=keys>" + "".join(f"<button>{c}</button>" for c in "1234567890qwertyuiopasdfghjkl'zxcvbnm,.-") + "</div>"
        days = "<div class=keys>" + "".join(f"<button>{day}</button>" for day in range(1, 31)) + "</div>"
        cards = "<div class=cards>" + "".join(card(s.get("name", ""), (s.get("description") or "")[:160]) for s in some) + "</div>"
        content = f"<h1>{html.escape(some[0].get('name', ''))}</h1>" + (keys, cards, days)[number % 3] + cards
        onward = f"setTimeout(()=>location.href='{'/visit/%d' % (number + 1) if number < 20 else '/'}',700);"
        return self.page(content, onward)


class Server:
    """Serves the pages; `shown` maps a path to the monotonic moment at which its page last stood on the screen."""

    def __init__(self, assets):
        pages, shown, self.condition = Pages(assets), {}, threading.Condition()
        condition = self.condition

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                if self.path.startswith("/shown"):
                    with condition:
                        shown[self.path[len("/shown"):]] = time.monotonic()
                        condition.notify_all()
                    return self.answer(b"")
                if self.path == "/":
                    return self.answer(pages.start())
                if self.path.startswith("/visit/"):
                    return self.answer(pages.of_visit(int(self.path[len("/visit/"):])))
                self.send_error(404)

            def answer(self, body):
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *arguments):
                pass

        self.shown = shown
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def await_shown(self, path, after, patience=60):
        """The moment after `after` at which the page stood on the screen."""
        with self.condition:
            if not self.condition.wait_for(lambda: self.shown.get(path, 0) > after, patience):
                raise RuntimeError(f"the browser did not show {path}")
            return self.shown[path]

    def close(self):
        self.server.shutdown()
