// Shared by the checks that start servers: processes that end with the check, free ports, waits with a limit.
'use strict';
const assert = require('node:assert/strict');
const {spawn} = require('node:child_process');
const fs = require('node:fs');
const http = require('node:http');
const os = require('node:os');
const path = require('node:path');

const REPOSITORY = path.resolve(__dirname, '..');
const JAR = path.join(REPOSITORY, 'api/target/boxoffice.jar');
const PARTNERS = path.join(REPOSITORY, 'partners/target/boxoffice-partners.jar');

/** A directory, processes and servers that are removed when the check ends, however it ends. */
class Bench {
  constructor(name, limitSeconds, commands = ['java', 'prometheus', 'prometheus-alertmanager']) {
    this.name = name;
    this.commands = commands;
    this.directory = fs.mkdtempSync(path.join(os.tmpdir(), `${name}-`));
    this.processes = new Set();
    this.servers = new Set();
    this.limitSeconds = limitSeconds;
  }

  say(text) {
    console.log(`${this.name}: ${text}`);
  }

  /** Prints that the check, or the rest of it, cannot run here. */
  skip(reason) {
    this.skipped = true;
    this.say(`skipped: ${reason}`);
  }

  /** The reasons why the check cannot run here. */
  missing() {
    const installed = (command) =>
      process.env.PATH.split(path.delimiter).some((folder) => fs.existsSync(path.join(folder, command)));
    const commands = this.commands.filter((command) => !installed(command));
    return fs.existsSync(JAR) ? commands.map((command) => `${command} is not installed`) : [`${JAR} is not built`];
  }

  /** Runs the check within its limit, and sets the exit code. */
  async run(check) {
    const missing = this.missing();
    if (missing.length > 0) {
      this.skip(missing.join(', '));
      return;
    }
    const abort = (reason) => async () => {
      console.error(`${this.name}: FAILED: ${reason}`);
      await this.stopEverything();
      process.exit(1);
    };
    const limit = setTimeout(abort(`not done within ${this.limitSeconds} s`), this.limitSeconds * 1000);
    process.on('SIGINT', abort('interrupted')).on('SIGTERM', abort('terminated'));
    try {
      await check();
      if (!this.skipped) {
        this.say('passed');
      }
    } catch (error) {
      console.error(`${this.name}: FAILED: ${error.stack}`);
      process.exitCode = 1;
    } finally {
      clearTimeout(limit);
      await this.stopEverything();
    }
  }

  async stopEverything() {
    await Promise.all([...this.processes].map((started) => this.end(started)));
    await Promise.all([...this.servers].map((server) => this.stop(server)));
    fs.rmSync(this.directory, {recursive: true, force: true, maxRetries: 5});
  }

