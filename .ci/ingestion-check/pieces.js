// The pieces that scans go through, as processes: RabbitMQ and syslog-ng. Each can be killed and started again with what it kept.
'use strict';
const fs = require('node:fs');
const net = require('node:net');
const path = require('node:path');
const {REPOSITORY} = require('../processes.js');

const USER = 'shop';
// Debian's commands of the path change the user and need root for it.
const RABBITMQ = '/usr/lib/rabbitmq/lib';
const SYSLOG_NG = '/usr/lib/syslog-ng';

/** Ends the server and its port mapper with SIGKILL, on SIGTERM and when the check ends in any other way. */
const SUPERVISOR = `
set -m
trap 'kill -KILL -- "-$server" "-$mapper" 2>/dev/null; exit 0' TERM EXIT
epmd -port "$ERL_EPMD_PORT" -address 127.0.0.1 &
mapper=$!
"$1" &
server=$!
cat >/dev/null &
wait -n
`;

// The queues of a single node of RabbitMQ 3.10 wait for ever for a leader when the node was killed:
// https://github.com/rabbitmq/rabbitmq-server/issues/10070.
const ELECTION = '[ra:trigger_election(amqqueue:get_pid(Q)) || Q <- rabbit_amqqueue:list(), amqqueue:get_type(Q) =:= rabbit_quorum_queue].';

/** Why the pieces cannot run here; undefined if they can. */
function missing() {
  if (!programs()) {
    return 'rabbitmq-server is not installed';
  }
  const versions = fs.existsSync(SYSLOG_NG) ? fs.readdirSync(SYSLOG_NG) : [];
  const hasAmqp = versions.some((version) => fs.existsSync(path.join(SYSLOG_NG, version, 'libafamqp.so')));
  return hasAmqp ? undefined : 'syslog-ng-mod-amqp is not installed';
}

function programs() {
  const versions = fs.existsSync(RABBITMQ) ? fs.readdirSync(RABBITMQ) : [];
  const version = versions.find((name) => name.startsWith('rabbitmq_server-'));
  return version && path.join(RABBITMQ, version, 'sbin');
}

function accepts(port) {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => resolve(true));
    socket.on('error', () => resolve(false)).on('connect', () => socket.destroy());
  });
}

/** A broker with its data in the folder of the check. */
class Rabbit {
  constructor(bench, password, ports) {
    Object.assign(this, {bench, password, ports, folder: path.join(bench.directory, 'rabbit')});
    fs.mkdirSync(this.folder);
    fs.writeFileSync(path.join(this.folder, 'plugins'), '[rabbitmq_consistent_hash_exchange].\n');
    fs.writeFileSync(
      path.join(this.folder, 'rabbitmq.conf'),
      `default_user = ${USER}\ndefault_pass = ${password}\ndistribution.listener.interface = 127.0.0.1\nlog.console.level = warning\n`,
    );
  }

  static async started(bench, password) {
    const ports = [await bench.freePort(), await bench.freePort(), await bench.freePort()];
    const rabbit = new Rabbit(bench, password, ports);
    await rabbit.start();
    return rabbit;
  }

  get port() {
    return this.ports[0];
  }

  get url() {
    return `amqp://${USER}:${this.password}@127.0.0.1:${this.port}`;
  }

  get env() {
    const [port, nodes, mapper] = this.ports;
    return {
      HOME: this.folder,
      RABBITMQ_NODENAME: `boxoffice-ingestion-${port}@localhost`,
      RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
      RABBITMQ_NODE_PORT: port,
      RABBITMQ_DIST_PORT: nodes,
      ERL_EPMD_PORT: mapper,
      ERL_EPMD_ADDRESS: '127.0.0.1',
      RABBITMQ_MNESIA_BASE: path.join(this.folder, 'data'),
      RABBITMQ_LOG_BASE: path.join(this.folder, 'log'),
      RABBITMQ_LOGS: '-',
      RABBITMQ_CONFIG_FILE: path.join(this.folder, 'rabbitmq'),
      RABBITMQ_ENABLED_PLUGINS_FILE: path.join(this.folder, 'plugins'),
      RABBITMQ_CONF_ENV_FILE: path.join(this.folder, 'none'),
    };
  }

  async start() {
    this.process = this.bench.start(
      'rabbitmq', 'bash', ['-c', SUPERVISOR, 'rabbit', path.join(programs(), 'rabbitmq-server')], {env: this.env});
    await this.bench.until('RabbitMQ accepts clients', 90, () => accepts(this.port));
  }

