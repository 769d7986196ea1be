// A proxy that changes the service's answers, to show that the collection's tests notice.
'use strict';
const {isJson} = require('./collection.js');

const ID_OR_TIME = /^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d\d-\d\dT.*Z)$/;

/** Changes every value except ids and times, which the next requests need. */
function wrong(value) {
  if (Array.isArray(value)) {
    return value.length === 0 ? {} : value.map(wrong);
  }
  switch (value === null ? 'null' : typeof value) {
    case 'object':
      return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, wrong(member)]));
    case 'string':
      return ID_OR_TIME.test(value) ? value : null;
    case 'number':
      return value + 0.5; // Most numbers of the contract are integers.
    case 'boolean':
      return null;
    default:
      return 0;
  }
}

/** An answer with a wrong body; an answer without a body gets an empty object, and a picture is empty. */
function spoilBody({status, body}) {
  if (!isJson(body)) {
    return {status, body: ''};
  }
  return body === '' ? {status: 200, body: '{}'} : {status, body: JSON.stringify(wrong(JSON.parse(body)))};
}

/** The same answer with a status that no test expects. */
function spoilStatus({body}) {
  return {status: 299, body};
}

/** Forwards every request, and changes the answers except the contract; gives its address. */
async function spoilingProxy(bench, target, spoil) {
  const server = await bench.serve(0, async (request, response) => {
    const chunks = [];
    for await (const chunk of request) {
      chunks.push(chunk);
    }
    const {host, connection, 'content-length': length, ...headers} = request.headers;
    const body = chunks.length > 0 ? Buffer.concat(chunks) : undefined;
    const answer = await fetch(target + request.url, {method: request.method, headers, body});
    const kept = Object.fromEntries([...answer.headers].filter(([name]) => !/^(content-(length|encoding)|transfer-encoding|connection)$/.test(name)));
    const original = {status: answer.status, body: await answer.text()};
    const {status, body: text} = request.url === '/openapi.json' ? original : spoil(original);
    response.writeHead(status, kept).end(text);
  });
  return `http://127.0.0.1:${server.address().port}`;
}

module.exports = {spoilBody, spoilStatus, spoilingProxy};