  async until(what, seconds, condition) {
    const end = Date.now() + seconds * 1000;
    while (Date.now() < end) {
      const result = await Promise.resolve()
        .then(condition)
        .catch(() => null);
      if (result) {
        return result;
      }
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    const logs = [...this.processes].map((started) => `--- ${started.name}\n${started.log.slice(-2000)}`);
    throw new Error(`not within ${seconds} s: ${what}\n${logs.join('\n')}`);
  }

  serve(port, handler) {
    return new Promise((resolve, reject) => {
      const server = http.createServer(handler).on('error', reject);
      this.servers.add(server);
      server.listen(port, '127.0.0.1', () => resolve(server));
    });
  }

  stop(server) {
    this.servers.delete(server);
    return new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  }

  async freePort() {
    const server = await this.serve(0);
    const {port} = server.address();
    await this.stop(server);
    return port;
  }

  start(name, command, args, options = {}) {
    const env = {...process.env, ...options.env};
    const child = spawn(command, args, {cwd: options.cwd ?? this.directory, env});
    const started = {name, child, log: ''};
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (data) => (started.log += data));
    }
    child.on('error', (error) => (started.log += error));
    started.ended = new Promise((resolve) => child.on('close', resolve));
    this.processes.add(started);
    return started;
  }

  /** Sends SIGTERM, because the process may have to stop others, and SIGKILL after a while. */
  async end(started) {
    started.child.kill('SIGTERM');
    const killing = setTimeout(() => started.child.kill('SIGKILL'), 20_000);
    await started.ended;
    clearTimeout(killing);
    this.processes.delete(started);
  }

  /** Sends SIGKILL, and waits for the end. */
  async kill(started) {
    started.child.kill('SIGKILL');
    await started.ended;
    this.processes.delete(started);
  }

  /** Starts the service on given ports, with a database in the directory, and waits until it is warm and ready. */
  async startService(api, admin, settings = {}) {
    const started = this.start('boxoffice', 'java', ['-Xmx400m', '-jar', JAR, 'server', 'config.yml'], {
      cwd: REPOSITORY,
      env: {
        PORT: api,
        ADMIN_PORT: admin,
        DATA_DIR: path.join(this.directory, 'data'),
        BIND_HOST: '127.0.0.1',
        SAMPLE_CONCERTS: 'true',
        INVARIANT_CHECK_INTERVAL: '2s',
        WARM_UP: '8s',
        ...settings,
      },
    });
    await this.until('the service is ready', 90, () => get(api, '/health?type=ready'));
    return started;
  }

  /** Starts a cold service on a free port, with an empty database of its own; gives its address. */
  async startEmptyService(name, settings = {}) {
    const port = await this.freePort();
    await this.startService(port, await this.freePort(), {
      DATA_DIR: path.join(this.directory, name),
      SAMPLE_CONCERTS: 'false',
      WARM_UP: '0s',
      ...settings,
    });
    return `http://127.0.0.1:${port}`;
  }

  /** Starts a payment partner that answers at once; gives the shop's settings for it. */
  async startPartner(name) {
    const port = await this.freePort();
    this.start(`partner of ${name}`, 'java', ['-Xmx128m', '-jar', PARTNERS, 'payment'], {env: {
      PORT: port, ADMIN_PORT: 0, BIND_HOST: '127.0.0.1', PAYMENT_DELAY: '0s',
      PAYMENT_DATA_DIR: path.join(this.directory, `payments of ${name}`),
    }});
    await this.until('the payment partner is ready', 90, () => get(port, '/health'));
    return {PAYMENT_URL: `http://127.0.0.1:${port}`, PAYMENT_CALLBACK_SECRET: 'the-secret-of-the-check'};
  }

  /** Runs a command to its end; gives its exit code and what it printed. */
  async finish(name, command, args, options) {
    const started = this.start(name, command, args, options);
    const code = await started.ended;
    this.processes.delete(started);
    return {code, log: started.log};
  }

  /** Starts the installed Prometheus with the configuration in the directory. */
  startPrometheus(port) {
    return this.start('prometheus', 'prometheus', [
      '--config.file=prometheus.yml',
      '--storage.tsdb.path=prometheus-data',
      `--web.listen-address=127.0.0.1:${port}`,
    ]);
  }

  /** Copies a file with replacements. Every pattern must occur, so that a renamed key does not make a check useless. */
  copy(from, to, replacements = []) {
    let text = fs.readFileSync(from, 'utf8');
    for (const [pattern, replacement] of replacements) {
      const lines = new RegExp(pattern, 'gm');
      assert.ok(text.match(lines), `${from} no longer has ${pattern}`);
      text = text.replaceAll(lines, replacement);
    }
    const target = path.join(this.directory, to);
    fs.mkdirSync(path.dirname(target), {recursive: true});
    fs.writeFileSync(target, text, {mode: fs.statSync(from).mode});
  }
}

async function get(port, address) {
  const response = await fetch(`http://127.0.0.1:${port}${address}`, {signal: AbortSignal.timeout(5000)});
  assert.equal(response.status, 200, address);
  return response.text();
}

/** The answer of Prometheus to a query: a list of {metric, value}. */
async function query(port, expression) {
  const answer = await get(port, `/api/v1/query?query=${encodeURIComponent(expression)}`);
  return JSON.parse(answer).data.result;
}

module.exports = {Bench, REPOSITORY, get, query};