  /** Kills the broker, and starts it again with what it kept. */
  async killAndStart() {
    await this.bench.end(this.process);
    await this.start();
    const control = path.join(programs(), 'rabbitmqctl');
    await this.bench.until('the queues have leaders', 60, async () =>
      (await this.bench.finish('rabbitmqctl', control, ['eval', ELECTION], {env: this.env})).code === 0);
  }
}

/** syslog-ng with the configuration of docs/ingestion, and its buffer in the folder of the check. */
class Shipper {
  constructor(bench, rabbit, port) {
    Object.assign(this, {bench, rabbit, port, folder: path.join(bench.directory, 'syslog-ng')});
    fs.mkdirSync(path.join(this.folder, 'buffer'), {recursive: true});
  }

  static async started(bench, rabbit) {
    const shipper = new Shipper(bench, rabbit, await bench.freePort());
    await shipper.start();
    return shipper;
  }

  async start() {
    const files = {R: 'persist', c: 'control', p: 'pid'};
    const options = Object.entries(files).flatMap(([option, file]) => [`-${option}`, path.join(this.folder, file)]);
    this.process = this.bench.start(
      'syslog-ng',
      'syslog-ng',
      ['-F', '-e', '--no-caps', '-f', path.join(REPOSITORY, 'docs/ingestion/syslog-ng.conf'), ...options],
      {
        cwd: this.folder,
        env: {
          LISTEN_IP: '127.0.0.1',
          LISTEN_PORT: this.port,
          RABBITMQ_HOST: '127.0.0.1',
          RABBITMQ_PORT: this.rabbit.port,
          RABBITMQ_VIRTUAL_HOST: '/',
          RABBITMQ_USER: USER,
          RABBITMQ_PASSWORD: this.rabbit.password,
          BUFFER_DIR: path.join(this.folder, 'buffer'),
        },
      },
    );
    await this.bench.until('syslog-ng accepts devices', 30, () => accepts(this.port));
  }

  /** Kills syslog-ng, and starts it again with what it kept. */
  async killAndStart() {
    await this.bench.kill(this.process);
    await this.start();
  }

  /** Sends lines on a connection of their own. Fails if the connection does; the lines may have arrived. */
  send(lines) {
    return new Promise((resolve, reject) => {
      const socket = net.connect(this.port, '127.0.0.1', () => socket.end(lines.map((line) => `${line}\n`).join('')));
      socket.setTimeout(10_000, () => socket.destroy(new Error('syslog-ng takes no lines')));
      socket.on('error', reject).on('close', (failed) => failed || resolve()).resume();
    });
  }
}

/** Calls the shop; gives the body of the answer. */
async function call(port, method, address, body) {
  const response = await fetch(`http://127.0.0.1:${port}${address}`, {
    method,
    headers: {'Content-Type': 'application/json'},
    body: body && JSON.stringify(body),
    signal: AbortSignal.timeout(10_000),
  });
  const text = await response.text();
  if (!response.ok) {
    throw new Error(`${method} ${address}: ${response.status} ${text}`);
  }
  return JSON.parse(text);
}

/** Creates a concert whose gates are open, and buys tickets, two in each purchase. */
async function openHall(api, gates, purchases) {
  const {id: concert} = await call(api, 'POST', '/v1/concerts', {
    title: 'Scans of a check', artist: 'The Shippers', venue: 'Hall', startsAt: '2040-01-01T00:00:00Z',
    ticketTypes: [{name: 'Standing', capacity: 2 * purchases, price: {amount: 4500, currency: 'EUR'}}],
  });
  for (const gate of gates) {
    await call(api, 'PUT', `/v1/gates/${gate}`, {concertId: concert});
  }
  await call(api, 'PUT', `/v1/concerts/${concert}/entry`, {opensAt: '2026-01-01T00:00:00Z', closesAt: '2040-01-01T00:00:00Z'});
  const tickets = [];
  for (let i = 0; i < purchases; i++) {
    const purchase = await call(api, 'POST', `/v1/concerts/${concert}/purchases`, {email: `ada-${i}@example.com`, quantity: 2});
    tickets.push(...purchase.ticketIds);
  }
  return {concert, tickets};
}

module.exports = {Rabbit, Shipper, call, missing, openHall};
