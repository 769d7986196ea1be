// The form of the collection's file, and how the service's answers get into it.
'use strict';
const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const {REPOSITORY} = require('../processes.js');

const FOLDER = path.join(REPOSITORY, 'postman');
const FILE = path.join(FOLDER, 'boxoffice.postman_collection.json');
const KEPT_HEADERS = /^(content-type|etag|idempotency-replayed|location|retry-after|simulation|www-authenticate)$/i;

/** Tokens and codes are secrets, also those of a service that has ended; scanners of secrets report them. */
const SECRETS = /("(?:accessToken|refreshToken|secret|uri)": )"[^"]+"/g;
const RECOVERY_CODES = /"(?:[A-Z2-7]{4}-){5}[A-Z2-7]{4}"/g;

const itemsOf = (collection) => collection.item.flatMap((folder) => folder.item);
const written = (value) => `${JSON.stringify(value, null, 2)}\n`;

/** Every request has a description, tests and an example; nothing is secret. Gives names and examples. */
function checkForm(collection) {
  assert.equal(fs.readFileSync(FILE, 'utf8'), written(collection), 'the collection is not in the form that Postman exports');
  const items = itemsOf(collection);
  assert.ok(items.length >= 40, `only ${items.length} requests`);
  assert.equal(new Set(items.map(({name}) => name)).size, items.length, 'names are unique');
  collection.item.forEach(({name, description}) => assert.ok(description, `folder ${name} has no description`));
  for (const file of fs.readdirSync(FOLDER).filter((name) => name.endsWith('_environment.json'))) {
    const values = JSON.parse(fs.readFileSync(path.join(FOLDER, file), 'utf8')).values;
    assert.deepEqual(values.map(({key}) => key), ['baseUrl', 'operatorToken', 'followSeconds'], file);
    // A redirect from plain HTTP would turn POST into GET, and the token would be readable.
    assert.match(values[0].value, file.startsWith('local') ? /^http:\/\/localhost:/ : /^https:\/\/[^/]+$/, `${file}: baseUrl`);
    assert.deepEqual(values.filter(({type}) => type === 'secret').map(({key, value}) => [key, value]), [['operatorToken', '']], file);
  }
  return items.map(({name, request, response, event}) => {
    const test = event.find(({listen}) => listen === 'test')?.script.exec.join('\n') ?? '';
    assert.ok(request.description, `${name} has no description`);
    assert.match(test, /pm\.test\('status: /, `${name} does not test the status`);
    assert.match(test, /pm\.test\('meaning: /, `${name} does not test the meaning`);
    assert.equal(response.length, 1, `${name} has no example; run .ci/postman examples`);
    return {name, example: response[0].body ?? ''};
  });
}

/** Whether an answer is JSON; pictures are not. */
const isJson = (text) => !text.startsWith('<');

/** The kinds of a JSON text's values, without the values. */
function shape(text) {
  if (!isJson(text)) {
    return 'a picture';
  }
  const of = (value) => {
    if (Array.isArray(value)) {
      return value.slice(0, 1).map(of);
    }
    if (value !== null && typeof value === 'object') {
      return Object.fromEntries(Object.keys(value).sort().map((key) => [key, of(value[key])]));
    }
    return value === null ? 'null' : typeof value;
  };
  return text === '' ? '' : of(JSON.parse(text));
}

/** The operations of the contract that the collection does not call. */
function uncovered(contract, collection) {
  const calls = itemsOf(collection).map(({request}) => `${request.method.toLowerCase()} /${request.url.path.join('/')}`);
  const operations = Object.entries(contract.paths).flatMap(([template, methods]) =>
    Object.keys(methods).map((method) => `${method} ${template}`));
  assert.ok(operations.length > 10, 'the contract has operations');
  return operations.filter((operation) => {
    const pattern = new RegExp(`^${operation.replaceAll(/{[^}]+}/g, '[^/]+')}$`);
    return !calls.some((call) => pattern.test(call));
  });
}

/** The collection's text, with what the service answered as examples. */
function withExamples(collection, answers) {
  for (const item of itemsOf(collection)) {
    const {status, reason, headers, body} = answers.find(({name}) => name === item.name);
    const {description, ...originalRequest} = item.request;
    item.response = [{
      name: `${status} ${reason}`,
      originalRequest,
      status: reason,
      code: status,
      _postman_previewlanguage: body ? (isJson(body) ? 'json' : 'xml') : 'text',
      header: headers.filter(({key}) => KEPT_HEADERS.test(key)).map(({key, value}) => ({key, value})),
      cookie: [],
      body: body && isJson(body)
        ? JSON.stringify(JSON.parse(body), null, 2).replace(SECRETS, '$1"..."').replace(RECOVERY_CODES, '"..."')
        : body,
    }];
  }
  return written(collection);
}

module.exports = {FILE, checkForm, isJson, shape, uncovered, withExamples};
