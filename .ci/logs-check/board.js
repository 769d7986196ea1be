// The dashboard Logs: its form, the links that lead to it, and its queries, which a store must answer.
'use strict';
const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const {REPOSITORY} = require('../processes.js');

const SOURCE = {type: 'victoriametrics-logs-datasource', uid: 'victoria-logs'};
const LINKING = ['grafana/logs/datasource.yaml', 'grafana/logs/jaeger.json', 'compose.logs.yaml'];
const WIDTH = 24;

const text = (file) => fs.readFileSync(path.join(REPOSITORY, file), 'utf8');

/** Reads the dashboard, and checks what has no need of a store. */
function read() {
  const board = JSON.parse(text('grafana/logs/logs.json'));
  assert.equal(board.uid, 'boxoffice-logs');
  assert.ok(board.tags.includes('boxoffice'), 'the list of all dashboards lacks it');
  const others = JSON.parse(text('grafana/dashboards/service.json')).links;
  assert.deepEqual(board.links, others, 'its links differ from those of the other dashboards');
  assert.ok(others.some((link) => link.tags?.some((tag) => board.tags.includes(tag) && tag !== 'boxoffice')), 'no link leads to it alone');
  const drawn = board.panels.filter((panel) => panel.type !== 'row');
  for (const key of ['id', 'title']) {
    assert.equal(new Set(board.panels.map((panel) => panel[key])).size, board.panels.length, `two panels have the same ${key}`);
  }
  const taken = new Set();
  for (const {title, gridPos: {x, y, w, h}} of board.panels) {
    assert.ok(x + w <= WIDTH, `${title} is too wide`);
    for (let place = 0; place < w * h; place++) {
      const at = `${x + (place % w)},${y + Math.floor(place / w)}`;
      assert.ok(!taken.has(at), `${title} stands on another panel`);
      taken.add(at);
    }
  }
  for (const {title, description, datasource} of drawn) {
    assert.match(description, /\.$/, title);
    assert.deepEqual(datasource, SOURCE, title);
  }
  assert.match(text('grafana/logs/datasource.yaml'), new RegExp(`uid: ${SOURCE.uid}\n *type: ${SOURCE.type}\n`));
  const variables = board.templating.list.map(({name}) => name);
  const linked = LINKING.flatMap((file) => [...text(file).matchAll(/\/d\/boxoffice-logs\?var-(\w+)=/g)].map(([, name]) => name));
  assert.ok(linked.length >= 5, `only ${linked.length} links lead to it`);
  linked.forEach((name) => assert.ok(variables.includes(name), `a link sets ${name}, which is no variable`));
  return drawn;
}

/** The series of a query for a chart, each with the labels of its legend, or the lines of a query for a panel of lines. */
async function answer(store, {queryType, expr, legendFormat, maxLines}, variables) {
  const query = expr.replace(/\$(\w+)/g, (_, name) => variables[name]);
  if (queryType !== 'statsRange') {
    assert.ok(maxLines > 0, `${expr} has no limit`);
    return store.find(query);
  }
  const series = await store.findSeries(query);
  const labels = [...legendFormat.matchAll(/{{(\w+)}}/g)].map(([, label]) => label);
  series.forEach(({metric}) => labels.forEach((label) => assert.ok(label in metric, `${expr} has no ${label}`)));
  return series;
}

/**
 * Every panel has data: of one planted line, which failed, was slow, and belongs to a request and a trace. The panels of one request and of
 * one trace have none while no id is given.
 */
async function check(store, ids) {
  const panels = read();
  const planted = {requestId: ids.request, trace_id: ids.trace, status: 503, requestTime: 1500, level: 'ERROR', logger: 'http.request'};
  await store.ship([JSON.stringify({...planted, timestamp: new Date().toISOString(), message: 'GET /failed 503', role: 'board'})]);
  await store.findAll('role:=board', 1);
  for (const {title, targets} of panels) {
    for (const target of targets) {
      const found = await answer(store, target, {requestId: ids.request, traceId: ids.trace});
      assert.ok(found.length > 0, `${title} has no data`);
      if (/\$\w+/.test(target.expr)) {
        assert.ok(found.every((line) => line.role === 'board'), `${title} has lines of others`);
        assert.deepEqual(await answer(store, target, {requestId: '', traceId: ''}), [], `${title} has lines without an id`);
      }
    }
  }
  return panels.length;
}

module.exports = {check};
