// VictoriaLogs as the check runs it: built from its Go module, fed by HTTP, asked in LogsQL.
'use strict';
const assert = require('node:assert/strict');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const {REPOSITORY} = require('../processes.js');

const MODULE = 'github.com/VictoriaMetrics/VictoriaLogs';
// The version of the image in compose.yaml and in the component logs.
const VERSION = 'v1.52.1';
const FORM = '_stream_fields=role,site&_time_field=timestamp&_msg_field=message';
// The name of the program when it is complete, so that an interrupted build is none.
const CACHE = path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'boxoffice-ci');

/** Returns the program, which the first run builds; or nothing, after it said why. */
async function program(bench) {
  const built = path.join(CACHE, `victoria-logs-${VERSION}`);
  if (fs.existsSync(built)) {
    return built;
  }
  bench.say(`building VictoriaLogs ${VERSION}; this takes some minutes, once`);
  const folder = path.join(bench.directory, 'build');
  fs.mkdirSync(folder, {recursive: true});
  fs.mkdirSync(CACHE, {recursive: true});
  const steps = [
    ['mod', 'init', 'build'],
    ['get', `${MODULE}/app/victoria-logs@${VERSION}`],
    ['build', '-o', `${built}.new`, `${MODULE}/app/victoria-logs`],
  ];
  for (const step of steps) {
    const {code, log} = await bench.finish('go', 'go', step, {cwd: folder, env: {CGO_ENABLED: '0', GOFLAGS: '-buildvcs=false'}});
    if (code !== 0) {
      bench.say(log.trim().split('\n').slice(-3).join('\n'));
      bench.skip(`VictoriaLogs ${VERSION} cannot be built here`);
      return null;
    }
  }
  fs.renameSync(`${built}.new`, built);
  return built;
}

/** A store on the loopback with its data in the folder of the check. */
class Store {
  constructor(bench, port) {
    this.bench = bench;
    this.url = `http://127.0.0.1:${port}`;
  }

  static async start(bench, built) {
    const port = await bench.freePort();
    bench.start('victoria-logs', built, [
      `-httpListenAddr=127.0.0.1:${port}`,
      `-storageDataPath=${path.join(bench.directory, 'logs')}`,
      '-retentionPeriod=30d',
    ]);
    const store = new Store(bench, port);
    await bench.until('the store is ready', 30, async () => (await fetch(`${store.url}/health`)).ok);
    return store;
  }

  /** Sends lines of JSON, as a shipper does. */
  async ship(lines) {
    const answer = await fetch(`${this.url}/insert/jsonline?${FORM}`, {
      method: 'POST',
      headers: {'Content-Type': 'application/stream+json'},
      body: lines.map((line) => `${line}\n`).join(''),
    });
    assert.equal(answer.status, 200, await answer.text());
  }

  /** Sends lines by the protocol of Loki, to the address and with the labels that Alloy's configuration has. */
  async pushAsAlloy(lines) {
    const alloy = fs.readFileSync(path.join(REPOSITORY, 'kubernetes/components/logs/lines.alloy'), 'utf8');
    const address = /url = "http:\/\/victoria-logs:9428([^"]+)"/.exec(alloy)[1];
    const names = [.../stage\.labels \{\s+values = \{([^}]+)\}/.exec(alloy)[1].matchAll(/(\w+) *=/g)].map(([, label]) => label);
    assert.deepEqual(names, ['role', 'site']);
    const streams = lines.map((line) => {
      const fields = JSON.parse(line);
      const labels = names.filter((label) => label in fields).map((label) => [label, fields[label]]);
      return {stream: Object.fromEntries([...labels, ['container', 'check']]), values: [[`${Date.parse(fields.timestamp)}000000`, line]]};
    });
    const answer = await fetch(this.url + address, {
      method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify({streams}),
    });
    assert.ok(answer.ok, `${answer.status} ${await answer.text()}`);
  }

  /** Returns the lines that a query of LogsQL finds, as objects. */
  async find(query) {
    const answer = await fetch(`${this.url}/select/logsql/query`, {
      method: 'POST',
      body: new URLSearchParams({query: `_time:1d (${query})`}),
    });
    const text = await answer.text();
    assert.equal(answer.status, 200, text);
    return text.split('\n').filter(Boolean).map((line) => JSON.parse(line));
  }

  /** Returns the series of a query with the pipe stats, as Grafana's charts ask for them. */
  async findSeries(query) {
    const end = Math.ceil(Date.now() / 1000) + 1;
    const answer = await fetch(`${this.url}/select/logsql/stats_query_range`, {
      method: 'POST',
      body: new URLSearchParams({query, start: end - 3600, end, step: '60s'}),
    });
    const text = await answer.text();
    assert.equal(answer.status, 200, text);
    return JSON.parse(text).data.result;
  }

  /** Waits until a query finds as many lines, because the store shows new lines after about a second. */
  async findAll(query, count) {
    return this.bench.until(`${count} lines of ${query}`, 30, async () => {
      const found = await this.find(query);
      return found.length >= count ? found : null;
    });
  }
}

module.exports = {Store, program};
