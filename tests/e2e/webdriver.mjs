// A small client of the W3C WebDriver protocol: enough to open the real window, use it and close it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, readlinkSync, realpathSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}

export class Window {
  #driver;
  #session;

  // The driver starts the program itself and speaks to its webview. Do not set
  // WEBKIT_DISABLE_DMABUF_RENDERER here, whatever guides say: screenshots then hang.
  static async open(binary, env = {}, args = []) {
    const port = await freePort();
    const window = new Window();
    window.#driver = spawn('WebKitWebDriver', [`--port=${port}`], {
      env: { ...process.env, ...env, TAURI_AUTOMATION: 'true', TAURI_WEBVIEW_AUTOMATION: 'true' },
      stdio: 'inherit',
    });
    const base = `http://127.0.0.1:${port}`;
    try {
      await until(async () => (await fetch(`${base}/status`)).ok, 'the driver to answer', 10_000);
      const { sessionId } = await send('POST', `${base}/session`, {
        capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': { binary, args } } },
      });
      window.#session = `${base}/session/${sessionId}`;
    } catch (error) {
      window.#driver.kill();
      throw error;
    }
    return window;
  }

  async #call(method, path, body) {
    return send(method, this.#session + path, body);
  }

  // Runs JavaScript in the page and returns its value.
  async run(script, ...args) {
    return this.#call('POST', '/execute/sync', { script, args });
  }

  // The element once it is there.
  async find(css, timeout = 10_000) {
    let found;
    await until(
      async () => {
        [found] = await this.#call('POST', '/elements', { using: 'css selector', value: css });
        return found !== undefined;
      },
      css,
      timeout,
    );
    return found[ELEMENT];
  }

  // The elements whose label or text is exactly this, once there are any.
  async all(css, text, timeout = 10_000) {
    let found = [];
    await until(
      async () => {
        found = await this.run(
          'return [...document.querySelectorAll(arguments[0])].filter((e) => [e.getAttribute("aria-label"), e.textContent.trim()].includes(arguments[1]))',
          css,
          text,
        );
        return found.length > 0;
      },
      `${css} "${text}"`,
      timeout,
    );
    return found.map((element) => element[ELEMENT]);
  }

  // The field under this label once it is there.
  async field(label, timeout = 10_000) {
    let found;
    await until(
      async () => {
        found = await this.run(
          'return [...document.querySelectorAll("label")].find((l) => l.textContent.trim() === arguments[0])?.control',
          label,
        );
        return Boolean(found);
      },
      `the field "${label}"`,
      timeout,
    );
    return found[ELEMENT];
  }

  // A page that turns to another one may take the element away between finding and reading it.
  async text(css) {
    let text;
    await until(async () => {
      text = await this.#call('GET', `/element/${await this.find(css)}/text`);
      return true;
    }, `the text of ${css}`);
    return text;
  }

  // A window that is about to be shown, or a field that is about to be free, takes no input yet.
  async #act(element, action, body) {
    await until(async () => {
      await this.#call('POST', `/element/${element}/${action}`, body);
      return true;
    }, `${action} to be possible`);
  }

  async click(element) {
    await this.#act(element, 'click', {});
  }

  // Keys to an element that has the focus or can take it.
  async keys(element, text) {
    await this.#act(element, 'value', { text });
  }

  async type(element, text) {
    await this.#act(element, 'clear', {});
    await this.#act(element, 'value', { text });
  }

  // A picture is taken of the next frame, and where the processor draws there is none while nothing changes: so
  // something does, for as long as the picture may take.
  async screenshot(path) {
    await this.run(`
      const spot = document.createElement('i');
      spot.style.cssText = 'position:fixed;left:0;top:0;width:1px;height:1px';
      document.body.append(spot);
      const end = performance.now() + 2000;
      const blink = () => {
        spot.style.background = spot.style.background === 'black' ? 'gray' : 'black';
        if (performance.now() < end) requestAnimationFrame(blink);
        else spot.remove();
      };
      blink();`);
    writeFileSync(path, Buffer.from(await this.#call('GET', '/screenshot'), 'base64'));
  }

  // As when the machine loses its power: nobody gets to save anything. The programs of this binary in this home.
  async kill(binary, home) {
    for (const id of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      try {
        if (readlinkSync(`/proc/${id}/exe`) !== realpathSync(binary)) continue;
        if (readFileSync(`/proc/${id}/environ`, 'utf8').includes(home)) process.kill(Number(id), 'SIGKILL');
      } catch {
        // It ended while it was looked at, or belongs to somebody else.
      }
    }
    this.#driver.kill();
  }

  async close() {
    try {
      await this.#call('DELETE', '');
    } finally {
      this.#driver.kill();
    }
  }
}

async function send(method, url, body) {
  const response = await fetch(url, {
    method,
    body: body === undefined ? undefined : JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
    signal: AbortSignal.timeout(30_000),
  });
  const { value } = await response.json();
  if (!response.ok) throw new Error(`${method} ${new URL(url).pathname}: ${value.error}: ${value.message}`);
  return value;
}

// Waits until `condition` holds; a condition that throws does not hold yet.
export async function until(condition, what, timeout = 10_000) {
  const end = Date.now() + timeout;
  let last;
  while (Date.now() < end) {
    try {
      if (await condition()) return;
    } catch (error) {
      last = error;
    }
    await sleep(50);
  }
  throw new Error(`waited ${timeout} ms for ${what}`, { cause: last });
}
